using Kaggle.Core.Data;
using Kaggle.Deep.Training.Optimizers;

namespace Kaggle.Deep.Tabular;

/// <summary>A network over tables that learns at a constant rate until its best epoch is long past.</summary>
/// <remarks>The training of Gorishniy and others: AdamW with PyTorch's moments, sixteen epochs without a better one.</remarks>
public abstract record PatientNet : TabularNet
{
    private protected PatientNet() { }

    public double LearningRate { get; init => field = Require.Positive(value); }

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); }

    /// <summary>At most so many; with nothing to stop early on, a quarter of them.</summary>
    public int Epochs { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Epochs without a better one that are waited for.</summary>
    public int Patience { get; init => field = Require.AtLeast(1, value); } = 16;

    public override bool StopsEarly => true;

    private protected IUpdate Update => new AdamW { Rate = LearningRate, Decay = WeightDecay, Beta2 = 0.999, Epsilon = 1e-8 };

    private protected int EpochsOf(bool hasValidation) => hasValidation ? Epochs : Math.Max(1, Epochs / 4);
}
