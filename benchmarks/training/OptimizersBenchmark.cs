using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using TorchSharp;
using Parameter = TorchSharp.Modules.Parameter;
using static TorchSharp.torch;

namespace Kaggle.Benchmarks.Training;

/// <summary>A step over 60 tensors of 64×64: this project's rules, which also clear the gradients, beside TorchSharp's, which do not.</summary>
static class OptimizersBenchmark
{
    const int Tensors = 60, Side = 64, Steps = 250, Rounds = 9;

    public static int Run()
    {
        Libtorch.Load();
        torch.set_num_threads(Environment.ProcessorCount);
        foreach (var (name, update, peer) in new (string, IUpdate, Func<IEnumerable<Parameter>, optim.Optimizer>?)[]
        {
            ("AdamW", new AdamW(), p => optim.AdamW(p)),
            ("Adam", new Adam(), p => optim.Adam(p)),
            ("SGD with Nesterov's momentum", new Sgd(), p => optim.SGD(p, 0.1, momentum: 0.9, nesterov: true)),
            ("RAdam", new RAdam(), p => optim.RAdam(p)),
            ("Lion", new Lion(), null),
            ("LAMB", new Lamb(), null),
            ("ranger (RAdam and Lookahead)", Lookahead.Ranger(), null),
            ("Muon", new Muon(), null),
        })
        {
            using var scope = NewDisposeScope();
            Parameter[] Made() => [.. Enumerable.Range(0, Tensors).Select(_ => nn.Parameter(randn(Side, Side)))];
            var (ours, theirs) = (Made(), Made());
            using var optimizer = new Optimizer(update, [new([.. ours.Select((p, i) => ($"{i}", p))])]);
            using var other = peer?.Invoke(theirs);
            foreach (var p in theirs) p.grad = zeros_like(p);
            void Ours()
            {
                for (var i = 0; i < Steps; i++) optimizer.Step(new Pace(1));
            }
            void Theirs()
            {
                for (var i = 0; i < Steps; i++)
                {
                    using var step = NewDisposeScope();
                    other!.step();
                }
            }
            // Anew before each round: ours leave zeros behind, and running means of nothing else end as numbers that a processor is slow at.
            Func<Stopclock.Took> Fresh(Parameter[] of, Action steps) => () =>
            {
                using (no_grad())
                    foreach (var p in of) p.grad!.normal_();
                return Stopclock.Timed(steps)();
            };
            var took = Stopclock.InTurns(Rounds, other is null ? [Fresh(ours, Ours)] : [Fresh(ours, Ours), Fresh(theirs, Theirs)]);
            Stopclock.Say($"{name}, a step", took[0], 1000.0 / Steps, "ms");
            if (other is null) continue;
            Stopclock.Say($"TorchSharp's {name}", took[1], 1000.0 / Steps, "ms");
            Stopclock.SayRatio($"TorchSharp / this project, {name}", took[1], took[0]);
        }
        return 0;
    }
}
