using System.Runtime.CompilerServices;

namespace Kaggle.Core.Data;

/// <summary>Checks that settings and arguments are valid from birth; each throws <see cref="InputException"/> with the value found.</summary>
public static class Require
{
    public static int AtLeast(int least, int value, [CallerMemberName] string name = "") =>
        value >= least ? value : throw new InputException($"{name} is {value}; it must be at least {least}.");

    public static double AtLeast(double least, double value, [CallerMemberName] string name = "") =>
        value >= least ? value : throw new InputException($"{name} is {value}; it must be at least {least}.");

    public static double Positive(double value, [CallerMemberName] string name = "") =>
        value > 0 ? value : throw new InputException($"{name} is {value}; it must be above 0.");

    public static double Between(double least, double most, double value, [CallerMemberName] string name = "") =>
        value >= least && value <= most ? value : throw new InputException($"{name} is {value}; it must lie between {least} and {most}.");

    /// <exception cref="InputException">The lengths differ.</exception>
    public static void SameLength(int truth, int predicted)
    {
        if (truth != predicted)
            throw new InputException($"{predicted} predictions for {truth} rows; there must be one for each row.");
    }
}
