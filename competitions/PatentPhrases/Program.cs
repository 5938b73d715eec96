return await new Competition
{
    Name        = "PatentPhrases",
    Question    = "How alike are two phrases, as patents of one field use them?",
    DataFolders = ["us-patent-phrase-to-phrase-matching", "patent-phrases"],
    Target      = Target.Number("score"),
    Metric      = Metrics.Pearson,
    Folds       = Folds.Grouped(5),
    Columns     = Phrases.Columns,
    Features    = Phrases.Describe,
    Learners    =
    [
        new LightGbm { Leaves = 15, LearningRate = 0.03, Rounds = 600, Stop = null, MinRowsInLeaf = 40, ColumnFraction = 0.4 },
        new ExtraTrees { Trees = 100, MinRowsInLeaf = 5 },
        new TextRidge { Features = new() { Others = new() { Scaling = Scaling.QuantileNormal } } },
    ],
    Ensemble    = new GreedyEnsemble(),
    Sample      = Thesaurus.Simulate,
}.RunAsync(args);
