using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Gradient checkpointing: of a layer only what went in is kept, and its activations are computed again, one layer at a time, when the gradients come back.</summary>
/// <remarks>
/// T. Chen et al., "Training Deep Nets with Sublinear Memory Cost", arXiv 1604.06174. The generators are set back to where the layer found them, so that dropout
/// drops the same values both times. Gradients of parameters are added to where they are kept by the inner backward pass, as in PyTorch's reentrant kind: a layer
/// works under <c>backward()</c>, not under <c>autograd.grad</c>.
/// </remarks>
/// <param name="random">What the layers draw from.</param>
public sealed class Recomputation(Randomness random)
{
    readonly Randomness random = random;
    ExceptionDispatchInfo? failure;

    /// <param name="layer">Whose parameters are learned.</param>
    /// <param name="compute">What the layer makes of the inputs, and of nothing else that gradients flow to.</param>
    /// <param name="inputs">Tensors that gradients flow to.</param>
    /// <returns>What <paramref name="compute"/> returns; while predicting it is just called.</returns>
    public Tensor Of(nn.Module layer, Func<Tensor[], Tensor> compute, params Tensor[] inputs)
    {
        if (!layer.training || !is_grad_enabled()) return compute(inputs);
        Tensor[] parameters = [.. layer.parameters()];                       // handed over so that the graph knows of them, though nothing else may need a gradient
        return Pass.apply([new RecomputedLayer(this, compute, inputs.Length, parameters.Length), .. inputs, .. parameters]);
    }

    /// <summary>Throws what went wrong in the backward pass, once it is over: an exception that flew through libtorch's own frames would end the process.</summary>
    public void Check()
    {
        var thrown = failure;
        failure = null;
        thrown?.Throw();
    }

    Tensor Again(Func<Tensor[], Tensor> compute, Tensor[] inputs, Tensor host, Tensor device)
    {
        var (hostNow, deviceNow) = random.State();
        random.Restore(host, device);
        try
        {
            return compute(inputs);
        }
        finally
        {
            random.Restore(hostNow, deviceNow);
        }
    }

    sealed record RecomputedLayer(Recomputation Owner, Func<Tensor[], Tensor> Compute, int Inputs, int Parameters);

    sealed class Pass : autograd.SingleTensorFunction<Pass>
    {
        public override string Name => nameof(Recomputation);

        public override Tensor forward(autograd.AutogradContext context, params object[] arguments)
        {
            var work = (RecomputedLayer)arguments[0];
            using var scope = NewDisposeScope();
            Tensor[] inputs = [.. arguments.Skip(1).Take(work.Inputs).Cast<Tensor>()];
            var (host, device) = work.Owner.random.State();
            context.save_for_backward([.. inputs, host.MoveToOuterDisposeScope(), device.MoveToOuterDisposeScope()]);
            context.save_data(nameof(RecomputedLayer), work);
            return work.Compute(inputs).MoveToOuterDisposeScope();
        }

        public override List<Tensor> backward(autograd.AutogradContext context, Tensor slope)
        {
            var work = (RecomputedLayer)context.get_data(nameof(RecomputedLayer));
            var gradients = new Tensor[1 + work.Inputs + work.Parameters];   // the parameters' are not passed on: they have theirs already
            if (work.Owner.failure is not null) return [.. gradients];
            try
            {
                using var scope = NewDisposeScope();
                var saved = context.get_saved_variables();
                Tensor[] inputs = [.. saved[..work.Inputs].Select(x => x.detach().requires_grad_(x.requires_grad))];
                using (enable_grad()) work.Owner.Again(work.Compute, inputs, saved[^2], saved[^1]).backward([slope]);
                for (var i = 0; i < inputs.Length; i++) gradients[1 + i] = inputs[i].grad?.MoveToOuterDisposeScope()!;
            }
            catch (Exception e)
            {
                work.Owner.failure = ExceptionDispatchInfo.Capture(e);
            }
            return [.. gradients];
        }
    }
}
