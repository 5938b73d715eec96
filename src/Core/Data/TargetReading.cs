using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>From the columns that a target names to the answers.</summary>
static class TargetReading
{
    /// <returns>How the target's columns must be read: classes as they are written, numbers as numbers.</returns>
    public static ColumnKind KindOf(Target target) => target is BinaryTarget or ClassTarget or OrdinalTarget ? ColumnKind.Category : ColumnKind.Number;

    /// <exception cref="InputException">An answer is missing or not what the target says, or all are the same.</exception>
    public static TargetValues Read(Table train, Target target) => target switch
    {
        BinaryTarget binary => Binary(train, binary),
        ClassTarget classes => Classes(train, classes),
        OrdinalTarget ordinal => Ordinal(train, ordinal),
        LabelsTarget labels => new(target, Side(labels.Names.Select(n => Label(train, n)).ToArray()), labels.Names),
        NumberTarget numbers => new(target, Side(numbers.Names.Select(n => Number(train, n, numbers.LearnedAs)).ToArray())),
        QuantileTarget quantiles => new(target, new(Number(train, quantiles.Column, Scale.Same), 1)),
        _ => throw new NotSupportedException($"No way to read {target}."),
    };

    static TargetValues Binary(Table train, BinaryTarget target)
    {
        var (codes, classes) = Coded(train, target.Column);
        if (classes.Length > 2)
            throw new InputException($"{train.Name}: the target '{target.Column}' has {classes.Length} different values ({Some(classes)}), not two; declare Target.Classes(\"{target.Column}\") or Target.Number.");
        if (target.Positive is not { } positive || positive == classes[1]) return new(target, new(codes, 1), classes);
        if (positive != classes[0])
            throw new InputException($"{train.Name}: the target '{target.Column}' never is '{positive}'; it is '{classes[0]}' or '{classes[1]}'.");
        return new(target, new(Array.ConvertAll(codes, c => 1 - c), 1), [classes[1], classes[0]]);
    }

    static TargetValues Classes(Table train, ClassTarget target)
    {
        var (codes, classes) = Coded(train, target.Column);
        return new(target, new(codes, 1), classes);
    }

    static TargetValues Ordinal(Table train, OrdinalTarget target)
    {
        var (codes, classes) = Coded(train, target.Column);
        if (target.Order.IsDefaultOrEmpty)
        {
            if (Levels.AreNumbers(classes)) return new(target, new(codes, 1), classes);
            throw new InputException($"{train.Name}: the values of '{target.Column}' ({Some(classes)}) are no numbers; say their order: Target.Ordinal(\"{target.Column}\", \"least\", …, \"most\").");
        }
        var place = target.Order.Index().ToDictionary(o => o.Item, o => o.Index);
        if (classes.FirstOrDefault(c => !place.ContainsKey(c)) is { } unknown)
            throw new InputException($"{train.Name}, line {train.LineOf(Array.IndexOf(codes, classes.IndexOf(unknown)))}: '{unknown}' of '{target.Column}' is not in the order given ({Some(target.Order)}).");
        return new(target, new(Array.ConvertAll(codes, c => (float)place[classes[(int)c]]), 1), target.Order);
    }

    static (float[] Codes, ImmutableArray<string> Classes) Coded(Table train, string name)
    {
        var column = (CategoryValues)train[name].As(ColumnKind.Category, train.Name);
        RefuseMissing(train, column);
        var counts = new int[column.Levels.Length];
        foreach (var code in column.Codes.Span) counts[code]++;
        ImmutableArray<string> classes = [.. column.Levels.Where((_, i) => counts[i] > 0)];
        if (classes.Length == 1) throw Constant(train, name, classes[0]);
        if (classes.Length == train.Rows)
            throw new InputException($"{train.Name}: each of the {train.Rows} rows has its own value of the target '{name}', so nothing can be learned of a class; is it an id, or a number (Target.Number)?");
        var place = new int[counts.Length];
        for (int level = 0, next = 0; level < place.Length; level++) place[level] = counts[level] > 0 ? next++ : -1;
        return ([.. column.Codes.ToArray().Select(c => (float)place[c])], classes);
    }

    static float[] Number(Table train, string name, Scale scale)
    {
        var column = Numbers(train, name);
        var values = column.Numbers.Span;
        var floats = new float[values.Length];
        var (outside, first) = (0, -1);
        for (var row = 0; row < floats.Length; row++)
        {
            floats[row] = (float)values[row];
            if (!float.IsFinite(floats[row]))
                throw new InputException($"{train.Name}, line {train.LineOf(row)}: the target '{name}' is {column.TextAt(row)}, beyond what can be learned.");
            if (!float.IsNaN(scale.Forward(floats[row]))) continue;
            if (outside++ == 0) first = row;
        }
        if (outside > 0)
            throw new InputException(
                $"{train.Name}, line {train.LineOf(first)}: the target '{name}' is {column.TextAt(first)}, and Scale.{scale} takes no such value ({outside} of {train.Rows} rows); " +
                (scale == Scale.Log && values.IndexOfAnyInRange(double.NegativeInfinity, -1) < 0 ? "learn it as Scale.LogOfOnePlus." : "learn it as Scale.Same."));
        if (floats.AsSpan().IndexOfAnyExcept(floats[0]) < 0) throw Constant(train, name, column.TextAt(0)!);
        return floats;
    }

    static float[] Label(Table train, string name)
    {
        var column = Numbers(train, name);
        var values = column.Numbers.Span;
        for (var row = 0; row < values.Length; row++)
            if (values[row] is not (0 or 1))
                throw new InputException($"{train.Name}, line {train.LineOf(row)}: the label '{name}' is {column.TextAt(row)}; labels are 0 and 1.");
        return Array.ConvertAll(values.ToArray(), v => (float)v);
    }

    static NumberValues Numbers(Table train, string name)
    {
        var column = train[name];
        RefuseMissing(train, column);
        return (NumberValues)column.As(ColumnKind.Number, train.Name);
    }

    static void RefuseMissing(Table train, TableColumn column)
    {
        int[] missing = [.. Enumerable.Range(0, train.Rows).Where(column.IsMissing)];
        if (missing.Length > 0)
            throw new InputException($"{train.Name}, line {train.LineOf(missing[0])}: the target '{column.Name}' is missing" +
                (missing.Length > 1 ? $", as in {missing.Length - 1} rows more" : "") + "; a row without an answer belongs into the test file, or out.");
    }

    static InputException Constant(Table train, string name, string value) =>
        new($"{train.Name}: the target '{name}' is '{value}' in all {train.Rows} rows; there is nothing to learn.");

    static Matrix Side(float[][] columns)
    {
        var values = new float[columns[0].Length * columns.Length];
        for (var c = 0; c < columns.Length; c++)
            for (var row = 0; row < columns[c].Length; row++) values[row * columns.Length + c] = columns[c][row];
        return new(values, columns.Length);
    }

    static string Some(IReadOnlyList<string> values) => string.Join(", ", values.Take(8)) + (values.Count > 8 ? ", …" : "");
}
