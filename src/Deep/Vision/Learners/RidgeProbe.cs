using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>Ridge regression of answers on many features, its penalty chosen by leaving each row out; classes and labels are columns of 0 and 1, made probabilities by a softmax or a sigmoid.</summary>
/// <remarks>
/// Leave-one-out in closed form: a row's residual is divided by 1 − its leverage (Golub, Heath and Wahba 1979). All penalties share one decomposition,
/// the eigenvectors of the smaller of the two squares of the features, rows by rows or features by features: some times as quick as their singular values.
/// </remarks>
sealed record RidgeProbe
{
    const string StateFile = "probe.json";

    static readonly double[] penalties = [.. Enumerable.Range(-8, 18).Select(i => Math.Pow(10, i / 2.0))];      // times the number of features
    static readonly double[] sureness = [1, 2, 4, 6, 8, 12, 16, 24];

    public required TaskKind Task { get; init; }

    public required float[] Mean { get; init; }

    public required float[] Scale { get; init; }

    /// <summary>(features, outputs), row by row; then <see cref="Intercept"/> is added.</summary>
    public required float[] Weights { get; init; }

    public required float[] Intercept { get; init; }

    /// <summary>By what scores are multiplied before the softmax or the sigmoid.</summary>
    public double Sureness { get; init; } = 1;

    public double Penalty { get; init; }

    /// <param name="features">(rows, features).</param>
    /// <param name="answers">Of the rows.</param>
    /// <param name="widths">Of the parts that the features consist of: each part counts alike, however many features it has. Empty: there is one.</param>
    public static RidgeProbe Fit(Matrix features, TargetValues answers, params ReadOnlySpan<int> widths)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        var kind = Kind(answers.Task);
        var classes = answers.Task == TaskKind.Multiclass ? answers.Classes.Length : 0;
        // In double a probe of 8,000 pictures is 260 MB: few copies of it are held at a time.
        var centred = Doubles(features);
        var y = tensor(answers.Learned.Values.ToArray(), [answers.Rows, answers.Learned.Columns]).to(float64);
        if (classes > 0) y = nn.functional.one_hot(y.select(1, 0).to(int64), classes).to(float64);
        var (mean, scale) = (centred.mean([0]), Deviations(centred, widths.ToArray()));
        if (widths.Length > 1) scale *= tensor(Shares(widths.ToArray()));
        var intercept = y.mean([0]);
        centred.sub_(mean).div_(scale);
        var aim = y - intercept;
        (double Error, double Penalty, double Sure) best = (double.PositiveInfinity, penalties[^1], 1);
        var byRows = features.Rows <= features.Columns;
        var (squares, vectors) = linalg.eigh(byRows ? centred.matmul(centred.transpose(0, 1)) : centred.transpose(0, 1).matmul(centred));
        squares = squares.clamp(min: 0);                    // of directions that are not there rounding leaves a little below 0
        var rotated = byRows ? vectors * squares.sqrt() : centred.matmul(vectors);                // (rows, directions): the features, turned so that no two go together
        if (!byRows) centred.Dispose();
        var (projected, lengths) = (rotated.transpose(0, 1).matmul(aim), rotated * rotated);
        foreach (var factor in penalties)
        {
            using var step = NewDisposeScope();
            var penalty = factor * features.Columns;
            var shrunk = (1 / (squares + penalty)).unsqueeze(1);
            var fitted = rotated.matmul(shrunk * projected);
            var leverage = lengths.matmul(shrunk) + 1.0 / features.Rows;
            var left = aim - (aim - fitted) / (1 - leverage).clamp(1e-6) + intercept;
            if (kind != OutputKind.Probabilities) Consider((left - y).pow(2).mean().item<double>(), penalty, 1);
            else
                foreach (var sure in sureness)
                    Consider(-(classes > 0 ? (y * nn.functional.log_softmax(left * sure, 1)).sum(1) : Likelihood(Odds(left, sure), y)).mean().item<double>(), penalty, sure);
        }
        var chosen = (1 / (squares + best.Penalty)).unsqueeze(1);
        var weights = byRows ? centred.transpose(0, 1).matmul(vectors.matmul(chosen * vectors.transpose(0, 1).matmul(aim))) : vectors.matmul(chosen * projected);
        return new()
        {
            Task = answers.Task, Mean = Floats(mean), Scale = Floats(scale), Weights = Floats(weights), Intercept = Floats(intercept), Sureness = best.Sure, Penalty = best.Penalty,
        };

        void Consider(double error, double penalty, double sure)
        {
            if (error < best.Error) best = (error, penalty, sure);
        }
    }

    static Tensor Doubles(Matrix features)
    {
        using var singles = tensor(features.Values.ToArray(), [features.Rows, features.Columns]);
        return singles.to(float64);
    }

    /// <returns>Of each feature the standard deviation, but never less than a hundredth of what is usual in its part: what hardly ever varied says nothing of the picture in which it does.</returns>
    static Tensor Deviations(Tensor x, int[] widths)
    {
        var deviations = x.std(0, unbiased: false);
        long[] parts = widths.Length > 1 ? [.. widths.Select(width => (long)width)] : [x.shape[1]];
        var usual = cat([.. deviations.split(parts).Select(part => (part.mean() / 100).expand(part.shape))]);
        return deviations.maximum(usual) + 1e-6;
    }

    /// <returns>For each feature what its deviation is multiplied by, so that the parts' variances are equal and their sum is what it was.</returns>
    static double[] Shares(int[] widths) => [.. widths.SelectMany(width => Enumerable.Repeat(Math.Sqrt(width / widths.Average()), width))];

    public Predictions Predict(Matrix features)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        var outputs = Intercept.Length;
        var kind = Kind(Task);
        if (features.Rows == 0) return new(kind, new(Array.Empty<float>(), outputs));
        var scores = Scores(tensor(features.Values.ToArray(), [features.Rows, features.Columns]));
        if (Task == TaskKind.Multiclass) scores = nn.functional.softmax(scores * Sureness, 1);
        else if (kind == OutputKind.Probabilities) scores = Odds(scores, Sureness).sigmoid();
        return new(kind, new(scores.contiguous().data<float>().ToArray(), outputs));
    }

    static OutputKind Kind(TaskKind task) => task is TaskKind.Multiclass or TaskKind.Binary or TaskKind.Multilabel ? OutputKind.Probabilities : OutputKind.Values;

    /// <returns>The log odds of yes: as a softmax of the score and of what is missing to 1 says them.</returns>
    static Tensor Odds(Tensor scores, double sure) => (2 * scores - 1) * sure;

    static Tensor Likelihood(Tensor odds, Tensor yes) => yes * nn.functional.logsigmoid(odds) + (1 - yes) * nn.functional.logsigmoid(-odds);

    /// <param name="features">(rows, features).</param>
    /// <returns>(rows, outputs): of classes before the softmax.</returns>
    public Tensor Scores(Tensor features)
    {
        using var scope = NewDisposeScope();
        Tensor Here(float[] values, params long[] shape) => tensor(values, shape, device: features.device);
        var x = (features - Here(Mean, Mean.Length)) / Here(Scale, Scale.Length);
        return (x.matmul(Here(Weights, Mean.Length, Intercept.Length)) + Here(Intercept, Intercept.Length)).MoveToOuterDisposeScope();
    }

    /// <param name="last">(rows, features) of the last part; the others are taken as they are in the mean.</param>
    public Tensor ScoresOfLast(Tensor last)
    {
        using var scope = NewDisposeScope();
        var others = tensor(Mean.AsSpan(0, Mean.Length - (int)last.shape[1]).ToArray(), device: last.device).unsqueeze(0).expand(last.shape[0], -1);
        // What speaks for no as much as for yes lies in the middle of 0 and 1.
        return (Scores(cat([others, last], 1)) - (Task == TaskKind.Binary ? 0.5 : 0)).MoveToOuterDisposeScope();
    }

    public void Save(string folder) => ModelFile.Write(folder, StateFile, this);

    /// <exception cref="InputException">The folder holds no such model.</exception>
    public static RidgeProbe Load(string folder) => ModelFile.Read<RidgeProbe>(folder, StateFile);

    static float[] Floats(Tensor x) => x.to(float32).contiguous().data<float>().ToArray();
}
