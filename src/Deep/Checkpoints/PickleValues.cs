namespace Kaggle.Deep.Checkpoints;

/// <summary>A name that a pickle calls for, such as torch._utils._rebuild_tensor_v2: only ever a name here, never code.</summary>
sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A value that is passed over: allowed in a checkpoint, but nothing that a network needs.</summary>
sealed record PickleOpaque(string What);

/// <summary>A dict or OrderedDict; keys in the file's order, the last value of a key wins.</summary>
sealed class PickleDictionary
{
    readonly List<object?> keys = [];
    readonly Dictionary<string, object?> named = [];

    public IReadOnlyDictionary<string, object?> Named => named;

    public IEnumerable<string> Names => keys.OfType<string>();

    public void Set(object? key, object? value)
    {
        if (key is not string name) return;                      // numbers name no tensor
        if (named.TryAdd(name, value)) keys.Add(name);
        else named[name] = value;
    }
}
