namespace Kaggle.Deep.Vision.Files;

/// <summary>The folder of what was made of pictures and can be made again.</summary>
static class PictureCache
{
    /// <summary>How the names of files end that are still being written.</summary>
    public const string Unfinished = ".tmp";

    const long Most = 20L << 30;

    static readonly TimeSpan old = TimeSpan.FromDays(1);
    static readonly string[] ours = [".images.", ".features.", ".maps."];     // the folder may be one that other programs share

    /// <returns>The folder, made if need be; where it cannot be written to, as in a home that is read only, one of this user among the temporary ones.</returns>
    public static string Writable(string folder)
    {
        if (CanWrite(folder)) return folder;
        var other = Path.Combine(Path.GetTempPath(), $"kaggle-{Environment.UserName}", "images");
        Directory.CreateDirectory(other);
        return other;
    }

    /// <summary>Says that a file was used, so that it stays.</summary>
    public static void Touch(string file) => Try(() => File.SetLastWriteTimeUtc(file, DateTime.UtcNow));

    /// <summary>Removes what a killed process left half-written, and what was used longest ago while all together is more than it may be. What was used within a day stays.</summary>
    /// <param name="most">Bytes.</param>
    public static void Tidy(string folder, long most = Most)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles().Where(f => ours.Any(kind => $"{f.Name}.".Contains(kind))).OrderBy(f => f.LastWriteTimeUtc).ToList();
        var all = files.Sum(LengthOf);
        foreach (var file in files.TakeWhile(f => DateTime.UtcNow - f.LastWriteTimeUtc > old))
        {
            if (all <= most && !file.Name.EndsWith(Unfinished, StringComparison.Ordinal)) continue;
            all -= LengthOf(file);
            Try(file.Delete);
        }
    }

    /// <returns>0 when another process has just removed it.</returns>
    static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    static void Try(Action action)
    {
        try
        {
            action();
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
