using System.Globalization;
using System.Text.Json;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Vision.Augmentation.Automatic;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Augmentation.Automatic;

/// <summary>Each operation against torchvision 0.14 (make_operations.py beside this file), and what the two policies draw.</summary>
public class DrawnOperationsTests
{
    const int Side = 12;

    public DrawnOperationsTests() => Libtorch.Load();

    static Dictionary<string, float[]> Made()
    {
        using var stream = typeof(DrawnOperationsTests).Assembly.GetManifestResourceStream("operations.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, float[]>>(stream)!;
    }

    static float[] Picture() => [.. from c in Enumerable.Range(0, 3) from y in Enumerable.Range(0, Side) from x in Enumerable.Range(0, Side) select (40 + 9 * x + 5 * y + 31 * c + x * y * (c + 1)) % 230 / 255f];

    static float[] Values(Tensor x) => x.contiguous().data<float>().ToArray();

    static Tensor Batch(int rows) => tensor(Picture(), [1, 3, Side, Side]).expand(rows, 3, Side, Side).contiguous();

    public static TheoryData<string> Names => [.. Made().Keys];

    [Theory, MemberData(nameof(Names))]
    public void An_operation_is_torchvisions(string name)
    {
        using var scope = NewDisposeScope();
        var (operation, strength) = (Enum.Parse<PictureOperation>(name.Split(' ')[0]), float.Parse(name.Split(' ')[1], CultureInfo.InvariantCulture));

        var changed = OperationsOnPictures.Apply(operation, Batch(2), [strength, strength]);

        Assert.All(Values(changed).Zip([.. Made()[name], .. Made()[name]]), p => Assert.Equal(p.Second, p.First, 2e-4f));
    }

    [Fact]
    public void Every_operation_is_compared() =>
        Assert.Equal(Enum.GetNames<PictureOperation>().Order(), Made().Keys.Select(k => k.Split(' ')[0]).Distinct().Order());

    [Fact]
    public void Each_picture_has_a_strength_of_its_own()
    {
        using var scope = NewDisposeScope();
        var two = OperationsOnPictures.Apply(PictureOperation.Brighten, Batch(2), [0.5f, -0.4f]);

        Assert.All(Values(two).Zip([.. Made()["Brighten 0.5"], .. Made()["Brighten -0.4"]]), p => Assert.Equal(p.Second, p.First, 2e-4f));
    }

    [Fact]
    public void A_flat_picture_is_left_as_it_is_by_what_spreads_values()
    {
        using var scope = NewDisposeScope();
        var flat = full([1, 3, Side, Side], 51 / 255f);

        Assert.All(new[] { PictureOperation.Stretch, PictureOperation.Equalise }, operation => Assert.Equal(Values(flat), Values(OperationsOnPictures.Apply(operation, flat, [0]))));
    }

    /// <summary>Of torchvision's RandAugment and TrivialAugmentWide, by operation, at each of 31 levels, for pictures of 331 pixels (make_strengths.py beside this file).</summary>
    static Dictionary<string, Dictionary<string, float[]>> Tables()
    {
        using var stream = typeof(DrawnOperationsTests).Assembly.GetManifestResourceStream("strengths.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, float[]>>>(stream)!;
    }

    public static TheoryData<DrawnOperations, string> Published => new() { { new RandAugment(), "RandAugment" }, { new TrivialAugment(), "TrivialAugmentWide" } };

    [Theory, MemberData(nameof(Published))]
    public void Strengths_are_torchvisions_at_every_level(DrawnOperations policy, string name)
    {
        var table = Tables()[name];

        Assert.Equal(Enum.GetNames<PictureOperation>().Order(), table.Keys.Order());
        foreach (var (operation, strengths) in table)
            for (var level = 0; level < 31; level++)
                foreach (var sign in new[] { 1, -1 })
                {
                    var which = Enum.Parse<PictureOperation>(operation);
                    var signed = which is PictureOperation.Posterise or PictureOperation.Solarise ? strengths[level] : sign * strengths[level];
                    Assert.True(Math.Abs(policy.Ranges.StrengthOf(which, level / 30.0, sign, 331) - signed) < 1e-3, $"{operation} at {level}: {policy.Ranges.StrengthOf(which, level / 30.0, sign, 331)} for {signed}");
                }
    }

    [Fact]
    public void Pictures_of_another_size_move_by_as_large_a_share_with_one_policy_and_by_as_many_pixels_with_the_other()
    {
        Assert.Equal(150.0 / 331 * 64, new RandAugment().Ranges.StrengthOf(PictureOperation.MoveAcross, 1, 1, 64), 1e-4);
        Assert.Equal(32, new TrivialAugment().Ranges.StrengthOf(PictureOperation.MoveAcross, 1, 1, 64), 1e-4);
    }

    [Fact]
    public void Two_operations_of_level_9_or_one_of_any_level()
    {
        using var random = new Randomness(1, CPU);

        Assert.Equal((2, 1), (new RandAugment().Rounds, new TrivialAugment().Rounds));
        Assert.All(new RandAugment().Levels(50, random.Host), level => Assert.Equal(9, level));
        var counts = new TrivialAugment().Levels(3100, random.Host).CountBy(level => level).ToList();
        Assert.Equal(Enumerable.Range(0, 31).Select(i => (long)i), counts.Select(c => c.Key).Order());
        Assert.All(counts, c => Assert.InRange(c.Value, 60, 140));
    }

    public static TheoryData<DrawnOperations> Policies => [new TrivialAugment(), new RandAugment(), new RandAugment { Operations = 3, Magnitude = 20 }];

    [Theory, MemberData(nameof(Policies))]
    public void A_policy_draws_for_each_picture_and_by_its_seed(DrawnOperations policy)
    {
        using var scope = NewDisposeScope();
        float[][] Drawn(int seed)
        {
            using var random = new Randomness(seed, CPU);
            return [.. Values(policy.Apply(new TrainingBatch([Batch(40)], zeros(40)), random).Inputs[0]).Chunk(3 * Side * Side)];
        }

        var drawn = Drawn(1);

        Assert.InRange(drawn.Select(p => string.Join(" ", p)).Distinct().Count(), 12, 40);
        Assert.All(drawn.SelectMany(p => p), value => Assert.InRange(value, -1e-5f, 1 + 1e-5f));
        Assert.Equal(drawn, Drawn(1));
        Assert.NotEqual(drawn, Drawn(2));
    }
}
