using System.Runtime.InteropServices;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Neighbours;

/// <summary>Training rows and what they answered.</summary>
sealed class KNearestModel(
    FittedDenseFeatures features, float[] scales, NeighbourBlock block, Voters voters, int neighbours, OutputKind kind, int threads) : IModel
{
    const string Settings = "neighbours.json";
    const string Rows = "rows.bin";
    const string Answers = "answers.bin";
    const string Weights = "weights.bin";

    public FitRecord Record => FitRecord.Nothing;

    public Predictions Predict(Dataset rows)
    {
        var found = block.Nearest(FeatureRelevance.Scaled(features.Transform(rows), scales), neighbours, threads, CancellationToken.None);
        var values = new float[rows.Rows * voters.Outputs];
        for (var row = 0; row < found.Length; row++) voters.Say(found[row], values.AsSpan(row * voters.Outputs, voters.Outputs));
        return new(kind, new(values, voters.Outputs));
    }

    public void Save(string folder)
    {
        var saved = new Saved(features, scales, neighbours, kind, voters.Answers.Columns, voters.ByDistance, voters.Quantiles?.Column, voters.Quantiles?.Levels.ToArray());
        ModelFile.Write(folder, Settings, saved);
        Write(folder, Rows, block.Matrix().Values);
        Write(folder, Answers, voters.Answers.Values);
        Write(folder, Weights, voters.Weights);
    }

    public static KNearestModel Load(string folder, int threads)
    {
        var saved = ModelFile.Read<Saved>(folder, Settings);
        var quantiles = saved.Quantiles is null ? null : (QuantileTarget)Target.Quantiles(saved.QuantilesOf!, saved.Quantiles);
        var voters = new Voters(new(Read(folder, Answers), saved.AnswerColumns), quantiles, Read(folder, Weights), saved.ByDistance);
        var block = new NeighbourBlock(new(Read(folder, Rows), saved.Features.Features.Length));
        return new(saved.Features, saved.Scales, block, voters, saved.Neighbours, saved.Kind, threads);
    }

    public void Dispose() { }

    static void Write(string folder, string file, ReadOnlyMemory<float> values) =>
        File.WriteAllBytes(Path.Combine(folder, file), MemoryMarshal.AsBytes(values.Span));

    static float[] Read(string folder, string file) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, file))).ToArray();

    sealed record Saved(
        FittedDenseFeatures Features, float[] Scales, int Neighbours, OutputKind Kind, int AnswerColumns, bool ByDistance, string? QuantilesOf, double[]? Quantiles);
}
