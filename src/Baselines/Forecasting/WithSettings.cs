using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Forecasting;

/// <summary>A learner within a learner's settings, written with all of its own: they are part of what names a unit.</summary>
sealed class WithSettings : JsonConverter<ILearner>
{
    public override ILearner Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        throw new NotSupportedException("Settings are written, not read: a learner is declared in code.");

    public override void Write(Utf8JsonWriter writer, ILearner value, JsonSerializerOptions options)
    {
        var settings = new JsonObject { ["type"] = value.GetType().Name };
        foreach (var (name, setting) in JsonSerializer.SerializeToNode(value, value.GetType(), options)!.AsObject()) settings[name] = setting?.DeepClone();
        settings.WriteTo(writer);
    }
}
