using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;

namespace Kaggle.Tests.Deep.Tabular;

[Trait("category", "gpu")]
public class GpuTests
{
    static readonly Dictionary<string, ILearner> learners = new()
    {
        ["mlp"] = new Mlp { Epochs = 15, BatchSize = 64, LearningRate = 0.005 },
        ["tabm"] = new TabM { Epochs = 60, Width = 32, Members = 4, BatchSize = 64, Bins = 8 },
        ["realmlp"] = new RealMlp { Epochs = 15, Hidden = [64, 64], BatchSize = 64, LearningRate = 0.04 },
    };

    public static TheoryData<string> Names => [.. learners.Keys];

    static FitContext Cuda
    {
        get
        {
            Assert.SkipUnless(Libtorch.HasCuda, "There is no CUDA device, or libtorch was built without CUDA.");
            return Some.Context with { Device = Device.Cuda };
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_network_fitted_on_cuda_predicts_there_and_on_the_processor_alike(string name)
    {
        var context = Cuda;
        var rows = Some.Rows(TaskKind.Regression);
        var folder = Directory.CreateTempSubdirectory().FullName;
        using var model = learners[name].Fit(rows, null, context);
        model.Save(folder);
        using var here = learners[name].Load(folder, Some.Context);
        var (there, near) = (model.Predict(rows).Values.Values.ToArray(), here.Predict(rows).Values.Values.ToArray());
        Assert.All(there.Zip(near), p => Assert.Equal(p.First, p.Second, 0.05f));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Cuda_that_is_not_there_is_a_sentence()
    {
        Assert.SkipWhen(Libtorch.HasCuda, "There is a CUDA device.");
        var error = Assert.Throws<InputException>(() => new Mlp().Fit(Some.Rows(TaskKind.Binary), null, Some.Context with { Device = Device.Cuda }));
        Assert.Contains("CUDA", error.Message);
    }
}
