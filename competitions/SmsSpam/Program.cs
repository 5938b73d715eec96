return await new Competition
{
    Name        = "SmsSpam",
    Question    = "Which messages are spam?",
    RealFiles   = "For the real files: kaggle datasets download uciml/sms-spam-collection-dataset --unzip, then --data with the folder.",
    DataFolders = ["sms-spam-collection-dataset", "sms-spam"],
    Layout      = new EveryFifthText(),
    Target      = Target.Binary("label", positive: "spam"),
    Metric      = Metrics.F1,
    Folds       = Folds.StratifiedGrouped(5),
    Columns     = Messages.Columns,
    Features    = Messages.Describe,
    // Their mean is best by what they differ in: one solves for its weights, the other walks towards them and stops.
    Learners    = [new TextRidge { Alpha = 0.3 }, new BagOfEmbeddings()],
    Ensemble    = new MeanEnsemble(),
    Sample      = Inbox.Simulate,
}.RunAsync(args);
