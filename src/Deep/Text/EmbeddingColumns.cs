using Kaggle.Core.Data;
using Microsoft.Data.Analysis;

namespace Kaggle.Deep.Text;

/// <summary>Embeddings as columns: every learner can use them.</summary>
public static class EmbeddingColumns
{
    /// <summary>Adds a number column for each number of the encoder's vectors.</summary>
    /// <param name="frame">Train's and test's rows.</param>
    /// <param name="column">A text column of the frame.</param>
    /// <param name="encoder">What reads it: a published encoder, or any as an ONNX file.</param>
    /// <param name="second">A text column read behind it as its pair; null: none.</param>
    public static DataFrame WithEmbeddings(this DataFrame frame, string column, TextEmbedder encoder, string? second = null)
    {
        var vectors = encoder.Vectors(frame.Texts(column), second is null ? null : frame.Texts(second));
        for (var k = 0; k < vectors.Columns; k++)
        {
            var at = k;
            frame.With($"{column} embedding {k + 1}", [.. Enumerable.Range(0, vectors.Rows).Select(row => (double)vectors[row, at])]);
        }
        return frame;
    }
}
