namespace Kaggle.Core.Data;

/// <summary>How well one column alone tells the (first) target, on the training rows.</summary>
static class ColumnRelation
{
    const int Bins = 20;

    /// <returns>
    /// The strength is the correlation ratio η over bins of equal size, or levels, a missing value being one of them: the share of the target's
    /// variance that lies between bins, corrected for their number as adjusted R² is, and its root taken. Null for text and pictures.
    /// </returns>
    public static Relation? Of(Column column, TargetValues answers)
    {
        if (column.Rows < 2) return null;
        var truth = answers.Learned.Column(0).Span;
        switch (column)
        {
            case CategoryColumn category:
                var ofLevels = Strength(category.Codes.Span, category.Levels.Length, truth, answers);
                return new("correlation ratio", ofLevels, ofLevels);
            case NumberColumn numbers: return OfNumbers(numbers.Values.Span, truth, answers);
            case DateColumn dates:
                var days = new float[dates.Rows];
                for (var row = 0; row < days.Length; row++)
                    days[row] = dates.IsMissing(row) ? float.NaN : (float)((dates.Ticks.Span[row] - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerDay);
                return OfNumbers(days, truth, answers);
            default: return null;
        }
    }

    static Relation? OfNumbers(ReadOnlySpan<float> values, ReadOnlySpan<float> truth, TargetValues answers)
    {
        var order = Ranking.Order(values);                  // NaN last
        var known = order.Length;
        while (known > 0 && float.IsNaN(values[order[known - 1]])) known--;
        if (known == 0) return null;
        var bins = new int[values.Length];
        var bin = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (i >= known) bin = -1;
            else if (i > 0 && values[order[i]] != values[order[i - 1]]) bin = Math.Max(bin, (int)((long)i * Bins / known));
            bins[order[i]] = bin;
        }
        var strength = Strength(bins, Bins, truth, answers);
        if (answers.Task is TaskKind.Multiclass) return new("correlation ratio", strength, strength);

        var (some, someTruth) = (new float[known], new float[known]);
        for (var i = 0; i < known; i++) (some[i], someTruth[i]) = (values[order[i]], truth[order[i]]);
        return answers.Task is TaskKind.Binary or TaskKind.Multilabel
            ? Auc(Ranking.Mean(some), someTruth) is { } auc ? new("auc", auc, strength) : null
            : new("rank correlation", Correlation(Ranking.Mean(some), Ranking.Mean(someTruth)), strength);
    }

    static double Strength(ReadOnlySpan<int> bins, int count, ReadOnlySpan<float> truth, TargetValues answers)
    {
        var classes = answers.Task == TaskKind.Multiclass ? answers.Classes.Length : 1;
        var rows = new int[count + 1];                      // the last is the missing one
        var sums = new double[(count + 1) * classes];
        var squares = 0.0;
        for (var i = 0; i < bins.Length; i++)
        {
            var bin = bins[i] < 0 ? count : bins[i];
            rows[bin]++;
            if (classes > 1) sums[bin * classes + (int)truth[i]]++;
            else sums[bin] += truth[i];
            squares += classes > 1 ? 1 : (double)truth[i] * truth[i];
        }
        double between = 0, common = 0;
        for (var c = 0; c < classes; c++)
        {
            var all = 0.0;
            for (var bin = 0; bin <= count; bin++)
            {
                if (rows[bin] == 0) continue;
                all += sums[bin * classes + c];
                between += sums[bin * classes + c] * sums[bin * classes + c] / rows[bin];
            }
            common += all * all / bins.Length;
        }
        var used = rows.Count(r => r > 0);
        if (squares - common <= 1e-9 * squares || bins.Length <= used) return 0;
        var explained = 1 - (1 - (between - common) / (squares - common)) * (bins.Length - 1) / (bins.Length - used);
        return Math.Sqrt(Math.Clamp(explained, 0, 1));
    }

    /// <returns>The chance that a random positive outranks a random negative; null when there is only one of them.</returns>
    static double? Auc(double[] ranks, float[] truth)
    {
        double positives = 0, sum = 0;
        for (var i = 0; i < ranks.Length; i++)
            if (truth[i] > 0) (positives, sum) = (positives + 1, sum + ranks[i]);
        return positives == 0 || positives == ranks.Length ? null : (sum - positives * (positives + 1) / 2) / (positives * (ranks.Length - positives));
    }

    static double Correlation(double[] a, double[] b)
    {
        var middle = (a.Length + 1) / 2.0;
        double ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - middle) * (b[i] - middle);
            aa += (a[i] - middle) * (a[i] - middle);
            bb += (b[i] - middle) * (b[i] - middle);
        }
        return aa == 0 || bb == 0 ? 0 : ab / Math.Sqrt(aa * bb);
    }
}
