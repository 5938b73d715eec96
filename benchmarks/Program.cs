using Kaggle.Benchmarks.LightGbm;

// dotnet run -c Release --project benchmarks -- NAME [ARGUMENTS]
return args switch
{
    ["lightgbm", var folder] => AdultBenchmark.Run(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: dotnet run -c Release --project benchmarks -- NAME [ARGUMENTS]
          lightgbm FOLDER   5-fold cross-validation on Adult (FOLDER holds train.csv and test.csv), beside scikit-learn and XGBoost
        """);
    return 2;
}
