namespace Kaggle.Core.Data;

/// <summary>How the files of a folder become a competition's tables, where they are not train.csv and test.csv: class folders, IDX files, ratings.</summary>
public interface IFileLayout
{
    /// <summary>What such a folder holds, for the sentence that says it is missing: "train/&lt;class&gt;/… and test/…".</summary>
    string Holds { get; }

    /// <summary>The same layout, but it leaves broken pictures out where this one refuses them; null: there are none to leave out.</summary>
    IFileLayout? Lenient => null;

    /// <param name="place">A folder, or a zip that stands for one.</param>
    /// <returns>Null when the place holds nothing of this layout; tables of its own are then looked for.</returns>
    /// <exception cref="InputException">It does, but files are missing or broken.</exception>
    LaidOutTables? Read(string place);

    /// <param name="place">As <see cref="Read"/> was given it.</param>
    /// <returns>Small pictures for a report, found at once; null where there are none to be shown.</returns>
    IThumbnails? Thumbnails(string place) => null;

    /// <summary>What is suspicious about rows and can only be seen in what their cells name: pictures that look alike.</summary>
    /// <param name="train">With answers.</param>
    /// <param name="test">The same columns; null: there are no test rows.</param>
    /// <param name="threads">How many may look at once.</param>
    IEnumerable<Warning> Doubts(Dataset train, Dataset? test, int threads) => [];
}

/// <summary>The pictures of one place, small; what opening that place costs is paid once.</summary>
public interface IThumbnails : IDisposable
{
    /// <param name="source">A cell of an image column.</param>
    /// <returns>A small JPEG of that picture; null where it cannot be shown.</returns>
    byte[]? Of(string source);
}
