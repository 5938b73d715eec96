namespace Kaggle.Baselines.Trees;

/// <summary>A question to a row: is its number at most the threshold, or its level one of these?</summary>
/// <param name="Column">Which column is asked.</param>
/// <param name="LastLeft">The last bin of numbers that goes left.</param>
/// <param name="Threshold">The same as a number.</param>
/// <param name="LeftLevels">One bit for each code, 1 where it goes left; null: a number is asked.</param>
/// <param name="MissingLeft">Where missing numbers go.</param>
/// <param name="Gain">By how much it lowers the squared error, times the weight.</param>
sealed record TreeSplit(int Column, int LastLeft, float Threshold, uint[]? LeftLevels, bool MissingLeft, double Gain)
{
    public bool GoesLeft(int code) => LeftLevels is not null ? (LeftLevels[code / 32] >> code % 32 & 1) == 1 : code == 0 ? MissingLeft : code <= LastLeft;
}
