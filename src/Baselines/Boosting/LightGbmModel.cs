using System.Collections.Immutable;
using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Boosting;

/// <summary>Boosters that together make one prediction, and the columns that they read.</summary>
sealed class LightGbmModel(TreeColumns columns, LightGbmModel.Shape shape, IReadOnlyList<Booster> boosters, FitRecord record, int threads)
    : IModel, IExplainable
{
    const string StateFile = "model.json";

    readonly Lazy<QuickScorer?>[] scorers = [.. boosters.Select(booster => new Lazy<QuickScorer?>(() => QuickScorer.Of(BoosterText.Read(booster.ToText()))))];

    /// <summary>Outputs of all boosters: one has several only when the task is multiclass.</summary>
    int Outputs => boosters.Count * shape.Classes;

    public FitRecord Record { get; } = record;

    public IReadOnlyList<string> Explained => [.. columns.Columns.Select(c => c.Name)];

    public Predictions Predict(Dataset rows)
    {
        var predicted = Compute(rows, LightGbmLibrary.PredictionKind.Normal, width: 1);
        if (shape.Task == TaskKind.Quantile) Uncross(predicted);
        return new(BoosterTask.Kind(shape.Task), new(predicted, Outputs));
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The trees are linear.</exception>
    public Matrix Contributions(Dataset rows)
    {
        if (shape.Linear) throw new InputException("Linear trees cannot say what each column added; explain a LightGbm without LinearTrees.");
        var width = columns.Count + 1;
        return new(Compute(rows, LightGbmLibrary.PredictionKind.Contributions, width), Outputs * width);
    }

    /// <returns>(rows, outputs × width)</returns>
    float[] Compute(Dataset rows, LightGbmLibrary.PredictionKind kind, int width)
    {
        using var inForce = NativeThreads.Enter(threads);
        var values = columns.RowMajor(rows);
        var part = shape.Classes * width;
        var result = new float[rows.Rows * boosters.Count * part];
        for (var b = 0; b < boosters.Count; b++)
        {
            var computed = kind == LightGbmLibrary.PredictionKind.Normal && scorers[b].Value is { } scorer
                ? scorer.Predict(values, columns.Count, inForce.Count)
                : boosters[b].Predict(values, columns.Count, part, kind, inForce.Count);
            for (var row = 0; row < rows.Rows; row++)
                for (var i = 0; i < part; i++)
                    result[(row * boosters.Count + b) * part + i] = (float)computed[row * part + i];
        }
        return result;
    }

    /// <summary>Quantiles are learned one by one and may cross: each row's are put in the order of their levels.</summary>
    void Uncross(float[] predicted)
    {
        var byLevel = Enumerable.Range(0, Outputs).OrderBy(output => shape.Levels[output]).ToArray();
        var ordered = new float[Outputs];
        for (var row = 0; row < predicted.Length; row += Outputs)
        {
            predicted.AsSpan(row, Outputs).CopyTo(ordered);
            ordered.AsSpan().Sort();
            for (var i = 0; i < Outputs; i++) predicted[row + byLevel[i]] = ordered[i];
        }
    }

    public void Save(string folder)
    {
        columns.Save(folder);
        ModelFile.Write(folder, StateFile, new Manifest(shape, boosters.Count, Record));
        for (var b = 0; b < boosters.Count; b++) File.WriteAllBytes(BoosterFile(folder, b), boosters[b].ToText());
    }

    public static LightGbmModel Load(string folder, int threads)
    {
        var manifest = ModelFile.Read<Manifest>(folder, StateFile);
        return new(TreeColumns.Load(folder), manifest.Shape, [.. Enumerable.Range(0, manifest.Boosters).Select(b => Read(folder, b))], manifest.Record, threads);
    }

    public void Dispose()
    {
        foreach (var booster in boosters) booster.Dispose();
    }

    static Booster Read(string folder, int number)
    {
        var file = BoosterFile(folder, number);
        if (!File.Exists(file)) throw new InputException($"There is no whole model in {folder}: {Path.GetFileName(file)} is missing. Fit it again.");
        try
        {
            return Booster.Parse(File.ReadAllBytes(file));
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{file} cannot be read: {e.Message} Fit the model again.", e);
        }
    }

    static string BoosterFile(string folder, int number) => Path.Combine(folder, $"trees-{number}.txt");

    /// <param name="Task">What is predicted.</param>
    /// <param name="Classes">Outputs of each booster.</param>
    /// <param name="Levels">Of a quantile task the level of each output; else empty.</param>
    /// <param name="Linear">Whether the leaves hold linear models.</param>
    public sealed record Shape(TaskKind Task, int Classes, ImmutableArray<double> Levels, bool Linear);

    sealed record Manifest(Shape Shape, int Boosters, FitRecord Record);
}
