namespace Kaggle.Core.Data;

/// <summary>What the values of a table's column are, as they stand in the file.</summary>
public enum ValueKind
{
    Number,

    /// <summary>Numbers written without a point.</summary>
    Integer,

    /// <summary>true and false; 0 and 1 are integers.</summary>
    Boolean,

    Date,
    Category,
    Text,
}
