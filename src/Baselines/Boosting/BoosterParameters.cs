using System.Globalization;

namespace Kaggle.Baselines.Boosting;

/// <summary>LightGBM's parameters, each named as in its own documentation.</summary>
sealed class BoosterParameters
{
    readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal) { ["verbosity"] = "-1" };

    public object this[string name]
    {
        set => values[name] = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }

    /// <summary>As the C API wants them: "name=value name=value".</summary>
    public override string ToString() => string.Join(' ', values.Select(v => $"{v.Key}={v.Value}"));
}
