using Kaggle.Core.Data;

namespace Kaggle.Tests.Deep.Vision.Learners;

/// <summary>A folder of grey pictures, bright at the left or at the right, and the rows that ask which.</summary>
sealed class LeftRightPictures : IDisposable
{
    public PictureFolder Folder { get; } = new();

    public Dataset Rows(string task = "binary", int rows = 96)
    {
        var random = new Random(4);
        var left = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            left[i] = random.Next(2) == 0;
            byte Grey(int x) => (byte)(random.Next(60) + (x < 4 == left[i] ? 150 : 0));
            Folder.With($"{i}.png", PictureFolder.Drawn(8, 8, (x, _) => { var g = Grey(x); return new(g, g, g); }));
        }
        float[] one = [.. left.Select(l => l ? 1f : 0)];
        TargetValues answers = task switch
        {
            "classes" => new(Target.Classes("y"), new(one.Select(o => o + 1).ToArray(), 1), ["none", "right", "left"]),
            "number" => new(Target.Number("y"), new(one.Select(o => 10 + 5 * o).ToArray(), 1)),
            _ => new(Target.Binary("y"), new(one, 1), ["right", "left"]),
        };
        return new([new ImageColumn("picture", Enumerable.Range(0, rows).Select(i => (string?)$"{i}.png").ToArray(), new(Folder.Path))], answers);
    }

    public void Dispose() => Folder.Dispose();
}
