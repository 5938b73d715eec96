using System.Text;

namespace Kaggle.Tests.Deep.Text;

/// <summary>Writes a SentencePiece model of a few pieces: the unigram kind, in the published file's fields (sentencepiece_model.proto).</summary>
static class SentencePieceFile
{
    const int Normal = 1, Unknown = 2, Control = 3;

    /// <param name="file">Written.</param>
    /// <param name="special">The first pieces, of which one stands for all that is unknown.</param>
    /// <param name="pieces">What follows, each with its log chance; ▁ stands for a space.</param>
    public static void Write(string file, string[] special, string unknown, string begin, string end, params (string Piece, float Score)[] pieces)
    {
        using var model = new MemoryStream();
        foreach (var piece in special) Message(model, 1, Piece(piece, 0, piece == unknown ? Unknown : Control));
        foreach (var (piece, score) in pieces) Message(model, 1, Piece(piece, score, Normal));
        using var trainer = new MemoryStream();
        Number(trainer, 3, 1);                                      // model_type: unigram
        Number(trainer, 40, Array.IndexOf(special, unknown));
        Number(trainer, 41, Array.IndexOf(special, begin));
        Number(trainer, 42, Array.IndexOf(special, end));
        Message(model, 2, trainer.ToArray());
        using var normalizer = new MemoryStream();
        Message(normalizer, 1, "identity"u8.ToArray());
        foreach (var field in new[] { 3, 4, 5 }) Number(normalizer, field, 1);      // a space in front, none twice, ▁ for it
        Message(model, 3, normalizer.ToArray());
        File.WriteAllBytes(file, model.ToArray());
    }

    static byte[] Piece(string piece, float score, int kind)
    {
        using var message = new MemoryStream();
        Message(message, 1, Encoding.UTF8.GetBytes(piece));
        Variable(message, 2 << 3 | 5);
        message.Write(BitConverter.GetBytes(score));
        Number(message, 3, kind);
        return message.ToArray();
    }

    static void Message(MemoryStream to, int field, byte[] bytes)
    {
        Variable(to, field << 3 | 2);
        Variable(to, bytes.Length);
        to.Write(bytes);
    }

    static void Number(MemoryStream to, int field, int value)
    {
        Variable(to, field << 3);
        Variable(to, value);
    }

    static void Variable(MemoryStream to, int value)
    {
        for (; value > 127; value >>= 7) to.WriteByte((byte)(value & 127 | 128));
        to.WriteByte((byte)value);
    }
}
