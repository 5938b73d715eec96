using System.Text.Json;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision;

/// <summary>Real weights give what an independent float32 implementation gave (reference_outputs.json beside them).</summary>
public class ReferenceOutputTests
{
    public ReferenceOutputTests() => Libtorch.Load();

    public static TheoryData<string> Names => [.. PretrainedModels.All.Where(p => p.Address is null).Select(p => p.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Outputs_are_those_of_the_reference(string name)
    {
        var pretrained = PretrainedModels.All.Single(p => p.Name == name);
        using var json = JsonDocument.Parse(File.ReadAllText(RealWeights.File("reference_outputs.json")));
        var models = json.RootElement.GetProperty("models");
        var key = Path.GetFileNameWithoutExtension(pretrained.File);
        Assert.SkipUnless(models.TryGetProperty(key, out var expected), $"reference_outputs.json has no {key}.");

        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        using var network = pretrained.Load(RealWeights.File(pretrained.File), random, new MatrixPrecision(TrainingPrecision.Float32));
        var x = pretrained.Normalisation.Apply(Picture(expected.GetProperty("n").GetInt32()));
        var features = network.Maps(x).mean([2, 3]).data<float>().ToArray();
        Assert.Equal(expected.GetProperty("feature_length").GetInt32(), features.Length);
        Close(expected.GetProperty("feature_first8"), features[..8]);
        Assert.Equal(expected.GetProperty("feature_sum").GetDouble(), features.Sum(), 0.02);
        if (!expected.TryGetProperty("logit_first8", out var first)) return;
        var logits = network.call([x]).data<float>().ToArray();
        Close(first, logits[..8]);
        var top = Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]).Take(5).ToArray();
        Assert.Equal(Numbers(expected.GetProperty("top5")).Select(i => (int)i), top);
        Close(expected.GetProperty("top5_logits"), [.. top.Select(i => logits[i])]);
    }

    internal static Tensor Picture(int n)
    {
        var values = new float[3 * n * n];
        for (var c = 0; c < 3; c++)
            for (var y = 0; y < n; y++)
                for (var x = 0; x < n; x++) values[(c * n + y) * n + x] = (y * y / 7 + 3 * x + x * y / 11 + 85 * c) % 256;
        return tensor(values).view(1, 3, n, n);
    }

    static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    static void Close(JsonElement expected, float[] actual) =>
        Assert.All(Numbers(expected).Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-3));
}
