using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Kaggle.Tests.Competitions;

/// <summary>What the READMEs show compiles, as it stands, where a competition's Program.cs is compiled, and runs.</summary>
public partial class CodeBlockTests
{
    public static IEnumerable<TheoryDataRow<string, int>> Blocks =>
        from file in (string[])["README.md", "CONTRIBUTING.md", "competitions/Titanic/README.md", "competitions/HousePrices/README.md"]
        from number in Enumerable.Range(1, In(file).Count)
        select new TheoryDataRow<string, int>(file, number);

    [Theory, MemberData(nameof(Blocks))]
    public async Task Compiles_and_runs(string file, int number)
    {
        var code = In(file)[number - 1];
        var competition = code.Contains("HousePrices") ? "HousePrices" : "Titanic";
        var program = Compiled(code, competition);
        if (program.EntryPoint is not { } main) return;

        var sample = Samples.Committed.Folder(competition);
        var ended = main.Invoke(null, [new[] { "check", "--data", sample }]);
        Assert.Equal(0, ended is Task<int> task ? await task : ended);
    }

    static Assembly Compiled(string code, string competition)
    {
        var usings = string.Concat(Usings(competition).Select(name => $"global using {name};\n"));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "*.dll")).DistinctBy(Path.GetFileName).Where(IsManaged).Select(path => MetadataReference.CreateFromFile(path));
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var hasStatements = code.Contains("return await");
        var compilation = CSharpCompilation.Create(
            "Block", [CSharpSyntaxTree.ParseText(usings, options), CSharpSyntaxTree.ParseText(code, options)], references,
            new(hasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var built = new MemoryStream();
        var result = compilation.Emit(built);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(built.ToArray());
    }

    /// <summary>The global usings of a competition's project: the SDK's, and those read from where they are written.</summary>
    static IEnumerable<string> Usings(string competition) =>
        (string[])["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks", .. Written(competition)];

    static IEnumerable<string> Written(string competition) =>
        from file in (string[])["competitions/Directory.Build.props", $"competitions/{competition}/{competition}.csproj"]
        from use in XDocument.Load(Path.Combine(Repository.Root, file)).Descendants("Using")
        select use.Attribute("Include")!.Value;

    static bool IsManaged(string path)
    {
        try
        {
            AssemblyName.GetAssemblyName(path);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    static List<string> In(string file) =>
        File.Exists(Path.Combine(Repository.Root, file)) ? [.. Fence().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))).Select(m => m.Groups[1].Value)] : [];

    [GeneratedRegex("^```csharp\\s*\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
