using System.Collections;
using System.Runtime.CompilerServices;

namespace Kaggle.Baselines.Boosting;

/// <summary>Names of columns as a setting: written as [ "Age", "Fare" ], equal when the names are.</summary>
[CollectionBuilder(typeof(ColumnNames), nameof(Of))]
public sealed class ColumnNames : IReadOnlyList<string>, IEquatable<ColumnNames>
{
    readonly string[] names;

    ColumnNames(string[] names) => this.names = names;

    public static ColumnNames Of(ReadOnlySpan<string> names) => new(names.ToArray());

    public int Count => names.Length;

    public string this[int index] => names[index];

    public bool Equals(ColumnNames? other) => other is not null && names.AsSpan().SequenceEqual(other.names);

    public override bool Equals(object? other) => Equals(other as ColumnNames);

    public override int GetHashCode() => names.Aggregate(0, HashCode.Combine);

    public IEnumerator<string> GetEnumerator() => names.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", names);
}
