using System.Numerics.Tensors;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Factors learned so that what a user had stands above what was not had: Bayesian personalised ranking.</summary>
/// <remarks>
/// Rendle et al. 2009, arXiv 1205.2618: gradient ascent on ln σ(x_ui − x_uj), one drawn item j for each event (u, i).
/// Every rated pair is an event, whatever the rating.
/// </remarks>
public sealed record BprFactors : PairLearner
{
    public int Factors { get; init => field = Require.AtLeast(1, value); } = 64;

    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 150;

    public double LearningRate { get; init => field = Require.Positive(value); } = 0.05;

    public double Penalty { get; init => field = Require.AtLeast(0, value); } = 0.01;

    public override bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Binary;

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var pairs = RatedPairs.Of(train, User, Item);
        var random = new Random(context.Seed);
        var width = FactorStep.Padded(Factors);
        var users = FactorStep.Drawn(pairs.ByUser.Count, Factors, 0.1, random);
        var items = FactorStep.Drawn(pairs.ByItem.Count, Factors, 0.1, random);
        var bias = new float[pairs.ByItem.Count];
        var had = Enumerable.Range(0, pairs.ByUser.Count).Select(user => new HashSet<int>(pairs.ByUser.Others(user).ToArray())).ToArray();
        var order = Enumerable.Range(0, pairs.Users.Length).ToArray();
        var (rate, keep) = ((float)LearningRate, (float)(1 - LearningRate * Penalty));
        var rights = new List<double>();
        var difference = new float[width];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            random.Shuffle(order);
            var (right, drawn) = (0, 0);
            foreach (var pair in order)
            {
                var (user, i) = (pairs.Users[pair], pairs.Items[pair]);
                if (had[user].Count == bias.Length) continue;                    // who had all has nothing to compare with
                int j;
                do j = random.Next(bias.Length); while (had[user].Contains(j));
                var p = users.AsSpan(user * width, width);
                var q = items.AsSpan(i * width, width);
                var r = items.AsSpan(j * width, width);
                TensorPrimitives.Subtract(q, r, difference);
                var above = bias[i] - bias[j] + TensorPrimitives.Dot<float>(p, difference);
                var push = rate / (1 + MathF.Exp(above));
                drawn++;
                if (above > 0) right++;
                bias[i] = keep * bias[i] + push;
                bias[j] = keep * bias[j] - push;
                TensorPrimitives.Multiply(q, keep, q);
                FactorStep.Add(q, push, p);
                TensorPrimitives.Multiply(r, keep, r);
                FactorStep.Add(r, -push, p);
                TensorPrimitives.Multiply(p, keep, p);
                FactorStep.Add(p, push, difference);
            }
            rights.Add(right / (double)Math.Max(1, drawn));
            context.Progress?.Report(new((epoch + 1.0) / Epochs, $"epoch {epoch + 1}/{Epochs}, {rights[^1]:P1} in order"));
        }
        return new FactorModel(pairs.Names, new(0, new float[pairs.ByUser.Count], bias, users, items, width), range: null, new() { Curves = [new("train pairs in order", rights)] });
    }

    public override IModel Load(string folder, FitContext context) => FactorModel.Load(folder);
}
