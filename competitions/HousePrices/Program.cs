return await new Competition
{
    Name        = "HousePrices",
    Question    = "What does this house sell for?",
    DataFolders = ["house-prices-advanced-regression-techniques", "house-prices"],
    Target      = Target.Number("SalePrice", learnedAs: Scale.Log),
    Metric      = Metrics.RmseOfLogs,
    Folds       = Folds.Shuffled(5, seed: 42),
    Features    = Houses.Describe,
    Learners =
    [
        new Ridge { Features = new() { ScaleOneHot = true } },
        new ElasticNet { Features = new() { ScaleOneHot = true } },
        new Lasso(),
        new KernelRidge { Features = new() { ScaleOneHot = true } },
        new LightGbm { Leaves = 12, LearningRate = 0.03, Rounds = 900, Stop = null, ColumnFraction = 1, ColumnFractionOfSplit = 0.12 },
        new Mlp(),
    ],
    Ensemble    = new GreedyEnsemble(),
    Sample      = Market.Simulate,
}.RunAsync(args);
