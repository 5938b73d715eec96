using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Objectives;

/// <summary>Numbers as a setting: written as a collection expression, equal when the numbers are.</summary>
[CollectionBuilder(typeof(NumberList), nameof(Of)), JsonConverter(typeof(AsArray))]
public sealed class NumberList : IReadOnlyList<double>, IEquatable<NumberList>
{
    readonly double[] numbers;

    NumberList(double[] numbers) => this.numbers = numbers;

    public static NumberList Of(ReadOnlySpan<double> numbers) => new(numbers.ToArray());

    public double this[int index] => numbers[index];

    public int Count => numbers.Length;

    public bool Equals(NumberList? other) => other is not null && numbers.AsSpan().SequenceEqual(other.numbers);

    public override bool Equals(object? other) => Equals(other as NumberList);

    public override int GetHashCode() => numbers.Aggregate(numbers.Length, HashCode.Combine);

    public override string ToString() => string.Join(", ", numbers);

    public IEnumerator<double> GetEnumerator() => numbers.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal Tensor ToTensor(Device device) => tensor(Array.ConvertAll(numbers, x => (float)x), device: device);

    sealed class AsArray : JsonConverter<NumberList>
    {
        public override NumberList Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(JsonSerializer.Deserialize<double[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, NumberList value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.numbers, options);
    }
}
