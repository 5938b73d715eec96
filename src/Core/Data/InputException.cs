namespace Kaggle.Core.Data;

/// <summary>A user's mistake: what, where and what to do, in one sentence or two. The program ends with exit code 2 and no stack trace.</summary>
public sealed class InputException : Exception
{
    public InputException(string sentence) : base(sentence) { }

    public InputException(string sentence, Exception cause) : base(sentence, cause) { }
}
