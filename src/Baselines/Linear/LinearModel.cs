using System.Collections.Immutable;
using System.Numerics.Tensors;
using Kaggle.Baselines.Dummies;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Linear;

/// <summary>What becomes of the weighted sums.</summary>
enum AnswerLink
{
    /// <summary>They are the answer.</summary>
    Identity,

    /// <summary>Each is a chance by itself.</summary>
    Sigmoid,

    /// <summary>Together they are the chances of classes.</summary>
    Softmax,
}

/// <param name="Features">From columns to numbers.</param>
/// <param name="Link">What becomes of the sums.</param>
/// <param name="Weights">(outputs)(features).</param>
/// <param name="Intercepts">(outputs).</param>
/// <param name="Bounds">For numbers: no answer lies outside; (outputs) pairs.</param>
/// <param name="Offsets">For quantiles: added to the one sum, one for each quantile; else null.</param>
sealed record LinearState(
    FittedDenseFeatures Features, AnswerLink Link, float[][] Weights, float[] Intercepts, ImmutableArray<AnswerBounds> Bounds, float[]? Offsets);

/// <summary>Where answers end: an outlier's weighted sum would otherwise be anything, and its exponential infinite.</summary>
readonly record struct AnswerBounds(float Least, float Most)
{
    /// <summary>The range of the training answers, a tenth wider on both sides.</summary>
    public static AnswerBounds Of(ReadOnlySpan<float> answers)
    {
        var (least, most) = (TensorPrimitives.Min(answers), TensorPrimitives.Max(answers));
        var beyond = (most - least) / 10;
        return new(least - beyond, most + beyond);
    }

    public float Clamp(float value) => Math.Clamp(value, Least, Most);
}

/// <summary>Weighted sums of dense features.</summary>
sealed class LinearModel : IModel
{
    const string File = "linear.json";

    readonly LinearState state;

    public LinearModel(LinearState state, FitRecord? record = null)
    {
        this.state = state;
        Record = (record ?? FitRecord.Nothing) with { Importance = Importance(state) };
    }

    /// <param name="features">From columns to numbers.</param>
    /// <param name="answers">What was learned: its range bounds what is answered.</param>
    /// <param name="fits">One for each target; quantiles are the first's value plus the quantiles of its errors.</param>
    public static LinearModel OfNumbers(FittedDenseFeatures features, TargetValues answers, IReadOnlyList<LinearFit> fits) => new(new(
        features, AnswerLink.Identity,
        [.. fits.Select(f => f.Weights)],
        [.. fits.Select(f => f.Intercept)],
        [.. fits.Select((_, k) => AnswerBounds.Of(answers.Learned.Column(k).Span))],
        answers.Target is QuantileTarget quantiles ? [.. quantiles.Levels.Select(q => (float)AnswerStatistics.Quantile(fits[0].Errors, q))] : null));

    public FitRecord Record { get; }

    public static LinearModel Load(string folder) =>
        new(ModelFile.Read<LinearState>(folder, File));

    public void Save(string folder) =>
        ModelFile.Write(folder, File, state);

    public Predictions Predict(Dataset rows)
    {
        var features = state.Features.Transform(rows);
        var width = state.Offsets?.Length ?? state.Weights.Length;
        var values = new float[rows.Rows * width];
        for (var row = 0; row < rows.Rows; row++) Answer(features.Row(row), values.AsSpan(row * width, width));
        return new(state.Link == AnswerLink.Identity ? OutputKind.Values : OutputKind.Probabilities, new(values, width));
    }

    public void Dispose() { }

    void Answer(ReadOnlySpan<float> features, Span<float> outputs)
    {
        for (var k = 0; k < state.Weights.Length; k++) outputs[k] = state.Intercepts[k] + TensorPrimitives.Dot(features, state.Weights[k]);
        switch (state.Link)
        {
            case AnswerLink.Sigmoid:
                TensorPrimitives.Sigmoid(outputs, outputs);
                break;
            case AnswerLink.Softmax:
                TensorPrimitives.Subtract(outputs, TensorPrimitives.Max<float>(outputs), outputs);
                TensorPrimitives.SoftMax(outputs, outputs);
                break;
            default:
                for (var k = 0; k < state.Weights.Length; k++) outputs[k] = state.Bounds[k].Clamp(outputs[k]);
                if (state.Offsets is not { } offsets) break;
                for (var q = offsets.Length - 1; q >= 0; q--) outputs[q] = outputs[0] + offsets[q];
                break;
        }
    }

    /// <summary>|weight| summed over outputs: comparable because the features share one scale.</summary>
    static Dictionary<string, double> Importance(LinearState state)
    {
        var byFeature = new Dictionary<string, double>();
        for (var j = 0; j < state.Features.Features.Length; j++)
            byFeature[state.Features.Features[j]] = state.Weights.Sum(w => Math.Abs((double)w[j]));
        return byFeature;
    }
}
