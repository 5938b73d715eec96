using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>A model over pictures that can say what in them it went by, and which of them look alike to it.</summary>
public interface ISeesPictures : IModel
{
    /// <returns>(rows, features): what it makes of each picture before its last layer.</returns>
    Matrix Seen(Dataset rows);

    /// <returns>For each row a JPEG of its picture, warm where there is what speaks for the output that it is surest of; null: the row has no picture.</returns>
    IReadOnlyList<byte[]?> Looks(Dataset rows);
}
