using System.Numerics.Tensors;
using Kaggle.Baselines.Linear;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <summary>Learns a vector for each feature of sparse rows, and a layer over their weighted sum, row after row.</summary>
sealed class EmbeddingDescent
{
    const float MostError = 4;                                 // of standardised numbers: one stray answer may not throw the vectors far away

    const float MostLogOdds = 200;                             // that one step may move a row's; numbers are moved to their answer and no further

    readonly SparseRows x;
    readonly AnswerLink link;
    readonly Matrix truth;
    readonly ReadOnlyMemory<float> counts;
    readonly FitContext context;
    readonly Draws draws;
    readonly int outputs, width;
    readonly float[] vectors, layer, intercepts;               // (features, width), (outputs, width), (outputs)
    readonly bool[]? frozen;                                   // (features)
    readonly float[] means, deviations;                        // of numbers; 0 and 1 of chances

    /// <param name="rows">To learn from.</param>
    /// <param name="link">What becomes of the layer's sums.</param>
    /// <param name="answers">Of the rows.</param>
    /// <param name="counts">(rows) how much each counts, or empty.</param>
    /// <param name="begin">Where vectors begin; they are moved from there.</param>
    /// <param name="draws">For the order of the rows.</param>
    /// <param name="context">Progress and cancellation.</param>
    public EmbeddingDescent(SparseRows rows, AnswerLink link, TargetValues answers, ReadOnlyMemory<float> counts, StartingVectors begin, Draws draws, FitContext context)
    {
        (x, this.link, this.counts, this.draws, this.context, outputs) = (rows, link, counts, draws, context, answers.Outputs);
        (vectors, width, frozen) = (begin.Values, begin.Width, begin.Frozen);
        truth = answers.Learned;
        layer = new float[outputs * width];
        (intercepts, means, deviations) = (new float[outputs], new float[outputs], Enumerable.Repeat(1f, outputs).ToArray());
        for (var k = 0; k < outputs; k++) Begin(k);
    }

    /// <returns>(features + 1, outputs) one weight a feature and answer, the intercepts last.</returns>
    public float[] Run(int epochs, double rate)
    {
        int[] order = [.. Enumerable.Range(0, x.Count)];
        var (text, errors, back) = (new float[width], new float[outputs], new float[width]);
        var (done, all) = (0L, (double)epochs * x.Count);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            draws.Shuffle(order);
            context.Progress?.Report(new((double)epoch / epochs, $"epoch {epoch + 1}/{epochs}"));
            foreach (var row in order)
            {
                if (done % 1024 == 0) context.Cancel.ThrowIfCancellationRequested();
                var step = (float)(rate * (1 - done++ / all)) * (counts.IsEmpty ? 1 : counts.Span[row]);
                Learn(row, step, text, errors, back);
            }
        }
        return Product();
    }

    void Learn(int row, float step, float[] text, float[] errors, float[] back)
    {
        var features = x.FeaturesOf(row);
        var values = x.ValuesOf(row);
        Array.Clear(text);
        for (var i = 0; i < values.Length; i++) TensorPrimitives.MultiplyAdd(VectorOf(features[i]), values[i], text, text);
        for (var k = 0; k < outputs; k++) errors[k] = intercepts[k] + TensorPrimitives.Dot<float>(text, LayerOf(k));
        Judge(row, errors);
        // How far a step moves this row's sums for each unit of error. Vectors and layer multiply each other: without a bound a step too long makes the next one longer.
        var reach = 1 + TensorPrimitives.SumOfSquares<float>(text) + TensorPrimitives.SumOfSquares<float>(values) * TensorPrimitives.SumOfSquares<float>(layer);
        step = Math.Min(step, (link == AnswerLink.Identity ? 1 : MostLogOdds) / reach);
        Array.Clear(back);
        for (var k = 0; k < outputs; k++)
        {
            var own = LayerOf(k);
            TensorPrimitives.MultiplyAdd(own, -step * errors[k], back, back);
            TensorPrimitives.MultiplyAdd(text, -step * errors[k], own, own);
            intercepts[k] -= step * errors[k];
        }
        for (var i = 0; i < values.Length; i++)
        {
            if (frozen is not null && frozen[features[i]]) continue;
            var own = VectorOf(features[i]);
            TensorPrimitives.MultiplyAdd(back, values[i], own, own);
        }
    }

    /// <summary>Turns sums into what is to be taken off them.</summary>
    void Judge(int row, Span<float> sums)
    {
        switch (link)
        {
            case AnswerLink.Sigmoid:
                TensorPrimitives.Sigmoid(sums, sums);
                TensorPrimitives.Subtract(sums, truth.Row(row), sums);
                break;
            case AnswerLink.Softmax:
                TensorPrimitives.Subtract(sums, TensorPrimitives.Max<float>(sums), sums);
                TensorPrimitives.SoftMax(sums, sums);
                sums[(int)truth[row, 0]] -= 1;
                break;
            default:
                for (var k = 0; k < sums.Length; k++)
                    sums[k] = Math.Clamp(sums[k] - (truth[row, k] - means[k]) / deviations[k], -MostError, MostError);
                break;
        }
    }

    /// <summary>The intercept that is right before anything is learned; numbers are learned around their mean, in their deviations.</summary>
    void Begin(int k)
    {
        var (sum, squares, all) = (0.0, 0.0, 0.0);
        for (var row = 0; row < truth.Rows; row++)
        {
            double answer = link == AnswerLink.Softmax ? truth[row, 0] == k ? 1 : 0 : truth[row, k], count = counts.IsEmpty ? 1 : counts.Span[row];
            (sum, squares, all) = (sum + count * answer, squares + count * answer * answer, all + count);
        }
        switch (link)
        {
            case AnswerLink.Sigmoid: intercepts[k] = (float)Math.Log((sum + 0.5) / (all - sum + 0.5)); break;
            case AnswerLink.Softmax: intercepts[k] = (float)Math.Log((sum + 0.5) / (all + 0.5 * outputs)); break;
            default:
                means[k] = (float)(sum / all);
                if (squares / all - sum / all * (sum / all) is var variance && variance > 1e-12 * squares / all) deviations[k] = (float)Math.Sqrt(variance);
                break;
        }
    }

    float[] Product()
    {
        var weights = new float[(x.Width + 1) * outputs];
        for (var k = 0; k < outputs; k++)
        {
            for (var feature = 0; feature < x.Width; feature++)
                weights[feature * outputs + k] = deviations[k] * TensorPrimitives.Dot<float>(VectorOf(feature), LayerOf(k));
            weights[x.Width * outputs + k] = means[k] + deviations[k] * intercepts[k];
        }
        return weights;
    }

    Span<float> VectorOf(int feature) => vectors.AsSpan(feature * width, width);

    Span<float> LayerOf(int output) => layer.AsSpan(output * width, width);
}
