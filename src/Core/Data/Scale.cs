namespace Kaggle.Core.Data;

/// <summary>The scale on which a number is learned.</summary>
public enum Scale
{
    Same,

    /// <summary>log(x); every value must be above 0.</summary>
    Log,

    /// <summary>log(1 + x); every value must be above −1.</summary>
    LogOfOnePlus,

    /// <summary>√x; no value may be below 0.</summary>
    SquareRoot,
}

public static class Scales
{
    /// <returns>The value as learned; NaN where the scale does not reach (log of 0).</returns>
    public static float Forward(this Scale scale, float value) => scale switch
    {
        Scale.Log => value > 0 ? MathF.Log(value) : float.NaN,
        Scale.LogOfOnePlus => value > -1 ? (float)Math.Log(1.0 + value) : float.NaN,
        Scale.SquareRoot => value >= 0 ? MathF.Sqrt(value) : float.NaN,
        _ => value,
    };

    /// <returns>The value on the table's own scale.</returns>
    public static float Back(this Scale scale, float learned) => scale switch
    {
        Scale.Log => (float)Math.Exp(learned),
        Scale.LogOfOnePlus => (float)(Math.Exp(learned) - 1),
        Scale.SquareRoot => learned <= 0 ? 0 : learned * learned,
        _ => learned,
    };
}
