using System.Text.Json;
using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;

namespace Kaggle.Core.Runs;

/// <summary>analysis.json, schema 1: what the out-of-fold predictions and the models tell, beyond scores. What was not asked for or not possible is null or empty.</summary>
public sealed record RunAnalysis
{
    public const string FileName = "analysis.json";

    public int Schema { get; init; } = 1;

    /// <summary>Whose out-of-fold predictions are looked at: a learner's name, or the ensemble's.</summary>
    public required string Of { get; init; }

    /// <summary>One a target column.</summary>
    public IReadOnlyList<TargetProfile> Targets { get; init; } = [];

    /// <summary>The table's columns, in its order.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; init; } = [];

    public IReadOnlyList<LearningCurve> Curves { get; init; } = [];

    public ClassificationAnalysis? Classification { get; init; }

    /// <summary>Null of two classes, and where there are none.</summary>
    public ConfusedPairs? Confused { get; init; }

    public SamplePredictions? Samples { get; init; }

    /// <summary>One a target column.</summary>
    public IReadOnlyList<RegressionAnalysis> Regression { get; init; } = [];

    public Explanation? Explanation { get; init; }

    public ErrorCorrelation? Errors { get; init; }

    /// <summary>One a text column.</summary>
    public IReadOnlyList<TextAnalysis> Texts { get; init; } = [];

    /// <summary>Null where rows are no users' ratings of items.</summary>
    public RatingsAnalysis? Ratings { get; init; }

    /// <summary>The learner whose models looked at the pictures for <see cref="Map"/> and the mistakes' <see cref="Mistake.Looks"/>; null: there are none.</summary>
    public string? PicturesSeenBy { get; init; }

    public PictureMap? Map { get; init; }

    /// <summary>Worst first.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ShortNumber() },
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not of this schema.</exception>
    public static RunAnalysis FromJson(string text) => JsonSerializer.Deserialize<RunAnalysis>(text, Json)!;

    /// <summary>Seven digits are what float32 predictions hold; null is NaN, which JSON lacks.</summary>
    sealed class ShortNumber : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (!double.IsFinite(value)) writer.WriteNullValue();
            else if (Math.Abs(value) >= 1e15) writer.WriteNumberValue(value);      // dates: ticks keep all their digits
            else writer.WriteNumberValue(double.Parse(value.ToString("G7", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>How one training went, iteration by iteration; long curves are thinned.</summary>
/// <param name="Name">"train rmse", "validation auc", …</param>
/// <param name="Every">Iterations between two values.</param>
public sealed record LearningCurve(string Learner, int Seed, int Fold, string Name, int Every, IReadOnlyList<double> Values);

/// <summary>What the models of one learner's folds rely on, seen on validation rows.</summary>
/// <param name="Learner">The learner explained: the best of those that can be.</param>
/// <param name="Rows">How many validation rows were sampled.</param>
/// <param name="Score">The metric of these rows, unpermuted.</param>
/// <param name="Importance">The strongest first.</param>
/// <param name="Shap">Null when its models cannot say.</param>
/// <param name="Dependence">Of the strongest columns.</param>
public sealed record Explanation(
    string Learner, int Rows, double Score, IReadOnlyList<ColumnImportance> Importance, ShapSummary? Shap, IReadOnlyList<PartialDependence> Dependence);
