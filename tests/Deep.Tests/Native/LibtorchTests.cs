using Kaggle.Core.Data;
using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Deep.Native;

public class LibtorchTests
{
    [Fact]
    public void Loads_and_computes()
    {
        Libtorch.Load();
        Libtorch.Load();
        using var scope = torch.NewDisposeScope();
        Assert.Equal(6f, torch.tensor(new[] { 1f, 2f, 3f }).sum().item<float>());
        Assert.True(Libtorch.IsLoaded);
        Assert.True(File.Exists(Path.Combine(Libtorch.Folder!, OperatingSystem.IsLinux() ? "libtorch_cpu.so" : OperatingSystem.IsWindows() ? "torch_cpu.dll" : "libtorch_cpu.dylib")));
    }

    [Fact]
    public void Only_one_libtorch_is_in_the_process()
    {
        if (!OperatingSystem.IsLinux()) return;
        Libtorch.Load();
        var copies = File.ReadLines("/proc/self/maps").Where(l => l.EndsWith("libtorch_cpu.so")).Select(l => l[l.IndexOf('/')..]).Distinct();
        Assert.Single(copies);
    }

    [Fact]
    public void The_output_folder_holds_no_libtorch() =>
        Assert.Empty(Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch_cpu*", SearchOption.AllDirectories));

    [Fact]
    public void A_named_folder_without_libtorch_is_a_sentence()
    {
        var error = Assert.Throws<InputException>(() => LibtorchFolders.Find(AppContext.BaseDirectory, Path.GetTempPath()));
        Assert.Contains(Libtorch.Variable, error.Message);
    }

    [Fact]
    public void A_named_folder_with_libtorch_is_used()
    {
        Libtorch.Load();
        Assert.Equal(Libtorch.Folder, LibtorchFolders.Find(Path.GetTempPath(), Libtorch.Folder).Libtorch);
    }

    [Fact]
    public void A_published_folder_comes_before_the_build_machines_packages()
    {
        Libtorch.Load();
        var program = Directory.CreateTempSubdirectory();
        try
        {
            var published = Directory.CreateDirectory(Path.Combine(program.FullName, "libtorch"));
            foreach (var library in Directory.GetFiles(Libtorch.Folder!, "*torch*"))
                File.CreateSymbolicLink(Path.Combine(published.FullName, Path.GetFileName(library)), library);
            Assert.Equal(published.FullName, LibtorchFolders.Find(program.FullName, null).Libtorch);
        }
        finally
        {
            program.Delete(recursive: true);
        }
    }
}
