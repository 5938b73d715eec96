using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Transforms.Text;

namespace Kaggle.Baselines.MlNet;

/// <summary>One ML.NET model for each output: each class against the others, each label, each number.</summary>
sealed class MlNetModel(TreeColumns columns, float[] fills, IReadOnlyList<string> texts, TaskKind task, IReadOnlyList<MlNetModel.Part> parts, MLContext ml) : IModel
{
    const string StateFile = "model.json";

    static readonly string[] Scores = ["Probability", "Score"];

    /// <param name="Model">Null where all answers were alike: nothing is to be learned.</param>
    /// <param name="Constant">The mean answer: predicted then, and where trees without a split say nothing.</param>
    public sealed record Part(ITransformer? Model, float Constant);

    public FitRecord Record => FitRecord.Nothing;

    static bool IsChance(TaskKind task) => task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel;

    /// <param name="train">To learn from.</param>
    /// <param name="context">Seed, progress and cancellation.</param>
    /// <param name="learner">Makes the trainer, for chances (yes or no) or for numbers.</param>
    public static MlNetModel Fit(Dataset train, FitContext context, Func<MLContext, bool, (IEstimator<ITransformer> Trainer, bool YesNo)> learner) =>
        Fit(train, TreeColumns.Of(train), [], context, learner);

    /// <param name="train">To learn from.</param>
    /// <param name="columns">The columns that become numbers; may be none.</param>
    /// <param name="texts">The columns handed on as texts; with none of either the mean answer is predicted.</param>
    /// <param name="context">Seed, progress and cancellation.</param>
    /// <param name="learner">Makes the trainer, for chances (yes or no) or for numbers.</param>
    public static MlNetModel Fit(Dataset train, TreeColumns columns, IReadOnlyList<string> texts, FitContext context, Func<MLContext, bool, (IEstimator<ITransformer> Trainer, bool YesNo)> learner)
    {
        context.Cancel.ThrowIfCancellationRequested();
        if (train.Rows == 0) throw new InputException("ML.NET was given no rows to learn from.");
        var answers = train.Answers;
        float[] fills = [.. Enumerable.Range(0, columns.Count).Select(c => Median(columns.Column(train, c)))];
        var ml = new MLContext(context.Seed);
        var parts = new List<Part>();
        foreach (var labels in Labels(answers))
        {
            context.Cancel.ThrowIfCancellationRequested();
            parts.Add(new(columns.Count + texts.Count == 0 || labels.Distinct().Take(2).Count() < 2 ? null : Fitted(labels), labels.Average()));
            context.Progress?.Report(new((double)parts.Count / answers.Outputs));
        }
        return new(columns, fills, texts, answers.Task, parts, ml);

        ITransformer Fitted(float[] labels)
        {
            var (trainer, yesNo) = learner(ml, IsChance(answers.Task));
            return trainer.Fit(new TableView(train, columns, fills, texts, labels, yesNo));
        }
    }

    static float Median(float[] values)
    {
        float[] present = [.. values.Where(float.IsFinite).Order()];
        return present.Length == 0 ? 0 : present[present.Length / 2];
    }

    static IEnumerable<float[]> Labels(TargetValues answers) => answers.Target is ClassTarget
        ? Enumerable.Range(0, answers.Classes.Length).Select(c => Array.ConvertAll(answers.Truth.Values.ToArray(), code => code == c ? 1f : 0f))
        : Enumerable.Range(0, answers.Learned.Columns).Select(c => answers.Learned.Column(c).ToArray());

    public Predictions Predict(Dataset rows)
    {
        var predicted = new float[rows.Rows * parts.Count];
        for (var p = 0; p < parts.Count; p++)
        {
            var output = p;
            if (rows.Rows > 0)
                foreach (var (value, row) in Scored(parts[p], rows).Select((value, row) => (value, row)))
                    predicted[row * parts.Count + output] = IsChance(task) ? Math.Clamp(value, 0, 1) : value;
        }
        if (task == TaskKind.Multiclass)
            for (var row = 0; row < rows.Rows; row++) Normalise(predicted.AsSpan(row * parts.Count, parts.Count));
        return new(IsChance(task) ? OutputKind.Probabilities : OutputKind.Values, new(predicted, parts.Count));
    }

    IEnumerable<float> Scored(Part part, Dataset rows)
    {
        if (part.Model is null) return Enumerable.Repeat(part.Constant, rows.Rows);
        var scored = part.Model.Transform(new TableView(rows, columns, fills, texts, default, yesNo: false));
        return scored.GetColumn<float>(Scores.First(name => scored.Schema.GetColumnOrNull(name) is not null))
            .Select(value => float.IsFinite(value) ? value : part.Constant);
    }

    static void Normalise(Span<float> chances)
    {
        var sum = 0f;
        foreach (var chance in chances) sum += chance;
        for (var i = 0; i < chances.Length; i++) chances[i] = sum > 0 ? chances[i] / sum : 1f / chances.Length;
    }

    public void Save(string folder)
    {
        columns.Save(folder);
        ModelFile.Write(folder, StateFile, new Manifest(task, fills, [.. parts.Select(p => new Saved(p.Model is not null, p.Constant))], [.. texts]));
        for (var p = 0; p < parts.Count; p++)
            if (parts[p].Model is { } model) ml.Model.Save(model, null, PartFile(folder, p));
    }

    public static MlNetModel Load(string folder, FitContext context)
    {
        var manifest = ModelFile.Read<Manifest>(folder, StateFile);
        var ml = new MLContext(context.Seed);
        foreach (var part in new[] { typeof(FastTreeBinaryTrainer), typeof(TextFeaturizingEstimator), typeof(LbfgsLogisticRegressionBinaryTrainer) })
            ml.ComponentCatalog.RegisterAssembly(part.Assembly);
        var fitted = manifest.Parts.Select((part, p) => new Part(part.Learned ? ml.Model.Load(PartFile(folder, p), out _) : null, part.Constant));
        return new(TreeColumns.Load(folder), manifest.Fills, manifest.Texts ?? [], manifest.Task, [.. fitted], ml);
    }

    public void Dispose()
    {
        foreach (var part in parts) (part.Model as IDisposable)?.Dispose();
    }

    static string PartFile(string folder, int number) => Path.Combine(folder, $"trees-{number}.zip");

    sealed record Manifest(TaskKind Task, float[] Fills, Saved[] Parts, string[]? Texts = null);

    sealed record Saved(bool Learned, float Constant);
}
