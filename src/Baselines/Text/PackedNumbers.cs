using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kaggle.Baselines.Text;

/// <summary>Arrays of numbers in JSON as base64 of their bytes: exact, and a quarter of the size of digits.</summary>
sealed class PackedNumbers<T> : JsonConverter<T[]> where T : unmanaged
{
    public override T[] Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        MemoryMarshal.Cast<byte, T>(reader.GetBytesFromBase64()).ToArray();

    public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(MemoryMarshal.AsBytes<T>(value));
}
