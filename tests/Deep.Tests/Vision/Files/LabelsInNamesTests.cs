using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;
using SkiaSharp;

namespace Kaggle.Tests.Deep.Vision.Files;

/// <summary>Labels by a pattern over paths.</summary>
public sealed class LabelsInNamesTests : IDisposable
{
    static readonly byte[] Red = PictureFolder.Plain(SKColors.Red);

    readonly PictureFolder folder = new();

    public void Dispose() => folder.Dispose();

    LaidOutTables Read(string pattern, params ReadOnlySpan<string> pictures)
    {
        foreach (var name in pictures) folder.With(name, Red);
        return new ImageFiles { LabelPattern = pattern }.Read(folder.Path)!;
    }

    static string?[] Pictures(LaidOutTables tables) => [.. Enumerable.Range(0, tables.Train.Rows).Select(tables.Train["image"].TextAt)];

    const string Breed = @"([^/]+)_\d+\.\w+$";

    [Theory]
    [InlineData("annotations/trimaps/Abyssinian_1.png")]
    [InlineData("annotations/trimaps/Abyssinian_2.png")]
    [InlineData("outlines/Abyssinian_1.png")]
    public void Masks_are_not_learned_from(string mask)
    {
        var tables = Read(Breed, "images/Abyssinian_1.jpg", "images/Bombay_1.jpg", mask);

        Assert.Equal(["images/Abyssinian_1.jpg", "images/Bombay_1.jpg"], Pictures(tables));
        Assert.Contains($"1 pictures are left out, because they lie in a folder of masks", Assert.Single(tables.Warnings).Sentence);
    }

    [Fact]
    public void Photos_of_one_name_in_several_folders_are_all_photos() =>
        Assert.Equal(4, Read(Breed, "day1/cat_1.jpg", "day2/cat_1.jpg", "day1/dog_1.jpg", "day1/dog_1.png").Train.Rows);

    [Fact]
    public void Folders_of_classes_may_hold_equal_names() => Assert.Equal(2, Read("([^/]+)/[^/]+$", "cat/1.jpg", "dog/1.png").Train.Rows);

    [Fact]
    public void Names_that_do_not_fit_are_told()
    {
        var warning = Assert.Single(Read(Breed, "cat_1.png", "dog_1.png", "preview.png").Warnings);

        Assert.Equal("names-without-label", warning.Code);
        Assert.StartsWith($"1 pictures are left out, because their names do not fit the pattern {Breed}: preview.png", warning.Sentence);
    }

    [Theory]
    [InlineData("(", "is no regular expression")]
    [InlineData(@"\w+_\d+", "has no group")]
    public void A_pattern_that_can_tell_no_label_is_refused(string pattern, string says) =>
        Assert.Contains(says, Assert.Throws<InputException>(() => new ImageFiles { LabelPattern = pattern }).Message);

    [Fact]
    public void A_pattern_that_never_ends_is_refused() =>
        Assert.Contains("tries too many ways", Assert.Throws<InputException>(() => Read("^((a+)+)+$", new string('a', 40) + ".png")).Message);
}
