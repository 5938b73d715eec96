using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kaggle.Core.Learning;

/// <summary>Writes a setting that is declared as an interface or abstract record with what it really is: its type and all its own settings.</summary>
/// <remarks>Writing only. Without it two architectures of different widths would have one key. Types that name their own kinds keep doing so.</remarks>
sealed class RuntimeTypeJson : JsonConverterFactory
{
    public override bool CanConvert(Type type) =>
        (type.IsInterface || type.IsAbstract) && !typeof(IEnumerable).IsAssignableFrom(type) && type.GetCustomAttribute<JsonPolymorphicAttribute>() is null
        && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true;

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Writer<>).MakeGenericType(type))!;

    sealed class Writer<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Settings are only written.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            var settings = new JsonObject { ["type"] = value!.GetType().Name };
            foreach (var (name, setting) in JsonSerializer.SerializeToNode(value, value.GetType(), options)!.AsObject()) settings[name] = setting?.DeepClone();
            settings.WriteTo(writer, options);
        }
    }
}
