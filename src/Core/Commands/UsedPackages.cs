using System.Reflection;
using System.Text.Json;

namespace Kaggle.Core.Commands;

/// <summary>The packages this program was built with, from the .deps.json beside it.</summary>
static class UsedPackages
{
    /// <summary>Name → version; only those that results can depend on, native libraries included.</summary>
    public static IReadOnlyDictionary<string, string> Used { get; } = Read();

    static SortedDictionary<string, string> Read()
    {
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal) { [".NET"] = Environment.Version.ToString() };
        var program = Assembly.GetEntryAssembly()?.GetName().Name;
        var file = Path.Combine(AppContext.BaseDirectory, program + ".deps.json");
        if (!File.Exists(file)) return used;
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var library in json.RootElement.GetProperty("libraries").EnumerateObject())
            if (library.Name.Split('/') is [var name, var version] && IsOfInterest(name)) used[name] = version;
        return used;
    }

    static bool IsOfInterest(string name) =>
        name.StartsWith("Kaggle.", StringComparison.Ordinal) || name.StartsWith("Microsoft.ML", StringComparison.Ordinal) ||
        name.Contains("torch", StringComparison.OrdinalIgnoreCase) || name is "LightGBM" or "MathNet.Numerics" or "System.Numerics.Tensors" or "CsvHelper";
}
