using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Recommendation;

/// <summary>A network over the embeddings of a user and an item, by AdamW over one cycle: what fastai's collaborative learners have in common.</summary>
/// <remarks>The defaults are those of fastai's lesson on MovieLens 100k: five epochs, a weight decay of 0.1.</remarks>
public abstract record EmbeddingLearner : PairLearner
{
    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 5;

    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 64;

    public double LearningRate { get; init => field = Require.Positive(value); } = 5e-3;

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.1;

    public ISchedule Schedule { get; init; } = new OneCycle();

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context) =>
        TabularTraining.Fit(Recipe(), RatedCategories.Of(train, User, Item), null, context);

    public override IModel Load(string folder, FitContext context) => TabularModel.Load(folder, GetType().Name, Build, context);

    private protected abstract NetworkSettings Settings();

    private protected abstract Network Build(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, MatrixPrecision compute);

    TabularRecipe Recipe() => new()
    {
        Kind = GetType().Name,
        Encode = (train, seed) => TableEncoding.Fit(train, columns => new Standardise { Columns = columns }, oneHotUpTo: 0, seed),
        Settings = Settings(),
        Build = Build,
        Clamp = true,
        Update = new AdamW { Rate = LearningRate, Decay = WeightDecay },
        Schedule = Schedule,
        Epochs = Epochs,
        BatchSize = BatchSize,
    };
}
