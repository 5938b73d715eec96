namespace Kaggle.Core.Validation;

/// <summary>One split of the training rows: learn on some, be judged on others.</summary>
/// <param name="Number">0 … count − 1, over all repeats.</param>
/// <param name="Train">Row numbers to learn from, ascending.</param>
/// <param name="Validation">Row numbers to be judged on, ascending; none of them is in <paramref name="Train"/>.</param>
/// <param name="Repeat">0 … repeats − 1: within one repeat no row is judged twice.</param>
public sealed record Fold(int Number, int[] Train, int[] Validation, int Repeat = 0);
