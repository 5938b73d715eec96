using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Kernels;

/// <param name="Features">From columns to numbers.</param>
/// <param name="Gamma">exp(−gamma·|a − b|²).</param>
/// <param name="Columns">Features of a row.</param>
/// <param name="Targets">How many.</param>
/// <param name="Means">(targets) added to the sums.</param>
/// <param name="Offsets">For quantiles: added to the one value, one for each; else null.</param>
sealed record KernelState(FittedDenseFeatures Features, double Gamma, int Columns, int Targets, float[] Means, float[]? Offsets);

/// <summary>Weighted likeness to the training rows.</summary>
sealed class KernelModel(KernelState state, Matrix rows, float[][] weights) : IModel
{
    const string Settings = "kernel.json";
    const string Block = "rows.bin";
    const string Sums = "weights.bin";

    public FitRecord Record => FitRecord.Nothing;

    public Predictions Predict(Dataset asked)
    {
        var features = state.Features.Transform(asked);
        var width = state.Offsets?.Length ?? state.Targets;
        var values = new float[asked.Rows * width];
        var likeness = new float[rows.Rows];
        for (var i = 0; i < asked.Rows; i++)
        {
            for (var j = 0; j < rows.Rows; j++)
            {
                var distance = TensorPrimitives.Distance(features.Row(i), rows.Row(j));
                likeness[j] = (float)Math.Exp(-state.Gamma * distance * distance);
            }
            var outputs = values.AsSpan(i * width, width);
            for (var k = 0; k < state.Targets; k++) outputs[k] = state.Means[k] + TensorPrimitives.Dot<float>(likeness, weights[k]);
            if (state.Offsets is { } offsets)
                for (var q = offsets.Length - 1; q >= 0; q--) outputs[q] = outputs[0] + offsets[q];
        }
        return new(OutputKind.Values, new(values, width));
    }

    public void Save(string folder)
    {
        ModelFile.Write(folder, Settings, state);
        File.WriteAllBytes(Path.Combine(folder, Block), MemoryMarshal.AsBytes(rows.Values.Span));
        File.WriteAllBytes(Path.Combine(folder, Sums), MemoryMarshal.AsBytes<float>(weights.SelectMany(w => w).ToArray()));
    }

    public static KernelModel Load(string folder)
    {
        var state = ModelFile.Read<KernelState>(folder, Settings);
        Matrix rows = new(Floats(Block), state.Columns);
        return new(state, rows, [.. Floats(Sums).Chunk(rows.Rows)]);

        float[] Floats(string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, file))).ToArray();
    }

    public void Dispose() { }
}
