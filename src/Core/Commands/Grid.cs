using Spectre.Console;

namespace Kaggle.Core.Commands;

/// <summary>A table to print: every text is taken as it is, markup and all.</summary>
sealed class Grid
{
    readonly Spectre.Console.Table table = new();

    public Grid Left(string header)
    {
        table.AddColumn(new Spectre.Console.TableColumn(Markup.Escape(header)));
        return this;
    }

    public Grid Right(string header)
    {
        table.AddColumn(new Spectre.Console.TableColumn(Markup.Escape(header)).RightAligned());
        return this;
    }

    public Grid Titled(string title)
    {
        table.Title(Markup.Escape(title));
        return this;
    }

    public void Row(params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    /// <param name="console">Where to print.</param>
    /// <param name="live">A person watches: rounded corners.</param>
    public void Show(IAnsiConsole console, bool live)
    {
        table.Border(live ? TableBorder.Rounded : TableBorder.Simple);
        console.Write(table);
    }
}
