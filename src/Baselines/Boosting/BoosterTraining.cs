using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Boosting;

/// <summary>One fit of <see cref="LightGbm"/>: bins the rows, grows a booster for each part of the task, keeps the best of each.</summary>
sealed class BoosterTraining : IDisposable
{
    readonly LightGbm settings;
    readonly TreeColumns columns;
    readonly FitContext context;
    readonly int threads;
    readonly Dataset train;
    readonly Dataset? validation;
    readonly BinnedRows binnedTrain;
    readonly BinnedRows? binnedValidation;
    readonly float[]? weights;

    public BoosterTraining(LightGbm settings, TreeColumns columns, Dataset train, Dataset? validation, FitContext context, int threads)
    {
        (this.settings, this.columns, this.context, this.threads) = (settings, columns, context, threads);
        if (train.Rows == 0) throw new InputException($"{settings.Name} was given no rows to learn from.");
        this.train = Ascending(train);
        this.validation = context.Iterations is null && validation is { Rows: > 0 } ? Ascending(validation) : null;

        var all = BinnedRows.Of(train, columns, settings.Binning, context, threads, out var shared);
        try
        {
            binnedTrain = Part(all, this.train);
            weights = Weights();
            if (weights is not null) binnedTrain.Set("weight", weights);
            if (this.validation is null) return;
            binnedValidation = this.validation.Source == train.Source
                ? Part(all, this.validation)
                : BinnedRows.Bin(this.validation, columns, settings.Binning, threads, like: all);
            if (this.validation.Weights is { } validationWeights) binnedValidation.Set("weight", validationWeights.Span);
        }
        finally
        {
            if (!shared) all.Dispose();
        }
    }

    public LightGbmModel Run()
    {
        var answers = train.Answers;
        var tasks = BoosterTask.For(answers, settings.Objective);
        var curves = new List<Curve>();
        var boosters = new List<Booster>();
        var kept = new List<int>();
        foreach (var (task, number) in tasks.Select((task, number) => (task, number)))
        {
            binnedTrain.Set("label", answers.Learned.Column(task.Target).Span);
            binnedValidation?.Set("label", validation!.Answers.Learned.Column(task.Target).Span);
            var score = validation is null ? null : ValidationScore.For(context.Metric, task, answers, validation, alone: tasks.Count == 1);
            var (booster, iterations) = Grow(task, score, number, tasks.Count, curves);
            boosters.Add(booster);
            kept.Add(iterations);
            if (score is not null)
                curves.Add(new($"validation {score.Name}{(tasks.Count == 1 ? "" : $" {number + 1}")}", score.Curve));
        }
        var record = new FitRecord
        {
            Iterations = (int)Math.Round(kept.Average()),
            Curves = curves,
            Importance = Importance(boosters),
        };
        var levels = answers.Target is QuantileTarget quantiles ? quantiles.Levels : [];
        return new(columns, new(answers.Task, tasks[0].Classes, levels, settings.LinearTrees), boosters, record, context.Threads);
    }

    (Booster Booster, int Iterations) Grow(BoosterTask task, ValidationScore? score, int number, int boosters, List<Curve> curves)
    {
        var parameters = Parameters(task, score);
        var rounds = Rounds(task, curves);
        using var growing = Booster.Of(binnedTrain, binnedValidation, parameters);
        var patience = score is not null && settings.StopsEarly ? settings.Stop!.Patience : int.MaxValue;
        int round = 0, best = 0;
        while (round < rounds)
        {
            context.Cancel.ThrowIfCancellationRequested();
            var grew = growing.Grow();
            if (!grew && round > 0) break;                     // a first tree without a split still holds the mean
            round++;
            if (score?.Improves(growing) ?? true) best = round;
            context.Progress?.Report(new((number + (double)round / rounds) / boosters, $"tree {round}/{rounds}{score?.Latest}"));
            if (!grew || round - best >= patience) break;
        }
        if (patience == int.MaxValue) best = round;
        return (Booster.Parse(growing.ToText(best)), best);     // parsed anew, it lets go of the rows
    }

    BoosterParameters Parameters(BoosterTask task, ValidationScore? score)
    {
        var parameters = settings.Parameters(columns, train.Rows, context, threads);
        task.Describe(parameters);
        parameters["metric"] = score?.Native ?? "None";
        return parameters;
    }

    /// <returns>How many trees to grow: as many as asked for, or as inner folds of the training rows find best by the loss.</returns>
    int Rounds(BoosterTask task, List<Curve> curves)
    {
        if (context.Iterations is { } asked) return asked;
        if (settings.Dart || settings.Stop is not { InnerFolds: > 0 } stop || train.Rows < 2 * stop.InnerFolds) return settings.Rounds;
        if (InnerFolds.Parts(train, stop, context.Seed) is not { } parts) return settings.Rounds;
        using var folds = new InnerFolds(train, binnedTrain, weights, task, parts, stop.Patience, threads, score => Parameters(task, score));
        var found = folds.Search(settings.Rounds, context);
        curves.Add(new($"inner {folds.Name}", folds.Curve));
        return found;
    }

    Dictionary<string, double> Importance(IEnumerable<Booster> boosters)
    {
        var importance = columns.Columns.ToDictionary(c => c.Name, _ => 0.0);
        foreach (var booster in boosters)
            foreach (var (gain, column) in booster.Gains(columns.Count).Zip(columns.Columns)) importance[column.Name] += gain;
        return importance;
    }

    /// <returns>The rows' own weights times those that balance the classes; null when all count alike.</returns>
    float[]? Weights()
    {
        var weights = train.Weights?.ToArray();
        if (!settings.Balanced || train.Answers.Task is not (TaskKind.Binary or TaskKind.Multiclass)) return weights;
        var codes = train.Answers.Truth.Values.Span;
        var rowsOf = new Dictionary<float, int>();
        foreach (var code in codes) rowsOf[code] = rowsOf.GetValueOrDefault(code) + 1;
        weights ??= [.. Enumerable.Repeat(1f, train.Rows)];
        for (var i = 0; i < weights.Length; i++) weights[i] *= (float)((double)codes.Length / rowsOf.Count / rowsOf[codes[i]]);
        return weights;
    }

    BinnedRows Part(BinnedRows all, Dataset rows) =>
        all.Subset(rows.IsView ? rows.RowIndex : [.. Enumerable.Range(0, rows.Rows)], threads);

    /// <returns>The same rows in their source's order, which is the only one that LightGBM can take a part in.</returns>
    static Dataset Ascending(Dataset rows)
    {
        if (!rows.IsView) return rows;
        var index = rows.RowIndex.ToArray();
        for (var i = 1; i < index.Length; i++)
            if (index[i] < index[i - 1])
            {
                var order = Enumerable.Range(0, index.Length).ToArray();
                Array.Sort(index, order);
                return rows.Take(order);
            }
        return rows;
    }

    public void Dispose()
    {
        binnedTrain?.Dispose();
        binnedValidation?.Dispose();
    }
}
