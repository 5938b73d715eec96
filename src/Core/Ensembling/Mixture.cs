using Kaggle.Core.Data;

namespace Kaggle.Core.Ensembling;

/// <summary>A running sum of members: what a search tries costs one pass over the rows, however many members it holds.</summary>
sealed class Mixture(IReadOnlyList<Predictions> members)
{
    readonly double[] sum = new double[members[0].Values.Values.Length];

    /// <returns>keep · sum + Σ add · member, without taking it.</returns>
    public Predictions Peek(double keep, params ReadOnlySpan<(int Member, double Add)> terms)
    {
        var mixed = new float[sum.Length];
        if (terms.Length == 1)
        {
            var values = members[terms[0].Member].Values.Values.Span;
            var add = terms[0].Add;
            for (var i = 0; i < mixed.Length; i++) mixed[i] = (float)(keep * sum[i] + add * values[i]);
        }
        else if (terms.Length == 2)
        {
            var first = members[terms[0].Member].Values.Values.Span;
            var second = members[terms[1].Member].Values.Values.Span;
            var (add, more) = (terms[0].Add, terms[1].Add);
            for (var i = 0; i < mixed.Length; i++) mixed[i] = (float)(keep * sum[i] + add * first[i] + more * second[i]);
        }
        else
            for (var i = 0; i < mixed.Length; i++) mixed[i] = (float)(keep * sum[i]);
        return new(members[0].Kind, new(mixed, members[0].Outputs));
    }

    public void Take(double keep, int member, double add)
    {
        var values = members[member].Values.Values.Span;
        for (var i = 0; i < sum.Length; i++) sum[i] = keep * sum[i] + add * values[i];
    }
}
