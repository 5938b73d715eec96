using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Core.Metrics;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>Looks into a run's predictions and models for the report.</summary>
static class Analyses
{
    public static RunAnalysis Of(Session session, Experiment experiment, Standing standing, CancellationToken cancel)
    {
        var data = session.Data;
        var scoring = new Scoring(experiment.Metric, standing.Chosen.Decision);
        var explained = Explained(experiment, standing);
        var models = explained is null ? [] : Models(experiment, explained);
        var (rated, vectors) = Rated(experiment, standing);
        var (seenBy, pictures) = Seeing(experiment, standing);
        using var thumbnails = session.Layout?.Thumbnails(data.Files.Folder);
        try
        {
            return new Analyst
            {
                Train = experiment.Train,
                Folds = experiment.Folds,
                Metric = experiment.Metric,
                Score = (predicted, rows) => scoring.Score(predicted, experiment.Train.Take(rows)),
                Of = standing.Best.Name,
                Best = standing.Chosen.OutOfFold,
                Labels = experiment.Metric.Need == Need.Labels ? standing.Chosen.Decided : null,
                Members = [.. standing.Members.Select(m => (m.Learner.Name, m.Predictions))],
                Records = [.. standing.Members.SelectMany(m => m.Units.Select(u => (m.Learner.Name, u.Unit.Seed, u.Unit.Fold.Number, u.Result.Record)))],
                Explained = explained?.Learner.Name,
                Models = models,
                Rated = rated,
                Vectors = vectors as IItemVectors,
                Test = experiment.Test,
                PicturesSeenBy = seenBy?.Learner.Name,
                PictureModels = pictures,
                Columns = Profiles(session),
                Table = data.TrainTable.ToDataFrame(),
                Picture = (column, source) => data.Files.Kinds.GetValueOrDefault(column) == ColumnKind.Image && thumbnails?.Of(source) is { } jpeg
                    ? $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}" : null,
                Ids = data.TrainIds,
                Seed = experiment.Seeds[0],
            }.Analyse(cancel);
        }
        finally
        {
            vectors?.Dispose();
            foreach (var model in models.Concat(pictures)) model.Model.Dispose();
        }
    }

    /// <summary>The best learner whose models can say what each column added; without one, the best that looks at no pictures.</summary>
    /// <remarks>Dealing columns out anew asks for tens of predictions of each row: of pictures that is an hour for a chart that says nothing.</remarks>
    static OutOfFold? Explained(Experiment experiment, Standing standing)
    {
        var pictures = HavePictures(experiment);
        var order = BestFirst(experiment, standing);
        return order.FirstOrDefault(m => m.Learner.Explains) ?? order.FirstOrDefault(m => !pictures || (m.Learner.Uses & ColumnKind.Image) == 0);
    }

    static List<OutOfFold> BestFirst(Experiment experiment, Standing standing) =>
    [
        .. Enumerable.Range(0, standing.Members.Count)
            .OrderBy(i => experiment.Metric.HigherIsBetter ? -standing.Alone[i].Score : standing.Alone[i].Score)
            .Select(i => standing.Members[i]),
    ];

    /// <summary>The best learner of ratings, and the best such learner's model of one fold that holds vectors of items.</summary>
    static (IRatesPairs? Learner, IModel? Vectors) Rated(Experiment experiment, Standing standing)
    {
        OutOfFold[] rating = [.. BestFirst(experiment, standing).Where(m => m.Learner is IRatesPairs)];
        foreach (var member in rating)
        {
            var model = member.Learner.Load(member.Units[0].Result.ModelFolder, new() { Device = experiment.Device, Threads = Environment.ProcessorCount });
            if (model is IItemVectors { ItemNames.Count: > 0 } held && held.ItemVector(0).Length > 0) return ((IRatesPairs)rating[0].Learner, model);
            model.Dispose();
        }
        return (rating.FirstOrDefault()?.Learner as IRatesPairs, null);
    }

    /// <summary>The best learner whose models say what they see in pictures, and those models.</summary>
    static (OutOfFold? Member, ImmutableArray<ExplainedFold> Models) Seeing(Experiment experiment, Standing standing)
    {
        if (!HavePictures(experiment)) return (null, []);
        foreach (var member in BestFirst(experiment, standing).Where(m => (m.Learner.Uses & ColumnKind.Image) != 0))
        {
            var models = Models(experiment, member);
            if (models.Length > 0 && models[0].Model is ISeesPictures) return (member, models);
            foreach (var model in models) model.Model.Dispose();
        }
        return (null, []);
    }

    static bool HavePictures(Experiment experiment) => experiment.Train.Columns.Any(c => c.Kind == ColumnKind.Image);

    static IReadOnlyList<ColumnProfile> Profiles(Session session)
    {
        var (train, test) = RawRows.Of(session);
        return TableProfile.Of(train, test);
    }

    static ImmutableArray<ExplainedFold> Models(Experiment experiment, OutOfFold member)
    {
        var context = new FitContext { Device = experiment.Device, Threads = Environment.ProcessorCount };
        return
        [
            .. member.Units.Where(u => u.Unit.Seed == experiment.Seeds[0] && u.Unit.Fold.Repeat == 0).Select(u => new ExplainedFold(
                u.Unit.Fold,
                member.Learner.Load(u.Result.ModelFolder, context),
                UnitRunner.Encoders(u.Result.ModelFolder).Transform(experiment.Train.Take(u.Unit.Fold.Validation)))),
        ];
    }
}
