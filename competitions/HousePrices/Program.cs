return await new Competition
{
    Name     = "HousePrices",
    Question = "What does this house sell for?",
    Target   = Target.Number("SalePrice", learnedAs: Scale.Log),
    Metric   = Metrics.RmseOfLogs,
    Folds    = Folds.Shuffled(5, seed: 42),
    Features = Houses.Describe,
    Learners =
    [
        new Ridge(),
        new Ridge { Name = "RidgeS", Features = new() { Scaling = Scaling.Standardise, ScaleOneHot = true } },
        new ElasticNet { Features = new() { Scaling = Scaling.Standardise, ScaleOneHot = true } },
        new Lasso(),
        new KNearest(),
        new LightGbm { Leaves = 8, LearningRate = 0.03, Rounds = 1000, Stop = null, L2 = 0, MinRowsOfLevel = 100, ColumnFraction = 0.2, RowFraction = 0.8, RowsDrawnEvery = 1, MinRowsInLeaf = 8 },
        new Mlp(),
    ],
    Sample   = Market.Simulate,
}.RunAsync(args);
