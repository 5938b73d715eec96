namespace Kaggle.Tests.Core.Encoding;

/// <summary>Made by peer_vectors.py with scikit-learn 1.2.1; not to be changed by hand.</summary>
static class PeerVectors
{
    public const string Categories = "abacabadabacabaecbbd";

    public const string Seen = "abcdez";

    public static readonly float[] Column = [3f, 1f, float.NaN, 4f, 1f, 5f, 9f, 2f, 6f, float.NaN, 5f, 3f, 5f, 8f, 9f, 7f, 9f, 3f, 2f, 38f];

    public static readonly float[] Later = [-1f, 0f, 1f, 2.5f, 3f, 5f, 8.75f, 9f, 20f, 38f, 50f];

    public static readonly float[] FilledByMedian = [3f, 1f, 5f, 4f, 1f, 5f, 9f, 2f, 6f, 5f, 5f, 3f, 5f, 8f, 9f, 7f, 9f, 3f, 2f, 38f];

    public static readonly float[] Indicator = [0f, 0f, 1f, 0f, 0f, 0f, 0f, 0f, 0f, 1f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f];

    public static readonly float[] FilledByMean = [3f, 1f, 6.66666667f, 4f, 1f, 5f, 9f, 2f, 6f, 6.66666667f, 5f, 3f, 5f, 8f, 9f, 7f, 9f, 3f, 2f, 38f];

    public static readonly float[] Standardised = [-0.953380673f, -0.829026672f, -0.704672671f, -0.51814167f, -0.45596467f, -0.207256668f, 0.259070835f, 0.290159335f, 1.65805334f, 3.89642536f, 5.38867337f];

    public static readonly float[] RobustlyScaled = [-1.164171f, -0.993263139f, -0.81076917f, -0.518398434f, -0.416965885f, 0f, 0.763479898f, 0.81076917f, 2.1749983f, 2.75418706f, 2.86002668f];

    public static readonly float[] NormalOf10Quantiles = [-5.19933758f, -5.19933758f, -5.19933758f, -0.887146559f, -0.430727299f, 0.139710299f, 1.05014643f, 1.22064035f, 1.48353986f, 5.19933758f, 5.19933758f];

    public static readonly float[] NormalOf5Quantiles = [-5.19933758f, -5.19933758f, -5.19933758f, -0.887146559f, -0.67448975f, 0f, 0.70073073f, 0.70736635f, 1.04176496f, 5.19933758f, 5.19933758f];

    public static readonly float[] OneHotFrom3 = [1f, 0f, 0f, 0f, 0f, 1f, 0f, 0f, 0f, 0f, 1f, 0f, 0f, 0f, 0f, 1f, 0f, 0f, 0f, 1f];

    public static readonly float[] Ordinal = [0f, 1f, 2f, 3f, 4f, -1f];

    public static readonly float[] Answers = [1f, 0f, 1f, 1f, 0f, 0f, 1f, 1f, 0f, 0f, 1f, 1f, 1f, 0f, 1f, 0f, 0f, 1f, 0f, 1f];

    public static readonly float[] Prices = [10f, 20f, 11f, 35f, 12f, 19f, 13f, 50f, 9f, 22f, 10f, 31f, 12f, 21f, 8f, 70f, 33f, 18f, 25f, 45f];

    public static readonly float[] TargetMeanOf2 = [0.71f, 0.2625f, 0.62f, 0.775f, 0.366666667f, 0.55f];

    public static readonly float[] TargetMeanAuto = [0.732698962f, 0.199452617f, 0.639792686f, 1f, 0f, 0.55f];

    public static readonly float[] PriceMeanOf2 = [13.24f, 21.55f, 29.28f, 35.6f, 39.1333333f, 23.7f];

    public static readonly float[] PriceMeanAuto = [10.6411434f, 20.8430738f, 32.9672086f, 47.2075707f, 70f, 23.7f];
}
