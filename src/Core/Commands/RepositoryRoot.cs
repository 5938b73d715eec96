namespace Kaggle.Core.Commands;

/// <summary>Where results go when nobody says otherwise: the folder of Kaggle.sln above the program or the shell, else the shell's own.</summary>
static class RepositoryRoot
{
    public static string Find() => Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory) ?? Environment.CurrentDirectory;

    static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Kaggle.sln"))) return folder.FullName;
        return null;
    }
}
