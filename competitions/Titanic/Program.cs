return await new Competition
{
    Name     = "Titanic",
    Question = "Which passengers survived the shipwreck?",
    Target   = Target.Binary("Survived"),
    Metric   = Metrics.Accuracy,
    Folds    = Folds.Stratified(5),
    Features = Passengers.Describe,
    Encoders = [new GroupOutcome("Companions")],
    Learners =
    [
        new OneR(),
        new Logistic(),
        new KNearest(),
        new LightGbm { Leaves = 4, Rounds = 150, MinRowsInLeaf = 10 },
        new Mlp(),
    ],
    Sample   = Voyage.Simulate,
}.RunAsync(args);
