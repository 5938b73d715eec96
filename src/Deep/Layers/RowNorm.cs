using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Batch norm of a table's rows, with a ReLU before it where wanted: on the processor one step of the graph, elsewhere libtorch's own.</summary>
/// <remarks>(rows, columns) → (rows, columns) in the type given. Ioffe and Szegedy, arXiv 1502.03167; momentum and epsilon are PyTorch's.</remarks>
public sealed class RowNorm : nn.Module<Tensor, Tensor>
{
    const double Momentum = 0.1, Epsilon = 1e-5;

    readonly Parameter weight, bias;
    readonly Tensor running_mean, running_var;
    readonly bool rectify;

    /// <param name="columns">Numbers of a row.</param>
    /// <param name="rectify">Whether what is normed is max(x, 0).</param>
    public RowNorm(int columns, bool rectify = false) : base(nameof(RowNorm))
    {
        this.rectify = rectify;
        (weight, bias) = (nn.Parameter(ones(columns)), nn.Parameter(zeros(columns)));
        (running_mean, running_var) = (zeros(columns), ones(columns));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        if (training && x.shape[0] > 0 && x.LieOnHost()) return Pass.apply(x, weight, bias, this);
        using var scope = NewDisposeScope();
        var given = (rectify ? nn.functional.relu(x) : x).to(ScalarType.Float32);
        return nn.functional.batch_norm(given, running_mean, running_var, weight, bias, training, Momentum, Epsilon).to(x.dtype).MoveToOuterDisposeScope();
    }

    // As libtorch: the running variance is that of a sample.
    void Follow(float[] mean, float[] variance, long rows)
    {
        var means = running_mean.Numbers<float>();
        var variances = running_var.Numbers<float>();
        for (var c = 0; c < mean.Length; c++)
        {
            means[c] += (float)Momentum * (mean[c] - means[c]);
            variances[c] += (float)Momentum * (variance[c] * rows / Math.Max(1, rows - 1) - variances[c]);
        }
    }

    sealed class Pass : autograd.SingleTensorFunction<Pass>
    {
        public override string Name => nameof(RowNorm);

        public override Tensor forward(autograd.AutogradContext context, params object[] arguments)
        {
            var (x, weight, bias, norm) = ((Tensor)arguments[0], (Tensor)arguments[1], (Tensor)arguments[2], (RowNorm)arguments[3]);
            var y = empty_like(x);
            var moments = x.dtype == ScalarType.Float32 ? Run<float, SingleLanes>() : Run<ushort, BFloat16Lanes>();
            norm.Follow(moments.Mean, moments.Variance, x.shape[0]);
            context.save_for_backward([x, weight]);
            context.save_data(nameof(RowMoments), moments);
            return y;

            RowMoments Run<T, L>() where T : unmanaged where L : IFloatLanes<T>
            {
                var made = RowNormKernel.Measure<T, L>(x, Epsilon, norm.rectify);
                RowNormKernel.Forward<T, L>(x, made, weight, bias, y);
                return made;
            }
        }

        public override List<Tensor> backward(autograd.AutogradContext context, Tensor slope)
        {
            var saved = context.get_saved_variables();
            var (x, weight) = (saved[0], saved[1]);
            var moments = (RowMoments)context.get_data(nameof(RowMoments));
            var (ofX, ofWeight, ofBias) = (empty_like(x), empty_like(weight), empty_like(weight));
            slope = slope.contiguous();
            if (x.dtype == ScalarType.Float32) Run<float, SingleLanes>();
            else Run<ushort, BFloat16Lanes>();
            return [ofX, ofWeight, ofBias, null!];

            void Run<T, L>() where T : unmanaged where L : IFloatLanes<T> => RowNormKernel.Backward<T, L>(x, slope, moments, weight, ofX, ofWeight, ofBias);
        }
    }
}
