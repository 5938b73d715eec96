using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>One native call a step for all parameters of a group: TorchScript reaches libtorch's fused and for-each kernels, which TorchSharp does not show.</summary>
/// <remarks>A source that does not compile ends the process, so every function here is compiled and run by a test, and none is made of input.</remarks>
static class OptimizerScripts
{
    // One compilation for each training: a unit is not safe to call from two threads at once.
    public static jit.CompilationUnit Compile() => jit.compile(Source + "\n");    // the parser asks for a last line break

    public const string Source = """
        def clear(grads: List[Tensor]):
            torch._foreach_zero_(grads)

        def norm(grads: List[Tensor]) -> Tensor:
            return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(grads)))

        def scale(grads: List[Tensor], factor: Tensor):
            torch._foreach_mul_(grads, factor)

        def adamw(params: List[Tensor], grads: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor],
                  rate: float, beta1: float, beta2: float, eps: float, decay: float):
            torch._foreach_add_(steps, 1.0)
            torch._fused_adamw_(params, grads, m, v, [], steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
        """;
}
