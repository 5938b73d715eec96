using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Runs;

namespace Kaggle.Tests.Core.Runs;

public sealed class UnitStoreTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;
    readonly UnitStore store;

    public UnitStoreTests() => store = new(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_unit_is_there_only_once_it_is_published()
    {
        using (var claim = store.TryClaim("a")!)
        {
            Assert.Null(store.Find("a"));
            claim.Publish(Some(claim));
        }
        Assert.Equal([0.25f, 0.75f], store.Find("a")!.Validation.Values.Values.ToArray());
    }

    [Fact]
    public void Two_cannot_claim_one_unit()
    {
        using var first = store.TryClaim("a");
        Assert.Null(store.TryClaim("a"));
    }

    [Fact]
    public void A_claim_given_up_can_be_taken_again_and_leaves_no_draft()
    {
        using (var claim = store.TryClaim("a")!) File.WriteAllText(Path.Combine(claim.ModelFolder, "half"), "");

        Assert.Null(store.Find("a"));
        using var again = store.TryClaim("a");
        Assert.Empty(Directory.GetFiles(again!.ModelFolder));
    }

    [Fact]
    public void Checkpoints_outlive_a_claim_given_up_and_go_when_the_unit_is_published()
    {
        string scratch;
        using (var claim = store.TryClaim("a")!) File.WriteAllText(Path.Combine(scratch = claim.Scratch, "epoch"), "3");
        using (var claim = store.TryClaim("a")!)
        {
            Assert.Equal("3", File.ReadAllText(Path.Combine(claim.Scratch, "epoch")));
            claim.Publish(Some(claim));
        }
        Assert.False(Directory.Exists(scratch));
    }

    [Fact]
    public void A_published_unit_keeps_its_model_and_record()
    {
        using (var claim = store.TryClaim("a")!)
        {
            File.WriteAllText(Path.Combine(claim.ModelFolder, "model"), "trees");
            claim.Publish(Some(claim));
        }
        var found = store.Find("a")!;
        Assert.Equal("trees", File.ReadAllText(Path.Combine(found.ModelFolder, "model")));
        Assert.Equal(12, found.Record.Iterations);
        Assert.Equal([0.5, double.NaN], found.Record.Curves.Single().Values);
        Assert.Equal(OutputKind.Probabilities, found.Validation.Kind);
        Assert.Null(found.Test);
    }

    [Fact]
    public void Claims_from_many_threads_are_given_to_one_at_a_time()
    {
        int inside = 0, most = 0, won = 0;
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var claim = store.TryClaim("a");
            if (claim is null) return;
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Interlocked.Increment(ref won);
            Thread.Sleep(1);
            Interlocked.Decrement(ref inside);
        });
        Assert.Equal(1, most);
        Assert.True(won >= 1);
    }

    static UnitResult Some(IUnitClaim claim) => new()
    {
        Validation = new(OutputKind.Probabilities, new(new[] { 0.25f, 0.75f }, 1)),
        Record = new() { Iterations = 12, Curves = [new("validation auc", [0.5, double.NaN])] },
        ModelFolder = claim.ModelFolder,
    };
}
