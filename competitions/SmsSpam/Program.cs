var capitals = new TextFeatures { TfIdf = new() { Cleaning = new() { Html = true, ReplaceUrls = true, Lowercase = false } } };

return await new Competition
{
    Name        = "SmsSpam",
    Question    = "Which messages are spam?",
    DataFolders = ["sms-spam-collection-dataset", "sms-spam"],
    Layout      = new EveryFifthText(),
    Target      = Target.Binary("label", positive: "spam"),
    Metric      = Metrics.F1,
    Folds       = Folds.StratifiedGrouped(5),
    Columns     = Messages.Columns,
    Features    = Messages.Describe,
    Learners    =
    [
        new TextLogistic { C = 30 },
        new TextRidge { Alpha = 0.3 },
        new NbSvm { Features = capitals },
        new WithTopics(new LightGbm { Leaves = 15, LearningRate = 0.06, Rounds = 200, Stop = null }) { Topics = 48 },
        new WithTopics(new ExtraTrees { Trees = 200, MinRowsInLeaf = 2 }) { Topics = 32 },
    ],
    Ensemble    = new MeanEnsemble(),
    Sample      = Inbox.Simulate,
}.RunAsync(args);
