using System.Globalization;
using System.Text.Json;
using Kaggle.Baselines.Bagging;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Tabular;
using LightGbmLearner = Kaggle.Baselines.Boosting.LightGbm;

namespace Kaggle.Benchmarks.Tabular;

/// <summary>A learner as the command line writes it: a name, then settings in JSON that differ from its defaults.</summary>
static class NamedLearners
{
    /// <param name="text">"TabM", or "TabM {\"Width\": 512}", or "2 of RealMlp" for the mean of two seeds; capitals do not matter.</param>
    public static ILearner Of(string text)
    {
        if (text.Split(" of ", 2) is [var count, var bagged] && int.TryParse(count, CultureInfo.InvariantCulture, out var seeds))
            return new SeedBag(Of(bagged)) { Seeds = seeds };
        var name = text.Split('{')[0].Trim();
        var settings = text.Contains('{') ? text[text.IndexOf('{')..] : "{}";
        return name.ToLowerInvariant() switch
        {
            "lightgbm" => With<LightGbmLearner>(settings),
            "fttransformer" => With<FtTransformer>(settings),
            "mlp" => With<Mlp>(settings),
            "modernnca" => With<ModernNca>(settings),
            "realmlp" => With<RealMlp>(settings),
            "tabularresnet" => With<TabularResNet>(settings),
            "tabm" => With<TabM>(settings),
            _ => throw new InputException($"There is no learner '{name}'; there are LightGbm, Mlp, RealMlp, TabularResNet, TabM, ModernNca and FtTransformer."),
        };
    }

    static ILearner With<T>(string settings) where T : ILearner => JsonSerializer.Deserialize<T>(settings)!;
}
