using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kaggle.Core.Encoding;

/// <summary>Column names as a setting: written as a collection expression, equal when the names are.</summary>
[CollectionBuilder(typeof(NameList), nameof(Of)), JsonConverter(typeof(AsArray))]
public sealed class NameList : IReadOnlyList<string>, IEquatable<NameList>
{
    readonly string[] names;

    NameList(string[] names) => this.names = names;

    public static NameList Of(ReadOnlySpan<string> names) => new(names.ToArray());

    public string this[int index] => names[index];

    public int Count => names.Length;

    public bool Equals(NameList? other) => other is not null && names.AsSpan().SequenceEqual(other.names);

    public override bool Equals(object? other) => Equals(other as NameList);

    public override int GetHashCode() => names.Aggregate(names.Length, HashCode.Combine);

    public override string ToString() => string.Join(", ", names);

    public IEnumerator<string> GetEnumerator() => names.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    sealed class AsArray : JsonConverter<NameList>
    {
        public override NameList Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<string[]>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, NameList value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.names, options);
    }
}
