using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kaggle.Core.Data;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Learning;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>Writes a run down: what makes its identity, and run.json as it stands.</summary>
sealed class RunNotes
{
    readonly Session session;
    readonly Experiment experiment;
    readonly JsonObject settings;
    readonly DataNote files;

    public RunNotes(Session session, Experiment experiment)
    {
        (this.session, this.experiment) = (session, experiment);
        Started = session.Clock.GetLocalNow();
        settings = Settings();
        var data = session.Data;
        files = new(Note(data.Files, data.Files.Train, data.TrainTable), Note(data.Files, data.Files.Test, data.TestTable));
        Identity = ContentHash.Of(
            settings.ToJsonString(), experiment.DataHash, experiment.Packages,
            string.Join('\n', experiment.Learners.SelectMany(experiment.Units).Select(u => u.Key)));
    }

    public DateTimeOffset Started { get; }

    /// <summary>The leak guard's; none before it has looked.</summary>
    public ImmutableArray<Warning> Warnings { get; set; } = [];

    /// <summary>Equal for the same declaration, data and options.</summary>
    public string Identity { get; }

    public RunDocument Document(RunFolder folder, string status, Standing? standing, TimeSpan elapsed, SubmissionNote? submission = null)
    {
        var competition = session.Competition;
        var data = session.Data;
        return new()
        {
            CompetitionName = competition.Name,
            Question = competition.Question,
            Run = folder.Run,
            Status = status,
            Command = Command(),
            Started = Started,
            Seconds = elapsed.TotalSeconds,
            PeakMemoryMb = PeakMemory.Mb,
            Metric = new(competition.Metric.Name, competition.Metric.HigherIsBetter),
            Task = competition.Target.Task.ToString().ToLowerInvariant(),
            Data = files,
            Validation = experiment.Scheme.Describe(),
            Settings = JsonSerializer.SerializeToElement(settings),
            Seeds = experiment.Seeds,
            Packages = UsedPackages.Used,
            Machine = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores",
            Learners = standing is null ? [] : [.. standing.Members.Select((m, i) => Learner(m, standing.Scores[i], standing.Alone[i].FoldScores, standing))],
            Ensemble = standing?.Ensemble is { } ensemble ? Ensemble(ensemble, standing) : null,
            Decision = standing is null ? null : new(standing.Chosen.Decision.Kind, standing.Chosen.Decision.Numbers, standing.Best.Score),
            Best = standing?.Best,
            Submission = submission,
            Warnings = standing?.Doubt() is { } doubt ? [.. Warnings, doubt] : Warnings,
        };
    }

    LearnerNote Learner(OutOfFold member, LearnerScores scores, IReadOnlyList<double> folds, Standing standing) => new(
        member.Learner.Name,
        JsonSerializer.SerializeToElement(UnitKey.Settings(member.Learner)),
        [.. member.Units.Select(u => new UnitNote(
            u.Unit.Seed, u.Unit.Fold.Number, standing.ScoreOf(u), u.Result.Seconds, u.Unit.Key, u.Result.Record.Iterations))],
        scores.Mean, scores.Sd, scores.Pooled,
        member.Units.Sum(u => u.Result.Seconds),
        member.Units.Max(u => u.Result.PeakMemoryMb),
        member.Views is { } views ? new(views.Plain, views.Blended, views.Taken) : null,
        folds);

    static JsonNode Declared(object recipe)
    {
        var settings = JsonSerializer.SerializeToNode(recipe, recipe.GetType(), RunJson.Options)!.AsObject();
        settings.Insert(0, "type", recipe.GetType().Name);
        return settings;
    }

    EnsembleNote Ensemble(CrossValidatedEnsemble ensemble, Standing standing) => new(
        session.Competition.Ensemble.Name,
        [.. standing.Members.Select((m, i) => new MemberNote(m.Learner.Name, ensemble.Blend.Weights[i], i < ensemble.Gains.Count ? ensemble.Gains[i] : 0))],
        ensemble.Score,
        ensemble.FoldScores);

    static FileNote Note(CompetitionFiles files, TableSource source, Table table)
    {
        if (source.Made is not null)
            return new(source.Name, table.Rows, ContentHash.Of(files.Digest, ContentHash.Of(new Dataset(table.ToColumns(), rows: table.Rows), null)));
        using var stream = File.OpenRead(source.Path);
        return new(source.Name, table.Rows, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    JsonObject Settings()
    {
        var competition = session.Competition;
        var options = session.Options;
        return new()
        {
            ["target"] = Declared(competition.Target),
            ["metric"] = competition.Metric.Name,
            ["validation"] = experiment.Scheme.Describe(),
            ["fold"] = options.Fold,
            ["subset"] = options.Subset,
            ["group"] = competition.Columns.Group,
            ["time"] = competition.Columns.Time,
            ["weight"] = competition.Columns.Weight,
            ["drop"] = new JsonArray([.. competition.Columns.Drop.Select(c => (JsonNode)c)]),
            ["kinds"] = new JsonObject(competition.Columns.Kinds.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => KeyValuePair.Create(k.Key, (JsonNode?)k.Value.ToString()))),
            ["encoders"] = new JsonArray([.. competition.Encoders.Select(e => UnitKey.Settings(e))]),
            ["learners"] = new JsonArray([.. experiment.Learners.Select(l => UnitKey.Settings(l))]),
            ["ensemble"] = Declared(competition.Ensemble),
            ["decision"] = competition.Decision is { } rule ? Declared(rule) : null,
            ["stopping"] = experiment.Stopping.ToString(),
            ["seeds"] = new JsonArray([.. experiment.Seeds.Select(s => (JsonNode)s)]),
            ["retrain"] = options.Retrain || competition.Retrain,
            ["device"] = experiment.Device.ToString(),
        };
    }

    string Command()
    {
        var given = session.Options.Given.Select(a => a.Contains(' ') ? $"\"{a}\"" : a).ToImmutableArray();
        return $"dotnet run -c Release --project competitions/{session.Competition.Name}{(given.IsEmpty ? "" : " -- " + string.Join(' ', given))}";
    }
}
