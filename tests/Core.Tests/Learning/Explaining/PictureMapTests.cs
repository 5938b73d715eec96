using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Learning.Explaining;

public class PictureMapTests
{
    sealed class Seeing(Matrix features) : ISeesPictures
    {
        public FitRecord Record => FitRecord.Nothing;

        public Matrix Seen(Dataset rows) => features.Take(rows.RowIndex);

        public IReadOnlyList<byte[]?> Looks(Dataset rows) => [];

        public Predictions Predict(Dataset rows) => throw new NotSupportedException();

        public void Save(string folder) { }

        public void Dispose() { }
    }

    static PictureMap? Of(float[] features, int columns)
    {
        var rows = features.Length / columns;
        var dataset = new Dataset([], new(Target.Number("y"), new(Enumerable.Range(0, rows).Select(i => (float)i).ToArray(), 1)), rows: rows);
        int[] all = [.. Enumerable.Range(0, rows)];
        return PictureMap.Of([new(new Fold(0, [], all), new Seeing(new(features, columns)), dataset.Take(all))], 1);
    }

    [Fact]
    public void It_is_the_first_two_principal_components()
    {
        // scikit-learn 1.2: PCA(2).fit_transform(StandardScaler().fit_transform(x)), and explained_variance_ratio_; a direction's sign is free.
        float[] x = [1, 2, 0, 2, 1, 3, 4, 4, 1, 3, 6, 2, 7, 7, 0, 6, 9, 5];
        double[][] wanted = [[-1.9188, 0.3091], [-1.2479, -1.1107], [-0.3216, 0.4219], [0.0650, -0.1807], [1.1110, 1.6160], [2.3124, -1.0556]];

        var map = Of(x, 3)!;

        for (var direction = 0; direction < 2; direction++)
        {
            double At(int i) => direction == 0 ? map.Points[i].X : map.Points[i].Y;
            var sign = Math.Sign(At(0) * wanted[0][direction]);
            for (var i = 0; i < 6; i++) Assert.Equal(wanted[i][direction], sign * At(i), 1e-3);
        }
        Assert.Equal([0.6627, 0.2925], map.Shares.Select(s => Math.Round(s, 4)));
        Assert.Equal(3, map.Points[3].Truth);
    }

    [Fact]
    public void Features_that_never_change_and_few_pictures_give_none()
    {
        Assert.Null(Of([1, 1, 1, 1], 1));
        Assert.Null(Of([1, 2], 1));
    }

    [Theory]
    [InlineData(1, true, new[] { 0f, 1, 2, 3, 4, 5 })]
    [InlineData(2, false, new[] { 0f, 1, 2 })]
    public void Folds_whose_models_see_the_same_share_a_map_and_others_show_the_first(int scale, bool all, float[] truths)
    {
        float[] x = [1, 2, 2, 1, 4, 4, 3, 6, 7, 7, 6, 9];
        var dataset = new Dataset([], new(Target.Number("y"), new(new float[] { 0, 1, 2, 3, 4, 5 }, 1)), rows: 6);
        ExplainedFold Fold(int number, int scale, params int[] rows) =>
            new(new Fold(number, [], rows), new Seeing(new(Array.ConvertAll(x, v => v * scale), 2)), dataset.Take(rows));

        var map = PictureMap.Of([Fold(0, 1, 0, 1, 2), Fold(1, scale, 3, 4, 5)], 1)!;

        Assert.Equal(all, map.OfAllFolds);
        Assert.Equal(truths, map.Points.Select(p => (float)p.Truth));
    }
}
