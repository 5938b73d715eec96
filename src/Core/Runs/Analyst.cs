using System.Globalization;
using System.Numerics.Tensors;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Core.Metrics;
using Kaggle.Core.Validation;
using Microsoft.Data.Analysis;

namespace Kaggle.Core.Runs;

/// <summary>Makes <see cref="RunAnalysis"/> of a finished cross-validation; looks at rows that no model had seen, and at samples of them, so that it costs seconds.</summary>
public sealed record Analyst
{
    const int DependenceColumns = 6;
    const int CurveValues = 200;
    const int TextsTakenApart = 6;
    const int CellText = 200;

    /// <summary>All training rows, with answers.</summary>
    public required Dataset Train { get; init; }

    public required IReadOnlyList<Fold> Folds { get; init; }

    public required Metric Metric { get; init; }

    /// <summary>The competition's metric, decisions included, of predictions (table's own scale) of some training rows, by number.</summary>
    public required Func<Predictions, int[], double> Score { get; init; }

    /// <summary>The best predictions' name: a learner's, or the ensemble's.</summary>
    public required string Of { get; init; }

    /// <summary>They themselves: (training rows, outputs) out of fold, on the table's own scale, NaN where a row has none.</summary>
    public required Predictions Best { get; init; }

    /// <summary>(training rows, 1) class codes, or (rows, labels) of 0 and 1, as decided for <see cref="Best"/>; null: the likeliest, or what a half divides.</summary>
    public Matrix? Labels { get; init; }

    /// <summary>Every learner's out-of-fold predictions, as <see cref="Best"/>.</summary>
    public IReadOnlyList<(string Name, Predictions OutOfFold)> Members { get; init; } = [];

    /// <summary>What the trainings left to tell, for the learning curves.</summary>
    public IReadOnlyList<(string Learner, int Seed, int Fold, FitRecord Record)> Records { get; init; } = [];

    /// <summary>The learner whose models are explained: the best that is <see cref="IExplainable"/>, or else the best.</summary>
    public string? Explained { get; init; }

    /// <summary>Its models of one seed, one a fold; empty: nothing is explained. They stay the caller's.</summary>
    public IReadOnlyList<ExplainedFold> Models { get; init; } = [];

    /// <summary>A learner of who likes what, of which the columns of users and items are known; null: rows are no ratings.</summary>
    public IRatesPairs? Rated { get; init; }

    /// <summary>A model of its first fold; null: none holds vectors. It stays the caller's.</summary>
    public IItemVectors? Vectors { get; init; }

    /// <summary>The test rows; null: there are none.</summary>
    public Dataset? Test { get; init; }

    /// <summary>The best learner whose models are <see cref="ISeesPictures"/>; null: there is none.</summary>
    public string? PicturesSeenBy { get; init; }

    /// <summary>Its models of one seed, one a fold. They stay the caller's.</summary>
    public IReadOnlyList<ExplainedFold> PictureModels { get; init; } = [];

    /// <summary>The table's columns.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; init; } = [];

    /// <summary>The training table as it was read, its rows in the order of <see cref="Train"/>; null: mistakes show the dataset's columns.</summary>
    public DataFrame? Table { get; init; }

    /// <summary>Of a column's name and a cell that names a picture: a small version of it as a data URI; null where there is none.</summary>
    public Func<string, string, string?>? Picture { get; init; }

    /// <summary>(training rows) as they stand in the table; null: row numbers from 1.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    public int Seed { get; init; } = 42;

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RunAnalysis Analyse(CancellationToken cancel = default)
    {
        var answers = Train.Answers;
        var (labels, cells) = (Labels ?? Likeliest(answers), Cells());
        return new()
        {
            Of = Of,
            Targets = TargetProfile.Of(answers),
            Columns = Columns,
            Curves = [.. Records.SelectMany(r => r.Record.Curves.Where(c => c.Values.Count > 1).Select(c => Thinned(r.Learner, r.Seed, r.Fold, c)))],
            Classification = ClassificationAnalysis.Of(answers, Best, labels),
            Confused = ConfusedPairs.Of(answers, Best, labels, IdOf, cells),
            Samples = SamplePredictions.Of(answers, Best, labels, IdOf, cells, Seed),
            Regression = RegressionAnalysis.Of(answers, Best, Seed),
            Explanation = Explain(answers, cancel),
            Errors = ErrorCorrelation.Of(answers, Members, Seed),
            Texts = TextAnalysis.Of(Train, Best, Models, WorstMistakes.RowsOf(answers, Best, TextsTakenApart), IdOf, Seed),
            Ratings = Rated is { } rated ? RatingsAnalysis.Of(Train, Test, Folds, Best, rated.User, rated.Item, Vectors) : null,
            PicturesSeenBy = PicturesSeenBy,
            Map = PictureMap.Of(PictureModels, Seed),
            Mistakes = LookedAt(WorstMistakes.Of(answers, Best, IdOf, FoldOf(), cells)),
        };
    }

    IReadOnlyList<Mistake> LookedAt(IReadOnlyList<Mistake> mistakes)
    {
        var rows = WorstMistakes.RowsOf(Train.Answers, Best, mistakes.Count);
        return [.. mistakes.Select((mistake, i) => mistake with { Looks = Looks(rows[i]) })];
    }

    /// <returns>By a model that had not seen the row.</returns>
    string? Looks(int row)
    {
        foreach (var fold in PictureModels)
            if (Array.IndexOf(fold.Fold.Validation, row) is var at and >= 0 && fold.Model is ISeesPictures model)
                return model.Looks(fold.Validation.Take([at]))[0] is { } jpeg ? $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}" : null;
        return null;
    }

    string IdOf(int row) => Ids?[row] ?? (row + 1).ToString(CultureInfo.InvariantCulture);

    Explanation? Explain(TargetValues answers, CancellationToken cancel)
    {
        if (Models.Count == 0 || Explained is null) return null;
        var (score, rows, importance) = PermutationImportance.Of(Models, Score, Metric.HigherIsBetter, answers.Scale, Seed, cancel);
        var outputs = Outputs(answers);
        var strongest = importance.Where(c => c.Drop > 0).Select(c => c.Column);
        return new(Explained, rows, score, importance, ShapSummary.Of(Models, outputs, Seed, cancel),
            [.. strongest.Select(c => PartialDependence.Of(Models, c, outputs, answers.Scale, Seed, cancel)).OfType<PartialDependence>().Take(DependenceColumns)]);
    }

    static IReadOnlyList<string> Outputs(TargetValues answers) => answers.Target switch
    {
        BinaryTarget => [answers.Classes[1]],
        ClassTarget => answers.Classes,
        QuantileTarget quantiles => [.. quantiles.Levels.Select(q => q.ToString("0.###", CultureInfo.InvariantCulture))],
        _ => answers.Target.Columns,
    };

    Matrix Likeliest(TargetValues answers) => answers.Task switch
    {
        TaskKind.Multiclass => new(Enumerable.Range(0, Best.Rows).Select(i => (float)TensorPrimitives.IndexOfMax(Best.Values.Row(i))).ToArray(), 1),
        TaskKind.Ordinal => Best.Values.Map(x => Math.Clamp(MathF.Round(x), 0, answers.Classes.Length - 1)),
        _ => Best.Values.Map(x => x >= 0.5f ? 1 : 0),
    };

    static LearningCurve Thinned(string learner, int seed, int fold, Curve curve)
    {
        var every = (curve.Values.Count + CurveValues - 1) / CurveValues;
        return new(learner, seed, fold, curve.Name, every, [.. curve.Values.Where((_, i) => i % every == 0)]);
    }

    Func<int, int> FoldOf()
    {
        var of = new int[Train.Rows];
        foreach (var fold in Folds.Reverse())
            foreach (var row in fold.Validation) of[row] = fold.Number;
        return row => of[row];
    }

    Func<int, IReadOnlyList<RowCell>> Cells()
    {
        if (Table is { } table) return row => [.. table.Columns.Select(c => new RowCell(c.Name, Text(c[row]), c[row] is string named ? Picture?.Invoke(c.Name, named) : null))];
        return row => { var one = Train.Take([row]); return [.. one.Columns.Select(c => new RowCell(c.Name, Text(Value(one[c.Name]))))]; };
    }

    static object? Value(Column one) => one.IsMissing(0) ? null : one switch
    {
        NumberColumn number => number.Values.Span[0],
        CategoryColumn category => category.Levels[category.Codes.Span[0]],
        DateColumn date => new DateTime(date.Ticks.Span[0]),
        TextColumn text => text.Texts.Span[0],
        ImageColumn image => image.Sources.Span[0],
        _ => null,
    };

    static string? Text(object? value) => value switch
    {
        null => null,
        float number when float.IsNaN(number) => null,
        double number when double.IsNaN(number) => null,
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() is { Length: > CellText } text ? text[..CellText] + "…" : value.ToString(),
    };
}
