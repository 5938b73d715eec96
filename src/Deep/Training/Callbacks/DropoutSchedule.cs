using Kaggle.Deep.Layers;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Lets the dropout of every layer change over the training.</summary>
/// <param name="factor">Of each layer's own share, at a progress of 0 to 1; null: 1.</param>
public sealed class DropoutSchedule(Func<double, double>? factor) : ICallback
{
    Loop? loop;
    (Dropout Layer, double Share)[] layers = [];

    public void OnBegin(Loop loop)
    {
        this.loop = loop;
        if (factor is null) return;
        layers = [.. loop.Network.modules().OfType<Dropout>().Select(d => (d, d.Share))];
        Set();
    }

    public void OnStep(StepEnd step) => Set();

    void Set()
    {
        foreach (var (layer, share) in layers) layer.Share = share * factor!(loop!.Step / (double)loop.Steps);
    }
}
