namespace Kaggle.Deep.Vision.Files;

/// <summary>The folder of what was made of pictures and can be made again.</summary>
static class PictureCache
{
    /// <summary>How the names of files end that are still being written.</summary>
    public const string Unfinished = ".tmp";

    static readonly TimeSpan old = TimeSpan.FromDays(1);
    static readonly string[] ours = [".images.", ".features."];     // the folder may be one that other programs share

    /// <returns>The folder, made if need be; where it cannot be written to, as in a home that is read only, one of this user among the temporary ones.</returns>
    public static string Writable(string folder)
    {
        if (CanWrite(folder)) return folder;
        var other = Path.Combine(Path.GetTempPath(), $"kaggle-{Environment.UserName}", "images");
        Directory.CreateDirectory(other);
        return other;
    }

    /// <summary>Removes what a killed process left half-written.</summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Unfinished).Where(f => ours.Any(Path.GetFileName(f).Contains)))
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > old) File.Delete(file);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                // Another process was quicker, or it is another user's.
            }
    }

    static bool CanWrite(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
