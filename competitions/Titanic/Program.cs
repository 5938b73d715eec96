using Kaggle.Baselines.Boosting;
using Kaggle.Core.Commands;
using Kaggle.Core.Metrics;
using Kaggle.Core.Validation;

return await new Competition
{
    Name     = "Titanic",
    Question = "Which passengers survived the shipwreck?",
    Target   = Target.Binary("Survived"),
    Metric   = Metrics.Accuracy,
    Folds    = Folds.Stratified(5),
    Learners = [new LightGbm(), new LightGbm { Name = "Shallow", Leaves = 5 }],
}.RunAsync(args);
