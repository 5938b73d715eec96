return await new Competition
{
    Name        = "MovieLens",
    Question    = "How many stars does this viewer give to this film?",
    RealFiles   = "For the real files: grouplens.org/datasets/movielens (ml-100k.zip, unpacked), then --data with its folder.",
    Layout      = new GroupLensFiles(),
    DataFolders = ["movielens-100k"],
    Target      = Target.Number("rating"),
    Metric      = Metrics.Rmse,
    Folds       = Folds.Shuffled(5, seed: 42),
    Columns     = new() { Time = "time" },
    Learners =
    [
        new RatingMeans(),
        new UserNeighbours(),
        new ItemNeighbours(),
        new BiasedFactors(),
        new SvdPlusPlus(),
        new FactorizationMachine(),
    ],
    Ensemble = new Stacking(),
    Rankers  = [new PopularItems(), new ItemCosine(), new BprFactors(), new ImplicitAls(), new Ease()],
    Sample   = Cinema.Simulate,
}.RunAsync(args);
