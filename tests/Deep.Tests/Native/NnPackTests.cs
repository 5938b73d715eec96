using System.Runtime.InteropServices;
using Kaggle.Deep.Native;

namespace Kaggle.Tests.Deep.Native;

public sealed unsafe class NnPackTests
{
    [Fact]
    public void It_is_asked_only_where_it_knows_the_machine()
    {
        Libtorch.Load();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The names of libtorch's functions are Linux's.");
        var library = NativeLibrary.Load(Path.Combine(Libtorch.Folder!, LibtorchMemory.Library));
        var context = ((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "_ZN2at13globalContextEv"))();

        var asked = ((delegate* unmanaged<nint, byte>)NativeLibrary.GetExport(library, "_ZNK2at7Context17userEnabledNNPACKEv"))(context);

        Assert.Equal(!ProcessorCaches.AreHidden, asked != 0);
    }
}
