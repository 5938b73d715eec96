using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;

namespace Kaggle.Tests.Deep.Checkpoints;

/// <summary>Against a server on this machine that misbehaves as told.</summary>
public sealed class WeightFilesTests : IDisposable
{
    static readonly byte[] published = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 >> 3))];
    static readonly string hash = Convert.ToHexStringLower(SHA256.HashData(published))[..8];

    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_is_downloaded_once_with_progress()
    {
        using var server = new SmallServer(_ => new(published));
        var told = new List<DownloadProgress>();
        var files = Files(told);
        var file = server.File($"net-{hash}.pth");
        Assert.False(files.Has(file));
        var path = files.Find(file);
        Assert.Equal(published, File.ReadAllBytes(path));
        Assert.Equal((published.Length, (long?)published.Length), (told[^1].Bytes, told[^1].Of));
        Assert.Equal(path, files.Find(file));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public void A_broken_download_goes_on_where_it_ended()
    {
        using var server = new SmallServer(request => request.Number == 1 ? new(published) { BreaksAfter = 100_000 } : new(published));
        Assert.Equal(published, File.ReadAllBytes(Files().Find(server.File($"net-{hash}.pth"))));
        Assert.Equal(2, server.Requests);
        Assert.InRange(server.LastFrom, 1, 100_000);
    }

    [Fact]
    public void A_server_that_cannot_go_on_starts_anew()
    {
        using var server = new SmallServer(request => request.Number == 1 ? new(published) { BreaksAfter = 100_000 } : new(published) { KnowsRanges = false });
        Assert.Equal(published, File.ReadAllBytes(Files().Find(server.File($"net-{hash}.pth"))));
    }

    [Fact]
    public void What_came_before_a_stop_is_kept_for_the_next_time()
    {
        using var server = new SmallServer(request => request.Number <= 4 ? new(published) { BreaksAfter = request.Number == 1 ? 100_000 : 0 } : new(published));
        var file = server.File($"net-{hash}.pth");
        Assert.Contains("could not be downloaded", Assert.Throws<InputException>(() => Files().Find(file)).Message);
        Assert.Equal(published, File.ReadAllBytes(Files().Find(file)));
        Assert.InRange(server.LastFrom, 1, 100_000);
    }

    [Fact]
    public void Another_file_than_was_published_is_not_kept()
    {
        using var server = new SmallServer(_ => new(published[..^1]));
        var message = Assert.Throws<InputException>(() => Files().Find(server.File($"net-{hash}.pth"))).Message;
        Assert.Contains(hash, message);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "cache")));
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_sentence()
    {
        using var server = new SmallServer(_ => new([]) { Status = "404 Not Found" });
        var message = Assert.Throws<InputException>(() => Files().Find(server.File("net.pth"))).Message;
        Assert.Contains("404", message);
        Assert.Contains(WeightFiles.Variable, message);
    }

    [Fact]
    public void No_network_is_a_sentence_that_says_what_to_do()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var message = Assert.Throws<InputException>(() => Files().Find(new("net.pth", new($"http://127.0.0.1:{port}/net.pth")))).Message;
        Assert.Contains("could not be downloaded", message);
        Assert.Contains(WeightFiles.Variable, message);
    }

    [Fact]
    public void A_folder_of_the_user_goes_before_the_cache_and_the_network()
    {
        var mine = Directory.CreateDirectory(Path.Combine(folder, "mine")).FullName;
        File.WriteAllText(Path.Combine(mine, "net.pth"), "mine");
        var files = new WeightFiles { Folders = [Path.Combine(folder, "missing"), mine], Cache = Path.Combine(folder, "cache") };
        Assert.Equal(Path.Combine(mine, "net.pth"), files.Find(new("net.pth")));
        Assert.Contains("no address", Assert.Throws<InputException>(() => files.Find(new("other.pth"))).Message);
    }

    WeightFiles Files(List<DownloadProgress>? told = null) => new()
    {
        Cache = Path.Combine(folder, "cache"),
        Download = new() { Progress = told is null ? null : new Listed(told), Patience = TimeSpan.FromSeconds(5) },
    };

    sealed class Listed(List<DownloadProgress> told) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => told.Add(value);
    }

    /// <param name="Body">All of the file.</param>
    sealed record Answer(byte[] Body)
    {
        public string Status { get; init; } = "200 OK";

        public bool KnowsRanges { get; init; } = true;

        /// <summary>Closes the connection after so many bytes of the body.</summary>
        public int BreaksAfter { get; init; } = int.MaxValue;
    }

    readonly record struct Asked(int Number, int From);

    /// <summary>HTTP as far as a download needs it.</summary>
    sealed class SmallServer : IDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly Func<Asked, Answer> answers;

        public SmallServer(Func<Asked, Answer> answers)
        {
            this.answers = answers;
            listener.Start();
            new Thread(Serve) { IsBackground = true }.Start();
        }

        public int Requests { get; private set; }

        public int LastFrom { get; private set; }

        public PublishedFile File(string name) => new(name, new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{name}"));

        void Serve()
        {
            try
            {
                while (true)
                {
                    using var client = listener.AcceptTcpClient();
                    Answer(client.GetStream());
                }
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException or IOException) { }     // stopped
        }

        void Answer(NetworkStream stream)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var from = 0;
            for (var line = reader.ReadLine(); !string.IsNullOrEmpty(line); line = reader.ReadLine())
                if (line.StartsWith("Range: bytes=", StringComparison.Ordinal)) from = int.Parse(line["Range: bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture);
            (Requests, LastFrom) = (Requests + 1, from);
            var answer = answers(new(Requests, from));
            if (!answer.KnowsRanges) from = 0;
            var status = from > 0 ? "206 Partial Content" : answer.Status;
            var range = from > 0 ? $"Content-Range: bytes {from}-{answer.Body.Length - 1}/{answer.Body.Length}\r\n" : "";
            stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {answer.Body.Length - from}\r\n{range}Connection: close\r\n\r\n"));
            stream.Write(answer.Body, from, Math.Min(answer.Body.Length - from, answer.BreaksAfter));
        }

        public void Dispose() => listener.Stop();
    }
}
