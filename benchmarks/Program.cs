using System.Globalization;
using Kaggle.Benchmarks.Ensembling;
using Kaggle.Benchmarks.LightGbm;
using Kaggle.Benchmarks.MetricsOfTheField;
using Kaggle.Benchmarks.Pictures;
using Kaggle.Benchmarks.Reading;
using Kaggle.Benchmarks.Recommendation;
using Kaggle.Benchmarks.Tabular;
using Kaggle.Benchmarks.Texts;
using Kaggle.Benchmarks.Training;

// dotnet run -c Release --project benchmarks -- NAME [ARGUMENTS]
return args switch
{
    ["lightgbm", var folder] => AdultBenchmark.Run(folder),
    ["adult-run", var data, var output] => AdultBenchmark.RunOnce(data, output),    // a process of the one above
    ["auc", var rows] => AucBenchmark.Run(int.Parse(rows)),
    ["ensembles", var rows] => EnsemblesBenchmark.Run(int.Parse(rows)),
    ["tables", var table, var folder, var parts, .. var learners] when learners.Length > 0 => ScoresBenchmark.Run(table, folder, int.Parse(parts), learners),
    ["csv", var folder] => ReadingBenchmark.Run(folder, 500_000),
    ["csv", var folder, var rows] => ReadingBenchmark.Run(folder, int.Parse(rows, CultureInfo.InvariantCulture)),
    ["ratings", var folder, var protocol] => RatingsBenchmark.Run(folder, protocol),
    ["ratings", var folder, var protocol, var learner] => RatingsBenchmark.Run(folder, protocol, learner),
    ["factors", var folder, var python] => FactorsBenchmark.Run(folder, python),
    ["rankings", var folder] => RankingsBenchmark.Run(folder),
    ["rankings", var folder, var protocol] => RankingsBenchmark.Run(folder, protocol),
    ["rankings", var folder, var protocol, var learner] => RankingsBenchmark.Run(folder, protocol, learner),
    ["top", var users, var items] => TopItemsBenchmark.Run(int.Parse(users, CultureInfo.InvariantCulture), int.Parse(items, CultureInfo.InvariantCulture), 64),
    ["optimizers"] => OptimizersBenchmark.Run(),
    ["epoch"] => EpochBenchmark.Run(),
    ["epoch-peer", .. { Length: 3 } sizes] => PlainTorchSharp.Serve(int.Parse(sizes[0]), int.Parse(sizes[1]), int.Parse(sizes[2])),    // a process of the one above
    ["eager", var python, "cuda" or "cpu"] => EagerBenchmark.Run(python, args[2]),
    ["arithmetic", .. var networks] => ArithmeticBenchmark.Run(networks),
    ["memory"] => MemoryBenchmark.Run(),
    ["resnet9"] => SmallPicturesBenchmark.Run(64),
    ["resnet9", var width] => SmallPicturesBenchmark.Run(int.Parse(width, CultureInfo.InvariantCulture)),
    ["jpeg", var folder] => DecodingBenchmark.Run(folder, null),
    ["jpeg", var folder, var python] => DecodingBenchmark.Run(folder, python),
    ["texts", var rows] => TextBenchmark.Run(int.Parse(rows, CultureInfo.InvariantCulture)),
    ["fine-tuning", var rows, "kept" or "recomputed"] => FineTuningBenchmark.Memory(int.Parse(rows, CultureInfo.InvariantCulture), args[2] == "recomputed"),
    ["fine-tuning", var rows] => FineTuningBenchmark.Run(int.Parse(rows, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: dotnet run -c Release --project benchmarks -- NAME [ARGUMENTS]
          csv FOLDER [ROWS] reads a seeded file of 18 mixed columns (made in FOLDER; 500,000 rows unless said), in turn with pandas
          lightgbm FOLDER   5-fold cross-validation on Adult (FOLDER holds train.csv and test.csv), beside scikit-learn and XGBoost
          texts ROWS        TF-IDF and logistic regression of so many short texts, beside scikit-learn
          fine-tuning ROWS  an encoder of BERT-base's size, one epoch of so many texts, beside a plain float32 loop; with kept or recomputed behind it: the memory that activations take
          auc ROWS          AUC of so many rows (metrics/auc.py: scikit-learn's)
          ratings FOLDER PROTOCOL [LEARNER]  RMSE on MovieLens 100k (FOLDER holds u.data); PROTOCOL: holdout, folds or published
          factors FOLDER PYTHON  biased factors on MovieLens 100k, in turn with vectorised NumPy (PYTHON: an interpreter that has it)
          rankings FOLDER [random|last [LEARNER]]
                            top ten over all items on MovieLens 100k; three ratings in four learned from, or all but each user's last
          top USERS ITEMS   the ten best items of each user, by exact search over 64 drawn factors
          tables TABLE FOLDER PARTS LEARNER...
                            scores of learners (TabM, RealMlp, Mlp, TabularResNet, ModernNca, FtTransformer, LightGbm; settings as 'TabM {"Width": 128}') on adult (folds) or
                            california, diamonds, credit, forest, kddcup (seeds), part by part, and of each one's mean with the first
          ensembles ROWS    every ensemble on ten members, cross-validated
          optimizers        a step over 60 tensors of 64×64, in turn with TorchSharp's optimizers
          epoch             an epoch of Mlp on 200,000 × 30 rows, in turn with TorchSharp's DataLoader and AdamW, as they come
          eager PYTHON DEVICE  an epoch of Mlp's and TabM's networks beside eager PyTorch (DEVICE: cuda or cpu)
          arithmetic [NETWORK...]  each network's share of the matrix-product peak, in float32 and bfloat16; of those whose names begin so
          memory            memory over 50 epochs
          resnet9 [WIDTH]   an epoch of ResNet9 on 28-px pictures, in turn with a plain loop of TorchSharp's modules and AdamW
          jpeg FOLDER [PYTHON]  a folder's JPEGs decoded, resized and augmented to 224, then from the cache (PYTHON: an interpreter with Pillow and torchvision)
        """);
    return 2;
}
