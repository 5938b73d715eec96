using System.Globalization;

namespace Kaggle.Core.Data;

/// <summary>Numbers, integers or booleans; NaN is missing. Integers are exact up to 2⁵³.</summary>
public sealed class NumberValues(string name, ValueKind values, ReadOnlyMemory<double> numbers) : TableColumn(name, values, numbers.Length)
{
    public ReadOnlyMemory<double> Numbers { get; } = numbers;

    public override bool IsMissing(int row) => double.IsNaN(Numbers.Span[row]);

    public override string? TextAt(int row) => Numbers.Span[row] is var number && double.IsNaN(number) ? null
        : Values == ValueKind.Boolean ? number != 0 ? "true" : "false"
        : number.ToString(CultureInfo.InvariantCulture);

    public override TableColumn Take(ReadOnlySpan<int> rows) => new NumberValues(Name, Values, Gather(Numbers.Span, rows));

    public override TableColumn Named(string name) => new NumberValues(name, Values, Numbers);

    public override Column ToColumn()
    {
        var from = Numbers.Span;
        var floats = new float[from.Length];
        for (var i = 0; i < floats.Length; i++)
            floats[i] = double.IsInfinity(from[i]) ? float.NaN : (float)Math.Clamp(from[i], float.MinValue, float.MaxValue);
        return new NumberColumn(Name, floats);
    }

    /// <returns>The least and the greatest finite value; null when there is none.</returns>
    public (double Least, double Greatest)? Range()
    {
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var number in Numbers.Span)
            if (double.IsFinite(number)) (least, greatest) = (Math.Min(least, number), Math.Max(greatest, number));
        return least <= greatest ? (least, greatest) : null;
    }
}
