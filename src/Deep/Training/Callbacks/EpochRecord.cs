namespace Kaggle.Deep.Training.Callbacks;

/// <summary>What an epoch was like.</summary>
/// <param name="Loss">The mean over its steps.</param>
/// <param name="Score">Of the validation rows; null without them.</param>
/// <param name="Rate">The last step's.</param>
/// <param name="Momentum">The last step's; null: the optimizer's own.</param>
/// <param name="GradientNorm">The mean over its steps of the gradients' length before clipping; null where it was not measured.</param>
/// <param name="Seconds">Scoring the validation rows included.</param>
/// <param name="RowsPerSecond">While learning.</param>
/// <param name="MemoryMb">The process's, at the end.</param>
public sealed record EpochRecord(double Loss, double? Score, double Rate, double? Momentum, double? GradientNorm, double Seconds, double RowsPerSecond, double MemoryMb);
