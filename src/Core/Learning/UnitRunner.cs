using System.Diagnostics;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Learning;

/// <summary>Computes one unit: encoders and learner fitted on the fold's training part, then both predictions.</summary>
public sealed class UnitRunner(Experiment experiment, RunShare share)
{
    const string EncodersFile = "encoders.json";

    /// <returns>The competition's encoders as a unit's model was fitted with them.</returns>
    public static IFittedEncoder Encoders(string modelFolder) => EncoderJson.Read(File.ReadAllText(Path.Combine(modelFolder, EncodersFile)));

    /// <returns>What learners get of a fold's training part: encoded, before rows to stop early on are taken off.</returns>
    public Dataset TrainingRows(Fold fold, int seed) => Encode(fold.Number, seed, () => (experiment.Train.Take(fold.Train), experiment.Train.Take(fold.Validation))).Train;

    public UnitResult Run(Unit unit, IUnitClaim claim, FitContext context)
    {
        var clock = Stopwatch.StartNew();
        var (learner, seed, fold) = (unit.Learner, unit.Seed, unit.Fold);
        var rows = Encode(fold.Number, seed, () => (experiment.Train.Take(fold.Train), experiment.Train.Take(fold.Validation)));
        var (train, stop) = learner.StopsEarly ? experiment.Stopping.Split(rows.Train, rows.Validation!, experiment.Scheme) : (rows.Train, null);
        using var model = learner.Fit(train, stop, context with { Seed = seed + 1000 * fold.Number, Scratch = claim.Scratch, Journal = claim.ModelFolder, Unlabelled = rows.Test });
        var validation = model.Predict(rows.Validation!);
        var test = rows.Test is { Rows: > 0 } ? model.Predict(rows.Test) : null;
        var viewed = TestTimeViews.Blend(model, rows.Validation!, validation) is { } blended
            ? new ViewedPredictions(OwnScale(blended), test is null ? null : OwnScale(TestTimeViews.Blend(model, rows.Test!, test)!))
            : null;
        Save(model, rows.Encoders, claim.ModelFolder);
        return new()
        {
            Validation = OwnScale(validation),
            Test = test is null ? null : OwnScale(test),
            Viewed = viewed,
            Record = model.Record,
            Seconds = clock.Elapsed.TotalSeconds,
            PeakMemoryMb = PeakMemory.Mb,
            ModelFolder = claim.ModelFolder,
        };
    }

    /// <summary>The same learner on all rows for as many iterations as the folds kept, for the test rows alone.</summary>
    public UnitResult Retrain(ILearner learner, int seed, int? iterations, IUnitClaim claim, FitContext context)
    {
        var clock = Stopwatch.StartNew();
        var rows = Encode(-1, seed, () => (experiment.Train, null));
        using var model = learner.Fit(rows.Train, null, context with { Seed = seed, Scratch = claim.Scratch, Journal = claim.ModelFolder, Iterations = iterations, Unlabelled = rows.Test });
        var learned = model.Predict(rows.Test ?? throw new InputException("There are no test rows to retrain for."));
        var test = OwnScale(learned);
        var viewed = TestTimeViews.Blend(model, rows.Test, learned) is { } blended ? new ViewedPredictions(test.Take([]), OwnScale(blended)) : null;
        Save(model, rows.Encoders, claim.ModelFolder);
        return new()
        {
            Validation = test.Take([]),
            Test = test,
            Viewed = viewed,
            Record = model.Record,
            Seconds = clock.Elapsed.TotalSeconds,
            PeakMemoryMb = PeakMemory.Mb,
            ModelFolder = claim.ModelFolder,
        };
    }

    static void Save(IModel model, IReadOnlyList<IFittedEncoder> encoders, string folder)
    {
        model.Save(folder);
        File.WriteAllText(Path.Combine(folder, EncodersFile), EncoderJson.Write(new FittedPipeline([.. encoders])));
    }

    EncodedRows Encode(int fold, int seed, Func<(Dataset, Dataset?)> split)
    {
        // Without encoders the views share their source, and learners can share what they make of it between folds.
        if (experiment.Encoders.IsEmpty)
        {
            var (train, validation) = split();
            return new(train, validation, experiment.Test, []);
        }
        return share.GetOrAdd((nameof(UnitRunner), fold, seed), () =>
        {
            var (train, validation) = split();
            var test = experiment.Test;
            var fitted = new List<IFittedEncoder>();
            foreach (var encoder in experiment.Encoders)
            {
                (var encoded, train) = encoder.Fit(train, seed);
                fitted.Add(encoded);
                validation = validation is null ? null : encoded.Transform(validation);
                test = test is null ? null : encoded.Transform(test);
            }
            return new EncodedRows(train, validation, test, fitted);
        });
    }

    Predictions OwnScale(Predictions learned)
    {
        if (learned.Values.Values.Span.ContainsAnyExceptFinite())
            throw new InputException("A model predicted NaN or infinity; check the columns' values, or lower the learning rate.");
        var scale = experiment.Train.Answers.Scale;
        return scale == Scale.Same || learned.Kind != OutputKind.Values ? learned : new(learned.Kind, learned.Values.Map(x => scale.Back(x)));
    }

    sealed record EncodedRows(Dataset Train, Dataset? Validation, Dataset? Test, IReadOnlyList<IFittedEncoder> Encoders);
}

static class FiniteSpan
{
    public static bool ContainsAnyExceptFinite(this ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            if (!float.IsFinite(value)) return true;
        return false;
    }
}
