using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Learning;

/// <summary>Names a unit by all that its result depends on: data, fold, settings, seed and versions.</summary>
public static class UnitKey
{
    static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter(), new OwnSettings<ILearner>(), new OwnSettings<IEncoder>(), new RuntimeTypeJson() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,                      // Uses and StopsEarly follow from the settings; they are none
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(Experiment experiment, ILearner learner, int seed, Fold fold)
    {
        var settings = Settings(learner);
        settings.Remove(nameof(ILearner.Name));               // another name, the same result
        return ContentHash.Of(
            experiment.DataHash,
            ContentHash.Of(fold.Train),
            ContentHash.Of(fold.Validation),
            string.Join('\n', experiment.Encoders.Select(e => Settings(e).ToJsonString())),
            learner.StopsEarly ? $"{experiment.Stopping} {experiment.Scheme.Describe()} {experiment.Metric.Name}" : "",
            settings.ToJsonString(),
            $"seed {seed} on {experiment.Device}",
            experiment.Packages,
            CodeVersion(learner))[..32];
    }

    /// <summary>A recipe's settings with its type: <c>{"type": "LightGbm", "leaves": 31}</c>.</summary>
    public static JsonObject Settings(ILearner learner) => Settings((object)learner);

    /// <inheritdoc cref="Settings(ILearner)"/>
    public static JsonObject Settings(IEncoder encoder) => Settings((object)encoder);

    internal static JsonObject Settings(object recipe)
    {
        var settings = new JsonObject { ["type"] = recipe.GetType().Name };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(recipe, recipe.GetType(), Json)!.AsObject())
            settings[name] = value?.DeepClone();
        return settings;
    }

    /// <summary>Changed code makes another key: a result never outlives the code that made it.</summary>
    static string CodeVersion(ILearner learner) =>
        $"{learner.GetType().Module.ModuleVersionId} {typeof(UnitKey).Module.ModuleVersionId}";
}
