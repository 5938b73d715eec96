using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Core.Runs;

/// <summary>Finished units as folders: <c>units/&lt;key&gt;/</c> with unit.json, oof.npy, test.npy and model/; oof-views.npy and test-views.npy where other views of the rows were looked at.</summary>
/// <remarks>
/// A unit is written under another name and renamed, so it is whole or absent. Who computes it holds an operating-system lock
/// on <c>units/&lt;key&gt;.lock</c>: a crash lets go of it.
/// </remarks>
public sealed class UnitStore(string folder) : IUnitStore
{
    const string ViewedFile = "oof-views.npy", ViewedTestFile = "test-views.npy";

    public UnitResult? Find(string key)
    {
        var unit = Path.Combine(folder, key);
        var note = Path.Combine(unit, "unit.json");
        if (!File.Exists(note)) return null;
        var read = JsonSerializer.Deserialize<UnitDocument>(File.ReadAllBytes(note), RunJson.Options)
            ?? throw new InputException($"{note} is empty; delete the folder beside it and run again.");
        return new()
        {
            Validation = new(read.Outputs, Npy.Read(Path.Combine(unit, "oof.npy"))),
            Test = read.HasTest ? new(read.Outputs, Npy.Read(Path.Combine(unit, "test.npy"))) : null,
            Viewed = Viewed(unit, read),
            Record = new() { Iterations = read.Iterations, Curves = read.Curves, Importance = read.Importance },
            Seconds = read.Seconds,
            PeakMemoryMb = read.PeakMemoryMb,
            ModelFolder = Path.Combine(unit, "model"),
        };
    }

    static ViewedPredictions? Viewed(string unit, UnitDocument read) => !File.Exists(Path.Combine(unit, ViewedFile)) ? null
        : new(new(read.Outputs, Npy.Read(Path.Combine(unit, ViewedFile))), read.HasTest ? new(read.Outputs, Npy.Read(Path.Combine(unit, ViewedTestFile))) : null);

    public IUnitClaim? TryClaim(string key)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, key + ".lock");
        try
        {
            return new Claim(folder, key, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    sealed class Claim : IUnitClaim
    {
        readonly string folder, key, draft;
        readonly FileStream held;

        public Claim(string folder, string key, FileStream held)
        {
            (this.folder, this.key, this.held) = (folder, key, held);
            draft = Path.Combine(folder, $".{key}.draft");
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);       // left by a kill
            ModelFolder = Directory.CreateDirectory(Path.Combine(draft, "model")).FullName;
            Scratch = Directory.CreateDirectory(Path.Combine(folder, $".{key}.scratch")).FullName;
        }

        public string ModelFolder { get; }

        public string Scratch { get; }

        public UnitResult Publish(UnitResult result)
        {
            Npy.Write(Path.Combine(draft, "oof.npy"), result.Validation.Values);
            if (result.Test is { } test) Npy.Write(Path.Combine(draft, "test.npy"), test.Values);
            if (result.Viewed is { } viewed) Npy.Write(Path.Combine(draft, ViewedFile), viewed.Validation.Values);
            if (result.Viewed?.Test is { } viewedTest) Npy.Write(Path.Combine(draft, ViewedTestFile), viewedTest.Values);
            File.WriteAllBytes(Path.Combine(draft, "unit.json"), JsonSerializer.SerializeToUtf8Bytes(new UnitDocument
            {
                Outputs = result.Validation.Kind,
                HasTest = result.Test is not null,
                Iterations = result.Record.Iterations,
                Curves = result.Record.Curves,
                Importance = result.Record.Importance,
                Seconds = result.Seconds,
                PeakMemoryMb = result.PeakMemoryMb,
            }, RunJson.Options));
            var final = Path.Combine(folder, key);
            Directory.Move(draft, final);
            Directory.Delete(Scratch, recursive: true);
            return result with { ModelFolder = Path.Combine(final, "model") };
        }

        public void Dispose()
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
            // Removed while held: who opened the old file finds the unit finished, or computes it under a lock nobody else can see
            // only until the claim's second look.
            if (File.Exists(Path.Combine(folder, key, "unit.json"))) File.Delete(held.Name);
            held.Dispose();
        }
    }
}

/// <summary>unit.json.</summary>
sealed record UnitDocument
{
    public OutputKind Outputs { get; init; }

    public bool HasTest { get; init; }

    public int? Iterations { get; init; }

    public IReadOnlyList<Curve> Curves { get; init; } = [];

    public IReadOnlyDictionary<string, double> Importance { get; init; } = new Dictionary<string, double>();

    public double Seconds { get; init; }

    public double PeakMemoryMb { get; init; }
}
