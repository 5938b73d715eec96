using Kaggle.Deep.Checkpoints;

namespace Kaggle.Tests.Deep.Checkpoints;

public sealed class RememberedHashesTests : IDisposable
{
    // Of "abc" and of nothing, as FIPS 180-2 gives them.
    const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    static readonly DateTime longAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Notes => Path.Combine(folder, "hashes");

    string Of(string file) => new RememberedHashes(Notes).Of(file);

    string Written(string text, DateTime? at = null)
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, text);
        if (at is { } time) File.SetLastWriteTimeUtc(file, time);
        return file;
    }

    [Fact]
    public void A_file_is_read_once_until_it_is_written_again()
    {
        Assert.Equal(OfAbc, Of(Written("abc", longAgo)));
        Assert.Equal(OfAbc, Of(Written("xyz", longAgo)));                             // the same length and time: what was remembered
        Assert.NotEqual(OfAbc, Of(Written("xyz", longAgo.AddTicks(1))));
        Assert.Equal(OfAbc, Of(Written("abc", longAgo.AddTicks(2))));
        Assert.NotEqual(OfAbc, Of(Written("abcd", longAgo.AddTicks(2))));
    }

    [Fact]
    public void What_was_written_a_moment_ago_is_not_remembered()
    {
        var now = DateTime.UtcNow;
        Assert.Equal(OfAbc, Of(Written("abc", now)));
        Assert.NotEqual(OfAbc, Of(Written("xyz", now)));
    }

    [Fact]
    public void A_link_is_what_it_leads_to()
    {
        var link = Path.Combine(folder, "link");
        File.CreateSymbolicLink(link, Written("abc", longAgo));
        Assert.Equal(OfAbc, Of(link));
        Written("xyz", longAgo.AddDays(1));
        Assert.NotEqual(OfAbc, Of(link));
    }

    [Fact]
    public void Where_nothing_can_be_kept_and_where_a_note_is_spoiled_the_file_is_read()
    {
        File.WriteAllText(Notes, "a file in the folder's place");
        Assert.Equal(OfAbc, Of(Written("abc", longAgo)));

        File.Delete(Notes);
        Assert.Equal(OfAbc, Of(Written("abc", longAgo)));
        File.WriteAllText(Assert.Single(Directory.GetFiles(Notes)), "spoiled");
        Assert.Equal(OfAbc, Of(Written("abc", longAgo)));
    }
}
