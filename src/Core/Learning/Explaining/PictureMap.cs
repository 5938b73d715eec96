using Kaggle.Core.Data;
using MathNet.Numerics.LinearAlgebra;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>The pictures that one fold judged, laid out so that those stand near each other that look alike to its model.</summary>
/// <param name="Shares">Of all the variance, what lies along each of the two directions.</param>
/// <param name="Points">One a picture.</param>
public sealed record PictureMap(IReadOnlyList<double> Shares, IReadOnlyList<PlacedPicture> Points)
{
    const int MostRows = 600;

    /// <param name="fold">Its model is asked.</param>
    /// <param name="seed">Which of many pictures.</param>
    /// <returns>Null when the model cannot say, or with fewer than three pictures.</returns>
    /// <remarks>The first two principal components of the standardised features, by the eigenvectors of the rows' products.</remarks>
    public static PictureMap? Of(ExplainedFold fold, int seed)
    {
        if (fold.Model is not ISeesPictures model) return null;
        var rows = fold.Validation.Take(Sampling.Of(fold.Validation.Rows, MostRows, seed));
        if (rows.Rows < 3) return null;
        var features = Standardised(model.Seen(rows));
        var products = features.TransposeAndMultiply(features);                              // (rows, rows)
        var eigen = products.Evd(Symmetricity.Symmetric);
        var all = products.Trace();
        if (!(all > 0)) return null;
        int[] largest = [.. Enumerable.Range(0, rows.Rows).OrderByDescending(i => eigen.EigenValues[i].Real).Take(2)];
        double At(int row, int direction) => eigen.EigenVectors[row, largest[direction]] * Math.Sqrt(Math.Max(0, eigen.EigenValues[largest[direction]].Real));
        return new([.. largest.Select(i => eigen.EigenValues[i].Real / all)],
            [.. Enumerable.Range(0, rows.Rows).Select(row => new PlacedPicture(At(row, 0), At(row, 1), rows.Answers.Truth[row, 0]))]);
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
