using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using static TorchSharp.torch;

namespace Kaggle.Deep.Tabular;

/// <summary>Tables to tensors: fitted on training rows, kept with the model as JSON.</summary>
/// <remarks>
/// Numbers: missing → the training median, plus a 0/1 input where training rows had gaps; dates: their parts; then scaled.
/// Categories with few levels become 0/1 inputs, the others codes: 0 is missing or never seen, 1 … the levels of the training rows.
/// </remarks>
/// <param name="Columns">What is read of the table.</param>
/// <param name="Encoder">Makes them numbers.</param>
/// <param name="Numbers">Number inputs in order.</param>
/// <param name="Indicators">0/1 inputs that follow them.</param>
/// <param name="Categories">Code inputs, and how many codes each has, the 0 included.</param>
public sealed record TableEncoding(
    ImmutableArray<string> Columns,
    IFittedEncoder Encoder,
    ImmutableArray<string> Numbers,
    ImmutableArray<string> Indicators,
    ImmutableArray<CategoryInput> Categories)
{
    public const ColumnKind Uses = ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    /// <summary>How many number inputs the network has; a table without any gives one constant.</summary>
    public int Width => Math.Max(1, Numbers.Length + Indicators.Length);

    public IReadOnlyList<int> Levels => [.. Categories.Select(c => c.Codes)];

    /// <param name="train">Rows to fit on.</param>
    /// <param name="scale">How numbers are scaled, given the columns to scale.</param>
    /// <param name="oneHotUpTo">Categories with at most so many levels become 0/1 inputs; 0: none.</param>
    /// <param name="scaleIndicators">Whether the 0/1 inputs are scaled too.</param>
    /// <param name="seed">For scalers that draw.</param>
    public static (TableEncoding Encoding, Dataset Encoded) Fit(Dataset train, Func<NameList, IEncoder> scale, int oneHotUpTo, int seed, bool scaleIndicators = false)
    {
        var columns = train.Columns.Where(c => (c.Kind & Uses) != 0).Select(c => c.Name).ToImmutableArray();
        var steps = new List<IFittedEncoder>();
        var rows = Step(new DateParts(), Read(train, columns));
        var numbers = NumberNames(rows);
        rows = Step(new FillMissing(), rows);
        var narrow = rows.Columns.OfType<CategoryColumn>().Where(c => oneHotUpTo > 0 && Seen(c) <= oneHotUpTo).Select(c => c.Name).ToArray();
        var wide = rows.Columns.OfType<CategoryColumn>().Select(c => c.Name).Except(narrow).ToArray();
        if (narrow.Length > 0) rows = Step(new OneHot { Columns = [.. narrow] }, rows);
        var indicators = NumberNames(rows).Except(numbers).ToImmutableArray();
        if (wide.Length > 0) rows = Step(new OrdinalCodes { Columns = [.. wide], Unseen = -1 }, rows);
        if (numbers.Length > 0 || (scaleIndicators && indicators.Length > 0)) rows = Step(scale([.. numbers, .. scaleIndicators ? indicators : []]), rows);
        var categories = wide.Select(name => new CategoryInput(name, 2 + (int)Largest(rows.Number(name).Span))).ToImmutableArray();
        return (new(columns, new FittedPipeline(steps), numbers, indicators, categories), rows);

        Dataset Step(IEncoder step, Dataset from)
        {
            var encoded = step.Fit(from, seed);
            steps.Add(encoded.Encoder);
            return encoded.Train;
        }
    }

    /// <returns>(rows, <see cref="Width"/>) float32 and (rows, categories) int64, on the device; the caller owns them.</returns>
    /// <exception cref="InputException">A column that was learned from is absent.</exception>
    public Tensor[] Encode(Dataset rows, Device device) => Tensors(Encoder.Transform(Read(rows, Columns)), device);

    /// <param name="encoded">What the encoder made of rows.</param>
    /// <param name="device">Where the tensors will lie.</param>
    public Tensor[] Tensors(Dataset encoded, Device device)
    {
        using var scope = NewDisposeScope();
        var numbers = new float[encoded.Rows * (long)Width];
        var at = 0;
        foreach (var name in Numbers.Concat(Indicators)) Spread(encoded.Number(name).Span, numbers, at++, Width, x => x);
        var codes = new long[encoded.Rows * (long)Categories.Length];
        for (var i = 0; i < Categories.Length; i++)
            Spread(encoded.Number(Categories[i].Column).Span, codes, i, Categories.Length, x => x >= 0 ? (long)x + 1 : 0);
        return
        [
            tensor(numbers, [encoded.Rows, Width], device: device).DetachFromDisposeScope(),
            tensor(codes, [encoded.Rows, Categories.Length], device: device).DetachFromDisposeScope(),
        ];
    }

    static Dataset Read(Dataset rows, ImmutableArray<string> columns) => new(columns.Select(name => rows[name]), rows: rows.Rows);

    static ImmutableArray<string> NumberNames(Dataset rows) => [.. rows.Columns.OfType<NumberColumn>().Select(c => c.Name)];

    static int Seen(CategoryColumn column) => column.Codes.ToArray().Where(c => c >= 0).Distinct().Count();

    static float Largest(ReadOnlySpan<float> codes)
    {
        var largest = -1f;
        foreach (var code in codes) largest = code > largest ? code : largest;
        return largest;
    }

    static void Spread<T>(ReadOnlySpan<float> column, T[] into, int at, int width, Func<float, T> convert)
    {
        for (long row = 0, i = at; row < column.Length; row++, i += width) into[i] = convert(column[(int)row]);
    }
}

/// <param name="Column">Its name.</param>
/// <param name="Codes">How many codes: 0 is missing or never seen, then the levels of the training rows.</param>
public sealed record CategoryInput(string Column, int Codes);
