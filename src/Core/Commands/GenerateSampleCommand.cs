using Kaggle.Core.Data;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>Makes the embedded sample's files anew.</summary>
static class GenerateSampleCommand
{
    public static int Run(Session session, string? to)
    {
        var make = session.Sample ?? throw new InputException($"{session.Name} declares no Sample to generate.");
        var folder = Path.GetFullPath(to ?? Path.Combine(RepositoryRoot.Find(), "competitions", session.Name, "sample"));
        foreach (var file in make())
        {
            var path = Path.Combine(folder, file.Name);
            WholeFile.Write(path, stream => stream.Write(file.Bytes));
            session.Terminal.Result(path);
        }
        return Outcome.Done;
    }
}
