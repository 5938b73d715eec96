using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kaggle.Core.Runs;

/// <summary>How the run folder's JSON files are written: camelCase, indented, enums as words, NaN as a word.</summary>
public static class RunJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,       // files, never pasted into a page unescaped
    };
}
