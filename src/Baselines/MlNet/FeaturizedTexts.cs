using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms.Text;

namespace Kaggle.Baselines.MlNet;

/// <summary>ML.NET's text featuriser and its logistic regression: what that library makes of texts, as a reference.</summary>
/// <remarks>
/// Words, their groups and runs of letters, weighted by TF-IDF, each text brought to length 1; L-BFGS. Classes are told one from the others and scaled to sum to 1.
/// Numbers, categories and dates beside the texts are standardised. The text learners of this project are the quicker ones, and find their penalty themselves.
/// </remarks>
public sealed record FeaturizedTexts : ILearner
{
    const string All = "All", Others = "Others";

    public string Name { get; init; } = "FeaturizedTexts";

    /// <summary>Groups of up to so many words.</summary>
    public int Words { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>Runs of so many letters; 0: none.</summary>
    public int Letters { get; init => field = Require.AtLeast(0, value); } = 3;

    /// <summary>The penalty on squared weights.</summary>
    public double L2 { get; init => field = Require.AtLeast(0, value); } = 1;

    /// <summary>The penalty on weights' sizes; above 0 many become 0.</summary>
    public double L1 { get; init => field = Require.AtLeast(0, value); }

    public ColumnKind Uses => TreeColumns.Kinds | ColumnKind.Text;

    public bool Learns(TaskKind task) => task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel;

    public bool StopsEarly => false;

    /// <inheritdoc/>
    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var columns = train.Columns.Any(c => TreeColumns.Kinds.HasFlag(c.Kind)) ? TreeColumns.Of(train) : new([]);
        string[] texts = [.. train.Columns.OfType<TextColumn>().Select(c => c.Name).Where(name => ((TextColumn)train[name]).Texts.ToArray().Any(HasPieces)).Order(StringComparer.Ordinal)];
        return MlNetModel.Fit(train, columns, texts, context, (ml, _) => (Pipeline(ml, columns.Count > 0, texts.Length), true));
    }

    /// <summary>Of a column without a single piece the featuriser makes vectors of no numbers, which the trainer refuses.</summary>
    static bool HasPieces(string? text) => text is not null && text.Any(letter => !char.IsWhiteSpace(letter) && !char.IsPunctuation(letter));

    IEstimator<ITransformer> Pipeline(MLContext ml, bool hasOthers, int texts)
    {
        IEstimator<ITransformer>[] steps =
        [
            .. hasOthers ? new IEstimator<ITransformer>[] { ml.Transforms.NormalizeMeanVariance(Others, TableView.Features, fixZero: false) } : [],
            .. Enumerable.Range(0, texts).Select(place => ml.Transforms.Text.FeaturizeText($"{TableView.TextName(place)} features", Pieces(), TableView.TextName(place))),
            ml.Transforms.Concatenate(All, [.. hasOthers ? [Others] : Array.Empty<string>(), .. Enumerable.Range(0, texts).Select(place => $"{TableView.TextName(place)} features")]),
            ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                FeatureColumnName = All, LabelColumnName = TableView.Label, ExampleWeightColumnName = TableView.Weight,
                L1Regularization = (float)L1, L2Regularization = (float)L2, NumberOfThreads = 1,          // sums of several threads differ in their last bits
            }),
        ];
        return steps.Aggregate((before, step) => before.Append(step));
    }

    TextFeaturizingEstimator.Options Pieces() => new()
    {
        WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = Words, UseAllLengths = true, Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf },
        CharFeatureExtractor = Letters == 0 ? null : new WordBagEstimator.Options { NgramLength = Letters, UseAllLengths = false, Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf },
        KeepPunctuations = false,
    };

    /// <inheritdoc/>
    public IModel Load(string folder, FitContext context) => MlNetModel.Load(folder, context);
}
