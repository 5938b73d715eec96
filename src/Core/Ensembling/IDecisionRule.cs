using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>A recipe for a decision: fitted on out-of-fold predictions only, and its own score is cross-validated.</summary>
public interface IDecisionRule
{
    /// <param name="predicted">Out-of-fold predictions of the rows.</param>
    /// <param name="rows">The same rows: answers, weights, groups.</param>
    /// <param name="metric">What the decision is to be best for.</param>
    Decision Fit(Predictions predicted, Dataset rows, Metric metric);

    /// <summary>Whether fitting costs no more than a sort: then an ensemble's search decides anew for each blend it tries.</summary>
    bool Fast { get; }
}
