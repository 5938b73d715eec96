using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Bagging;

/// <summary>A learner several times over the same rows, each time with another seed; the mean of what they say.</summary>
/// <remarks>What chance gives a single training (initial weights, the order of batches, drawn rows) averages out: a network gains most, a tree ensemble little.</remarks>
/// <param name="Learner">What is fitted.</param>
public sealed record SeedBag(ILearner Learner) : ILearner
{
    public string Name { get; init; } = Learner.Name;

    /// <summary>How many times.</summary>
    public int Seeds { get; init => field = Require.AtLeast(1, value); } = 3;

    public ColumnKind Uses => Learner.Uses;

    public bool StopsEarly => Learner.StopsEarly;

    ILearner? ILearner.Quick => Learner.Quick;

    string? ILearner.Lacks => Learner.Lacks;

    public bool Learns(TaskKind task) => Learner.Learns(task);

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var models = new List<IModel>();
        try
        {
            for (var i = 0; i < Seeds; i++)
            {
                var at = i;
                models.Add(Learner.Fit(train, validation, context with
                {
                    Seed = context.Seed + 7919 * i,                      // a prime: neighbouring folds' seeds differ by thousands
                    Scratch = Within(context.Scratch, i),
                    Journal = Within(context.Journal, i),
                    Progress = context.Progress is { } progress ? new Part(progress, at, Seeds) : null,
                }));
            }
            return new Model(models);
        }
        catch
        {
            foreach (var model in models) model.Dispose();
            throw;
        }
    }

    public IModel Load(string folder, FitContext context) =>
        new Model([.. Enumerable.Range(0, Seeds).Select(i => Learner.Load(Path.Combine(folder, Folder(i)), context))]);

    static string? Within(string? folder, int seed) => folder is null ? null : Directory.CreateDirectory(Path.Combine(folder, Folder(seed))).FullName;

    static string Folder(int seed) => (seed + 1).ToString("'seed-'0", CultureInfo.InvariantCulture);

    sealed class Part(IProgress<FitProgress> whole, int part, int parts) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => whole.Report(new((part + value.Done) / parts, $"{part + 1} of {parts}{(value.Note is { } note ? $", {note}" : "")}"));
    }

    sealed class Model(IReadOnlyList<IModel> models) : IModel
    {
        /// <summary>The curves of the first; iterations and use of columns are the mean.</summary>
        public FitRecord Record => new()
        {
            Iterations = models.Average(m => (double?)m.Record.Iterations) is { } mean ? (int)Math.Round(mean) : null,
            Curves = models[0].Record.Curves,
            Importance = models.SelectMany(m => m.Record.Importance).GroupBy(i => i.Key).ToDictionary(g => g.Key, g => g.Sum(i => i.Value) / models.Count),
        };

        public Predictions Predict(Dataset rows) => Predictions.Mean([.. models.Select(m => m.Predict(rows))]);

        public void Save(string folder)
        {
            for (var i = 0; i < models.Count; i++) models[i].Save(Directory.CreateDirectory(Path.Combine(folder, Folder(i))).FullName);
        }

        public void Dispose()
        {
            foreach (var model in models) model.Dispose();
        }
    }
}
