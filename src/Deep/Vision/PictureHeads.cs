using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Dropout = Kaggle.Deep.Layers.Dropout;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision;

/// <summary>What replaces a published classifier: from a body's maps to a competition's outputs.</summary>
public abstract record PictureHead
{
    /// <returns>Takes a body's maps when <see cref="Pools"/>, else its pooled features.</returns>
    internal abstract Module<Tensor, Tensor> Build(int features, int outputs, Randomness random, MatrixPrecision compute);

    /// <summary>Whether it does its own pooling.</summary>
    internal abstract bool Pools { get; }
}

/// <summary>The body's own pooling, dropout and one linear layer.</summary>
public sealed record PlainHead : PictureHead
{
    /// <summary>Share of the features dropped while training.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); }

    internal override bool Pools => false;

    internal override Module<Tensor, Tensor> Build(int features, int outputs, Randomness random, MatrixPrecision compute) =>
        Sequential(new Dropout(Dropout, random), new Dense(features, outputs, random, compute));
}

/// <summary>Maximum and mean of each map, then two linear layers with batch norms and dropout.</summary>
/// <remarks>fastai's create_head (vision/learner.py). Bodies without maps, such as vision transformers, need a <see cref="PlainHead"/>.</remarks>
public sealed record ConcatPoolHead : PictureHead
{
    /// <summary>Width of the hidden layer.</summary>
    public int Hidden { get; init => field = Require.AtLeast(1, value); } = 512;

    /// <summary>Share dropped before the last layer; half of it before the hidden one.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.5;

    internal override bool Pools => true;

    internal override Module<Tensor, Tensor> Build(int features, int outputs, Randomness random, MatrixPrecision compute) => new Net(this, features, outputs, random, compute);

    sealed class Net : Module<Tensor, Tensor>
    {
        readonly BatchNorm1d pooled_norm, hidden_norm;
        readonly Dense hidden, last;
        readonly Dropout pooled_dropout, hidden_dropout;

        public Net(ConcatPoolHead settings, int features, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(ConcatPoolHead))
        {
            const double KaimingNormal = 6;                        // a uniform range of the same variance, 2 / inputs
            var inputs = 2 * features;
            (pooled_norm, hidden_norm) = (Norm(inputs), Norm(settings.Hidden));
            (pooled_dropout, hidden_dropout) = (new(settings.Dropout / 2, random), new(settings.Dropout, random));
            hidden = new(inputs, settings.Hidden, random, compute, hasBias: false, gain: KaimingNormal);
            last = new(settings.Hidden, outputs, random, compute, hasBias: false, gain: KaimingNormal);
            RegisterComponents();
        }

        public override Tensor forward(Tensor maps)
        {
            using var scope = NewDisposeScope();
            var x = cat([maps.amax([2, 3]), maps.mean([2, 3])], 1);                       // (batch, 2 features)
            x = hidden.call(pooled_dropout.call(pooled_norm.call(x)));                    // (batch, hidden)
            x = last.call(hidden_dropout.call(hidden_norm.call(functional.relu(x))));     // (batch, outputs)
            return x.MoveToOuterDisposeScope();
        }

        static BatchNorm1d Norm(int features)
        {
            var norm = BatchNorm1d(features);
            using var untracked = no_grad();
            norm.bias!.fill_(1e-3);
            return norm;
        }
    }
}
