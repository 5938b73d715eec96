using System.Buffers.Text;
using System.Text;

namespace Kaggle.Baselines.Boosting;

/// <summary>LightGBM's own description of a booster, read: the objective, and each tree as arrays.</summary>
/// <remarks>The format is LightGBM's model file, version 4: lines of name=value, a header first and then one section for each tree.</remarks>
sealed class BoosterText
{
    BoosterText(Section header, IReadOnlyList<Section> trees) => (Header, Trees) = (header, trees);

    public Section Header { get; }

    /// <summary>In the order grown; of several classes the first tree of each, then the second of each.</summary>
    public IReadOnlyList<Section> Trees { get; }

    /// <param name="text">UTF-8, as <see cref="Booster.ToText"/> gives it.</param>
    public static BoosterText Read(ReadOnlySpan<byte> text)
    {
        var header = new Section();
        var trees = new List<Section>();
        var section = header;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.SequenceEqual("end of trees"u8)) break;
            if (line.StartsWith("Tree="u8)) trees.Add(section = new Section());
            else section.Add(line);
        }
        return new(header, trees);
    }

    /// <summary>Names and their values, each value still as text.</summary>
    public sealed class Section
    {
        readonly Dictionary<string, byte[]> values = [];

        public void Add(ReadOnlySpan<byte> line)
        {
            var equals = line.IndexOf((byte)'=');
            values[Encoding.UTF8.GetString(equals < 0 ? line : line[..equals])] = equals < 0 ? [] : line[(equals + 1)..].ToArray();
        }

        /// <summary>Whether the name stands there, with a value or alone on its line.</summary>
        public bool Has(string name) => values.ContainsKey(name);

        /// <returns>The words of the value; none if the name is not there.</returns>
        public string[] Words(string name) =>
            values.TryGetValue(name, out var value) ? Encoding.UTF8.GetString(value).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];

        public int Integer(string name) => Integers(name)[0];

        /// <returns>Empty if the name is not there.</returns>
        public int[] Integers(string name) => [.. Numbers(name).Select(number => (int)number)];

        /// <returns>Empty if the name is not there.</returns>
        /// <exception cref="FormatException">A word is no number.</exception>
        public double[] Numbers(string name)
        {
            var numbers = new List<double>();
            ReadOnlySpan<byte> rest = values.GetValueOrDefault(name) ?? [];
            for (rest = rest.TrimStart((byte)' '); rest.Length > 0; rest = rest.TrimStart((byte)' '))
            {
                numbers.Add(Number(name, rest, out var read));
                rest = rest[read..];
            }
            return [.. numbers];
        }

        static double Number(string name, ReadOnlySpan<byte> text, out int read)
        {
            if (Utf8Parser.TryParse(text, out double number, out read)) return number;
            (number, read) = text.StartsWith("inf"u8) ? (double.PositiveInfinity, 3)
                : text.StartsWith("-inf"u8) ? (double.NegativeInfinity, 4)
                : throw new FormatException($"LightGBM's model: '{name}' holds something that is no number.");
            return number;
        }
    }
}
