using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Core.Commands;

/// <summary>All that is suspicious about a competition before anything is trained.</summary>
static class Guard
{
    public static IReadOnlyList<Warning> Inspect(Session session, Experiment experiment) => session.Data.Warnings;
}
