using System.Runtime.InteropServices;

namespace Kaggle.Baselines.Recommendation;

/// <summary>A model's long arrays, as they lie in memory: name.bin.</summary>
static class FloatFile
{
    public static void Write<T>(string folder, string name, ReadOnlySpan<T> values) where T : unmanaged =>
        File.WriteAllBytes(PathOf(folder, name), MemoryMarshal.AsBytes(values));

    public static void Write(string folder, string name, float[] values) => Write<float>(folder, name, values);

    public static T[] Read<T>(string folder, string name) where T : unmanaged => MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(PathOf(folder, name))).ToArray();

    public static float[] Read(string folder, string name) => Read<float>(folder, name);

    static string PathOf(string folder, string name) => Path.Combine(folder, name + ".bin");
}
