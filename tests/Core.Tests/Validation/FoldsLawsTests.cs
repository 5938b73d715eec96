using CsCheck;
using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Validation;

/// <summary>What every splitter keeps to, on rows drawn at random.</summary>
public class FoldsLawsTests
{
    static readonly Dictionary<string, Folds> Splitters = new()
    {
        ["in order"] = Folds.KFold(3),
        ["shuffled"] = Folds.Shuffled(4, seed: 1),
        ["stratified"] = Folds.Stratified(3),
        ["grouped"] = Folds.Grouped(3),
        ["stratified and grouped"] = Folds.StratifiedGrouped(3),
        ["repeated"] = Folds.Repeated(Folds.Stratified(3), 2),
        ["time, expanding"] = Folds.TimeSeries(3),
        ["time, sliding, with a gap"] = Folds.TimeSeries(3, TimeSpan.FromTicks(1), TimeSpan.FromTicks(40)),
        ["stretches"] = Folds.Stretches(TimeSpan.FromTicks(5), 3),
        ["predefined"] = Folds.Predefined("fold"),
        ["holdout"] = Folds.Holdout(0.25),
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Splitters.Keys.Select(name => new TheoryDataRow<string>(name));

    static readonly Gen<Dataset> Rows =
        from rows in Gen.Int[40, 120]
        from classes in Gen.Int[0, 1].Array[rows]
        from groups in Gen.Int[0, 11].Array[rows]
        from time in Gen.Int[0, 30].Array[rows]
        from folds in Gen.Int[-1, 2].Array[rows]
        where classes.Sum() is var ones && ones >= 4 && rows - ones >= 4 && time.Distinct().Count() > 12
            && groups.Distinct().Count() >= 4 && folds.Max() >= 0 && folds.Distinct().Count() > 1
        select new Dataset(
            [new NumberColumn("fold", Array.ConvertAll(folds, f => (float)f))],
            Some.Classes(classes), groups: groups, time: Array.ConvertAll(time, t => 2L * t));

    [Theory, MemberData(nameof(Names))]
    public void No_row_is_learned_from_and_judged_in_one_fold(string splitter) => Rows.Sample(rows =>
        Splitters[splitter].Split(rows).All(fold => !fold.Train.Intersect(fold.Validation).Any()), iter: 100);

    [Theory, MemberData(nameof(Names))]
    public void No_row_is_judged_twice_in_a_repeat(string splitter) => Rows.Sample(rows =>
        Splitters[splitter].Split(rows).GroupBy(fold => fold.Repeat)
            .All(repeat => repeat.SelectMany(fold => fold.Validation) is var judged && judged.Distinct().Count() == judged.Count()), iter: 100);

    [Theory, MemberData(nameof(Names))]
    public void Every_fold_judges_and_learns_from_rows_in_ascending_order(string splitter) => Rows.Sample(rows =>
        Splitters[splitter].Split(rows).All(fold =>
            fold.Train.Length > 0 && fold.Validation.Length > 0 &&
            fold.Train.SequenceEqual(fold.Train.Order()) && fold.Validation.SequenceEqual(fold.Validation.Order())), iter: 100);

    [Theory, MemberData(nameof(Names))]
    public void The_same_recipe_gives_the_same_folds(string splitter) => Rows.Sample(rows =>
        Splitters[splitter].Split(rows).Zip((Splitters[splitter] with { }).Split(rows)).All(pair =>
            pair.First.Train.SequenceEqual(pair.Second.Train) && pair.First.Validation.SequenceEqual(pair.Second.Validation)), iter: 20);

    [Theory]
    [InlineData("in order"), InlineData("shuffled"), InlineData("stratified"), InlineData("grouped"), InlineData("stratified and grouped"), InlineData("repeated"), InlineData("stretches")]
    public void Folds_partition_the_rows(string splitter) => Rows.Sample(rows =>
        Splitters[splitter].Split(rows).GroupBy(fold => fold.Repeat).All(repeat =>
            repeat.SelectMany(fold => fold.Validation).Order().SequenceEqual(Enumerable.Range(0, rows.Rows)) &&
            repeat.All(fold => fold.Train.Length + fold.Validation.Length == rows.Rows)), iter: 100);

    [Theory]
    [InlineData("in order"), InlineData("shuffled"), InlineData("stratified")]
    public void Folds_differ_by_at_most_one_row(string splitter) => Rows.Sample(rows =>
        Splitters[splitter].Split(rows).Select(fold => fold.Validation.Length) is var sizes && sizes.Max() - sizes.Min() <= 1, iter: 100);

    [Fact]
    public void Strata_differ_by_at_most_one_row() => Rows.Sample(rows =>
    {
        var folds = Folds.Stratified(3).Split(rows);
        return new[] { 0f, 1f }.All(code =>
            folds.Select(fold => fold.Validation.Count(row => rows.Answers.Truth[row, 0] == code)) is var held && held.Max() - held.Min() <= 1);
    }, iter: 200);

    [Fact]
    public void Strata_of_numbers_are_tenths_of_their_ranks() => Gen.Float[-5, 5].Array[50, 200].Sample(values =>
    {
        var sorted = values.Order().ToArray();
        if (sorted.Distinct().Count() < sorted.Length) return true;         // equal numbers share a bin: its size is another
        var bins = Array.ConvertAll(values, v => Array.BinarySearch(sorted, v) * 10 / values.Length);
        var folds = Folds.Stratified(5).Split(new Dataset([], Some.Numbers(values)));
        return Enumerable.Range(0, 10).All(bin =>
            folds.Select(fold => fold.Validation.Count(row => bins[row] == bin)) is var held && held.Max() - held.Min() <= 2);
    }, iter: 100);

    [Theory]
    [InlineData("grouped"), InlineData("stratified and grouped")]
    public void Groups_never_cross(string splitter) => Rows.Sample(rows =>
        Splitters[splitter].Split(rows).All(fold =>
            !fold.Train.Select(row => rows.Groups!.Value.Span[row]).Intersect(fold.Validation.Select(row => rows.Groups!.Value.Span[row])).Any()), iter: 100);

    [Theory]
    [InlineData("time, expanding", 0), InlineData("time, sliding, with a gap", 1)]
    public void Time_never_looks_ahead(string splitter, long gap) => Rows.Sample(rows =>
        Splitters[splitter].Split(rows).All(fold =>
            fold.Train.Max(row => rows.Time!.Value.Span[row]) < fold.Validation.Min(row => rows.Time!.Value.Span[row]) - gap), iter: 100);
}
