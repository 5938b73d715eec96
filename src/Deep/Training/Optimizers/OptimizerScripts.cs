using Kaggle.Deep.Training.Optimizers.Elementwise;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>One native call a step for all parameters of a group, which also clears their gradients: TorchScript reaches libtorch's fused and for-each kernels, which TorchSharp does not show.</summary>
/// <remarks>For graphics cards, and for rules that look at a tensor's shape or length; others take an <see cref="ElementwiseStep"/> on the processor. A source that does not compile ends the process, so every function here is compiled and run by a test, and none is made of input.</remarks>
static class OptimizerScripts
{
    // One compilation for each training: a unit is not safe to call from two threads at once.
    public static jit.CompilationUnit Compile() => jit.compile(Source + "\n");    // the parser asks for a last line break

    public const string Source = """
        def own(params: List[Tensor], views: List[Tensor]):
            for i in range(len(params)):
                params[i].set_(views[i])

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
            torch._foreach_zero_(grads)

        def unscale(grads: List[Tensor], found: Tensor, scale: Tensor):
            torch._amp_foreach_non_finite_check_and_unscale_(grads, found, scale.reciprocal())

        def rescale(scale: Tensor, since: Tensor, found: Tensor):
            torch._amp_update_scale_(scale, since, found, 2.0, 0.5, 2000)

        def adam(params: List[Tensor], grads: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor],
                 rate: float, beta1: float, beta2: float, eps: float, decay: float):
            torch._foreach_add_(steps, 1.0)
            torch._fused_adam_(params, grads, m, v, [], steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
            torch._foreach_zero_(grads)

        def sgd(params: List[Tensor], grads: List[Tensor], m: List[Tensor], rate: float, momentum: float, decay: float, nesterov: bool):
            if momentum == 0.0:
                m = m[:0]
            torch._fused_sgd_(params, grads, m, weight_decay=decay, momentum=momentum, lr=rate, dampening=0.0, nesterov=nesterov, maximize=False, is_first_step=False)
            torch._foreach_zero_(grads)

        def lion(params: List[Tensor], grads: List[Tensor], m: List[Tensor], rate: float, beta1: float, beta2: float, decay: float):
            step = torch._foreach_lerp(m, grads, 1.0 - beta1)
            torch._foreach_sign_(step)
            if decay != 0.0:
                torch._foreach_mul_(params, 1.0 - rate * decay)
            torch._foreach_add_(params, step, alpha=-rate)
            torch._foreach_lerp_(m, grads, 1.0 - beta2)
            torch._foreach_zero_(grads)

        def radam(params: List[Tensor], grads: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor],
                  rate: float, beta1: float, beta2: float, eps: float, decay: float):
            torch._foreach_add_(steps, 1.0)
            t = float(steps[0].item())
            torch._foreach_lerp_(m, grads, 1.0 - beta1)
            torch._foreach_mul_(v, beta2)
            torch._foreach_addcmul_(v, grads, grads, 1.0 - beta2)
            if decay != 0.0:
                torch._foreach_mul_(params, 1.0 - rate * decay)
            power = beta2 ** t
            most = 2.0 / (1.0 - beta2) - 1.0
            length = most - 2.0 * t * power / (1.0 - power)
            first = 1.0 - beta1 ** t
            if length > 5.0:
                rectified = (((length - 4.0) * (length - 2.0) * most) / ((most - 4.0) * (most - 2.0) * length)) ** 0.5
                second = (1.0 - power) ** 0.5
                under = torch._foreach_sqrt(v)
                torch._foreach_add_(under, eps * second)
                torch._foreach_addcdiv_(params, m, under, -rate * rectified * second / first)
            else:
                torch._foreach_add_(params, m, alpha=-rate / first)
            torch._foreach_zero_(grads)

        def lamb(params: List[Tensor], grads: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor],
                 rate: float, beta1: float, beta2: float, eps: float, decay: float):
            torch._foreach_add_(steps, 1.0)
            t = float(steps[0].item())
            torch._foreach_lerp_(m, grads, 1.0 - beta1)
            torch._foreach_mul_(v, beta2)
            torch._foreach_addcmul_(v, grads, grads, 1.0 - beta2)
            if decay != 0.0:
                torch._foreach_mul_(params, 1.0 - rate * decay)
            second = (1.0 - beta2 ** t) ** 0.5
            under = torch._foreach_sqrt(v)
            torch._foreach_add_(under, eps * second)
            step = torch._foreach_div(m, under)
            torch._foreach_mul_(step, second / (1.0 - beta1 ** t))
            length = torch.stack(torch._foreach_norm(params))
            asked = torch.stack(torch._foreach_norm(step))
            trust = torch.where((length > 0) & (asked > 0), (length / asked).clamp(max=10.0), torch.ones_like(length))
            torch._foreach_mul_(step, trust.unbind())
            torch._foreach_add_(params, step, alpha=-rate)
            torch._foreach_zero_(grads)

        def lookahead(params: List[Tensor], slow: List[Tensor], looks: List[Tensor], every: int, share: float):
            torch._foreach_add_(looks, 1.0)
            if int(looks[0].item()) % every == 0:
                torch._foreach_lerp_(slow, params, share)
                torch._foreach_copy_(params, slow)

        def muon(params: List[Tensor], grads: List[Tensor], m: List[Tensor], rate: float, momentum: float, decay: float):
            torch._foreach_mul_(m, momentum)
            torch._foreach_add_(m, grads)
            torch._foreach_mul_(params, 1.0 - rate * decay)
            for i in range(len(params)):
                x = (grads[i] + momentum * m[i]).flatten(1)
                tall = x.size(0) > x.size(1)
                grow = max(1.0, float(x.size(0)) / float(x.size(1))) ** 0.5
                if tall:
                    x = x.t()
                x = x / (x.norm() + 1e-7)
                for j in range(5):
                    a = x @ x.t()
                    x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
                if tall:
                    x = x.t()
                params[i].add_(x.reshape(params[i].size()), alpha=-rate * grow)
            torch._foreach_zero_(grads)
        """;
}
