using System.Globalization;
using CsCheck;
using CsvHelper;
using Kaggle.Core.Data;
using TextEncoding = System.Text.Encoding;

namespace Kaggle.Tests.Core.Data;

public sealed class CsvChunksTests
{
    static readonly Gen<string> Field = Gen.OneOf(
        Gen.Int[-99, 9999].Select(i => i.ToString(CultureInfo.InvariantCulture)),
        Gen.Char["ab ä5"].Array[0, 12].Select(c => new string(c)),
        Gen.Const("5\" nails"),
        Gen.Char["a,\n\" \r"].Array[0, 12].Select(c => '"' + new string(c).Replace("\"", "\"\"") + '"'));

    static readonly Gen<string> Csv =
        from lineEnd in Gen.Bool.Select(b => b ? "\n" : "\r\n")
        from mark in Gen.Bool.Select(b => b ? "" : "\uFEFF")
        from records in Field.Array[3].Array[1, 60]
        from ended in Gen.Bool
        select mark + string.Join(lineEnd, records.Select(r => string.Join(',', r))) + (ended ? lineEnd : "");

    [Fact]
    public void Chunks_parsed_one_by_one_are_the_file_parsed_whole() => Csv.Sample(text =>
    {
        var bytes = TextEncoding.UTF8.GetBytes(text);
        var whole = Records(bytes);
        using var chunks = new CsvChunks(new MemoryStream(bytes), size: 64) { Separator = ',' };
        var parts = new List<string[]>();
        while (chunks.TryTake(out var chunk))
        {
            var records = Records(chunk.Bytes.ToArray());
            Assert.True(records.Count <= chunk.MostRows);
            parts.AddRange(records);
            chunk.Dispose();
        }
        Assert.Equal(whole, parts);
    }, iter: 2000);

    [Fact]
    public void Threads_and_chunks_do_not_change_what_is_read()
    {
        using var files = new Files();
        var text = "id,name,when,x\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i =>
            $"{i},\"{(i % 3 == 0 ? "two\nlines" : "one, line")} {i % 977}\",{new DateTime(2012, 1, 1).AddHours(i):yyyy-MM-dd HH:mm:ss},{(i % 11 == 0 ? "" : (i * 0.37).ToString(CultureInfo.InvariantCulture))}\n"));
        var path = files.Write("large.csv", text);
        Assert.True(text.Length > 2 * CsvChunks.DefaultSize);

        var (alone, together) = (Table.Read(path, new() { Threads = 1 }), Table.Read(path, new() { Threads = 4 }));

        foreach (var (a, b) in alone.Columns.Zip(together.Columns))
        {
            Assert.Equal(a.Values, b.Values);
            for (var row = 0; row < a.Rows; row += 7) Assert.Equal(a.TextAt(row), b.TextAt(row));
        }
        Assert.Equal("59999", together["id"].TextAt(59_999));
        Assert.Equal("two\nlines 400", together["name"].TextAt(59_997));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-0.5")]
    [InlineData(".25")]
    [InlineData("12.")]
    [InlineData("12345678")]
    [InlineData("1234.5678")]
    [InlineData("123456789.012345")]
    [InlineData("1234567890.12345")]
    [InlineData("999999999999999")]
    [InlineData("0.000000000000001")]
    [InlineData("+7")]
    [InlineData("1.5e-3")]
    public void A_number_is_what_the_runtime_reads(string text)
    {
        Assert.NotEqual((Readings)0, NumberCell.ReadingsOf(TextEncoding.UTF8.GetBytes(text), out var number));
        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), number);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1.2.3")]
    [InlineData("1..2")]
    [InlineData("12345678.1.2")]
    [InlineData("1.234567.12")]
    [InlineData("12a4")]
    [InlineData("1,5")]
    [InlineData("--1")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData("/1")]
    [InlineData(":1")]
    public void What_is_no_number_is_not_read_as_one(string text) =>
        Assert.Equal((Readings)0, NumberCell.ReadingsOf(TextEncoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Every_decimal_is_what_the_runtime_reads() =>
        Gen.Select(Gen.Long[0, 9_999_999_999], Gen.Int[0, 9], Gen.Bool).Sample((digits, decimals, negative) =>
        {
            var text = (negative ? "-" : "") + ((decimal)digits / (decimal)Math.Pow(10, decimals)).ToString($"F{decimals}", CultureInfo.InvariantCulture);
            NumberCell.ReadingsOf(TextEncoding.UTF8.GetBytes(text), out var number);
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), number);
        }, iter: 20_000);

    static List<string[]> Records(byte[] bytes)
    {
        using var reader = CsvReader.Create(bytes, new CsvReaderOptions { Separator = ',', HasHeader = false });
        var records = new List<string[]>();
        while (reader.Read()) records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return records;
    }
}
