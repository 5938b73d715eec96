using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Deep.Native;

[CollectionDefinition(nameof(ScalarReleaseTests), DisableParallelization = true)]
[Collection(nameof(ScalarReleaseTests))]
public class ScalarReleaseTests
{
    static void LetGo(int scalars)
    {
        for (var i = 0; i < scalars; i++) ((Scalar)1.5).Dispose();
    }

    [Fact]
    public void A_scalar_let_go_of_is_not_freed_at_once()
    {
        Libtorch.Load();
        LetGo(2_000);
        Assert.True(ScalarRelease.Waiting >= 1_000, $"{ScalarRelease.Waiting} of 2,000 wait: does this runtime keep the address elsewhere?");
    }

    [Fact]
    public void A_second_later_the_next_one_frees_it()
    {
        Libtorch.Load();
        LetGo(2_000);
        Thread.Sleep(1_200);
        LetGo(1);
        Assert.True(ScalarRelease.Waiting < 1_000, $"{ScalarRelease.Waiting} wait.");
    }
}
