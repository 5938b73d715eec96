using System.Runtime.InteropServices;

namespace Kaggle.Core.Commands;

/// <summary>Ctrl-C and SIGTERM ask for an orderly end; the second one ends at once.</summary>
static class Signals
{
    public static IDisposable Stop(CancellationTokenSource source)
    {
        void Heard(PosixSignalContext signal)
        {
            if (source.IsCancellationRequested) return;                // the second: the default, an end at once
            signal.Cancel = true;
            source.Cancel();
        }
        return new Registrations(PosixSignalRegistration.Create(PosixSignal.SIGINT, Heard), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Heard));
    }

    sealed class Registrations(params IDisposable[] all) : IDisposable
    {
        public void Dispose()
        {
            foreach (var one in all) one.Dispose();
        }
    }
}
