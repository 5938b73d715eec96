using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision;

/// <summary>The last stage of a classifier's body, and its head: what learns while the layers before stay as they were published. The weights are the classifier's own.</summary>
/// <remarks>One input, (batch, channels, rows, columns) of maps as <see cref="PictureNetwork.BeforeLastStage"/> gives them → (batch, outputs).</remarks>
public sealed class LastStageNetwork : Network
{
    readonly ModuleList<nn.Module<Tensor, Tensor>> stage;
    readonly nn.Module<Tensor, Tensor> head;
    readonly Func<Tensor, Tensor> outputs;                  // the classifier itself as a field would be a part of this network, with all that is to stay
    readonly bool keepsNorms;

    /// <param name="whole">Of an architecture that <see cref="PictureArchitecture.HasLastStage"/>; it stays its owner's.</param>
    public LastStageNetwork(PictureClassifier whole) : base(nameof(LastStageNetwork))
    {
        (outputs, keepsNorms, PredictBatch) = (whole.FromStage, whole.Body.KeepsNorms, whole.PredictBatch);
        stage = new([.. whole.Body.LastStage]);
        head = whole.Head;
        RegisterComponents();
    }

    public override IReadOnlyList<string[]> Parts => [["stage."], ["head."]];

    public override int PredictBatch { get; }

    public override Tensor forward(Tensor[] inputs) => outputs(inputs[0]);

    public override void train(bool train = true)
    {
        base.train(train);
        if (!keepsNorms) return;
        foreach (var norm in modules().OfType<BatchNorm2d>()) norm.eval();
    }
}
