using Kaggle.Core.Data;
using Parquet;
using Parquet.Schema;

namespace Kaggle.Tests.Core.Data;

public sealed class ParquetTests : IDisposable
{
    readonly Files files = new();

    public void Dispose() => files.Dispose();

    async Task<string> Written()
    {
        var (id, price, open, when, port) = (new DataField<long>("id"), new DataField<double>("price", nullable: true), new DataField<bool>("open"),
            new DataField<DateTime>("when", nullable: true), new DataField<string>("port"));
        await using var stream = File.Create(files["train.parquet"]);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(id, price, open, when, port), stream);
        for (var group = 0; group < 2; group++)
        {
            using var rows = writer.CreateRowGroup();
            await rows.WriteAsync<long>(id, new long[] { 1 + group * 2, 2 + group * 2 });
            await rows.WriteAsync<double>(price, new double?[] { 1.5, null });
            await rows.WriteAsync<bool>(open, new[] { true, false });
            await rows.WriteAsync<DateTime>(when, new DateTime?[] { null, new DateTime(2012, 5, 1, 0, 0, 0, DateTimeKind.Utc) });
            await rows.WriteAsync(port, new[] { "S", group == 0 ? "C" : null! });
        }
        return files["train.parquet"];
    }

    [Fact]
    public async Task The_files_types_are_the_columns_kinds()
    {
        var table = Table.Read(await Written());

        Assert.Equal([ValueKind.Integer, ValueKind.Number, ValueKind.Boolean, ValueKind.Date, ValueKind.Category], table.Columns.Select(c => c.Values));
        Assert.Equal(["3", "1.5", "true", null, "S"], table.Columns.Select(c => c.TextAt(2)));
        Assert.Equal(["4", null, "false", "2012-05-01", null], table.Columns.Select(c => c.TextAt(3)));
    }

    [Fact]
    public async Task A_csv_test_file_shares_its_kinds()
    {
        var test = files.Write("test.csv", "id,price,open,when,port\nx5,2,true,2012-06-01,Q\n");

        var tables = Table.ReadTogether([TableSource.At(await Written()), TableSource.At(test)]);

        Assert.Equal(["1", "2", "3", "4", "x5"], ((CategoryValues)tables[0]["id"]).Levels);
        Assert.Equal(ValueKind.Boolean, tables[1]["open"].Values);
        Assert.Equal(["C", "Q", "S"], ((CategoryValues)tables[0]["port"]).Levels);
    }

    [Fact]
    public void What_is_no_parquet_is_refused() =>
        Assert.Contains("cannot be read as Parquet", Files.Refused(() => Table.Read(files.Write("x.parquet", "id\n1\n"))));
}
