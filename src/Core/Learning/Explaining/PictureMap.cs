using Kaggle.Core.Data;
using MathNet.Numerics.LinearAlgebra;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>Pictures that a model has not learned from, laid out so that those stand near each other that look alike to it.</summary>
/// <param name="Shares">Of all the variance, what lies along each of the two directions.</param>
/// <param name="Points">One a picture.</param>
/// <param name="OfAllFolds">Whether every fold's pictures are there; else the first fold's alone.</param>
public sealed record PictureMap(IReadOnlyList<double> Shares, IReadOnlyList<PlacedPicture> Points, bool OfAllFolds = false)
{
    const int MostRows = 600;

    /// <param name="folds">Of one learner. What models of different folds see can be laid out together only where they see the same: on frozen features.</param>
    /// <param name="seed">Which of many pictures.</param>
    /// <returns>Null when the models cannot say, or with fewer than three pictures.</returns>
    /// <remarks>The first two principal components of the standardised features, by the eigenvectors of the rows' products.</remarks>
    public static PictureMap? Of(IReadOnlyList<ExplainedFold> folds, int seed)
    {
        if (folds.Count == 0 || folds[0].Model is not ISeesPictures model) return null;
        var alike = folds.Count > 1 && folds[1].Model is ISeesPictures other && SeesTheSame(model, other, folds[0].Validation);
        var parts = (alike ? folds : [folds[0]]).Select(f => f.Validation).Where(v => v.Rows > 0).ToArray();
        var all = parts.Sum(p => p.Rows);
        var each = parts.Select(p => p.Take(Sampling.Of(p.Rows, (int)Math.Ceiling((double)MostRows * p.Rows / Math.Max(1, all)), seed))).ToArray();
        if (each.Sum(rows => rows.Rows) < 3) return null;
        var found = Of(Stacked([.. each.Select(model.Seen)]), [.. each.SelectMany(rows => rows.Answers.Truth.Column(0).ToArray())]);
        return found is null ? null : found with { OfAllFolds = alike };
    }

    static bool SeesTheSame(ISeesPictures model, ISeesPictures other, Dataset rows)
    {
        var few = rows.Take(..Math.Min(3, rows.Rows));
        return model.Seen(few).Values.Span.SequenceEqual(other.Seen(few).Values.Span);
    }

    static Matrix Stacked(Matrix[] parts) => new(parts.SelectMany(p => p.Values.ToArray()).ToArray(), parts[0].Columns);

    static PictureMap? Of(Matrix seen, float[] truth)
    {
        var features = Standardised(seen);
        var products = features.TransposeAndMultiply(features);                              // (rows, rows)
        var eigen = products.Evd(Symmetricity.Symmetric);
        var all = products.Trace();
        if (!(all > 0)) return null;
        int[] largest = [.. Enumerable.Range(0, seen.Rows).OrderByDescending(i => eigen.EigenValues[i].Real).Take(2)];
        double At(int row, int direction) => eigen.EigenVectors[row, largest[direction]] * Math.Sqrt(Math.Max(0, eigen.EigenValues[largest[direction]].Real));
        return new([.. largest.Select(i => eigen.EigenValues[i].Real / all)],
            [.. Enumerable.Range(0, seen.Rows).Select(row => new PlacedPicture(At(row, 0), At(row, 1), truth[row]))]);
    }

    static Matrix<double> Standardised(Matrix features)
    {
        var x = Matrix<double>.Build.Dense(features.Rows, features.Columns, (row, column) => features[row, column]);
        for (var column = 0; column < x.ColumnCount; column++)
        {
            var values = x.Column(column);
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            x.SetColumn(column, deviation > 1e-9 ? (values - mean) / deviation : values * 0);
        }
        return x;
    }
}

/// <param name="Truth">The answer: of classes the code.</param>
public sealed record PlacedPicture(double X, double Y, double Truth);
