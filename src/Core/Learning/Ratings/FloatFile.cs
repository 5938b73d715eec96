using System.Runtime.InteropServices;

namespace Kaggle.Core.Learning.Ratings;

/// <summary>A model's long arrays, as they lie in memory: name.bin.</summary>
public static class FloatFile
{
    /// <param name="folder">An existing folder.</param>
    /// <param name="name">Of the file, without its ending.</param>
    /// <param name="values">Written as they lie in memory.</param>
    public static void Write<T>(string folder, string name, ReadOnlySpan<T> values) where T : unmanaged =>
        File.WriteAllBytes(PathOf(folder, name), MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Write{T}"/>
    public static void Write(string folder, string name, float[] values) => Write<float>(folder, name, values);

    /// <returns>What <see cref="Write{T}"/> wrote.</returns>
    public static T[] Read<T>(string folder, string name) where T : unmanaged => MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(PathOf(folder, name))).ToArray();

    /// <inheritdoc cref="Read{T}"/>
    public static float[] Read(string folder, string name) => Read<float>(folder, name);

    static string PathOf(string folder, string name) => Path.Combine(folder, name + ".bin");
}
