using Kaggle.Core.Data;

namespace Kaggle.Core.Ensembling;

/// <summary>Blends on the scale that was learned and goes back: the mean of logarithms where a logarithm was learned.</summary>
public sealed record ScaledBlend(IBlend Inner, Scale Scale) : IBlend
{
    public IReadOnlyList<double> Weights => Inner.Weights;

    public Predictions Blend(IReadOnlyList<Predictions> members) => Back(Inner.Blend([.. members.Select(member => Forward(member, Scale))]), Scale);

    internal static Predictions Forward(Predictions member, Scale scale) => new(member.Kind, member.Values.Map(value => scale.Forward(value)));

    internal static Predictions Back(Predictions learned, Scale scale) => new(learned.Kind, learned.Values.Map(value => scale.Back(value)));
}
