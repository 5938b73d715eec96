using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Tests.Deep.Training;

public class ScheduleTests
{
    [Fact]
    public void One_cycle_goes_up_a_quarter_and_down_the_rest()
    {
        var cycle = new OneCycle();
        Assert.Equal(1 / 25.0, cycle.At(0).Rate, 1e-9);
        Assert.Equal(1, cycle.At(0.25).Rate, 1e-9);
        Assert.Equal((1 + 1e-5) / 2, cycle.At(0.625).Rate, 1e-9);
        Assert.Equal(1e-5, cycle.At(1).Rate, 1e-9);
        Assert.Equal([0.95, 0.85, 0.95], new[] { 0, 0.25, 1 }.Select(t => Math.Round(cycle.At(t).Momentum!.Value, 9)));
    }

    [Fact]
    public void Four_cycles_end_each_at_zero_at_powers_of_two()
    {
        foreach (var end in new[] { 0, 1 / 15.0, 3 / 15.0, 7 / 15.0, 1 }) Assert.Equal(0, new FourCycles().At(end).Rate, 1e-9);
        Assert.Equal(1, new FourCycles().At((Math.Sqrt(2) - 1) / 15).Rate, 1e-9);
        Assert.Equal((1, 0.5, 0), (new FourCycles().At(0.5).Decay, Math.Round(new FourCycles().At(0.75).Decay, 9), Math.Round(new FourCycles().At(1).Decay, 9)));
    }

    [Fact]
    public void Flat_then_cosine_is_flat_then_falls()
    {
        Assert.Equal([1, 1, 0.5, 0], new[] { 0, 0.75, 0.875, 1 }.Select(t => Math.Round(new FlatCosine().At(t).Rate, 4)));
    }

    [Fact]
    public void Restarts_begin_each_cycle_at_the_full_rate()
    {
        var restarts = new CosineRestarts { Cycles = 3, Growth = 2 };          // 1/7, 2/7, 4/7 of the training
        Assert.Equal([1, 0.5, 1, 0.5, 1, 0], new[] { 0, 0.5 / 7, 1 / 7.0 + 1e-12, 2 / 7.0, 3 / 7.0 + 1e-12, 1 }.Select(t => Math.Round(restarts.At(t).Rate, 6)));
    }

    [Fact]
    public void Warm_up_climbs_in_a_straight_line() =>
        Assert.Equal([0, 0.5, 1, 0.5, 0], new[] { 0, 0.1, 0.2, 0.6, 1 }.Select(t => Math.Round(new WarmUp { Climb = 0.2 }.At(t).Rate, 9)));
}
