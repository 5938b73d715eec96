using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;

namespace Kaggle.Deep.Recommendation;

/// <summary>A network that learns who had what, by AdamW over one cycle, and leaves a vector of each user and item: what such learners have in common.</summary>
/// <remarks>Every row is an event, whatever its rating. Of a user never met the items' biases alone speak. Predictions are scores.</remarks>
public abstract record EventLearner : PairLearner
{
    /// <summary>Of the vectors.</summary>
    public int Width { get; init => field = Require.AtLeast(1, value); } = 64;

    public double Dropout { get; init => field = Require.Between(0, 0.99, value); }

    public int Epochs { get; init => field = Require.AtLeast(1, value); }

    public abstract int BatchSize { get; init; }

    public double LearningRate { get; init => field = Require.Positive(value); }

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.01;

    public override bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Binary;

    public override IModel Load(string folder, FitContext context) => FactorModel.Load(folder);

    protected override PairLearner Quick => this with { Epochs = Math.Min(Epochs, QuickEpochs) };

    /// <summary>Epochs when only seconds are given.</summary>
    private protected abstract int QuickEpochs { get; }

    private protected FitRecord Learn(Network network, ResidentRows rows, BatchLoss loss, Randomness random, FitContext context)
    {
        using var training = new NetworkTraining
        {
            Recipe = new() { Update = new AdamW { Rate = LearningRate, Decay = WeightDecay }, Epochs = Epochs, BatchSize = BatchSize, Schedule = new OneCycle() },
            Network = network,
            Train = rows,
            Loss = loss,
            Random = random,
            Identity = $"{UnitKey.Settings(this).ToJsonString()} {rows.Rows} {context.Seed} {context.Iterations}",
            Context = context,
        };
        return training.Run();
    }
}
