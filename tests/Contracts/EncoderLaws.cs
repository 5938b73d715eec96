using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;

namespace Kaggle.Tests.Contracts;

/// <summary>What every encoder keeps to; a line in <see cref="Registry"/> adds one.</summary>
public class EncoderLaws
{
    static readonly Dictionary<string, IEncoder> Registry = new()
    {
        ["fill missing by median"] = new FillMissing(),
        ["fill missing by mean"] = new FillMissing { With = FillValue.Mean, Indicator = false },
        ["one hot"] = new OneHot(),
        ["one hot with rare levels"] = new OneHot { MinCount = 4, MaxLevels = 3 },
        ["ordinal codes"] = new OrdinalCodes(),
        ["frequency"] = new Frequency(),
        ["frequency beside"] = new Frequency { Keep = true },
        ["target mean"] = new TargetMean(),
        ["target mean with 10 rows"] = new TargetMean { Smoothing = 10, Keep = true },
        ["group outcome"] = new GroupOutcome("city"),
        ["standardise"] = new Standardise(),
        ["robust scale"] = new RobustScale(),
        ["quantile normal"] = new QuantileNormal(),
        ["quantile normal with noise"] = new QuantileNormal { Noise = 1e-3 },
        ["rare levels"] = new RareLevels { MinCount = 5 },
        ["date parts"] = new DateParts(),
        ["log of skewed"] = new LogOfSkewed(),
        ["pipeline"] = new Pipeline([new DateParts(), new FillMissing(), new RobustScale(), new TargetMean(), new Standardise()]),
    };

    static readonly Dictionary<string, Action<IEncoder>> Laws = new()
    {
        ["fitting leaves the training rows as they were"] = encoder =>
        {
            var train = Some.Table(60);
            encoder.Fit(train, 1);
            Same(Some.Table(60), train);
        },
        ["rows that are not trained on change nothing"] = encoder =>
        {
            int[] first = [.. Enumerable.Range(0, 60)];
            var one = encoder.Fit(Some.Table(90).Take(first), 1);
            var other = encoder.Fit(Some.Table(90, spoilAfter: 60).Take(first), 1);
            Same(one.Train, other.Train);
            Same(one.Encoder.Transform(Some.Later), other.Encoder.Transform(Some.Later));
        },
        ["the same seed gives the same"] = encoder =>
        {
            var (one, other) = (encoder.Fit(Some.Table(60), 7), encoder.Fit(Some.Table(60), 7));
            Same(one.Train, other.Train);
            Assert.Equal(EncoderJson.Write(one.Encoder), EncoderJson.Write(other.Encoder));
        },
        ["training rows and later rows get the same columns"] = encoder =>
        {
            var encoded = encoder.Fit(Some.Table(60), 1);
            Assert.Equal(Kinds(encoded.Train), Kinds(encoded.Encoder.Transform(Some.Later)));
        },
        ["unseen levels, infinities and missing values are no error"] = encoder =>
            Assert.Equal(Some.Later.Rows, encoder.Fit(Some.Table(60), 1).Encoder.Transform(Some.Later).Rows),
        ["columns without any value are no error"] = encoder =>
        {
            var encoded = encoder.Fit(Some.Empty(20), 1);
            Assert.Equal(20, encoded.Train.Rows);
            Assert.Equal(Some.Later.Rows, encoded.Encoder.Transform(Some.Later).Rows);
        },
        ["one row is enough"] = encoder =>
        {
            var encoded = encoder.Fit(Some.Table(1), 1);
            Assert.Equal(1, encoded.Train.Rows);
            Assert.Equal(Some.Later.Rows, encoded.Encoder.Transform(Some.Later).Rows);
        },
        ["no rows can be encoded"] = encoder =>
            Assert.Equal(0, encoder.Fit(Some.Table(60), 1).Encoder.Transform(Some.Later.Take([])).Rows),
        ["a row is encoded alone as it is in a table"] = encoder =>
        {
            var fitted = encoder.Fit(Some.Table(60), 1).Encoder;
            Same(fitted.Transform(Some.Later).Take([2]), fitted.Transform(Some.Later.Take([2])));
        },
        ["a view is encoded as a table of its own"] = encoder =>
        {
            int[] rows = [.. Enumerable.Range(0, 40).Select(i => i * 7 % 60)];
            var view = Some.Table(60).Take(rows);
            Same(encoder.Fit(view, 1).Train, encoder.Fit(view.WithColumns(view.Columns.Select(c => view[c.Name])), 1).Train);
        },
        ["levels in another order mean the same"] = encoder =>
        {
            var fitted = encoder.Fit(Some.Table(60), 1).Encoder;
            var city = (CategoryColumn)Some.Later["city"];
            var turned = new CategoryColumn("city",
                city.Codes.ToArray().Select(c => c < 0 ? c : city.Levels.Length - 1 - c).ToArray(), [.. city.Levels.Reverse()]);
            Same(fitted.Transform(Some.Later), fitted.Transform(Some.Later.WithColumns(Some.Later.Columns.Select(c => c.Name == "city" ? turned : c))));
        },
        ["what is written as JSON encodes the same when read"] = encoder =>
        {
            var fitted = encoder.Fit(Some.Table(60), 1).Encoder;
            var read = EncoderJson.Read(EncoderJson.Write(fitted));
            Same(fitted.Transform(Some.Later), read.Transform(Some.Later));
            Assert.Equal(EncoderJson.Write(fitted), EncoderJson.Write(read));
        },
        ["a random level's encoding says nothing of its training rows' answers"] = encoder =>
        {
            var random = new Random(5);
            var levels = Enumerable.Range(0, 500).Select(i => $"level {i}").ToImmutableArray();
            const int rows = 2000;
            var answers = Enumerable.Range(0, rows).Select(_ => (float)random.Next(2)).ToArray();
            var train = new Dataset(
                [new CategoryColumn("city", Enumerable.Range(0, rows).Select(_ => random.Next(500)).ToArray(), levels)],
                new(Target.Binary("y"), new(answers, 1), ["0", "1"]));
            if (encoder is Pipeline or OneHot) return;        // columns by name, and one column a level
            foreach (var column in encoder.Fit(train, 1).Train.Columns.OfType<NumberColumn>())
                Assert.InRange(Math.Abs(Correlation(column.Values.Span, answers)), 0, 0.08);
        },
    };

    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        from law in Laws.Keys
        from encoder in Registry.Keys
        select new TheoryDataRow<string, string>(law, encoder);

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string encoder) => Laws[law](Registry[encoder]);

    static IEnumerable<(string, ColumnKind)> Kinds(Dataset table) => table.Columns.Select(c => (c.Name, c.Kind));

    static double Correlation(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double meanX = 0, meanY = 0, xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Length; i++) (meanX, meanY) = (meanX + x[i] / x.Length, meanY + y[i] / y.Length);
        for (var i = 0; i < x.Length; i++)
        {
            var (a, b) = (x[i] - meanX, y[i] - meanY);
            (xy, xx, yy) = (xy + a * b, xx + a * a, yy + b * b);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.Sqrt(xx * yy);
    }

    /// <summary>Equal in names, kinds and every bit of every row.</summary>
    static void Same(Dataset expected, Dataset found)
    {
        Assert.Equal(Kinds(expected), Kinds(found));
        foreach (var name in expected.Columns.Select(c => c.Name)) Assert.Equal(Cells(expected[name]), Cells(found[name]));
    }

    static IEnumerable<object?> Cells(Column column) => column switch
    {
        NumberColumn numbers => numbers.Values.ToArray().Select(x => (object)BitConverter.SingleToInt32Bits(x)),
        CategoryColumn categories => categories.Codes.ToArray().Select(c => c < 0 ? null : (object)categories.Levels[c]),
        DateColumn dates => dates.Ticks.ToArray().Select(t => (object)t),
        _ => ((TextColumn)column).Texts.ToArray(),
    };

    /// <summary>Tables with every kind of column and of gap.</summary>
    static class Some
    {
        static readonly ImmutableArray<string> Cities = ["Rome", "Bern", "Oslo", "Kiev", "Riga", "Linz"];

        /// <summary>Four rows: ordinary, all missing, extreme with a level never seen, ordinary again.</summary>
        public static Dataset Later { get; } = new(
        [
            new NumberColumn("size", new[] { 3f, float.NaN, float.PositiveInfinity, 1e9f }),
            new NumberColumn("flat", new[] { 5f, float.NaN, -7f, 5f }),
            new CategoryColumn("city", new[] { 0, -1, 6, 2 }, [.. Cities, "Atlantis"]),
            new DateColumn("sold", new[] { new DateTime(2024, 5, 5).Ticks, DateColumn.Missing, new DateTime(1950, 1, 1).Ticks, new DateTime(2031, 12, 31).Ticks }),
            new TextColumn("note", new[] { "a", null, "", "b" }),
        ]);

        /// <param name="rows">The same first rows for any number of rows.</param>
        /// <param name="spoilAfter">Other values from this row on.</param>
        public static Dataset Table(int rows, int spoilAfter = int.MaxValue)
        {
            var random = new Random(3);
            var (size, city, sold, note, price) = (new float[rows], new int[rows], new long[rows], new string?[rows], new float[rows]);
            for (var i = 0; i < rows; i++)
            {
                var spoiled = i >= spoilAfter;
                size[i] = random.Next(6) == 0 ? float.NaN : MathF.Exp(4 * random.NextSingle()) + (spoiled ? 1e6f : 0);
                city[i] = random.Next(8) == 0 ? -1 : spoiled ? 5 : random.Next(5);
                sold[i] = random.Next(9) == 0 ? DateColumn.Missing : new DateTime(2024, 1, 1).AddHours(random.Next(9000)).AddYears(spoiled ? 9 : 0).Ticks;
                note[i] = random.Next(3) == 0 ? null : $"row {i}";
                price[i] = city[i] + random.NextSingle() + (spoiled ? 1e5f : 0);
            }
            return new(
            [
                new NumberColumn("size", size), new NumberColumn("flat", Enumerable.Repeat(5f, rows).ToArray()),
                new CategoryColumn("city", city, Cities), new DateColumn("sold", sold), new TextColumn("note", note),
            ], new(Target.Number("price"), new(price, 1)));
        }

        public static Dataset Empty(int rows) => new(
        [
            new NumberColumn("size", Enumerable.Repeat(float.NaN, rows).ToArray()), new NumberColumn("flat", Enumerable.Repeat(float.NaN, rows).ToArray()),
            new CategoryColumn("city", Enumerable.Repeat(-1, rows).ToArray(), []), new DateColumn("sold", Enumerable.Repeat(DateColumn.Missing, rows).ToArray()),
            new TextColumn("note", new string?[rows]),
        ], new(Target.Number("price"), new(Enumerable.Range(0, rows).Select(i => (float)i).ToArray(), 1)));
    }
}
