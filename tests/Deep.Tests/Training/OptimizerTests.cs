using System.Text.Json;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Training;

/// <summary>Each rule against its formula, by hand, on one matrix over three steps.</summary>
public class OptimizerTests
{
    static readonly float[] start = [1, -2, 0.5f, 3];
    static readonly float[][] gradients = [[0.1f, -0.2f, 0.3f, 0], [0.4f, 0.1f, -0.3f, 0.2f], [-0.1f, 0.2f, 0.1f, 0.5f]];

    [Fact]
    public void AdamW_follows_its_formula()
    {
        var (m, v) = (new double[4], new double[4]);
        Follows(new AdamW { Rate = 0.1, Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-6, Decay = 0.2 }, (p, g, t, i) =>
        {
            (m[i], v[i]) = (0.8 * m[i] + 0.2 * g, 0.9 * v[i] + 0.1 * g * g);
            return p * (1 - 0.1 * 0.2) - 0.1 * (m[i] / (1 - Math.Pow(0.8, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.9, t))) + 1e-6);
        });
    }

    [Fact]
    public void Sgd_follows_its_formula()
    {
        var m = new double[4];
        Follows(new Sgd { Rate = 0.1, Momentum = 0.9, Decay = 0.2 }, (p, g, _, i) =>
        {
            g += 0.2 * p;
            m[i] = 0.9 * m[i] + g;
            return p - 0.1 * (g + 0.9 * m[i]);
        });
    }

    [Fact]
    public void Lion_follows_its_formula()
    {
        var m = new double[4];
        Follows(new Lion { Rate = 0.1, Beta1 = 0.9, Beta2 = 0.99, Decay = 0.2 }, (p, g, _, i) =>
        {
            var next = p * (1 - 0.1 * 0.2) - 0.1 * Math.Sign(0.9 * m[i] + 0.1 * g);
            m[i] = 0.99 * m[i] + 0.01 * g;
            return next;
        });
    }

    [Fact]
    public void RAdam_follows_its_formula()
    {
        var (m, v) = (new double[4], new double[4]);
        Follows(new RAdam { Rate = 0.1, Beta1 = 0.9, Beta2 = 0.5, Epsilon = 1e-6 }, (p, g, t, i) => RAdam(p, g, t, i, 0.5));
        (m, v) = (new double[4], new double[4]);
        // ρ reaches 5 only with a longer memory: here from the sixth step on.
        Follows(new RAdam { Rate = 0.1, Beta1 = 0.9, Beta2 = 0.99, Epsilon = 1e-6 }, (p, g, t, i) => RAdam(p, g, t, i, 0.99), repeats: 4);

        double RAdam(double p, double g, int t, int i, double beta2)
        {
            (m[i], v[i]) = (0.9 * m[i] + 0.1 * g, beta2 * v[i] + (1 - beta2) * g * g);
            var most = 2 / (1 - beta2) - 1;
            var length = most - 2 * t * Math.Pow(beta2, t) / (1 - Math.Pow(beta2, t));
            var mean = m[i] / (1 - Math.Pow(0.9, t));
            if (length <= 5) return p - 0.1 * mean;
            var rectified = Math.Sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length));
            return p - 0.1 * rectified * mean / (Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(beta2, t)) + 1e-6);
        }
    }

    [Fact]
    public void Adam_follows_its_formula()
    {
        var (m, v) = (new double[4], new double[4]);
        Follows(new Adam { Rate = 0.1, Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-6, Decay = 0.2 }, (p, g, t, i) =>
        {
            g += 0.2 * p;
            (m[i], v[i]) = (0.8 * m[i] + 0.2 * g, 0.9 * v[i] + 0.1 * g * g);
            return p - 0.1 * (m[i] / (1 - Math.Pow(0.8, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.9, t))) + 1e-6);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.01)]                                                   // the weights are far longer than the step: ten times at most
    public void Lamb_follows_its_formula(double size)
    {
        var (m, v, p) = (new double[4], new double[4], start.Select(x => x / size).ToArray());
        Libtorch();
        using var scope = NewDisposeScope();
        using var weight = nn.Parameter(tensor(p.Select(x => (float)x).ToArray(), [2, 2]));
        using var optimizer = new Optimizer(new Lamb { Rate = 0.1, Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-6, Decay = 0.2 }, [new ParameterGroup([("w", weight)])]);
        for (var t = 1; t <= 3; t++)
        {
            var g = gradients[t - 1];
            using (no_grad()) weight.grad!.copy_(tensor(g, [2, 2]));
            optimizer.Step(new(1));
            var step = new double[4];
            for (var i = 0; i < 4; i++)
            {
                (m[i], v[i], p[i]) = (0.8 * m[i] + 0.2 * g[i], 0.9 * v[i] + 0.1 * g[i] * g[i], p[i] * (1 - 0.1 * 0.2));
                step[i] = m[i] / (1 - Math.Pow(0.8, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.9, t))) + 1e-6);
            }
            var trust = Math.Min(Math.Sqrt(p.Sum(x => x * x) / step.Sum(x => x * x)), 10);
            for (var i = 0; i < 4; i++) p[i] -= 0.1 * trust * step[i];
        }
        Assert.All(p.Zip(weight.data<float>().ToArray()), x => Assert.Equal(x.First, x.Second, 1e-4 / size));
    }

    [Fact]
    public void Lookahead_goes_halfway_back_every_so_many_steps()
    {
        var (slow, steps) = (start.Select(x => (double)x).ToArray(), new int[4]);
        Follows(new Lookahead { Of = new Sgd { Rate = 0.1, Momentum = 0 }, Every = 2, Share = 0.25 }, (p, g, _, i) =>
        {
            p -= 0.1 * g;
            if (++steps[i] % 2 == 0) p = slow[i] += 0.25 * (p - slow[i]);
            return p;
        }, repeats: 2);
    }

    // Both recipes of fastai/optimizer.py: mom 0.95, wd 0.01, eps 1e-6, k 6, alpha 0.5 over RAdam with sqr_mom 0.99.
    [Fact]
    public void Ranger_is_fastais() =>
        Assert.Equal(new Lookahead { Of = new RAdam { Rate = 0.02, Beta1 = 0.95, Beta2 = 0.99, Epsilon = 1e-6, Decay = 0.01 }, Every = 6, Share = 0.5 }, Lookahead.Ranger(0.02));

    [Fact]
    public void Muon_steps_are_nearly_orthogonal_matrices()
    {
        Kaggle.Deep.Native.Libtorch.Load();
        using var scope = NewDisposeScope();
        using var weight = nn.Parameter(zeros(6, 4));
        using var optimizer = new Optimizer(new Muon { Rate = 1 }, [new ParameterGroup([("w", weight)])]);
        using (no_grad()) weight.grad!.copy_(randn(6, 4));
        optimizer.Step(new(1));
        var singular = linalg.svdvals(weight.detach() / Math.Sqrt(6.0 / 4)).data<float>().ToArray();
        Assert.All(singular, s => Assert.InRange(s, 0.6f, 1.3f));
    }

    [Fact]
    public void Vectors_do_not_decay_and_rates_of_groups_count()
    {
        Kaggle.Deep.Native.Libtorch.Load();
        using var scope = NewDisposeScope();
        using var matrix = nn.Parameter(ones(2, 2));
        using var vector = nn.Parameter(ones(2));
        using var optimizer = new Optimizer(new AdamW { Rate = 0.1, Decay = 0.5 }, [new([("m", matrix)], Rate: 0.5), new([("v", vector)], Decays: false)]);
        optimizer.Step(new(1));                              // without gradients only decay moves
        Assert.Equal(1 - 0.05f * 0.5f, matrix[0, 0].item<float>(), 1e-6f);
        Assert.Equal(1, vector[0].item<float>());
    }

    [Fact]
    public void A_groups_decay_goes_by_its_rate_and_its_own_factor()
    {
        Libtorch();
        using var scope = NewDisposeScope();
        using var weight = nn.Parameter(ones(2, 2));
        using var optimizer = new Optimizer(new AdamW { Rate = 0.1, Decay = 0.5 }, [new([("w", weight)], Rate: 2) { DecayFactor = 3 }]);
        optimizer.Step(new(1));                              // without gradients only decay moves
        Assert.Equal(1 - 0.1f * 2 * 0.5f * 3, weight[0, 0].item<float>(), 1e-6f);
    }

    [Fact]
    public void Rules_and_schedules_survive_json()
    {
        foreach (IUpdate update in new IUpdate[] { new AdamW(), new Sgd(), new Lion(), new RAdam(), new Muon(), new Adam(), new Lamb(), Lookahead.Ranger() })
            Assert.Equal(update, JsonSerializer.Deserialize<IUpdate>(JsonSerializer.Serialize(update)));
        foreach (ISchedule schedule in new ISchedule[] { new ConstantSchedule(), new OneCycle(), new FourCycles(), new FlatCosine(), new CosineRestarts(), new WarmUp(), new Polynomial() })
            Assert.Equal(schedule, JsonSerializer.Deserialize<ISchedule>(JsonSerializer.Serialize(schedule)));
    }

    static void Libtorch() => Kaggle.Deep.Native.Libtorch.Load();

    // As it is on the processor, and by the script that a graphics card would run.
    static void Follows(IUpdate update, Func<double, double, int, int, double> formula, int repeats = 1)
    {
        Libtorch();
        using var scope = NewDisposeScope();
        using var weight = nn.Parameter(tensor(start, [2, 2]));
        using var scripted = nn.Parameter(tensor(start, [2, 2]));
        using var optimizer = new Optimizer(update, [new ParameterGroup([("w", weight)])]);
        using var script = new Optimizer(update, [new ParameterGroup([("w", scripted)])], scripted: true);
        var expected = start.Select(x => (double)x).ToArray();
        for (var t = 1; t <= 3 * repeats; t++)
        {
            var gradient = gradients[(t - 1) % 3];
            for (var i = 0; i < 4; i++) expected[i] = formula(expected[i], gradient[i], t, i);
            foreach (var (moved, by) in new[] { (weight, optimizer), (scripted, script) })
            {
                using (no_grad()) moved.grad!.copy_(tensor(gradient, [2, 2]));
                by.Step(new(1));
                Assert.All(expected.Zip(moved.data<float>().ToArray()), w => Assert.Equal(w.First, w.Second, 1e-5));
                Assert.Equal(0, moved.grad!.abs().sum().item<float>());
            }
        }
    }

    public static TheoryData<IUpdate> Elementwise => [new AdamW(), new Adam { Decay = 0.1 }, new RAdam { Decay = 0.1 }, new Sgd { Decay = 0.1 }, new Sgd { Nesterov = false }, new Lion(), Lookahead.Ranger(), new Muon { Decay = 0.1 }];

    // More numbers than one thread takes, tensors of odd sizes between which zeros lie, one of them with its channels last.
    [Theory]
    [MemberData(nameof(Elementwise))]
    public void A_step_on_the_processor_is_the_scripts_and_leaves_the_same_behind(IUpdate update)
    {
        Libtorch();
        using var scope = NewDisposeScope();
        var (weights, scripted) = (Made(), Made());
        using var optimizer = new Optimizer(update, Groups(weights));
        using var script = new Optimizer(update, Groups(scripted), scripted: true);
        foreach (var pace in new Pace[] { new(1), new(0.5, Momentum: 0.8), new(2, Decay: 0.5), new(1), new(1), new(1), new(0.1), new(1) })
        {
            var slopes = weights.Select(w => randn(w.shape)).ToList();
            foreach (var (moved, by) in new[] { (weights, optimizer), (scripted, script) })
            {
                using (no_grad())
                    foreach (var (w, slope) in moved.Zip(slopes)) w.grad!.copy_(slope);
                by.Step(pace);
            }
            foreach (var (one, other) in weights.Zip(scripted)) Near(one, other);
        }
        Assert.All(weights, w => Assert.Equal(0, w.grad!.abs().sum().item<float>()));
        foreach (var ((name, one), (same, other)) in optimizer.State.Zip(script.State))
        {
            Assert.Equal(same, name);
            Near(one, other);
        }

        static TorchSharp.Modules.Parameter[] Made()
        {
            manual_seed(3);
            return [nn.Parameter(randn(150, 201)), nn.Parameter(randn(5, 3, 3, 3).permute(0, 3, 1, 2)), nn.Parameter(randn(1)), nn.Parameter(randn(17))];
        }

        static ParameterGroup[] Groups(TorchSharp.Modules.Parameter[] of) =>
            [new([("a", of[0]), ("b", of[1])], Rate: 0.5) { DecayFactor = 2 }, new([("c", of[2]), ("d", of[3])], Decays: false)];

        static void Near(Tensor one, Tensor other) => Assert.True(allclose(one, other, rtol: 1e-4, atol: 1e-5), $"{(one - other).abs().max().item<float>()}");
    }

    // 1 − β₂ of floats would be a ten-thousandth off, and what is divided by its root half of that.
    [Fact]
    public void A_long_memory_loses_nothing_to_rounding()
    {
        var update = new AdamW { Rate = 1, Beta2 = 0.99999, Epsilon = 1e-12, Decay = 0 };
        Libtorch();
        using var scope = NewDisposeScope();
        using var weight = nn.Parameter(zeros(16));
        using var optimizer = new Optimizer(update, [new ParameterGroup([("w", weight)])]);
        using (no_grad()) weight.grad!.fill_(0.3f);
        optimizer.Step(new(1));                              // g / √g² of any gradient

        Assert.All(weight.data<float>().ToArray(), w => Assert.Equal(-1, w, 1e-6f));
    }

    [Fact]
    public void A_step_is_the_same_to_the_last_bit_on_any_number_of_threads()
    {
        Libtorch();
        var threads = get_num_threads();
        try
        {
            var moved = new[] { 1, 2, 3 }.Select(count =>
            {
                set_num_threads(count);
                manual_seed(5);
                using var scope = NewDisposeScope();
                using var weight = nn.Parameter(randn(300, 301));
                using var optimizer = new Optimizer(new AdamW(), [new ParameterGroup([("w", weight)])]);
                for (var t = 0; t < 3; t++)
                {
                    using (no_grad()) weight.grad!.normal_();
                    optimizer.Step(new(1));
                }
                return weight.data<float>().ToArray();
            }).ToList();
            Assert.All(moved, m => Assert.Equal(moved[0], m));
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}
