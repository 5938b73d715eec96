namespace Kaggle.Core.Data;

/// <summary>How the cells of a column are kept while they are read.</summary>
enum Storing
{
    Nothing,

    /// <summary>float64; booleans too.</summary>
    Numbers,

    IsoDates,
    MonthFirstDates,
    DayFirstDates,

    /// <summary>Codes into the different texts.</summary>
    Words,
}
