using System.Collections.Concurrent;

namespace Kaggle.Core.Learning;

/// <summary>Values that the folds of one run compute once and share; disposed with the run.</summary>
public sealed class RunShare : IDisposable
{
    readonly ConcurrentDictionary<object, Lazy<object>> values = new();

    /// <param name="key">Equal keys share a value: use a record of the source dataset and the settings that matter.</param>
    /// <param name="make">Called once for a key, whichever thread comes first.</param>
    public T GetOrAdd<T>(object key, Func<T> make) where T : class =>
        (T)values.GetOrAdd(key, _ => new Lazy<object>(() => make())).Value;

    public void Dispose()
    {
        foreach (var value in values.Values)
            if (value.IsValueCreated && value.Value is IDisposable disposable) disposable.Dispose();
        values.Clear();
    }
}
