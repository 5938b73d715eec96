using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Recommendation;

/// <summary>Embeddings of users and items side by side through a multilayer perceptron: fastai's collaborative learner with use_nn.</summary>
/// <remarks>fastai, fastai/collab.py, EmbeddingNN without its y_range; hidden layers of 100 and 50 as in fastai's lesson.</remarks>
public sealed record EmbeddingNN : ILearner
{
    public string Name { get; init; } = "EmbeddingNN";

    /// <summary>The column of users.</summary>
    public string User { get; init; } = "user";

    /// <summary>The column of items.</summary>
    public string Item { get; init; } = "item";

    public LayerWidths Hidden { get; init; } = [100, 50];

    /// <summary>The share of hidden values dropped while training.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); }

    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 5;

    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 64;

    public double LearningRate { get; init => field = Require.Positive(value); } = 5e-3;

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.1;

    public ISchedule Schedule { get; init; } = new OneCycle();

    public ColumnKind Uses => ColumnKind.Category;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context) =>
        TabularTraining.Fit(Recipe(), RatedCategories.Of(train, User, Item), null, context);

    public IModel Load(string folder, FitContext context) => TabularModel.Load(folder, nameof(EmbeddingNN), Build, context);

    TabularRecipe Recipe() => new()
    {
        Kind = nameof(EmbeddingNN),
        Encode = (train, seed) => TableEncoding.Fit(train, columns => new Standardise { Columns = columns }, oneHotUpTo: 0, seed),
        Settings = new NetworkSettings { Hidden = Hidden, Dropout = Dropout },
        Build = Build,
        Clamp = true,
        Update = new AdamW { Rate = LearningRate, Decay = WeightDecay },
        Schedule = Schedule,
        Epochs = Epochs,
        BatchSize = BatchSize,
    };

    static Network Build(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        new MlpNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
