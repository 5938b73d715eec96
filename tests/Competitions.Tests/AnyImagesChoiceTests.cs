using Kaggle.Competitions.AnyImages;
using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using Kaggle.Deep.Vision.Learners;
using Folds = Kaggle.Core.Validation.Folds;

namespace Kaggle.Tests.Competitions;

/// <summary>Who tries, by what pictures there are.</summary>
public class AnyImagesChoiceTests
{
    static readonly Wishes weights = new() { Model = "mobilenet_v2_folded" };

    static PictureFacts Photos(int rows, int test = 100, int? side = 400, bool square = false, int? largest = null, double? minutes = null) => new()
    {
        Task = TaskKind.Multiclass, Rows = rows, Test = test, Shapes = new(side, square), Largest = largest ?? rows / 5, Budget = minutes is { } m ? TimeSpan.FromMinutes(m) : null,
    };

    static LinearProbe Probe(PictureFacts pictures) => Choice.Learners(pictures, weights).OfType<LinearProbe>().First();

    static Folds FoldsOf(PictureFacts pictures) => Choice.Folds(pictures, Choice.Learners(pictures, weights));

    [Fact]
    public void Few_photos_are_looked_at_from_all_sides()
    {
        var probe = Probe(Photos(300));

        Assert.Equal([224, 288], probe.Sizes.ToArray());
        Assert.Equal([Framing.Squish, Framing.Crop], probe.Framings.ToArray());
        Assert.Equal(new TestViews { Flip = true }, probe.Views);
        Assert.All(Choice.Learners(Photos(300), weights), learner => Assert.IsType<LinearProbe>(learner));
    }

    [Fact]
    public void The_more_pictures_the_fewer_looks()
    {
        static int Looks(PictureFacts pictures) => Probe(pictures) is var probe ? probe.Sizes.Length * probe.Framings.Length * probe.Views.Count : 0;
        int[] looks = [.. new[] { 300, 2000, 4500, 9000, 100_000 }.Select(rows => Looks(Photos(rows)))];

        Assert.Equal([8, 4, 2, 1, 1], looks);
        Assert.True(Looks(Photos(300, minutes: 0.2)) < Looks(Photos(300)));
    }

    [Fact]
    public void What_is_square_is_neither_stretched_nor_cut() => Assert.Equal([Framing.Squish], Probe(Photos(300, square: true)).Framings.ToArray());

    [Theory]
    [InlineData(300, 60, "20 folds, stratified, seed 42")]
    [InlineData(1020, 10, "10 folds, stratified, seed 42")]
    [InlineData(60, 3, "3 folds, stratified, seed 42")]
    [InlineData(40, 1, "2 folds, stratified, seed 42")]
    [InlineData(3000, 600, "5 folds, stratified, seed 42")]
    public void No_more_folds_are_asked_for_than_a_class_has_pictures(int rows, int largest, string folds) => Assert.Equal(folds, FoldsOf(Photos(rows, largest: largest)).Describe());

    [Fact]
    public void Thousands_of_trainings_rows_are_held_out_once() => Assert.Equal(Folds.Holdout(0.2), FoldsOf(Photos(9000)));

    [Fact]
    public void Networks_are_fine_tuned_when_there_are_enough_photos_and_minutes()
    {
        static bool Tunes(PictureFacts pictures, Wishes? wishes = null) => Choice.Learners(pictures, wishes ?? weights).OfType<PictureNet>().Any(net => net.From is not null);

        Assert.False(Tunes(Photos(1500)));
        Assert.True(Tunes(Photos(3000)));
        Assert.True(Tunes(Photos(9000, side: 32)));
        Assert.False(Tunes(Photos(60_000)));
        Assert.False(Tunes(Photos(3000, minutes: 0.5)));
        Assert.True(Tunes(Photos(3000, minutes: 6000)));
        Assert.True(Tunes(Photos(300, minutes: 1), weights with { Epochs = 2 }));
    }

    [Fact]
    public void The_last_stage_learns_alone_where_there_is_no_time_for_the_whole_network()
    {
        static bool[] Stages(int rows, Wishes? wishes = null) => [.. Choice.Learners(Photos(rows), wishes ?? weights).OfType<PictureNet>().Select(net => net.KeptDraws > 0)];

        Assert.Equal([false], Stages(3000));
        Assert.Equal([true], Stages(20_000));
        Assert.Equal([], Stages(60_000));
        Assert.Equal([], Stages(20_000, new() { Model = "deit_tiny_patch16_224" }));
    }

    [Fact]
    public void Small_pictures_are_enlarged_for_networks_that_know_photos_and_not_for_those_from_scratch()
    {
        var icons = Photos(8000, side: 28, square: true);

        Assert.Equal([128], Probe(icons).Sizes.ToArray());
        Assert.Equal(32, Choice.Learners(icons, new() { Model = "none" }).OfType<PictureNet>().Single().Size);
        Assert.Equal(48, Choice.Learners(Photos(8000, side: 45), new() { Model = "none" }).OfType<PictureNet>().Single().Size);
    }

    [Fact]
    public void A_network_from_scratch_and_a_file_to_start_from_contradict_each_other() =>
        Assert.Contains("leave one out", Assert.Throws<InputException>(() => Choice.Learners(Photos(300), new() { Model = "none", Weights = "a.pth" }).ToList()).Message);
}
