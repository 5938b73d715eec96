using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;
using SkiaSharp;

namespace Kaggle.Tests.Deep.Vision.Files;

/// <summary>What tests of a folder's layout begin with and look at.</summary>
static class LaidOut
{
    public static readonly byte[] Red = PictureFolder.Plain(SKColors.Red), Blue = PictureFolder.Plain(SKColors.Blue);

    public static LaidOutTables Read(PictureFolder folder) => new ImageFiles().Read(folder.Path)!;

    /// <returns>The sentence with which the folder is turned away.</returns>
    public static string Refused(PictureFolder folder) => Assert.Throws<InputException>(() => new ImageFiles().Read(folder.Path)).Message;

    public static string?[] Column(Table table, string name) => [.. Enumerable.Range(0, table.Rows).Select(table[name].TextAt)];
}
