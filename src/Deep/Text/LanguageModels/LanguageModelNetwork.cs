using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text.LanguageModels;

/// <summary>Says after each word which comes next; the words' vectors are its last matrix.</summary>
/// <remarks>
/// Goes on where the batch before it ended: <see cref="LanguageStreams"/> gives batches in the order of reading. Large outputs, and outputs that jump from word to
/// word, cost (Merity's activation regularisation, 2 and 1).
/// </remarks>
sealed class LanguageModelNetwork : Network
{
    const double Large = 2, Jumping = 1;

    readonly AwdLstm body;
    readonly Parameter bias;
    readonly double outputDropped;
    LstmState[] states = [];
    Tensor raw = null!;

    public LanguageModelNetwork(AwdLstm body, double outputDropped) : base(nameof(LanguageModelNetwork))
    {
        (this.body, this.outputDropped) = (body, outputDropped);
        bias = nn.Parameter(zeros(body.Words.shape[0]));
        RegisterComponents();
    }

    public override IReadOnlyList<string[]> Parts => [.. Enumerable.Range(0, body.Layers).Select(layer => new[] { $"body.rnns.{layer}." }), []];

    /// <param name="inputs">Words (batch, length) int64; (batch) 1 where a stream begins, 0 where it goes on.</param>
    /// <returns>(batch, length, embedding).</returns>
    public override Tensor forward(Tensor[] inputs)
    {
        if (inputs[1][0].item<long>() == 1) Forget();
        (raw, var ends) = body.Run(inputs[0], states.Length == 0 ? null : states);
        Forget();
        states = Array.ConvertAll(ends, end => new LstmState(end.Said.detach().DetachFromDisposeScope(), end.Remembered.detach().DetachFromDisposeScope()));
        return body.Steady(raw, outputDropped);
    }

    /// <param name="output">As <see cref="forward"/> says it.</param>
    /// <param name="batch">Its target is (batch, length) int64: the next word.</param>
    public Tensor LossOf(Tensor output, TrainingBatch batch)
    {
        var loss = nn.functional.cross_entropy(Logits(output).flatten(0, 1), batch.Target.flatten());
        if (!training) return loss;
        loss += Large * output.pow(2).mean();
        return raw.shape[1] < 2 ? loss : loss + Jumping * (raw.narrow(1, 1, raw.shape[1] - 1) - raw.narrow(1, 0, raw.shape[1] - 1)).pow(2).mean();
    }

    public Tensor Logits(Tensor output) => nn.functional.linear(output, body.Words, bias);

    void Forget()
    {
        foreach (var state in states)
        {
            state.Said.Dispose();
            state.Remembered.Dispose();
        }
        states = [];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Forget();
        base.Dispose(disposing);
    }
}
