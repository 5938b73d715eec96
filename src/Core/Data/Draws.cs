namespace Kaggle.Core.Data;

/// <summary>Seeded draws for simulated samples: the same on every platform and in every version of .NET.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).</remarks>
public sealed class Draws(int seed)
{
    ulong state = (ulong)seed;

    /// <returns>0 to 1, without 1.</returns>
    public double Uniform()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public double Between(double least, double most) => least + (most - least) * Uniform();

    /// <returns>A whole number from <paramref name="least"/> to <paramref name="most"/>, both possible.</returns>
    public int Whole(int least, int most) => least + (int)(Uniform() * (most - least + 1));

    public bool Chance(double probability) => Uniform() < probability;

    /// <remarks>Box–Muller; the second of each pair is thrown away so that no draw depends on an earlier call.</remarks>
    public double Normal(double mean, double sd) =>
        mean + sd * Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    public T Of<T>(IReadOnlyList<T> choices) => choices[Whole(0, choices.Count - 1)];

    /// <returns>One of the choices, each as likely as its weight says.</returns>
    public T Weighted<T>(IReadOnlyList<(T Choice, double Weight)> choices)
    {
        var left = Uniform() * choices.Sum(c => c.Weight);
        foreach (var (choice, weight) in choices)
            if ((left -= weight) < 0) return choice;
        return choices[^1].Choice;
    }

    /// <summary>Puts the items into an order drawn at random.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Whole(0, i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
