using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>A recipe that makes a model: an immutable record of settings, equal by value, that knows no data.</summary>
/// <remarks>Public properties are the settings: the unit's key and run.json are made of their JSON.</remarks>
public interface ILearner
{
    /// <summary>What it is called in reports and folders; two of one kind in a competition need two names.</summary>
    string Name { get; }

    /// <summary>The kinds of column it uses; columns of other kinds are passed over.</summary>
    ColumnKind Uses { get; }

    bool Learns(TaskKind task);

    /// <summary>Whether <see cref="Fit"/> wants rows to stop early on; a learner that does not gets all the training rows.</summary>
    bool StopsEarly { get; }

    /// <summary>Whether its models are <see cref="IExplainable"/>.</summary>
    bool Explains => false;

    /// <summary>What stands for it when only seconds are given (<c>--quick</c>): itself, a shorter training, or null to be left out.</summary>
    ILearner? Quick => this;

    /// <summary>What it cannot do without and cannot find, such as published weights, and how to get it, as a sentence; such a learner is left out of a run. Null: nothing.</summary>
    string? Lacks => null;

    /// <param name="train">Rows to learn from. Encoders are fitted on these and no others.</param>
    /// <param name="validation">For early stopping and curves only; never learned from.</param>
    /// <param name="context">Seed, device, threads, progress, cancellation.</param>
    /// <exception cref="InputException">The rows cannot be learned from.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    IModel Fit(Dataset train, Dataset? validation, FitContext context);

    /// <param name="folder">Where <see cref="IModel.Save"/> wrote.</param>
    /// <param name="context">Device and threads to predict with.</param>
    IModel Load(string folder, FitContext context);
}
