using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Core.Commands;

/// <summary>The command line that every competition has: verbs, options, help, completion, exit codes.</summary>
public sealed class CommandLine(ICompetitionSource source)
{
    readonly Option<string?> data = new("--data") { Description = "Folder with the competition's files (train, test, sample submission)", Recursive = true, HelpName = "DIR" };
    readonly Option<string?> output = new("--out") { Description = "Folder for runs/ and submissions/ (default: the repository's root)", Recursive = true, HelpName = "DIR" };
    readonly Option<string[]> learner = new("--learner") { Description = "Only the learners of these names", AllowMultipleArgumentsPerToken = true, HelpName = "NAME" };
    readonly Option<int?> fold = new("--fold") { Description = "Only this fold, counted from 1: a score, no submission", HelpName = "N" };
    readonly Option<string?> folds = new("--folds") { Description = "Another number of folds, or another scheme: 10, group:COLUMN, time:COLUMN", Recursive = true, HelpName = "N|SCHEME" };
    readonly Option<int> seed = new("--seed") { Description = "The first seed", DefaultValueFactory = _ => 42, HelpName = "N" };
    readonly Option<int> seeds = new("--seeds") { Description = "How many seeds each learner is trained with; their predictions are averaged", DefaultValueFactory = _ => 1, HelpName = "N" };
    readonly Option<bool> quick = new("--quick") { Description = "Seconds instead of minutes: three folds, short trainings, slow learners left out" };
    readonly Option<double?> subset = new("--subset") { Description = "Only this share of the training rows, for quick trials: 0.1; the same rows on every call", Recursive = true, HelpName = "SHARE" };
    readonly Option<int?> size = new("--size") { Description = "Height and width at which learners look at pictures, for quick trials (default: each its own)", Recursive = true, HelpName = "PIXELS" };
    readonly Option<bool> retrain = new("--retrain") { Description = "Predict the test rows by models trained on all rows, not by the folds' models" };
    readonly Option<string> device = new("--device") { Description = "Where networks train: cpu or cuda", DefaultValueFactory = _ => "cpu", Recursive = true };
    readonly Option<int?> jobs = new("--jobs") { Description = "Units of work at once (default: as many as there are cores for small tables, else 1)", HelpName = "N" };
    readonly Option<bool> diagnose = new("--diagnose") { Description = "Record gradients, activations and TensorBoard events of each network in its unit's folder" };
    readonly Option<string?> budget = new("--budget") { Description = "End after this time with the best submission so far: 90s, 20m, 2h", HelpName = "TIME" };
    readonly Option<bool> quiet = new("--quiet") { Description = "Print the result only", Recursive = true };

    public async Task<int> RunAsync(string[] args)
    {
        device.AcceptOnlyFromAmong("cpu", "cuda");
        learner.CompletionSources.Add(_ => LearnerNames().Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine("--help lists what there is.");
            return Outcome.Mistake;
        }
        // Signals are ours: an interrupted run still writes what it has, however long that takes.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    RootCommand Root()
    {
        Option[] training = [learner, fold, seed, seeds, quick, retrain, diagnose, jobs, budget];
        var root = new RootCommand($"{source.Name}: {source.Question}") { data, output, folds, subset, device, quiet };
        if (LooksAtPictures) root.Add(size);
        foreach (var option in training) root.Add(option);
        foreach (var option in source.Options)
        {
            option.Recursive = true;
            root.Add(option);
        }
        root.SetAction((parsed, _) => Do(parsed, (session, stop) => RunCommand.RunAsync(session, stop)));

        var run = new Command("run", "Train, validate, ensemble and write a submission and a report (the default)");
        foreach (var option in training) run.Add(option);
        run.SetAction((parsed, _) => Do(parsed, (session, stop) => RunCommand.RunAsync(session, stop)));
        root.Add(run);

        var check = new Command("check", "Read everything, train nothing, and say all that is wrong or suspicious");
        check.SetAction((parsed, _) => Do(parsed, (session, stop) => Task.FromResult(CheckCommand.Run(session))));
        root.Add(check);

        var rates = new Command("lr-find", "Try learning rates with every network, suggest one, and draw what each did") { learner, fold, seed };
        rates.SetAction((parsed, _) => Do(parsed, (session, stop) => Task.FromResult(RateCommand.Run(session, stop))));
        root.Add(rates);

        var show = new Command("show-batch", "Draw training pictures as every network sees them, augmented") { learner, fold, seed };
        show.SetAction((parsed, _) => Do(parsed, (session, stop) => Task.FromResult(ShowCommand.Run(session, stop))));
        root.Add(show);

        var submission = new Option<string>("--submission") { Description = "The submission to score", Required = true, HelpName = "FILE" };
        var solution = new Option<string?>("--solution") { Description = "The true answers, in the submission's columns (default: those that lie with the files)", HelpName = "FILE" };
        var score = new Command("score", "Score a submission with the competition's metric") { submission, solution };
        score.SetAction((parsed, _) => Do(parsed, (session, stop) =>
            Task.FromResult(ScoreCommand.Run(session, parsed.GetRequiredValue(submission), parsed.GetValue(solution)))));
        root.Add(score);

        var runs = new Command("runs", "The leaderboard of this competition's runs");
        runs.SetAction((parsed, _) => Do(parsed, (session, stop) => Task.FromResult(RunsCommand.Run(session))));
        root.Add(runs);

        var of = new Argument<string?>("run") { Description = "A run folder's name or a part of it; the newest without", Arity = ArgumentArity.ZeroOrOne };
        var report = new Command("report", "Write a run's report.html again") { of };
        report.SetAction((parsed, _) => Do(parsed, (session, stop) => Task.FromResult(ReportCommand.Run(session, parsed.GetValue(of)))));
        root.Add(report);

        var blended = new Argument<string[]>("runs") { Description = "Two or more run folders' names or parts of them; all finished ones without", Arity = ArgumentArity.ZeroOrMore };
        var ensemble = new Command("ensemble", "Blend the learners of finished runs into one submission") { blended };
        ensemble.SetAction((parsed, _) => Do(parsed, (session, stop) => Task.FromResult(EnsembleCommand.Run(session, parsed.GetValue(blended) ?? []))));
        root.Add(ensemble);

        var first = new Argument<string>("before") { Description = "A run folder's name or a part of it" };
        var second = new Argument<string>("after") { Description = "Another run on the same folds" };
        var compare = new Command("compare", "Is the second run better than the first, or is it noise?") { first, second };
        compare.SetAction((parsed, _) => Do(parsed, (session, stop) =>
            Task.FromResult(CompareCommand.Run(session, parsed.GetRequiredValue(first), parsed.GetRequiredValue(second)))));
        root.Add(compare);

        var points = new Argument<double>("score") { Description = "What the leaderboard said" };
        var scored = new Option<string?>("--run") { Description = "A run folder's name or a part of it; the newest without", HelpName = "RUN" };
        var publicScore = new Command("public-score", "Write down the public leaderboard's score of a run's submission") { points, scored };
        publicScore.SetAction((parsed, _) => Do(parsed, (session, stop) =>
            Task.FromResult(PublicScoreCommand.Run(session, parsed.GetValue(points), parsed.GetValue(scored)))));
        root.Add(publicScore);

        var file = new Option<string>("--file") { Description = "Rows with the columns of the test file", Required = true, HelpName = "FILE" };
        var to = new Option<string>("--to") { Description = "The CSV to write", Required = true, HelpName = "FILE" };
        var model = new Option<string?>("--run") { Description = "A run folder's name or a part of it; the newest finished one without", HelpName = "RUN" };
        var predict = new Command("predict", "Predict a new file with the models of a finished run") { file, to, model };
        predict.SetAction((parsed, _) => Do(parsed, (session, stop) =>
            Task.FromResult(PredictCommand.Run(session, parsed.GetRequiredValue(file), parsed.GetRequiredValue(to), parsed.GetValue(model), stop))));
        root.Add(predict);

        var top = new Option<int>("--top") { Description = "How many items of each user", DefaultValueFactory = _ => 10, HelpName = "N" };
        var kept = new Option<string>("--kept") { Description = $"What the rankers have to find: {RecommendCommand.Drawn} (a quarter of each user's rows) or {RecommendCommand.Last} (each user's last)", DefaultValueFactory = _ => RecommendCommand.Drawn };
        kept.AcceptOnlyFromAmong(RecommendCommand.Drawn, RecommendCommand.Last);
        var recommend = new Command("recommend", "Judge the rankers, and write each user's best items") { learner, seed, top, kept };
        recommend.SetAction((parsed, _) => Do(parsed, (session, stop) =>
            Task.FromResult(RecommendCommand.Run(session, Require.AtLeast(1, parsed.GetValue(top), "--top"), parsed.GetRequiredValue(kept), stop))));
        root.Add(recommend);

        var into = new Option<string?>("--to") { Description = "Folder to write to (default: the competition's sample folder)", HelpName = "DIR" };
        var generate = new Command("generate-sample", "Make the embedded sample's files anew") { into };
        generate.SetAction((parsed, _) => Do(parsed, (session, stop) => Task.FromResult(GenerateSampleCommand.Run(session, parsed.GetValue(into)))));
        root.Add(generate);

        var shell = new Argument<string>("shell") { Description = string.Join(", ", CompletionCommand.Shells) };
        shell.AcceptOnlyFromAmong(CompletionCommand.Shells);
        var completion = new Command("completion", $"Print the completion script of a shell: source <({source.Name} completion bash)") { shell };
        completion.SetAction((parsed, _) => Do(parsed, (session, stop) => Task.FromResult(CompletionCommand.Run(session, parsed.GetRequiredValue(shell)))));
        root.Add(completion);
        return root;
    }

    Task<int> Do(ParseResult parsed, Func<Session, CancellationToken, Task<int>> command) =>
        Outcome.OfAsync(stop => command(new Session(source, parsed, Options(parsed)), stop), Console.Error);

    IEnumerable<string> LearnerNames() =>
        source is DeclaredCompetition declared ? declared.Competition.Learners.Select(l => l.Name) : [];

    // A competition that is read off its files may have a --size of its own.
    bool LooksAtPictures => source is DeclaredCompetition declared && declared.Competition.Learners.Any(l => l is IResizes);

    RunOptions Options(ParseResult parsed) => new()
    {
        Data = parsed.GetValue(data),
        Out = Path.GetFullPath(parsed.GetValue(output) ?? RepositoryRoot.Find()),
        Learners = [.. parsed.GetValue(learner) ?? []],
        Fold = parsed.GetValue(fold) is { } n ? Require.AtLeast(1, n, "--fold") : null,
        Folds = parsed.GetValue(folds),
        Seed = Given(parsed, seed, 42),
        Seeds = Require.AtLeast(1, Given(parsed, seeds, 1), "--seeds"),
        Quick = parsed.GetValue(quick),
        Subset = parsed.GetValue(subset) is { } share ? Require.Between(0.0001, 1, share, "--subset") : null,
        Size = LooksAtPictures && parsed.GetValue(size) is { } pixels ? Require.AtLeast(1, pixels, "--size") : null,
        Retrain = parsed.GetValue(retrain),
        Diagnose = parsed.GetValue(diagnose),
        Device = parsed.GetValue(device) == "cuda" ? Device.Cuda : Device.Cpu,
        Jobs = parsed.GetValue(jobs) is { } j ? Require.AtLeast(1, j, "--jobs") : null,
        Budget = parsed.GetValue(budget) is { } time ? Time(time) : null,
        Quiet = parsed.GetValue(quiet),
        Given = [.. parsed.Tokens.Where(t => t.Type != TokenType.Command || t.Value == "run").Select(t => t.Value)],
    };

    /// <summary>A verb that lacks the option gets the default, not the type's.</summary>
    static int Given(ParseResult parsed, Option<int> option, int otherwise) => parsed.GetResult(option) is null ? otherwise : parsed.GetValue(option);

    static TimeSpan Time(string text)
    {
        var unit = text.Length == 0 ? ' ' : text[^1];
        var number = char.IsAsciiDigit(unit) ? text : text[..^1];
        if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0)
            switch (unit)
            {
                case 's': return TimeSpan.FromSeconds(value);
                case 'm': return TimeSpan.FromMinutes(value);
                case 'h': return TimeSpan.FromHours(value);
            }
        throw new InputException($"--budget {text} is no time; write 90s, 20m or 2h.");
    }
}
