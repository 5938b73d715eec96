using System.Runtime.Intrinsics.X86;

namespace Kaggle.Deep.Native;

/// <summary>AMD's processors with AVX-512 (Zen 4 and later), about which libraries by Intel need to be told some things.</summary>
static class AmdProcessor
{
    /// <summary>Whether this is one.</summary>
    public static bool IsHere => Avx512F.IsSupported && Leaf(0).Ebx == 0x68747541;      // "Auth", of AuthenticAMD

    /// <param name="number">CPUID's; AMD64 Architecture Programmer's Manual, volume 3, appendix E.</param>
    public static (int Eax, int Ebx, int Ecx, int Edx) Leaf(uint number) => X86Base.CpuId(unchecked((int)number), 0);
}
