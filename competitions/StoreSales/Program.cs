var week = TimeSpan.FromDays(7);
const int ahead = 13, year = 52;
NameList feasts = ["Feast", "IsHoliday"];
SeriesHistory History(params ReadOnlySpan<string> series) => new()
{
    Series = NameList.Of(series), Step = week, Horizon = ahead, Season = year, Lags = [51, 52, 53, 104], Windows = [4, 8, 26, 52], Alike = feasts,
};
NameList yearAgo = ["Store_Dept_alikegrown_52", "Store_Dept_grown_52", "Store_Dept_ago_52", "Store_Dept_mean_8", "Store_Dept_last"];
NameList level = ["Store_Dept_mean_52", "Store_Dept_mean_all"];
var inParts = new AddedTo
{
    Columns = [],
    Per     = level,
    Divided = [.. History("Store", "Dept").InUnit().Except(level)],
    Learner = new LightGbm { Rounds = 500, Stop = null, LearningRate = 0.05, Leaves = 63, MinRowsInLeaf = 50, ColumnFraction = 0.5, Objective = Objective.Mae },
};

return await new Competition
{
    Name        = "StoreSales",
    Question    = "What does each department of each store sell in the thirteen weeks to come?",
    Layout      = new StoreFiles(),
    DataFolders = ["walmart-recruiting-store-sales-forecasting", "walmart-sales"],
    Target      = Target.Number("Weekly_Sales"),
    Metric      = Metrics.Mae,
    Folds       = Folds.Ahead(ahead * week, count: 2),
    Columns     = new() { Time = "Date" },
    Features    = Weeks.Describe,
    Encoders    = [History("Store", "Dept"), History("Dept"), History("Store")],
    Learners =
    [
        new SharedSeason { Series = ["Store", "Dept"], Within = ["Dept"], Step = week, Season = year, Alike = feasts },
        new ExponentialSmoothing { Series = ["Store", "Dept"], Step = week, Season = year },
        inParts with { Name = "TreesOnYearAgo", Columns = yearAgo },
        inParts with { Name = "Trees" },
    ],
    Ensemble = new MedianEnsemble(),
    Retrain  = true,
    Sample   = Shops.Simulate,
}.RunAsync(args);
