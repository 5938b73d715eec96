using Kaggle.Core.Data;
using TextEncoding = System.Text.Encoding;

namespace Kaggle.Tests.Core.Data;

public sealed class TableTests : IDisposable
{
    readonly Files files = new();

    public void Dispose() => files.Dispose();

    static string?[] Cells(TableColumn column) => [.. Enumerable.Range(0, column.Rows).Select(column.TextAt)];

    [Theory]
    [InlineData("1,-2,+3", ValueKind.Integer)]
    [InlineData("1,2.5,NA", ValueKind.Number)]
    [InlineData("1e3,.5,-0", ValueKind.Number)]
    [InlineData("True,false,TRUE", ValueKind.Boolean)]
    [InlineData("0,1,0", ValueKind.Integer)]
    [InlineData("true,1,0", ValueKind.Category)]
    [InlineData("2012-01-31,2012-02-29 10:30:00,", ValueKind.Date)]
    [InlineData("2013-02-29,2012-01-31,2012-01-31,2012-01-31", ValueKind.Category)]
    [InlineData("1/2/2012,3/4/2012,12/31/2012", ValueKind.Date)]
    [InlineData("1/2/2012,31/12/2012", ValueKind.Date)]
    [InlineData("13/2/2012,2/13/2012,2/13/2012,13/2/2012,2/13/2012", ValueKind.Category)]
    [InlineData("2012-01-01,1/2/2012,2012-01-01,2012-01-01,1/2/2012", ValueKind.Category)]
    [InlineData("5 Jan 2012,12 December 2013", ValueKind.Date)]
    [InlineData("male,female,male,female,male", ValueKind.Category)]
    [InlineData("a,b,c,d,e,f,g,h,i,j,k,l", ValueKind.Text)]
    [InlineData("9007199254740993,1,2,1,9007199254740993", ValueKind.Category)]
    [InlineData("12345678901234567890.5,1", ValueKind.Number)]
    [InlineData("?,3,4", ValueKind.Integer)]
    [InlineData("NA,,null", ValueKind.Number)]
    [InlineData("inf,1.5", ValueKind.Number)]
    public void A_column_is_what_all_its_cells_are(string cells, ValueKind kind) =>
        Assert.Equal(kind, files.Table("x;y\n" + string.Join("\n", cells.Split(',').Select(c => c + ";1")), new() { Separator = ';' })["x"].Values);

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void The_separator_is_found(string mark) =>
        Assert.Equal(["1", "3"], Cells(files.Table("a,b\n1,2\n3,4\n".Replace(",", mark))["a"]));

    [Fact]
    public void A_byte_order_mark_and_carriage_returns_are_no_part_of_names_or_values()
    {
        var table = files.Table("\uFEFFa,b\r\n1,x\r\n2,\r\n");

        Assert.Equal(["a", "b"], table.Names);
        Assert.Equal(["x", null], Cells(table["b"]));
    }

    [Fact]
    public void A_byte_order_mark_before_a_quoted_name_is_passed_over() =>
        Assert.Equal(["a,b", "c"], files.Table("\uFEFF\"a,b\",c\n1,2\n").Names);

    [Fact]
    public void Utf16_is_read_by_its_byte_order_mark() =>
        Assert.Equal(["ä", "x"], files_Utf16().Names);

    Table files_Utf16() => Table.Read(files.Write("wide.csv", [.. TextEncoding.Unicode.GetPreamble(), .. TextEncoding.Unicode.GetBytes("ä,x\n1,2\n")]));

    [Fact]
    public void Quotes_may_hold_separators_quotes_and_line_breaks()
    {
        var table = files.Table("name,n\n\"Braund, Mr. \"\"Owen\"\"\",1\n\"two\nlines\",2\nplain,3\n");

        Assert.Equal(["Braund, Mr. \"Owen\"", "two\nlines", "plain"], Cells(table["name"]));
        Assert.Equal(["1", "2", "3"], Cells(table["n"]));
        Assert.Equal(5, table.LineOf(2));
    }

    [Fact]
    public void Empty_fields_at_the_end_are_missing()
    {
        var table = files.Table("a,b,c\n1,,\n2,3,\n");

        Assert.Equal([null, "3"], Cells(table["b"]));
        Assert.Equal([null, null], Cells(table["c"]));
    }

    [Fact]
    public void A_file_of_one_column_needs_no_separator() =>
        Assert.Equal(["5", "7"], Cells(files.Table("x\n5\n7")["x"]));

    [Fact]
    public void A_question_mark_is_missing_in_categories_but_stands_in_text()
    {
        var table = files.Table("work,text\nState,?\n?,the first of several sentences about work that nobody repeats\nState,the second of them which is longer\n");

        Assert.Equal(["State", null, "State"], Cells(table["work"]));
        Assert.Equal("?", table["text"].TextAt(0));
    }

    [Fact]
    public void More_marks_for_missing_can_be_given() =>
        Assert.Equal([null, "4"], Cells(files.Table("x\n-999\n4\n", new() { Missing = ["-999"] })["x"]));

    [Fact]
    public void Levels_are_in_numeric_order_where_all_are_numbers() =>
        Assert.Equal(["3", "10", "100"], Assert.IsType<CategoryValues>(files.Table("x\n10\n3\n100\n3\n", ReadOptions.Default.With("x", ColumnKind.Category))["x"]).Levels);

    [Fact]
    public void Day_first_shows_in_the_last_row_and_holds_for_the_first()
    {
        var dates = string.Concat(Enumerable.Repeat("1/2/2012\n", 3000)) + "31/12/2012\n";

        Assert.Equal("2012-02-01", files.Table("d\n" + dates)["d"].TextAt(0));
    }

    [Fact]
    public void A_number_column_that_turns_to_words_late_is_read_again_whole()
    {
        var table = files.Table("x,y\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i % 7},{i}\n")) + "many,0\n");

        Assert.Equal(ValueKind.Category, table["x"].Values);
        Assert.Equal(["0", "6", "many"], [table["x"].TextAt(0), table["x"].TextAt(6), table["x"].TextAt(5000)]);
        Assert.Equal("4999", table["y"].TextAt(4999));
    }

    [Fact]
    public void Numbers_are_rounded_exactly()
    {
        string[] numbers = ["0.1", "1.7976931348623157e308", "123456789012345678", "2.2250738585072014E-308", "0.30000000000000004", "-9007199254740993.5", "00012.500"];

        var read = Assert.IsType<NumberValues>(files.Table("x\n" + string.Join("\n", numbers))["x"]).Numbers.ToArray();

        Assert.Equal(numbers.Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture)), read);
    }

    [Fact]
    public void Train_and_test_share_kinds_and_levels()
    {
        var train = files.Write("train.csv", "port,deck\nS,1\nC,2\nS,3\n");
        var test = files.Write("test.csv", "port,deck\nQ,A\nC,B\nQ,A\nQ,A\n");

        var tables = Table.ReadTogether([TableSource.At(train), TableSource.At(test)]);

        Assert.Equal(["C", "Q", "S"], ((CategoryValues)tables[0]["port"]).Levels);
        Assert.Equal(((CategoryValues)tables[0]["port"]).Levels, ((CategoryValues)tables[1]["port"]).Levels);
        Assert.Equal(tables[0]["deck"].Values, tables[1]["deck"].Values);
        Assert.Equal("3", tables[0]["deck"].TextAt(2));
        Assert.Equal(["S", "C", "S", "Q", "C", "Q", "Q"], Cells(tables[0].Stack(tables[1])["port"]));
    }

    [Fact]
    public void Gzip_and_zip_read_as_the_plain_file_does()
    {
        var text = "a,b\n1,x\n2,y\n";

        foreach (var file in new[] { files.Gzip("t.csv.gz", text), files.Zip("t.csv.zip", ("t.csv", text), ("__MACOSX/._t.csv", "junk")), files.Zip("all.zip", ("in/t.csv", text), ("u.csv", "c\n1\n")) + "/in/t.csv" })
            Assert.Equal(["1", "2"], Cells(Table.Read(file)["a"]));
    }

    [Fact]
    public void A_zip_of_several_tables_asks_which() =>
        Assert.Contains("t.csv", Files.Refused(() => Table.Read(files.Zip("all.zip", ("t.csv", "a\n1\n"), ("u.csv", "a\n1\n")))));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a,b\n", "no rows")]
    [InlineData("a,b,a\n1,2,3\n", "column 'a' appears 2 times (fields 1, 3)")]
    [InlineData("a,b\n1,2\n\n3,4,5\n", "line 4 has 3 fields, the header 2")]
    [InlineData("a,b\n1,\"2\n3\"\n3\n", "line 4 has 1 fields")]
    [InlineData("a,b\n1,2\n\0,4\n", "zero byte on line 3")]
    [InlineData("a,b\n1,\"2\n3,4\n", "never closed")]
    public void What_is_no_table_is_refused_with_its_line(string text, string says) =>
        Assert.Contains(says, Files.Refused(() => files.Table(text)));

    [Fact]
    public void Another_encoding_is_refused_with_its_line_and_read_when_it_is_named()
    {
        var file = files.Write("old.csv", TextEncoding.Latin1.GetBytes("name,n\nJosé,1\nJosé,2\nJosé,3\n"));

        Assert.Contains("old.csv, line 2: byte 0xE9 is not UTF-8", Files.Refused(() => Table.Read(file)));
        Assert.Equal("José", Table.Read(file, new() { Encoding = TextEncoding.Latin1 })["name"].TextAt(0));
    }

    [Fact]
    public void A_missing_file_is_refused_by_its_path() =>
        Assert.Contains(files["none.csv"], Files.Refused(() => Table.Read(files["none.csv"])));

    [Fact]
    public void Text_in_a_stated_number_column_is_refused_with_line_and_value()
    {
        var rows = string.Concat(Enumerable.Range(0, 400_000).Select(i => i == 399_998 ? "1,many\n" : "1,2.5\n"));

        Assert.Contains("table.csv, line 400000, column 'x': 'many' is not a number",
            Files.Refused(() => files.Table("y,x\n" + rows, ReadOptions.Default.With("x", ColumnKind.Number))));
    }
}
