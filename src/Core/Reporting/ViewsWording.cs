using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>The sentence about views of the rows, for the run and its report alike.</summary>
static class ViewsWording
{
    public static string Of(ViewsNote views, string metric) =>
        $"other views of the rows, blended with the plain one: {metric} {Wording.Score(views.Plain)} → {Wording.Score(views.Blended)}, {(views.Taken ? "taken" : "not better, not taken")}.";
}
