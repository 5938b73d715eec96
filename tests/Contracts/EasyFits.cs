using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Contracts;

/// <summary>A learner's model of easy rows, fitted when a law first asks for it and kept for all laws that only read it.</summary>
sealed class EasyFit(ILearner learner, Dataset rows) : IDisposable
{
    readonly Lazy<(IModel Model, float[] Values)> fitted = new(() =>
    {
        var model = learner.Fit(rows, null, Fits.Context);
        return (model, model.Values(rows));
    });

    /// <summary>The very rows that it was fitted on.</summary>
    public Dataset Rows => rows;

    public IModel Model => fitted.Value.Model;

    /// <summary>What it predicted of its rows when it was new.</summary>
    public float[] Values => fitted.Value.Values;

    public void Dispose()
    {
        if (fitted.IsValueCreated) Model.Dispose();
    }
}

/// <summary>One fit for each learner and task, for as long as a class of laws is tested.</summary>
public sealed class EasyFits : IDisposable
{
    readonly Dictionary<(ILearner, Target), EasyFit> fits = [];

    internal EasyFit Of(ILearner learner, Target target, Func<Target, Dataset> rows) =>
        fits.TryGetValue((learner, target), out var fit) ? fit : fits[(learner, target)] = new(learner, rows(target));

    public void Dispose()
    {
        foreach (var fit in fits.Values) fit.Dispose();
    }
}
