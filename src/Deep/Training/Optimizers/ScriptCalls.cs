using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Calls of TorchScript functions whose numbers outlive the call.</summary>
static class ScriptCalls
{
    /// <param name="scripts">The compiled functions.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="arguments">Tensors, arrays of tensors, numbers.</param>
    /// <remarks>
    /// TorchSharp makes a native scalar of each plain number and keeps only its address: a collection of garbage between that and the native
    /// call frees it, and the script reads what lies there by then. So the scalars are made here, and held until the call is over.
    /// </remarks>
    public static object? Call(this jit.CompilationUnit scripts, string name, params object[] arguments)
    {
        var held = Array.ConvertAll(arguments, Held);
        try
        {
            return scripts.invoke(name, held);
        }
        finally
        {
            foreach (var argument in held)
                if (argument is Scalar scalar) scalar.Dispose();
        }
    }

    static object Held(object argument) => argument switch
    {
        double number => number.ToScalar(),
        float number => number.ToScalar(),
        long number => number.ToScalar(),
        int number => number.ToScalar(),
        bool truth => truth.ToScalar(),
        _ => argument,
    };
}
