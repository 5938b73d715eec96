using Kaggle.Baselines.Bagging;
using Kaggle.Baselines.Boosting;
using Kaggle.Baselines.Columns;
using Kaggle.Baselines.Dummies;
using Kaggle.Baselines.Kernels;
using Kaggle.Baselines.Linear;
using Kaggle.Baselines.MlNet;
using Kaggle.Baselines.Neighbours;
using Kaggle.Baselines.Recommendation;
using Kaggle.Baselines.Text;
using Kaggle.Baselines.Trees;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Recommendation;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Transforms;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Learners;

namespace Kaggle.Tests.Contracts;

/// <summary>All that must keep the laws; a line adds one. Settings are small: a law is about what is learned, not how well.</summary>
static class Registry
{
    public static readonly IReadOnlyDictionary<string, ILearner> Learners = new Dictionary<string, ILearner>
    {
        ["LightGBM"] = new LightGbm { Rounds = 40, LearningRate = 0.2, MinRowsInLeaf = 5 },
        ["LightGBM with draws"] = new LightGbm
        {
            Rounds = 40, LearningRate = 0.2, MinRowsInLeaf = 2, RowFraction = 0.7, ColumnFraction = 0.8, ExtraTrees = true, L2 = 0.1, Balanced = true, Stop = null,
        },
        ["LightGBM of linear trees"] = new LightGbm { Rounds = 20, LearningRate = 0.2, MinRowsInLeaf = 20, LinearTrees = true, L2 = 1, Stop = null },
        ["dummy"] = new Dummy(),
        ["one rule"] = new OneR(),
        ["ridge"] = new Ridge(),
        ["lasso"] = new Lasso(),
        ["elastic net"] = new ElasticNet { Alpha = 0.01 },
        ["logistic"] = new Logistic(),
        ["logistic with a given penalty"] = new Logistic { C = 1, Features = new() { Scaling = Scaling.QuantileNormal } },
        ["k nearest"] = new KNearest(),
        ["k nearest, alike"] = new KNearest { Neighbours = 5, ByDistance = false },
        ["kernel ridge"] = new KernelRidge { Width = 0.3, Alpha = 0.01, MaxRows = 200 },
        ["ridge that is not shown a column"] = new WithoutColumns(new Ridge()) { Columns = ["a column that the rows lack"] },
        ["random forest"] = new RandomForest { Trees = 30 },
        ["a bag of seeds"] = new SeedBag(new RandomForest { Trees = 10 }) { Seeds = 3 },
        ["extra trees"] = new ExtraTrees { Trees = 30 },
        ["mlp"] = new Mlp { Hidden = [32], Bins = 8, Epochs = 20, BatchSize = 32, LearningRate = 0.02 },
        ["TabM"] = new TabM { Members = 4, Width = 24, Bins = 8, Epochs = 48, BatchSize = 48, LearningRate = 0.01 },
        ["tabular ResNet"] = new TabularResNet { Width = 24, Blocks = 2, Epochs = 60, BatchSize = 48, LearningRate = 0.01 },
        ["RealMLP"] = new RealMlp { Hidden = [32, 32], Epochs = 20, BatchSize = 48, LearningRate = 0.04 },
        ["ModernNCA"] = new ModernNca { Width = 16, Frequencies = 6, EmbeddingWidth = 4, Epochs = 40, BatchSize = 80, LearningRate = 0.05, DrawnShare = 0.6 },
        ["FT-Transformer"] = new FtTransformer { Width = 8, Heads = 2, Layers = 1, Epochs = 48, BatchSize = 48, LearningRate = 0.02 },
        ["text logistic"] = new TextLogistic(),
        ["text ridge"] = new TextRidge(),
        ["NB-SVM"] = new NbSvm(),
        ["bag of embeddings"] = new BagOfEmbeddings { Width = 16, Epochs = 30 },
        ["trees with topics"] = new WithTopics(new LightGbm { Rounds = 40, LearningRate = 0.2, MinRowsInLeaf = 5 }) { Topics = 6 },
        ["ML.NET's featuriser"] = new FeaturizedTexts { L2 = 0.1 },
        ["ML.NET's forest"] = new FastForest { Trees = 8 },
        ["ML.NET's boosted trees"] = new FastTree { Trees = 8, LearningRate = 0.6 },
    };

    /// <summary>Learners that look at no column, or at one: they need not beat the best constant by much.</summary>
    public static readonly IReadOnlySet<ILearner> Dummies = new HashSet<ILearner> { Learners["dummy"], Learners["one rule"] };

    /// <summary>They learn from who rated what: see <see cref="RatingLaws"/>.</summary>
    public static readonly IReadOnlyDictionary<string, ILearner> RatingLearners = new Dictionary<string, ILearner>
    {
        ["rating means"] = new RatingMeans(),
        ["item neighbours"] = new ItemNeighbours { Likeness = new() { Shrinkage = 5 } },
        ["user neighbours"] = new UserNeighbours { Likeness = new() { Shrinkage = 5 } },
        ["biased factors"] = new BiasedFactors { Factors = 10, LearningRate = 0.03, Epochs = 60, Decay = 1 },
        ["EmbeddingDotBias"] = new EmbeddingDotBias { Factors = 8, Epochs = 25, LearningRate = 0.03, WeightDecay = 0.01 },
        ["EmbeddingNN"] = new EmbeddingNN { Hidden = [32], Epochs = 25, LearningRate = 0.01, WeightDecay = 0.01 },
        ["factorisation machine"] = new FactorizationMachine { Factors = 4, Draws = 15, Warmup = 30, Every = 2 },
        ["explicit ALS"] = new ExplicitAls { Factors = 6, Penalty = 0.05 },
        ["SVD++"] = new SvdPlusPlus { Factors = 10, LearningRate = 0.03, Epochs = 60, Decay = 1 },
    };

    /// <summary>Learners that know no tastes.</summary>
    public static readonly IReadOnlySet<ILearner> RatingDummies = new HashSet<ILearner> { RatingLearners["rating means"] };

    /// <summary>They learn from who had what: see <see cref="RankingLaws"/>.</summary>
    public static readonly IReadOnlyDictionary<string, ILearner> RankingLearners = new Dictionary<string, ILearner>
    {
        ["popular items"] = new PopularItems(),
        ["item cosine"] = new ItemCosine(),
        ["EASE"] = new Ease { Penalty = 20 },
        ["implicit ALS"] = new ImplicitAls { Factors = 4, Penalty = 1 },
        ["BPR"] = new BprFactors { Factors = 4, Epochs = 80 },
        ["two towers"] = new TwoTower { Width = 8, Embedding = 8, Hidden = 16, Epochs = 30, BatchSize = 64, LearningRate = 0.02 },
        ["SASRec"] = new SasRec { Length = 8, Width = 16, Layers = 1, Epochs = 30, BatchSize = 16, LearningRate = 0.01, Dropout = 0.2 },
    };

    /// <summary>Learners that rank the same for everybody.</summary>
    public static readonly IReadOnlySet<ILearner> RankingDummies = new HashSet<ILearner> { RankingLearners["popular items"] };

    /// <summary>They learn from pictures: see <see cref="PictureLaws"/>.</summary>
    public static readonly IReadOnlyDictionary<string, ILearner> PictureLearners = new Dictionary<string, ILearner>
    {
        ["ResNet9"] = new PictureNet
        {
            Architecture = new ResNet9 { Width = 4 }, Size = EasyPictures.Side, Channels = 1, Epochs = 12, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02,
            Augmentation = PictureAugmentation.Digits with { Rotate = 3, Shear = 0, Shift = 0, MinZoom = 1, MaxZoom = 1 }, Views = new() { Shift = 1 },
        },
        ["ResNet9 on growing pictures"] = new PictureNet
        {
            Architecture = new ResNet9 { Width = 4 }, Size = 12, Before = [new() { Size = EasyPictures.Side, Epochs = 6 }], Channels = 1, Epochs = 6, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02,
            Precision = TrainingPrecision.Float32,
        },
        ["ResNet9 on presized pictures"] = new PictureNet
        {
            Architecture = new ResNet9 { Width = 4 }, Size = EasyPictures.Side, Presize = 12, Channels = 1, Epochs = 12, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02,
            Augmentation = PictureAugmentation.Presized with { Flip = false, Rotate = 3, MaxZoom = 1, Warp = 0.05, Lighting = 0 }, Views = TestViews.Drawn, Averaging = new BestEpochs(),
        },
        ["fine-tuned network"] = new PictureNet
        {
            From = EasyPictures.Published, Size = EasyPictures.Side, Head = new PlainHead(), FineTune = new() { FrozenEpochs = 4, Spread = 2 }, Epochs = 8, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02,
        },
        ["fine-tuned last stage"] = new PictureNet
        {
            From = EasyPictures.Published, Size = EasyPictures.Side, Head = new PlainHead(), FineTune = new() { FrozenEpochs = 4, Spread = 2 }, Epochs = 8, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02,
            Augmentation = PictureAugmentation.Digits with { Rotate = 3, Shear = 0, Shift = 0, MinZoom = 1, MaxZoom = 1 }, KeptDraws = 2, Blend = new MixUp { Alpha = 0.1 }, Views = new() { Shift = 1 },
        },
        ["linear probe"] = new LinearProbe { From = EasyPictures.Published, Sizes = [EasyPictures.Side], Views = new() },
        ["linear probe with its network's own classes"] = new LinearProbe { From = EasyPictures.Published, Sizes = [EasyPictures.Side], Views = new() { Flip = true }, OwnClasses = true },
        ["linear probe beside another"] = new LinearProbe
        {
            From = EasyPictures.Published, Sizes = [EasyPictures.Side], Views = new(), Beside = [new() { From = EasyPictures.Published, Sizes = [EasyPictures.Side * 2], Views = new(), Stretches = 2 }],
        },
        ["trees on pixels"] = new OnPixels(new LightGbm { Rounds = 40, LearningRate = 0.2, MinRowsInLeaf = 5 }) { Size = EasyPictures.Side },
    };
}
