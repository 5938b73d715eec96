using Kaggle.Core.Data;

namespace Kaggle.Baselines.Trees;

/// <summary>What random forests and extremely randomised trees differ in.</summary>
/// <param name="ColumnsOfSplit">How many columns are drawn for each split.</param>
/// <param name="Bootstrap">Each tree learns from as many rows as there are, drawn with replacement; else from all.</param>
/// <param name="RandomThresholds">One threshold drawn for each column; else the best.</param>
sealed record ForestSettings(int Trees, int ColumnsOfSplit, int MinRowsInLeaf, int MaxDepth, bool Bootstrap, bool RandomThresholds)
{
    /// <returns>How many columns a split draws.</returns>
    public static int Columns(Dataset train, double? share, double ofNumbers)
    {
        var all = train.Columns.Count(c => TreeColumns.Kinds.HasFlag(c.Kind));
        var classes = train.Answers.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel;
        return Math.Max(1, (int)Math.Round(share * all ?? (classes ? Math.Sqrt(all) : ofNumbers * all)));
    }

    /// <remarks>Leaves of one row make chances of 0 and 1, which log loss punishes; numbers lose nothing by them.</remarks>
    public static int LeafRows(Dataset train, int? chosen) => chosen ?? (train.Answers.Task is TaskKind.Regression or TaskKind.Ordinal ? 1 : 5);
}
