using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Core.Reporting;

/// <summary>Adds up one effect a column: its contributions are exact.</summary>
/// <param name="columns">The columns it uses.</param>
/// <param name="outputs">How many raw scores.</param>
/// <param name="effect">(column, value or code, NaN when missing, output) → what it adds.</param>
/// <param name="base_">What it starts from.</param>
/// <param name="task">Chances for classes, else the raw score itself.</param>
sealed class AdditiveModel(IReadOnlyList<string> columns, int outputs, Func<string, float, int, float> effect, float base_, TaskKind task) : IModel, IExplainable
{
    public FitRecord Record => FitRecord.Nothing;

    public IReadOnlyList<string> Explained => columns;

    public Matrix Contributions(Dataset rows)
    {
        var wide = outputs * (columns.Count + 1);
        var values = new float[rows.Rows * wide];
        for (var c = 0; c < columns.Count; c++)
        {
            var column = Values(rows[columns[c]]);
            for (var i = 0; i < rows.Rows; i++)
                for (var o = 0; o < outputs; o++) values[i * wide + o * (columns.Count + 1) + c] = effect(columns[c], column[i], o);
        }
        for (var i = 0; i < rows.Rows; i++)
            for (var o = 0; o < outputs; o++) values[i * wide + o * (columns.Count + 1) + columns.Count] = base_;
        return new(values, wide);
    }

    public float[] Raw(Dataset rows)
    {
        var contributions = Contributions(rows);
        var raw = new float[rows.Rows * outputs];
        for (var i = 0; i < rows.Rows; i++)
            for (var o = 0; o < outputs; o++)
                raw[i * outputs + o] = contributions.Row(i).Slice(o * (columns.Count + 1), columns.Count + 1).ToArray().Sum();
        return raw;
    }

    public Predictions Predict(Dataset rows) => Linked(Raw(rows), outputs, task);

    public static Predictions Linked(float[] raw, int outputs, TaskKind task)
    {
        if (task == TaskKind.Regression) return new(OutputKind.Values, new(raw, outputs));
        if (outputs == 1) return new(OutputKind.Probabilities, new(Array.ConvertAll(raw, x => 1 / (1 + MathF.Exp(-x))), 1));
        for (var i = 0; i < raw.Length; i += outputs)
        {
            var row = raw.AsSpan(i, outputs);
            var sum = 0f;
            foreach (ref var x in row) sum += x = MathF.Exp(x);
            foreach (ref var x in row) x /= sum;
        }
        return new(OutputKind.Probabilities, new(raw, outputs));
    }

    static float[] Values(Column column) => column switch
    {
        NumberColumn number => number.Values.ToArray(),
        CategoryColumn category => Array.ConvertAll(category.Codes.ToArray(), code => code < 0 ? float.NaN : code),
        _ => new float[column.Rows],
    };

    public void Save(string folder) { }

    public void Dispose() { }
}
