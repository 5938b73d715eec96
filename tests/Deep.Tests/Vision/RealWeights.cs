namespace Kaggle.Tests.Deep.Vision;

/// <summary>The folder of real weights beside the competitions' files; tests that need it are skipped with a sentence where it is missing.</summary>
static class RealWeights
{
    public static string File(string name) => In("weights", name);

    public static string In(string folder, string name)
    {
        var all = Environment.GetEnvironmentVariable("KAGGLE_DATA");
        Assert.SkipUnless(Directory.Exists(all), "KAGGLE_DATA names no folder of competition files, so the tests on real files are skipped.");
        var path = Path.Combine(all!, folder, name);
        Assert.SkipUnless(Path.Exists(path), $"KAGGLE_DATA has no {folder}/{name}, so the tests on it are skipped.");
        return path;
    }
}
