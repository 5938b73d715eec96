namespace Kaggle.Core.Data;

/// <summary>Files that are of use beside a competition's own, such as word vectors. Who lacks one is told, and the run goes on without.</summary>
/// <param name="folders">Where they may lie, the first that holds one counts.</param>
public sealed class OtherFiles(IReadOnlyList<string> folders)
{
    readonly List<string> missing = [];

    /// <summary>One sentence for each file that was asked for and not found.</summary>
    public IReadOnlyList<string> Missing => missing;

    /// <param name="file">Its path within one of the folders: "text-resources/vectors.txt".</param>
    /// <param name="use">What it is for, and where it can be had; a sentence's second half: "word vectors of tweets (nlp.stanford.edu/projects/glove)".</param>
    /// <returns>The path; null when no folder holds it.</returns>
    public string? Find(string file, string use)
    {
        if (folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is { } found) return found;
        var note = $"{file} is not there, and the run goes on without {use}. It is looked for in {(folders.Count == 0 ? "the folder that KAGGLE_DATA names" : string.Join(", ", folders))}.";
        if (!missing.Contains(note)) missing.Add(note);
        return null;
    }
}
