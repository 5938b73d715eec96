using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kaggle.Deep.Tabular;

/// <summary>Widths of layers as a setting: written as a collection expression, equal when the numbers are.</summary>
[CollectionBuilder(typeof(LayerWidths), nameof(Of)), JsonConverter(typeof(AsArray))]
public sealed class LayerWidths : IReadOnlyList<int>, IEquatable<LayerWidths>
{
    readonly int[] widths;

    LayerWidths(int[] widths) => this.widths = widths;

    public static LayerWidths Of(ReadOnlySpan<int> widths) => new(widths.ToArray());

    public int this[int index] => widths[index];

    public int Count => widths.Length;

    public bool Equals(LayerWidths? other) => other is not null && widths.AsSpan().SequenceEqual(other.widths);

    public override bool Equals(object? other) => Equals(other as LayerWidths);

    public override int GetHashCode() => widths.Aggregate(widths.Length, HashCode.Combine);

    public override string ToString() => string.Join(", ", widths);

    public IEnumerator<int> GetEnumerator() => widths.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    sealed class AsArray : JsonConverter<LayerWidths>
    {
        public override LayerWidths Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(JsonSerializer.Deserialize<int[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, LayerWidths value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.widths, options);
    }
}
