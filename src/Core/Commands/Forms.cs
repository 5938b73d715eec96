using Kaggle.Core.Data;
using Kaggle.Core.Submissions;

namespace Kaggle.Core.Commands;

/// <summary>What a competition's submission looks like.</summary>
static class Forms
{
    /// <returns>Null when there are no test rows.</returns>
    public static SubmissionForm? Of(Competition competition, CompetitionData data)
    {
        if (data.Test.Rows == 0) return null;
        var answers = data.Train.Answers;
        return data.SampleSubmission is { } sample
            ? SubmissionForm.Of(sample.Header[0], [.. sample.Header[1..]], sample.Ids, answers, competition.Metric.Need)
            : SubmissionForm.Of(data.IdColumn, OutputColumns.Submitted(answers, competition.Metric.Need), data.TestIds, answers, competition.Metric.Need);
    }

    /// <returns>The rows of the test file in the sample's order.</returns>
    public static Matrix InSampleOrder(CompetitionData data, SubmissionForm form, Matrix answered)
    {
        if (form.Ids.SequenceEqual(data.TestIds)) return answered;
        var at = new Dictionary<string, int>();
        for (var i = 0; i < data.TestIds.Count; i++) at[data.TestIds[i]] = i;
        return answered.Take([.. form.Ids.Select(id => at[id])]);
    }
}
