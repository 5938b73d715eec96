using Kaggle.Core.Data;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Kaggle.Deep.Checkpoints;

/// <summary>An ONNX model in memory: OnnxRuntime computes it, on the processor.</summary>
public sealed class OnnxGraph : IDisposable
{
    const OrtLoggingLevel Quiet = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;     // what goes wrong is thrown, and told once

    readonly string file;
    readonly InferenceSession session;

    /// <param name="file">The model; weights that it keeps in other files lie beside it.</param>
    /// <param name="threads">How many compute.</param>
    /// <exception cref="InputException">It is not there, or OnnxRuntime cannot run it.</exception>
    public OnnxGraph(string file, int threads)
    {
        if (Lacking(file) is { } missing) throw new InputException(missing);
        this.file = file;
        using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = Quiet };
        try
        {
            session = new(file, options);
        }
        catch (OnnxRuntimeException cause)
        {
            throw new InputException($"{file} cannot be run as an ONNX model: {cause.Message}", cause);
        }
    }

    /// <returns>Null where the file is there, else a sentence.</returns>
    public static string? Lacking(string file) => File.Exists(file) ? null : $"There is no ONNX model at {Path.GetFullPath(file)}.";

    /// <summary>What it takes, by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Inputs => session.InputMetadata;

    /// <summary>Its outputs' names, in the model's order.</summary>
    public IReadOnlyList<string> Outputs => session.OutputNames;

    /// <summary>What it takes, as a sentence says it: each input's name, shape and type.</summary>
    public string Taken => Listed(Inputs);

    /// <summary>Makes sure of an output that is asked for.</summary>
    /// <param name="name">Of the output.</param>
    /// <param name="mostDimensions">It has 2 to so many dimensions, the batch included, and is float32.</param>
    /// <param name="wanted">What such outputs are, for the sentence.</param>
    /// <exception cref="InputException">There is none of that name, or it is of another shape or type; the model is let go.</exception>
    public void Expect(string name, int mostDimensions, string wanted)
    {
        if (!session.OutputMetadata.TryGetValue(name, out var said))
            throw Refused($"{file} has no output '{name}'; its outputs are {Listed(session.OutputMetadata)}.");
        if (said.ElementDataType != TensorElementType.Float || said.Dimensions.Length < 2 || said.Dimensions.Length > mostDimensions)
            throw Refused($"Output '{name}' of {file} is {Listed(session.OutputMetadata)}; {wanted}.");
    }

    /// <param name="output">Asked for.</param>
    /// <param name="inputs">Float32, int64 or int32, by name.</param>
    /// <returns>Float32, on the processor.</returns>
    /// <exception cref="InputException">The model cannot be computed on these: a number beyond its vocabulary, more tokens than it has places.</exception>
    public Tensor Run(string output, params IReadOnlyList<(string Name, Tensor Value)> inputs)
    {
        OrtValue[] lent = [.. inputs.Select(input => Lent(input.Value))];
        try
        {
            using var options = new RunOptions { LogSeverityLevel = Quiet };
            using var results = session.Run(options, [.. inputs.Select(input => input.Name)], lent, [output]);
            return tensor(results[0].GetTensorDataAsSpan<float>().ToArray(), results[0].GetTensorTypeAndShape().Shape);
        }
        catch (OnnxRuntimeException cause)
        {
            throw new InputException($"{file} cannot be computed on what it was given: {cause.Message}", cause);
        }
        finally
        {
            foreach (var value in lent) value.Dispose();
        }
    }

    public void Dispose() => session.Dispose();

    /// <returns>To be thrown; the model is let go.</returns>
    public InputException Refused(string sentence)
    {
        Dispose();
        return new(sentence);
    }

    static OrtValue Lent(Tensor x) => x.dtype switch
    {
        ScalarType.Int64 => Lent<long>(x),
        ScalarType.Int32 => Lent<int>(x),
        _ => Lent<float>(x),
    };

    static OrtValue Lent<T>(Tensor x) where T : unmanaged => OrtValue.CreateTensorValueFromMemory(x.cpu().contiguous().data<T>().ToArray(), x.shape);

    static string Listed(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        string.Join(", ", nodes.Select(n => $"'{n.Key}' {(n.Value.IsTensor ? $"({string.Join(", ", n.Value.Dimensions.Select(d => d < 0 ? "?" : $"{d}"))}) {n.Value.ElementDataType}" : "no tensor")}"));
}
