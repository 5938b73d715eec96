using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Core.Learning;

public class DevicePlacementTests
{
    [Fact]
    public void Units_fill_the_emptiest_device_until_no_memory_is_left()
    {
        var devices = new DevicePlacement([10, 16]);
        Assert.Equal([1, 1, 0, 1], Enumerable.Range(0, 4).Select(_ => devices.TryTake(5)!.Device));         // left: 10 and 16, 11, then 6 after 10, then 5 and 6
        Assert.Equal(0, devices.TryTake(5)!.Device);
        Assert.Null(devices.TryTake(5));
        Assert.Equal(1, devices.TryTake(1)!.Device);
    }

    [Fact]
    public void A_place_given_back_is_free_again_and_only_once()
    {
        var devices = new DevicePlacement([10]);
        var first = devices.TryTake(6)!;
        Assert.Null(devices.TryTake(6));
        first.Dispose();
        first.Dispose();
        using var second = devices.TryTake(6);
        Assert.NotNull(second);
        Assert.Null(devices.TryTake(6));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(99L)]
    public void A_unit_of_unknown_or_impossible_need_gets_a_device_for_itself(long? bytes)
    {
        var devices = new DevicePlacement([10, 8]);
        using var small = devices.TryTake(1)!;
        Assert.Equal(0, small.Device);
        using var large = devices.TryTake(bytes)!;
        Assert.Equal(1, large.Device);
        Assert.Equal(0, devices.TryTake(1)!.Device);                                                         // nobody sits down beside it
        Assert.Null(devices.TryTake(bytes));
    }

    [Fact]
    public async Task Who_waits_is_seated_in_order_and_is_not_passed_by()
    {
        var devices = new DevicePlacement([10]);
        var token = TestContext.Current.CancellationToken;
        var first = devices.TryTake(6)!;
        var large = Task.Run(() => devices.Take(8, token), token);
        while (devices.TryTake(1) is { } early)                                                              // until the other is in the queue
        {
            early.Dispose();
            await Task.Yield();
        }
        Assert.False(large.IsCompleted);
        first.Dispose();
        using var seat = await large;
        Assert.Equal(0, seat.Device);
    }

    [Fact]
    public void Waiting_ends_when_it_is_cancelled_and_leaves_the_queue()
    {
        var devices = new DevicePlacement([10]);
        using var first = devices.TryTake(10)!;
        using var cancel = new CancellationTokenSource(50);
        Assert.ThrowsAny<OperationCanceledException>(() => devices.Take(1, cancel.Token));
        first.Dispose();
        Assert.NotNull(devices.TryTake(10));
    }

    [Fact]
    public void No_devices_is_a_sentence() => Assert.Contains("at least one device", Assert.Throws<InputException>(() => new DevicePlacement([])).Message);
}
