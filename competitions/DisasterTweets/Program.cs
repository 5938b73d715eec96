return await new Competition
{
    Name              = "DisasterTweets",
    Question          = "Which tweets report a real disaster?",
    DataFolders       = ["nlp-getting-started", "disaster-tweets"],
    Target            = Target.Binary("target"),
    Metric            = Metrics.F1,
    Folds             = Folds.Stratified(5),
    Columns           = Tweets.Columns,
    FeaturesFromFiles = Tweets.Describe,
    Learners          =
    [
        new TextLogistic { C = 1 },
        new NbSvm(),
        new TextRidge(),
        new WithTopics(new LightGbm { Leaves = 15, LearningRate = 0.06, Rounds = 200, Stop = null }) { Topics = 48 },
    ],
    Ensemble          = new MeanEnsemble(),
    Sample            = Feed.Simulate,
}.RunAsync(args);
