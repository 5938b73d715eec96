using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Commands;

/// <summary>Makes the experiment that a session asks for, or says all that is wrong with the declaration at once.</summary>
static class Experiments
{
    const int QuickFolds = 3;

    public static Experiment Of(Session session)
    {
        var (competition, data, options) = (session.Competition, session.Data, session.Options);
        var faults = new List<string>();
        var learners = Learners(competition, options, data.Train.Answers.Task, faults);
        if (faults.Count > 0) throw new InputException(string.Join("\n", faults));
        var scheme = options.Quick && options.Folds is null ? Fewer(competition.Folds, data.Train) : competition.Folds;
        var folds = scheme.Split(data.Train);
        if (options.Fold is { } only)
            folds = only <= folds.Count ? [folds[only - 1]] : throw new InputException($"--fold {only}: there are {folds.Count} folds ({scheme.Describe()}).");
        return new()
        {
            Train = data.Train,
            Test = data.Test,
            Scheme = scheme,
            Folds = folds,
            Encoders = competition.Encoders,
            Stopping = competition.Stopping,
            Metric = competition.Metric,
            Learners = learners,
            Seeds = options.AllSeeds,
            Device = options.Device,
            Diagnose = options.Diagnose,
            Packages = string.Join(';', UsedPackages.Used.Select(p => $"{p.Key} {p.Value}")),
            DataHash = ContentHash.Of(data.Train, data.Test),
        };
    }

    /// <returns>For each learner that is left out, because something that it needs is not there, why.</returns>
    public static IEnumerable<string> LeftOut(Competition competition) =>
        competition.Learners.Where(l => l.Lacks is not null).GroupBy(l => l.Lacks).Select(g => $"Left out: {string.Join(", ", g.Select(l => l.Name))}. {g.Key}");

    static ImmutableArray<ILearner> Learners(Competition competition, RunOptions options, TaskKind task, List<string> faults)
    {
        if (competition.Learners.IsDefaultOrEmpty) faults.Add("The competition declares no learners.");
        foreach (var twice in competition.Learners.GroupBy(l => l.Name).Where(g => g.Count() > 1))
            faults.Add($"{twice.Count()} learners are called '{twice.Key}'; give each a Name of its own: new {twice.First().GetType().Name} {{ Name = \"…\" }}.");
        foreach (var learner in competition.Learners.Where(l => !l.Learns(task)))
            faults.Add($"{learner.Name} cannot learn a {task.ToString().ToLowerInvariant()} target; take it out of the declaration's Learners.");
        foreach (var name in options.Learners.Where(name => !competition.Learners.Any(l => Named(l, name))))
            faults.Add($"--learner {name}: there is no such learner; there are {string.Join(", ", competition.Learners.Select(l => l.Name))}.");
        var asked = options.Learners.IsEmpty ? competition.Learners : [.. competition.Learners.Where(l => options.Learners.Any(n => Named(l, n)))];
        if (!asked.IsEmpty && asked.All(l => l.Lacks is not null)) faults.Add(string.Join("\n", asked.Select(l => $"{l.Name}: {l.Lacks}").Distinct()));
        asked = [.. asked.Where(l => l.Lacks is null)];
        if (options.Size is { } pixels) asked = [.. asked.Select(l => l is IResizes resizes ? resizes.AtSize(pixels) : l)];
        if (!options.Quick) return asked;
        ImmutableArray<ILearner> quick = [.. asked.Select(l => l.Quick).OfType<ILearner>()];
        return quick.IsEmpty ? asked : quick;
    }

    static bool Named(ILearner learner, string name) => learner.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    static Folds Fewer(Folds scheme, Dataset train)
    {
        if (scheme is PredefinedFolds or HoldoutFolds) return scheme;
        if (scheme is RepeatedFolds repeated) return Fewer(repeated.Inner, train);
        return scheme.Split(train).Count <= QuickFolds ? scheme : scheme.WithCount(QuickFolds);
    }
}
