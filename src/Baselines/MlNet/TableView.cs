using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Kaggle.Baselines.MlNet;

/// <summary>A dataset as ML.NET sees it: one vector of features for each row, put together from the columns' own memory when a row is asked for, and texts as they are.</summary>
/// <remarks>
/// Categories of few levels take a slot for each level, all 0 when it is missing; of more levels their code counts as a number.
/// ML.NET's trees pass over rows with missing numbers: these are filled.
/// </remarks>
sealed class TableView : IDataView
{
    public const string Features = "Features", Label = "Label", Weight = "Weight";

    const int MostSlots = 32;

    readonly Dataset rows;
    readonly TreeColumns columns;
    readonly TextColumn[] texts;
    readonly float[] fills;
    readonly ReadOnlyMemory<float> labels;
    readonly ReadOnlyMemory<float>? weights;
    readonly int[] slots;                                      // (columns) how many slots of the vector each takes
    readonly int width;

    /// <param name="rows">The rows shown.</param>
    /// <param name="columns">Which columns become features.</param>
    /// <param name="fills">(columns) what stands for missing values.</param>
    /// <param name="texts">Which columns are handed on as texts.</param>
    /// <param name="labels">(rows) the answers; empty: all 0, for rows without.</param>
    /// <param name="yesNo">Whether labels are true and false to ML.NET; else numbers.</param>
    /// <exception cref="InputException">A column that was text is none here.</exception>
    public TableView(Dataset rows, TreeColumns columns, float[] fills, IReadOnlyList<string> texts, ReadOnlyMemory<float> labels, bool yesNo)
    {
        (this.rows, this.columns, this.fills, this.labels, weights) = (rows, columns, fills, labels, rows.Weights);
        slots = [.. columns.Columns.Select(c => c.Kind == ColumnKind.Category && c.Levels.Length is > 0 and <= MostSlots ? c.Levels.Length : 1)];
        width = slots.Sum();
        this.texts = [.. texts.Select(name => rows[name] as TextColumn ?? throw new InputException($"Column '{name}' was text in training and is none here; state its kind."))];
        var schema = new DataViewSchema.Builder();
        if (width > 0) schema.AddColumn(Features, new VectorDataViewType(NumberDataViewType.Single, width));
        for (var i = 0; i < this.texts.Length; i++) schema.AddColumn(TextName(i), TextDataViewType.Instance);
        schema.AddColumn(Label, yesNo ? BooleanDataViewType.Instance : NumberDataViewType.Single);
        schema.AddColumn(Weight, NumberDataViewType.Single);
        Schema = schema.ToSchema();
    }

    /// <returns>What a text column is called here, by its place among them.</returns>
    public static string TextName(int place) => $"Text {place}";

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => rows.Rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(c => c.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    sealed class Cursor(TableView view, HashSet<int> active) : DataViewRowCursor
    {
        readonly TreeColumns.RowReader read = view.columns.ReaderOf(view.rows);
        readonly float[] values = new float[view.columns.Count];

        int row = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => row;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override bool MoveNext() => row < view.rows.Rows && ++row < view.rows.Rows;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)row, 0);

        public override ValueGetter<T> GetGetter<T>(DataViewSchema.Column column)
        {
            Delegate getter = (column.Name, column.Type) switch
            {
                (Features, _) => (ValueGetter<VBuffer<float>>)Fill,
                (Label, BooleanDataViewType) => (ValueGetter<bool>)((ref bool value) => value = Answer() > 0.5f),
                (Label, _) => (ValueGetter<float>)((ref float value) => value = Answer()),
                (var name, TextDataViewType) => TextOf(Enumerable.Range(0, view.texts.Length).Where(place => TextName(place) == name).Select(place => view.texts[place]).First()),
                _ => (ValueGetter<float>)((ref float value) => value = view.weights is { } weights ? weights.Span[row] : 1),
            };
            return (ValueGetter<T>)getter;
        }

        ValueGetter<ReadOnlyMemory<char>> TextOf(TextColumn column) => (ref ReadOnlyMemory<char> text) => text = column.Texts.Span[row].AsMemory();

        float Answer() => view.labels.IsEmpty ? 0 : view.labels.Span[row];

        void Fill(ref VBuffer<float> features)
        {
            read(row, values);
            var editor = VBufferEditor.Create(ref features, view.width);
            var slot = 0;
            for (var c = 0; c < values.Length; c++)
            {
                var count = view.slots[c];
                if (count == 1) editor.Values[slot] = float.IsFinite(values[c]) ? values[c] : view.fills[c];
                else
                {
                    editor.Values.Slice(slot, count).Clear();
                    if (!float.IsNaN(values[c])) editor.Values[slot + (int)values[c]] = 1;
                }
                slot += count;
            }
            features = editor.Commit();
        }
    }
}
