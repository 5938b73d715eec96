namespace Kaggle.Baselines.Boosting;

/// <summary>How an objective turns sums of leaves into predictions.</summary>
sealed class RawToPrediction
{
    readonly Action<Span<double>> apply;
    readonly bool acrossClasses;

    RawToPrediction(Action<Span<double>> apply, bool acrossClasses = false) => (this.apply, this.acrossClasses) = (apply, acrossClasses);

    /// <param name="objective">As LightGBM writes it: the name, then parameters as name:value.</param>
    /// <returns>Null for an objective not known here.</returns>
    public static RawToPrediction? Of(ReadOnlySpan<string> objective) => objective switch
    {
        ["regression"] or ["regression_l1", ..] or ["huber", ..] or ["fair", ..] or ["quantile", ..] or ["mape", ..] => new(_ => { }),
        ["poisson", ..] or ["gamma", ..] or ["tweedie", ..] => new(Exponential),
        ["binary", "sigmoid:1"] or ["multiclassova", _, "sigmoid:1"] or ["cross_entropy"] => new(Sigmoid),
        ["multiclass", ..] => new(Softmax, acrossClasses: true),
        _ => null,
    };

    /// <param name="values">(rows, classes) sums, replaced by predictions.</param>
    /// <param name="classes">How many classes.</param>
    public void Apply(Span<double> values, int classes)
    {
        if (!acrossClasses) apply(values);
        else
            for (var start = 0; start < values.Length; start += classes) apply(values.Slice(start, classes));
    }

    static void Exponential(Span<double> values)
    {
        foreach (ref var value in values) value = Math.Exp(value);
    }

    static void Sigmoid(Span<double> values)
    {
        foreach (ref var value in values) value = 1 / (1 + Math.Exp(-value));
    }

    static void Softmax(Span<double> values)
    {
        var largest = values[0];
        foreach (var value in values) largest = Math.Max(largest, value);
        var sum = 0.0;
        foreach (ref var value in values) sum += value = Math.Exp(value - largest);
        foreach (ref var value in values) value /= sum;
    }
}
