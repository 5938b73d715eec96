using System.Runtime.CompilerServices;

namespace Kaggle.Tests.Competitions;

static class Repository
{
    public static readonly string Root = Above();

    static string Above([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
