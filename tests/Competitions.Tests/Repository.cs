using System.Runtime.CompilerServices;

namespace Kaggle.Tests.Competitions;

static class Repository
{
    public static string Root { get; } = Above();

    static string Above([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
