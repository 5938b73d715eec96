using Kaggle.Deep.Layers;

namespace Kaggle.Deep.Vision;

/// <summary>A family of networks over pictures with its sizes set; a recipe that knows no weights.</summary>
public abstract record PictureArchitecture
{
    /// <summary>How the names of the published classifier's parameters begin.</summary>
    public abstract string Classifier { get; }

    /// <param name="channels">Of the pictures: 3 for colours, 1 for greys.</param>
    /// <param name="classes">Of the published classifier; 0: none, the network ends with its features.</param>
    /// <param name="random">For the weights that it starts with.</param>
    /// <param name="compute">The precision of its products.</param>
    public abstract PictureNetwork Build(int channels, int classes, Randomness random, MatrixPrecision compute);

    /// <returns>The multiple of 8 nearest to a scaled width, never below nine tenths of it.</returns>
    protected static int Rounded(double width)
    {
        var rounded = Math.Max(8, (int)(width + 4) / 8 * 8);
        return rounded < 0.9 * width ? rounded + 8 : rounded;
    }
}
