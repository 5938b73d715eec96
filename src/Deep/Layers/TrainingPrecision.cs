using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>What a network computes in while it trains; weights, their updates and all predictions stay in float32.</summary>
public enum TrainingPrecision
{
    Float32,

    /// <summary>Matrix products in bfloat16: 2 to 4 times faster where the processor has the instructions, at nearly equal scores.</summary>
    BFloat16,

    /// <summary>Matrix products in float16 with a scaled loss: for CUDA devices without bfloat16.</summary>
    Float16,

    /// <summary>Float32 whose matrix products a CUDA device rounds to TF32; elsewhere float32. The switch belongs to the process.</summary>
    TensorFloat32,
}

/// <summary>The precision of the moment, shared by the layers of one network: full again when the training is over.</summary>
public sealed class MatrixPrecision(TrainingPrecision precision)
{
    public TrainingPrecision Precision { get; set; } = precision;

    /// <returns>The tensor in the type that a matrix product should have; itself when it has it already.</returns>
    public Tensor Cast(Tensor x) => x.to(Precision switch
    {
        TrainingPrecision.BFloat16 => ScalarType.BFloat16,
        TrainingPrecision.Float16 => ScalarType.Float16,
        _ => ScalarType.Float32,
    });
}
