using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kaggle.Core.Encoding;

/// <summary>Fitted encoders as JSON text; reading gives back one that encodes to the same bits.</summary>
public static class EncoderJson
{
    /// <summary>For documents that hold a fitted encoder among other things. NaN is written by name.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(IFittedEncoder encoder) => JsonSerializer.Serialize(encoder, Options);

    /// <exception cref="JsonException">The text is not what <see cref="Write"/> wrote.</exception>
    public static IFittedEncoder Read(string json) =>
        JsonSerializer.Deserialize<IFittedEncoder>(json, Options) ?? throw new JsonException("The text holds no encoder.");
}
