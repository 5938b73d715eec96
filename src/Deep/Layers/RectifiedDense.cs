using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>max(x Wᵀ + b, 0) with dropout: on the processor two products and one pass each way, a single step of the graph.</summary>
/// <remarks>
/// (…, inputs) → (…, outputs). The bias, its slope, what is negative and what is dropped are dealt with while the product's result is touched once;
/// libtorch's own layers go through it four times forward and twice back.
/// </remarks>
static class RectifiedDense
{
    /// <param name="x">On the processor, contiguous.</param>
    /// <param name="weight">(outputs, inputs), in the same type.</param>
    /// <param name="bias">(outputs), float32.</param>
    /// <param name="dropout">In training.</param>
    public static Tensor Of(Tensor x, Tensor weight, Tensor bias, Dropout dropout) => Pass.apply(x, weight, bias, dropout);

    sealed class Pass : autograd.SingleTensorFunction<Pass>
    {
        const string Dropped = nameof(Dropped), Asked = nameof(Asked);
        const int Many = 2048;                                          // rows; with few, what surrounds a product counts for more

        public override string Name => nameof(RectifiedDense);

        public override Tensor forward(autograd.AutogradContext context, params object[] arguments)
        {
            var (x, weight, bias, dropout) = ((Tensor)arguments[0], (Tensor)arguments[1], (Tensor)arguments[2], (Dropout)arguments[3]);
            using var rows = Rows(x);
            var flat = Product(rows, weight);                                                       // (rows, outputs)
            var drawn = dropout.Draw();
            if (x.dtype == ScalarType.Float32) Run<float, SingleLanes>();
            else Run<ushort, BFloat16Lanes>();
            var y = flat.view([.. x.shape[..^1], weight.shape[0]]);
            context.save_for_backward([x, weight, y]);
            context.save_data(Dropped, drawn.Dropped);
            context.save_data(Asked, x.requires_grad);
            return y;

            void Run<T, L>() where T : unmanaged where L : IFloatLanes<T> => DropoutBytes.Share(flat.numel(), (start, end) =>
                drawn.At(start).Rectify<T, L>(flat.Numbers<T>()[start..end], new(bias.Numbers<float>(), start), flat.Numbers<T>()[start..end]));
        }

        public override List<Tensor> backward(autograd.AutogradContext context, Tensor slope)
        {
            var saved = context.get_saved_variables();
            var (x, weight, y) = (saved[0], saved[1], saved[2]);
            var dropped = (int)context.get_data(Dropped);
            slope = slope.contiguous();
            var ofBias = empty(weight.shape[0], ScalarType.Float32);
            using var through = empty_like(y);
            if (y.dtype == ScalarType.Float32) Sum<float, SingleLanes>();
            else Sum<ushort, BFloat16Lanes>();
            using var flat = Rows(through);
            using var rows = Rows(x);
            var ofX = (bool)context.get_data(Asked) ? Product(flat, weight.t()).view(x.shape) : null;
            return [ofX!, SlopeOfWeight(flat, rows), ofBias, null!];

            void Sum<T, L>() where T : unmanaged where L : IFloatLanes<T> => DropoutBytes.Sum(y.numel(), (start, end, sums) =>
                DropoutBytes.Return<T, L>(y.Numbers<T>()[start..end], slope.Numbers<T>()[start..end], through.Numbers<T>()[start..end], dropped, new(sums, start)), ofBias.Numbers<float>());
        }

        static Tensor Rows(Tensor x) => x.view(-1, x.shape[^1]);

        // rows Wᵀ. oneDNN's convolution of one pixel is the same product; in bfloat16 it is a sixth faster than its product of matrices, in float32 MKL's is as fast.
        static Tensor Product(Tensor rows, Tensor weight)
        {
            var (count, inputs, outputs) = (rows.shape[0], rows.shape[1], weight.shape[0]);
            if (rows.dtype != ScalarType.BFloat16 || count < Many) return rows.mm(weight.t());
            using var pixels = rows.as_strided([1, inputs, count, 1], [inputs * count, 1, inputs, inputs]);
            return nn.functional.conv2d(pixels, weight.contiguous().view(outputs, inputs, 1, 1)).as_strided([count, outputs], [outputs, 1]);
        }

        // Half of the rows for each core, which so has sums of its own: oneDNN's product in bfloat16 is a tenth faster for it, MKL's is not.
        static Tensor SlopeOfWeight(Tensor slope, Tensor rows)
        {
            var half = rows.shape[0] / 2;
            if (rows.dtype != ScalarType.BFloat16 || rows.shape[0] < Many || rows.shape[0] != 2 * half) return slope.t().mm(rows);
            var halves = slope.view(2, half, -1).transpose(1, 2).bmm(rows.view(2, half, -1));
            return halves.select(0, 0) + halves.select(0, 1);
        }
    }
}
