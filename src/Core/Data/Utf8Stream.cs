using System.Text;
using TextEncoding = System.Text.Encoding;

namespace Kaggle.Core.Data;

/// <summary>A text file's bytes as UTF-8, whatever it is written in.</summary>
static class Utf8Stream
{
    /// <param name="encoding">Null: as its first bytes say, else UTF-8.</param>
    public static Stream Of(Stream stream, TextEncoding? encoding)
    {
        var start = new byte[3];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        encoding ??= start is [0xFF, 0xFE, ..] ? TextEncoding.Unicode : start is [0xFE, 0xFF, ..] ? TextEncoding.BigEndianUnicode : null;
        Stream whole = new Prepended(start.AsMemory(0, length), stream);
        return encoding is null or UTF8Encoding ? whole : TextEncoding.CreateTranscodingStream(whole, encoding, new UTF8Encoding(false));
    }

    /// <summary>A few bytes already read, then the rest: not every stream can go back.</summary>
    sealed class Prepended(ReadOnlyMemory<byte> start, Stream rest) : Stream
    {
        public override int Read(Span<byte> buffer)
        {
            if (start.IsEmpty) return rest.Read(buffer);
            var count = Math.Min(start.Length, buffer.Length);
            start.Span[..count].CopyTo(buffer);
            start = start[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing) => rest.Dispose();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
