using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Trees;

/// <summary>Trees grown apart; the forest says their mean, or quantiles of all answers in the leaves that a row falls into.</summary>
/// <remarks>Quantiles: N. Meinshausen, "Quantile Regression Forests", JMLR 7, 2006.</remarks>
sealed class ForestModel(TreeColumns columns, ForestModel.Shape shape, Tree[] trees, FitRecord record, int threads) : IModel
{
    const string StateFile = "model.json", TreesFile = "trees.bin";

    const int Block = 256;                                     // rows that stay in the cache while all trees pass over them

    /// <param name="Task">What is predicted.</param>
    /// <param name="Outputs">Numbers in each prediction.</param>
    /// <param name="Levels">Of a quantile task the level of each output; else empty.</param>
    public sealed record Shape(TaskKind Task, int Outputs, ImmutableArray<double> Levels);

    public FitRecord Record { get; } = record;

    public static ForestModel Grow(ForestSettings settings, Dataset train, FitContext context)
    {
        var answers = train.Answers;
        var columns = TreeColumns.Of(train);
        var binned = BinnedColumns.Of(columns, train, context.Threads);
        var target = ForestTarget.Of(answers);
        var weights = train.Weights?.ToArray();
        var levels = answers.Target is QuantileTarget quantiles ? quantiles.Levels : [];
        var trees = new Tree[settings.Trees];
        var gains = new double[settings.Trees][];
        var grown = 0;
        Parallel.For(
            0, settings.Trees, new() { MaxDegreeOfParallelism = Math.Max(1, context.Threads), CancellationToken = context.Cancel },
            () => new TreeGrower(binned, target, weights, settings, keepAnswers: levels.Length > 0),
            (number, _, grower) =>
            {
                trees[number] = grower.Grow(unchecked(context.Seed * 1_000_003 + number), gains[number] = new double[columns.Count]);
                var done = Interlocked.Increment(ref grown);
                context.Progress?.Report(new((double)done / settings.Trees, $"tree {done}/{settings.Trees}"));
                return grower;
            },
            _ => { });
        // Summed tree by tree, not as they were finished: the order must not show in the last bit.
        var importance = columns.Columns.Select((column, c) => (column.Name, Gain: gains.Sum(g => g[c]))).ToDictionary(x => x.Name, x => x.Gain);
        return new(columns, new(answers.Task, answers.Outputs, levels), trees, new() { Importance = importance }, context.Threads);
    }

    public Predictions Predict(Dataset rows)
    {
        var values = columns.RowMajor(rows);
        var predicted = new float[rows.Rows * shape.Outputs];
        Parallel.For(0, (rows.Rows + Block - 1) / Block, new() { MaxDegreeOfParallelism = Math.Max(1, threads) }, block =>
        {
            var (start, end) = (block * Block, Math.Min(rows.Rows, (block + 1) * Block));
            if (shape.Levels.IsDefaultOrEmpty) Means(values, predicted, start, end);
            else
                for (var row = start; row < end; row++) Quantiles(Row(values, row), predicted.AsSpan(row * shape.Outputs, shape.Outputs));
        });
        var kind = shape.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel ? OutputKind.Probabilities : OutputKind.Values;
        return new(kind, new(predicted, shape.Outputs));
    }

    void Means(float[] values, float[] predicted, int start, int end)
    {
        var sums = new double[(end - start) * shape.Outputs];
        foreach (var tree in trees)
            for (var row = start; row < end; row++)
            {
                var leaf = tree.Values(Row(values, row));
                for (var output = 0; output < leaf.Length; output++) sums[(row - start) * shape.Outputs + output] += leaf[output];
            }
        for (var i = 0; i < sums.Length; i++) predicted[start * shape.Outputs + i] = (float)(sums[i] / trees.Length);
    }

    /// <summary>Each tree counts as one, shared by the answers in its leaf.</summary>
    void Quantiles(ReadOnlySpan<float> row, Span<float> predicted)
    {
        var answers = new List<(float Value, double Weight)>();
        foreach (var tree in trees)
        {
            var leaf = tree.Values(row);
            foreach (var value in leaf) answers.Add((value, 1.0 / leaf.Length));
        }
        answers.Sort();
        for (var output = 0; output < predicted.Length; output++)
        {
            double wanted = shape.Levels[output] * trees.Length, passed = 0;
            var at = 0;
            while (at < answers.Count - 1 && passed + answers[at].Weight < wanted) passed += answers[at++].Weight;
            predicted[output] = answers[at].Value;
        }
    }

    ReadOnlySpan<float> Row(float[] values, int row) => values.AsSpan(row * columns.Count, columns.Count);

    public void Save(string folder)
    {
        columns.Save(folder);
        ModelFile.Write(folder, StateFile, new Manifest(shape, trees.Length, Record));
        using var writer = new BinaryWriter(File.Create(Path.Combine(folder, TreesFile)));
        foreach (var tree in trees) tree.Write(writer);
    }

    public static ForestModel Load(string folder, int threads)
    {
        var manifest = ModelFile.Read<Manifest>(folder, StateFile);
        using var reader = new BinaryReader(new BufferedStream(File.OpenRead(Path.Combine(folder, TreesFile)), 1 << 20));
        Tree[] trees = [.. Enumerable.Range(0, manifest.Trees).Select(_ => Tree.Read(reader))];
        return new(TreeColumns.Load(folder), manifest.Shape, trees, manifest.Record, threads);
    }

    public void Dispose() { }

    sealed record Manifest(Shape Shape, int Trees, FitRecord Record);
}
