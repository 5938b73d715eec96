using System.Globalization;
using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Benchmarks.Reading;

/// <summary>A seeded CSV of 18 mixed columns: an id, nine numbers (one with gaps), two integers, a boolean, a date, three categories, a quoted name.</summary>
static class MixedFile
{
    static readonly string[] Ports = ["Southampton", "Cherbourg", "Queenstown"];
    static readonly string[] Colours = ["red", "green", "blue", "black", "white", "yellow", "brown", "grey"];
    static readonly string[] Names = ["Braund", "Cumings", "Heikkinen", "Futrelle", "Allen", "Moran", "McCarthy", "Palsson", "Johnson", "Nasser"];

    /// <summary>Writes it unless it is there; its rows count is part of its name.</summary>
    public static string Make(string folder, int rows)
    {
        var path = Path.Combine(folder, $"mixed-{rows}.csv");
        if (File.Exists(path)) return path;
        var random = new Draws(42);
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        writer.WriteLine("id,amount,rate,balance,x1,x2,x3,x4,score,gap,count,year,active,when,port,colour,shop,name");
        var line = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            line.Clear();
            void Number(double value, string format) => line.Append(value.ToString(format, CultureInfo.InvariantCulture)).Append(',');
            line.Append(row + 1).Append(',');
            Number(Math.Exp(random.Uniform() * 10), "0.00");
            Number(random.Uniform(), "0.000000");
            Number((random.Uniform() - 0.5) * 100_000, "0.000");
            for (var i = 0; i < 4; i++) Number((random.Uniform() + random.Uniform() - 1) * 3, "0.00000");
            Number(random.Uniform() * 100, "0.0");
            if (random.Uniform() < 0.2) line.Append(',');
            else Number(random.Uniform() * 1000, "0.00");
            Number(Math.Floor(random.Uniform() * 1000), "0");
            Number(1990 + Math.Floor(random.Uniform() * 35), "0");
            line.Append(random.Uniform() < 0.3 ? "True," : "False,");
            line.Append(new DateTime(2015, 1, 1).AddDays((int)(random.Uniform() * 3650)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append(',');
            line.Append(Ports[(int)(random.Uniform() * Ports.Length)]).Append(',');
            line.Append(random.Uniform() < 0.05 ? "" : Colours[(int)(random.Uniform() * Colours.Length)]).Append(',');
            line.Append("shop-").Append((int)(random.Uniform() * 2000)).Append(',');
            line.Append('"').Append(Names[(int)(random.Uniform() * Names.Length)]).Append(", Mr. ").Append((int)(random.Uniform() * 1e7)).Append('"');
            writer.Write(line.Append('\n'));
        }
        return path;
    }
}
