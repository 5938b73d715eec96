using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using Kaggle.Baselines.Linear;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <param name="Features">From columns to sparse features.</param>
/// <param name="Link">What becomes of the sums.</param>
/// <param name="Outputs">How many sums.</param>
/// <param name="Weights">(features + 1, outputs) the intercepts last.</param>
/// <param name="Bounds">For numbers: no answer lies outside; one for each output.</param>
sealed record TextModelState(
    FittedTextFeatures Features, AnswerLink Link, int Outputs,
    [property: JsonConverter(typeof(PackedNumbers<float>))] float[] Weights,
    ImmutableArray<AnswerBounds> Bounds);

/// <summary>Weighted sums of sparse features.</summary>
sealed class TextModel(TextModelState state, OutputKind kind, FitRecord record, int threads) : IModel
{
    const string File = "text.json";

    public FitRecord Record => record;

    public static TextModel Load(string folder, int threads)
    {
        var saved = ModelFile.Read<Saved>(folder, File);
        return new(saved.State, saved.Kind, saved.Record, threads);
    }

    public void Save(string folder) =>
        ModelFile.Write(folder, File, new Saved(state, kind, record));

    public Predictions Predict(Dataset rows)
    {
        var x = state.Features.Transform(rows, threads);
        var values = new float[x.Count * state.Outputs];
        new SparsePass(x, state.Outputs, threads, default).Run([.. Enumerable.Range(0, x.Count)], state.Weights, (row, sums) =>
        {
            Answer(sums);
            sums.CopyTo(values.AsSpan(row * state.Outputs));
            return 0;
        }, []);
        return new(kind, new(values, state.Outputs));
    }

    public void Dispose() { }

    void Answer(Span<float> sums)
    {
        switch (state.Link)
        {
            case AnswerLink.Sigmoid:
                TensorPrimitives.Sigmoid(sums, sums);
                break;
            case AnswerLink.Softmax:
                TensorPrimitives.Subtract(sums, TensorPrimitives.Max<float>(sums), sums);
                TensorPrimitives.SoftMax(sums, sums);
                break;
            default:
                for (var k = 0; k < sums.Length; k++) sums[k] = state.Bounds[k].Clamp(sums[k]);
                break;
        }
    }

    sealed record Saved(TextModelState State, OutputKind Kind, FitRecord Record);
}
