using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Texts that stand in the table more than once, whatever the other columns say: with other answers, and in test.</summary>
static class RepeatedTexts
{
    const double LeastWords = 3;                              // of shorter ones, repeating is what categories do

    public static IEnumerable<Warning> Find(Dataset train, Dataset? test)
    {
        foreach (var name in train.Columns.OfType<TextColumn>().Select(c => c.Name))
        {
            var texts = ((TextColumn)train[name]).Texts.ToArray();
            if (texts.Average(text => text is null ? 0 : 1.0 + text.Count(letter => letter == ' ')) < LeastWords) continue;
            var first = new Dictionary<string, int>();
            var disputed = new HashSet<string>();
            var repeated = 0;
            for (var row = 0; row < texts.Length; row++)
            {
                if (texts[row] is not { } text || first.TryAdd(text, row)) continue;
                repeated++;
                if (!train.Answers.Truth.Row(first[text]).SequenceEqual(train.Answers.Truth.Row(row))) disputed.Add(text);
            }
            var known = test is null || !test.Has(name) ? 0 : ((TextColumn)test[name]).Texts.ToArray().Count(text => text is not null && first.ContainsKey(text));
            var found = new List<string>();
            if (repeated > 0) found.Add($"{repeated} of {texts.Length} training texts of '{name}' repeat an earlier one letter for letter");
            if (disputed.Count > 0) found.Add($"{disputed.Count} different texts have more than one answer");
            if (known > 0) found.Add($"{known} of {test!.Rows} test texts of '{name}' stand in train");
            if (found.Count > 0) yield return new("note", "repeated-texts", $"{string.Join("; ", found)}. Group by the text if test's are all new.");
        }
    }
}
