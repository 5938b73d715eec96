using System.Collections.Immutable;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Commands;

/// <summary>What a folder of files asks, as far as its files tell: target, task, metric, id.</summary>
/// <param name="Target">What is to be predicted.</param>
/// <param name="Metric">How it is judged.</param>
/// <param name="Id">The id's column; null: there is none.</param>
/// <param name="Drop">Columns that stand in one file only and can teach nothing.</param>
/// <param name="Notes">What was inferred, and from what, one sentence each.</param>
public sealed record TableQuestion(Target Target, Metric Metric, string? Id, ImmutableArray<string> Drop, ImmutableArray<string> Notes)
{
    /// <summary>Whole numbers of no more different values than this may be classes.</summary>
    const int FewValues = 20;

    /// <param name="train">As read, with the target.</param>
    /// <param name="test">As read.</param>
    /// <param name="sample">The sample submission; null when there is none.</param>
    /// <param name="wishes">What is not to be inferred.</param>
    /// <exception cref="InputException">The files do not tell what the target is; the sentence says what to add.</exception>
    public static TableQuestion Of(Table train, Table test, Table? sample, TableWishes wishes)
    {
        var notes = new List<string>();
        var id = IdOf(train, test, sample, wishes);
        string[] asked = sample is null ? [] : [.. sample.Names.Where((n, i) => n != id && !(i == 0 && id is null && sample.Columns.Length > 1))];
        var targets = TargetsOf(train, test, asked, id, wishes, notes);
        foreach (var name in targets) _ = train[name];                          // says which columns there are

        var named = wishes.Metric is null ? null : Metrics.Metrics.ByName(wishes.Metric);
        var task = wishes.Task ?? TaskOf(train, targets, asked, named, wishes.Kinds);
        var values = targets.Length == 1 ? Distinct(train[targets[0]]) : 0;
        notes.Add($"Target: {string.Join(", ", targets.Select(t => $"'{t}'"))}, {Called(task)}" +
            (task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Ordinal ? $" of {values} classes ({Some(train[targets[0]])})" : "") +
            $"; {train.Rows} rows to learn from, {test.Rows} to predict{(id is null ? "" : $"; id '{id}'")}.");

        if (named is null && wishes.Kinds && targets.Length == 1 && train[targets[0]] is NumberValues { Values: ValueKind.Integer } && task is TaskKind.Binary or TaskKind.Multiclass)
            notes.Add($"The whole numbers of '{targets[0]}' are taken for the names of kinds; if they are amounts, name a metric of numbers: --metric rmse.");
        var metric = named ?? (wishes.Kinds && sample is null && task is TaskKind.Binary or TaskKind.Multiclass ? Metrics.Metrics.Accuracy : MetricOf(task, train, targets, asked, sample));
        if (named is null) notes.Add($"Metric: {metric.Name}, the usual one for such a target; --metric names another.");
        var left = Left(train, test, targets, id, wishes);
        if (left.Length > 0) notes.Add($"Left out, because {(left.Length == 1 ? "it stands" : "they stand")} in one of the two files only: {string.Join(", ", left)}.");
        return new(Declared(train, targets, task, metric), metric, id, left, [.. notes]);
    }

    static string? IdOf(Table train, Table test, Table? sample, TableWishes wishes) =>
        wishes.Id ?? sample?.Names.FirstOrDefault(test.Has)
        ?? test.Names.FirstOrDefault(n => train.Has(n) && n.ToLowerInvariant() is "id" or "row_id" && !wishes.Targets.Contains(n));

    static string[] TargetsOf(Table train, Table test, string[] asked, string? id, TableWishes wishes, List<string> notes)
    {
        if (!wishes.Targets.IsDefaultOrEmpty) return [.. wishes.Targets];
        if (asked.Length > 0 && asked.All(train.Has)) return asked;
        string[] onlyTrain = [.. train.Names.Where(n => !test.Has(n) && n != id && !wishes.Drop.Contains(n))];
        if (onlyTrain.Length == 1) return onlyTrain;
        // One column of classes in train, one column for each class in the sample.
        string[] spread = [.. onlyTrain.Where(n => asked.Length > 1 && Values(train[n]).ToHashSet() is var values && asked.All(a => values.Any(v => Names(a, v))))];
        if (spread.Length == 1)
        {
            notes.Add($"The sample submission's columns are the values of '{spread[0]}'.");
            return spread;
        }
        throw new InputException(
            $"What is to be predicted does not show: {(onlyTrain.Length == 0 ? $"{train.Name} has no column that {test.Name} lacks" : $"{train.Name} has {onlyTrain.Length} columns that {test.Name} lacks ({string.Join(", ", onlyTrain.Take(8))})")}" +
            $"{(asked.Length > 0 ? $", and the sample submission asks for {string.Join(", ", asked.Take(8))}" : ", and there is no sample submission")}. Say it: --target COLUMN.");
    }

    static bool Names(string header, string value) => header == value || header.EndsWith("_" + value, StringComparison.OrdinalIgnoreCase);

    static TaskKind TaskOf(Table train, string[] targets, string[] asked, Metric? metric, bool kinds)
    {
        if (targets.Length > 1) return targets.All(t => IsZeroOrOne(train[t])) ? TaskKind.Multilabel : TaskKind.Regression;
        var column = train[targets[0]];
        var different = Distinct(column);
        if (column is not NumberValues { Values: ValueKind.Number or ValueKind.Integer } numbers || asked.Length > 1)
            return different == 2 && asked.Length < 2 ? TaskKind.Binary : TaskKind.Multiclass;
        if (metric is not null)
            return metric.Name == Metrics.Metrics.QuadraticWeightedKappa.Name && different > 2 ? TaskKind.Ordinal
                : metric.Name.StartsWith("pinball", StringComparison.Ordinal) ? TaskKind.Quantile
                : metric.Need is Need.Values or Need.RanksWithinGroups ? TaskKind.Regression
                : different == 2 ? TaskKind.Binary : TaskKind.Multiclass;
        if (different == 2) return TaskKind.Binary;
        var areKinds = kinds ? different * 2 <= train.Rows : different <= FewValues && different * 20 <= train.Rows;
        return numbers.Values == ValueKind.Integer && areKinds ? TaskKind.Multiclass : TaskKind.Regression;
    }

    static Metric MetricOf(TaskKind task, Table train, string[] targets, string[] asked, Table? sample) => task switch
    {
        TaskKind.Binary => sample is not null && asked is [var only] && sample[only] is var said && SaysLabels(said, train[targets[0]])
            ? Metrics.Metrics.Accuracy : Metrics.Metrics.Auc,
        TaskKind.Multiclass => asked.Length > 1 ? Metrics.Metrics.LogLoss : Metrics.Metrics.Accuracy,
        TaskKind.Multilabel => Metrics.Metrics.MeanColumnAuc,
        TaskKind.Ordinal => Metrics.Metrics.QuadraticWeightedKappa,
        TaskKind.Quantile => Metrics.Metrics.Pinball(0.1, 0.5, 0.9),
        _ => Metrics.Metrics.Rmse,
    };

    /// <summary>Both classes, or one that is no number, stand in the sample: it asks for labels, not for chances.</summary>
    static bool SaysLabels(TableColumn said, TableColumn truth)
    {
        var (labels, known) = (Values(said).ToHashSet(), Values(truth).ToHashSet());
        return labels.Count > 0 && labels.IsSubsetOf(known) && (labels.Count == known.Count || truth is not NumberValues { Values: not ValueKind.Boolean });
    }

    static Target Declared(Table train, string[] targets, TaskKind task, Metric metric) => task switch
    {
        TaskKind.Binary => Target.Binary(targets[0]),
        TaskKind.Multiclass => Target.Classes(targets[0]),
        TaskKind.Ordinal => Target.Ordinal(targets[0]),
        TaskKind.Multilabel => Target.Labels(targets),
        TaskKind.Quantile => Target.Quantiles(targets[0], [.. Quantiles(metric)]),
        _ => targets.Length > 1 ? Target.Numbers(targets) : Target.Number(targets[0], ScaleOf(train[targets[0]], metric)),
    };

    /// <summary>The levels that the metric's name lists: "pinball@0.1,0.9".</summary>
    static IEnumerable<double> Quantiles(Metric metric) => metric.Name.Split('@') is [_, var levels]
        ? levels.Split(',').Select(l => double.Parse(l, CultureInfo.InvariantCulture)) : [0.1, 0.5, 0.9];

    /// <summary>Metrics of ratios are metrics of differences on the scale of logarithms.</summary>
    static Scale ScaleOf(TableColumn column, Metric metric)
    {
        var least = (column as NumberValues)?.Range()?.Least ?? double.NegativeInfinity;
        return metric.Name switch
        {
            "rmsle" or "rmse-of-logs" or "mape" or "smape" => least > 0 ? metric.Name == "rmsle" ? Scale.LogOfOnePlus : Scale.Log
                : least > -1 ? Scale.LogOfOnePlus : Scale.Same,
            _ => Scale.Same,
        };
    }

    static ImmutableArray<string> Left(Table train, Table test, string[] targets, string? id, TableWishes wishes) =>
    [
        .. train.Names.Where(n => !test.Has(n) && !targets.Contains(n) && n != id && !wishes.Drop.Contains(n)),
        .. test.Names.Where(n => !train.Has(n) && n != id && !wishes.Drop.Contains(n)),
    ];

    static bool IsZeroOrOne(TableColumn column) => column is NumberValues numbers && numbers.Numbers.Span.IndexOfAnyExcept(0, 1) < 0;

    static int Distinct(TableColumn column) => Values(column).Distinct().Count();

    static IEnumerable<string> Values(TableColumn column) =>
        column is CategoryValues category
            ? category.Codes.ToArray().Where(c => c >= 0).Distinct().Select(c => category.Levels[c])
            : Enumerable.Range(0, column.Rows).Select(column.TextAt).OfType<string>();

    static string Some(TableColumn column)
    {
        string[] values = [.. Values(column).Distinct().Take(FewValues + 1)];
        return string.Join(", ", values.Order(StringComparer.Ordinal).Take(6)) + (values.Length > 6 ? ", …" : "");
    }

    static string Called(TaskKind task) => task switch
    {
        TaskKind.Regression => "a number",
        TaskKind.Multilabel => "labels",
        TaskKind.Quantile => "quantiles of a number",
        TaskKind.Ordinal => "ordered",
        _ => "one",
    };
}
