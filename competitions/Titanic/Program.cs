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
        new RandomForest(),
        new LightGbm { Leaves = 4, Rounds = 150, Stop = null },
        new Mlp(),
        new TabM { Members = 16, Width = 64 },
    ],
    Ensemble = new MeanEnsemble(),
    Sample   = Voyage.Simulate,
}.RunAsync(args);
