using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kaggle.Deep.Tabular;

/// <summary>Widths of layers as a setting: written as a collection expression, equal when the numbers are.</summary>
[CollectionBuilder(typeof(Widths), nameof(Of)), JsonConverter(typeof(AsArray))]
public sealed class Widths : IReadOnlyList<int>, IEquatable<Widths>
{
    readonly int[] widths;

    Widths(int[] widths) => this.widths = widths;

    public static Widths Of(ReadOnlySpan<int> widths) => new(widths.ToArray());

    public int this[int index] => widths[index];

    public int Count => widths.Length;

    public bool Equals(Widths? other) => other is not null && widths.AsSpan().SequenceEqual(other.widths);

    public override bool Equals(object? other) => Equals(other as Widths);

    public override int GetHashCode() => widths.Aggregate(widths.Length, HashCode.Combine);

    public override string ToString() => string.Join(", ", widths);

    public IEnumerator<int> GetEnumerator() => widths.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    sealed class AsArray : JsonConverter<Widths>
    {
        public override Widths Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(JsonSerializer.Deserialize<int[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, Widths value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.widths, options);
    }
}
