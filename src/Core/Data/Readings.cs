namespace Kaggle.Core.Data;

/// <summary>The ways in which a cell can be read; of a column, those that all its cells share.</summary>
[Flags]
enum Readings : byte
{
    /// <summary>An integer that float64 holds exactly.</summary>
    Integer = 1,

    /// <summary>An integer of any length. One that float64 cannot hold is a name, not an amount.</summary>
    LongInteger = 2,

    Number = 4,
    Boolean = 8,

    /// <summary>2026-11-23, 23 Nov 2026: no other order of day and month is possible.</summary>
    IsoDate = 16,

    /// <summary>11/23/2026.</summary>
    MonthFirst = 32,

    /// <summary>23/11/2026, 23.11.2026.</summary>
    DayFirst = 64,

    Words = 128,

    /// <summary>A missing cell can be anything.</summary>
    Any = 255,

    AnyDate = IsoDate | MonthFirst | DayFirst,
    AnyNumber = Integer | LongInteger | Number,
}
