using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;

namespace Kaggle.Core.Learning;

/// <summary>What a saved model says of itself in JSON, beside its files of numbers.</summary>
/// <remarks>The number of the layout stands with the rest, as <c>schema</c>: a model that a newer version saved is a sentence, not a guess.</remarks>
public static class ModelFile
{
    const int Schema = 1;

    // Names in any case: early models began theirs with capitals.
    static readonly JsonSerializerOptions Json = new(EncoderJson.Options) { PropertyNameCaseInsensitive = true, RespectRequiredConstructorParameters = true };

    /// <param name="folder">The model's.</param>
    /// <param name="name">The file's, "model.json".</param>
    /// <param name="content">Written as one object.</param>
    public static void Write<T>(string folder, string name, T content) where T : class
    {
        var written = JsonSerializer.SerializeToNode(content, Json)!.AsObject();
        written.Insert(0, "schema", Schema);
        File.WriteAllText(Path.Combine(folder, name), written.ToJsonString(Json));
    }

    /// <param name="folder">The model's.</param>
    /// <param name="name">The file's, "columns.json".</param>
    /// <param name="items">Written as an array; the layout's number stands in the model's other file.</param>
    public static void WriteList<T>(string folder, string name, IReadOnlyList<T> items) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(items, Json));

    /// <returns>What <see cref="Write"/> was given.</returns>
    /// <exception cref="InputException">The file is missing, damaged, or a newer version's.</exception>
    public static T Read<T>(string folder, string name) where T : class => Parsed(folder, name, (file, text) =>
        JsonSerializer.Deserialize<Layout>(text, Json)?.Schema is > Schema and var newer
            ? throw new InputException($"{file} is of a newer version (schema {newer}; this one reads {Schema}). Read it with the version that wrote it, or fit the model again.")
            : JsonSerializer.Deserialize<T>(text, Json));

    /// <returns>What <see cref="WriteList"/> was given.</returns>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static IReadOnlyList<T> ReadList<T>(string folder, string name) => Parsed(folder, name, (_, text) => JsonSerializer.Deserialize<T[]>(text, Json));

    static T Parsed<T>(string folder, string name, Func<string, string, T?> parse) where T : class
    {
        var file = Path.Combine(folder, name);
        if (!File.Exists(file)) throw new InputException($"There is no whole model in {folder}: {name} is missing. Fit it again.");
        try
        {
            return parse(file, File.ReadAllText(file)) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{file} cannot be read: {e.Message} Fit the model again.", e);
        }
    }

    sealed record Layout(int Schema = ModelFile.Schema);
}
