using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Benchmarks.Texts;

/// <summary>Seeded short texts of two classes: words of a vocabulary in which a few are said often and most seldom, some of them more by one class.</summary>
static class ShortTexts
{
    const int Vocabulary = 30_000;

    public static (string?[] Texts, float[] Labels) Make(int rows)
    {
        var draws = new Draws(7);
        string[] words = [.. Enumerable.Range(0, Vocabulary).Select(_ => Word(draws))];
        double[] leaning = [.. words.Select(_ => draws.Chance(0.1) ? draws.Normal(0, 1) : 0)];
        var (texts, labels) = (new string?[rows], new float[rows]);
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            text.Clear();
            var leans = 0.0;
            for (var left = draws.Whole(8, 20); left > 0; left--)
            {
                var word = (int)Math.Min(Vocabulary - 1, Math.Exp(draws.Uniform() * Math.Log(Vocabulary)));       // Zipf's law
                text.Append(words[word]).Append(' ');
                leans += leaning[word];
            }
            texts[row] = text.ToString().TrimEnd();
            labels[row] = draws.Chance(1 / (1 + Math.Exp(-2 * leans))) ? 1 : 0;
        }
        return (texts, labels);
    }

    static string Word(Draws draws)
    {
        var word = new StringBuilder();
        for (var syllables = draws.Whole(1, 4); syllables > 0; syllables--) word.Append("bcdfghjklmnprstvwz"[draws.Whole(0, 17)]).Append("aeiou"[draws.Whole(0, 4)]);
        return word.ToString();
    }
}
