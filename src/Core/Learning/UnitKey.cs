using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Learning;

/// <summary>Names a unit by all that its result depends on: data, fold, settings and what files they name hold, seed and versions.</summary>
public static class UnitKey
{
    static readonly JsonSerializerOptions json = Options(files => files.Content);

    static JsonSerializerOptions Options(Func<IFollowsFromFiles, string> content) => new()
    {
        Converters = { new JsonStringEnumConverter(), new RuntimeTypeJson() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,                      // Uses and StopsEarly follow from the settings; they are none
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { type => AddContent(type, content) } },
    };

    static void AddContent(JsonTypeInfo type, Func<IFollowsFromFiles, string> content)
    {
        if (type.Kind != JsonTypeInfoKind.Object || !typeof(IFollowsFromFiles).IsAssignableFrom(type.Type)) return;
        var property = type.CreateJsonPropertyInfo(typeof(string), "content");
        property.Get = setting => content((IFollowsFromFiles)setting);
        type.Properties.Add(property);
    }

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

    /// <returns>All settings and what the files hold: what results of it may be kept under.</returns>
    public static string Identity(IFollowsFromFiles setting) => Settings((object)setting).ToJsonString();

    /// <returns>All among a learner's settings, itself included, whose files must be there before it is fitted.</returns>
    public static IReadOnlyList<IFollowsFromFiles> Files(ILearner learner)
    {
        List<IFollowsFromFiles> found = [];
        JsonSerializer.SerializeToNode(learner, learner.GetType(), Options(files =>
        {
            found.Add(files);
            return "";
        }));
        return found;
    }

    internal static JsonObject Settings(object recipe)
    {
        var settings = new JsonObject { ["type"] = recipe.GetType().Name };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(recipe, recipe.GetType(), json)!.AsObject())
            settings[name] = value?.DeepClone();
        return settings;
    }

    /// <summary>Changed code makes another key: a result never outlives the code that made it.</summary>
    static string CodeVersion(ILearner learner) =>
        $"{learner.GetType().Module.ModuleVersionId} {typeof(UnitKey).Module.ModuleVersionId}";
}
