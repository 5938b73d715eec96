using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Deep.Native;

public sealed class OpenMpTeamTests
{
    public OpenMpTeamTests() => Libtorch.Load();

    [Theory, InlineData(1), InlineData(2), InlineData(7), InlineData(64)]
    public void Each_part_is_done_once(int parts)
    {
        var done = new int[parts];
        for (var round = 0; round < 200; round++) OpenMpTeam.Share(parts, part => Interlocked.Increment(ref done[part]));
        Assert.All(done, times => Assert.Equal(200, times));
    }

    [Fact]
    public void Several_threads_take_parts_where_libtorch_may_use_several()
    {
        if (!OperatingSystem.IsLinux() || Environment.ProcessorCount == 1) return;
        var threads = new HashSet<int>();
        torch.set_num_threads(2);
        OpenMpTeam.Share(2, _ =>
        {
            lock (threads) threads.Add(Environment.CurrentManagedThreadId);
            Thread.Sleep(50);
        });
        Assert.Equal(2, threads.Count);
    }

    [Fact]
    public void What_a_part_throws_arrives_at_the_caller()
    {
        var error = Assert.Throws<InvalidOperationException>(() => OpenMpTeam.Share(4, part =>
        {
            if (part == 2) throw new InvalidOperationException("the third part");
        }));
        Assert.Equal("the third part", error.Message);
    }
}
