using Kaggle.Baselines.Boosting;
using Kaggle.Core.Commands;
using Kaggle.Core.Metrics;
using Kaggle.Core.Validation;

return await new Competition
{
    Name     = "HousePrices",
    Question = "What does this house sell for?",
    Target   = Target.Number("SalePrice", learnedAs: Scale.Log),
    Metric   = Metrics.RmseOfLogs,
    Folds    = Folds.Shuffled(5, seed: 42),
    Learners = [new LightGbm()],
}.RunAsync(args);
