using Kaggle.Core.Data;
using Kaggle.Deep.Native;

namespace Kaggle.Tests.Deep.Native;

public class OlderLibstdcxxTests : IDisposable
{
    readonly DirectoryInfo cache = Directory.CreateTempSubdirectory();

    static string Library => LibtorchFolders.Find(AppContext.BaseDirectory, null).TorchSharp;

    public void Dispose() => cache.Delete(recursive: true);

    [Fact]
    public void One_field_of_the_copy_differs()
    {
        if (!OperatingSystem.IsLinux()) return;
        var copy = File.ReadAllBytes(OlderLibstdcxx.Accepting(Library, cache.FullName));
        var original = File.ReadAllBytes(Library);
        Assert.Equal(original.Length, copy.Length);
        var changed = Assert.Single(Enumerable.Range(0, copy.Length), i => copy[i] != original[i]);
        Assert.Equal((0, 2), (original[changed], copy[changed]));
    }

    [Fact]
    public void The_version_stands_for_one_symbol_that_nothing_calls()
    {
        if (!OperatingSystem.IsLinux()) return;
        var elf = new ElfVersions(File.ReadAllBytes(Library));
        Assert.Equal([OlderLibstdcxx.Symbol], elf.SymbolsOf(OlderLibstdcxx.Version));
        Assert.False(elf.IsRelocated(OlderLibstdcxx.Symbol));
        Assert.True(elf.IsRelocated("free") || elf.IsRelocated("_ZdlPv"));
    }

    [Fact]
    public void Many_at_once_get_one_whole_copy()
    {
        if (!OperatingSystem.IsLinux()) return;
        var copies = new string[8];
        Parallel.For(0, 8, i => copies[i] = OlderLibstdcxx.Accepting(Library, cache.FullName));
        Assert.Single(copies.Distinct());
        Assert.Single(Directory.GetFiles(cache.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_is_no_library_is_refused()
    {
        var text = Path.Combine(cache.FullName, "no.so");
        File.WriteAllText(text, new string('x', 100));
        Assert.Throws<InputException>(() => OlderLibstdcxx.Accepting(text, cache.FullName));
    }
}
