using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Sets a share of the values to zero while training, and scales the rest so that the mean stays.</summary>
/// <remarks>Any shape → the same shape. Draws from the training's own generator, so that trainings side by side do not disturb each other.</remarks>
public sealed class Dropout : nn.Module<Tensor, Tensor>
{
    readonly Randomness random;

    public Dropout(double share, Randomness random) : base(nameof(Dropout)) => (Share, this.random) = (share, random);

    /// <summary>0 to below 1; a schedule may change it between steps. On the processor it counts in steps of 1/256.</summary>
    public double Share { get; set; }

    public override Tensor forward(Tensor x)
    {
        if (!training || Share == 0) return x;
        using var scope = NewDisposeScope();
        var onHost = x.device.type == TorchSharp.DeviceType.CPU && x.dtype is ScalarType.Float32 or ScalarType.BFloat16;
        var kept = onHost ? KeptOnHost(x) : empty_like(x).bernoulli_(1 - Share, random.Device).mul_(1 / (1 - Share));
        return (x * kept).MoveToOuterDisposeScope();
    }

    /// <returns>What this layer makes of max(x, 0): on the processor one step of the graph.</returns>
    public Tensor Rectified(Tensor x) => training && Share > 0 && x.LieOnHost() ? ReluPass.apply(x, this) : call(nn.functional.relu(x));

    /// <summary>What is dropped of one batch.</summary>
    /// <param name="State">Of the generator.</param>
    /// <param name="Dropped">Of 256 values so many.</param>
    internal readonly record struct DroppedDraw(ulong State, int Dropped)
    {
        public DropoutBytes At(int start) => new(State, Dropped, start);
    }

    /// <returns>New ones; nothing is drawn where nothing is dropped.</returns>
    internal DroppedDraw Draw()
    {
        if (Share == 0) return default;
        using var word = empty(1, int64).random_(long.MinValue, long.MaxValue - 1023, random.Host);      // the largest that is exact as a double
        return new((ulong)word.item<long>(), Dropped);
    }

    int Dropped => Math.Min(255, (int)Math.Round(Share * 256));

    Tensor KeptOnHost(Tensor x)
    {
        var kept = empty(x.shape, x.dtype);
        var drawn = Draw();
        if (x.dtype == ScalarType.Float32) Run<float, SingleLanes>();
        else Run<ushort, BFloat16Lanes>();
        return kept;

        void Run<T, L>() where T : unmanaged where L : IFloatLanes<T> =>
            DropoutBytes.Share(kept.numel(), (start, end) => drawn.At(start).Fill<T, L>(kept.Numbers<T>()[start..end]));
    }

    /// <summary>ReLU and dropout at once: what passed shows in the output, so nothing else is stored.</summary>
    sealed class ReluPass : autograd.SingleTensorFunction<ReluPass>
    {
        const string Dropped = nameof(Dropped);

        public override string Name => nameof(ReluPass);

        public override Tensor forward(autograd.AutogradContext context, params object[] arguments)
        {
            var (x, layer) = ((Tensor)arguments[0], (Dropout)arguments[1]);
            var y = empty_like(x);
            var drawn = layer.Draw();
            if (x.dtype == ScalarType.Float32) Run<float, SingleLanes>();
            else Run<ushort, BFloat16Lanes>();
            context.save_for_backward([y]);
            context.save_data(Dropped, drawn.Dropped);
            return y;

            void Run<T, L>() where T : unmanaged where L : IFloatLanes<T> => DropoutBytes.Share(x.numel(), (start, end) =>
                drawn.At(start).Rectify<T, L>(x.Numbers<T>()[start..end], default, y.Numbers<T>()[start..end]));
        }

        public override List<Tensor> backward(autograd.AutogradContext context, Tensor slope)
        {
            var y = context.get_saved_variables()[0];
            var dropped = (int)context.get_data(Dropped);
            var ofX = empty_like(y);
            slope = slope.contiguous();
            if (y.dtype == ScalarType.Float32) Run<float, SingleLanes>();
            else Run<ushort, BFloat16Lanes>();
            return [ofX, null!];

            void Run<T, L>() where T : unmanaged where L : IFloatLanes<T> => DropoutBytes.Share(y.numel(), (start, end) =>
                DropoutBytes.Return<T, L>(y.Numbers<T>()[start..end], slope.Numbers<T>()[start..end], ofX.Numbers<T>()[start..end], dropped, default));
        }
    }
}
