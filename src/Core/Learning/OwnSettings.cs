using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kaggle.Core.Learning;

/// <summary>Writes a recipe within a recipe with its own type's settings, not with its interface's few properties: two that differ must not look the same.</summary>
public sealed class OwnSettings<T> : JsonConverter<T> where T : class
{
    /// <exception cref="NotSupportedException">Always: settings are written down, never read back.</exception>
    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException("A recipe's settings are only written.");

    public override void Write(Utf8JsonWriter writer, T recipe, JsonSerializerOptions options) => UnitKey.Settings((object)recipe).WriteTo(writer);
}
