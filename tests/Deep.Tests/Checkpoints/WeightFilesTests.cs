using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
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
        var told = new List<FetchProgress>();
        var files = Files();
        var file = server.File($"net-{hash}.pth");
        Assert.False(files.Has(file));
        var path = files.Find(file, new Listed(told), TestContext.Current.CancellationToken);
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

    [Fact]
    public async Task Two_that_want_a_file_at_once_download_it_once()
    {
        using var server = new SmallServer(_ => new(published) { Pause = TimeSpan.FromMilliseconds(300) });
        var file = server.File($"net-{hash}.pth");

        var found = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Files().Find(file), TestContext.Current.CancellationToken)));

        Assert.All(found, path => Assert.Equal(published, File.ReadAllBytes(path)));
        Assert.Equal(1, server.Requests);
        Assert.Equal([found[0]], Directory.GetFiles(Path.Combine(folder, "cache")));
    }

    [Fact]
    public async Task A_download_and_who_waits_for_it_can_be_stopped()
    {
        using var server = new SmallServer(_ => new(published) { Pause = TimeSpan.FromSeconds(20) });
        var file = server.File($"net-{hash}.pth");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var both = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Assert.ThrowsAny<OperationCanceledException>(() => Files().Find(file, null, stop.Token)), TestContext.Current.CancellationToken)).ToArray();
        await Task.WhenAll(both);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), $"{clock.Elapsed}");
    }

    [Fact]
    public void A_file_that_is_not_what_its_name_says_is_refused_wherever_it_lies()
    {
        var mine = Directory.CreateDirectory(Path.Combine(folder, "mine")).FullName;
        var file = new PublishedFile($"net-{hash}.pth");
        File.WriteAllBytes(Path.Combine(mine, file.Name), published);
        var files = Files() with { Folders = [mine] };
        Assert.Equal(Path.Combine(mine, file.Name), files.Find(file));

        File.WriteAllBytes(Path.Combine(mine, file.Name), published[..^1]);

        var message = Assert.Throws<InputException>(() => files.Find(file)).Message;
        Assert.Contains($"its SHA-256 begins", message);
        Assert.Contains(hash, message);
    }

    [Fact]
    public void A_date_in_a_name_is_no_checksum_and_a_hash_that_was_told_goes_before_the_name_s()
    {
        Assert.Null(new PublishedFile("net-20260131.pth").Sha256);
        Assert.Equal("11ad3fa6", new PublishedFile("resnet50-11ad3fa6.pth").Sha256);
        Assert.Equal("77", (new PublishedFile("resnet50-11ad3fa6.pth") { Sha256 = "77" }).Sha256);
    }

    [Fact]
    public void The_content_is_known_before_the_download_where_the_name_tells_it_and_follows_the_bytes_where_not()
    {
        using var server = new SmallServer(_ => new(published));
        var named = server.File($"net-{hash}.pth");
        var (files, before) = (Files(), Files().ContentOf(named));
        Assert.Equal(0, server.Requests);
        files.Find(named);
        Assert.Equal(before, files.ContentOf(named));

        var mine = Directory.CreateDirectory(Path.Combine(folder, "mine")).FullName;
        var path = Path.Combine(mine, "own.pth");
        string Content(string text)
        {
            File.WriteAllText(path, text);
            return (files with { Folders = [mine] }).ContentOf(new("own.pth"));
        }
        Assert.NotEqual(Content("one"), Content("two"));
        Assert.Equal(Content("one"), Content("one"));
    }

    WeightFiles Files() => new()
    {
        Cache = Path.Combine(folder, "cache"),
        Download = new() { Patience = TimeSpan.FromSeconds(5) },
        Hashes = new(Path.Combine(folder, "hashes")),
    };

    sealed class Listed(List<FetchProgress> told) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => told.Add(value);
    }

    /// <param name="Body">All of the file.</param>
    sealed record Answer(byte[] Body)
    {
        public string Status { get; init; } = "200 OK";

        public bool KnowsRanges { get; init; } = true;

        /// <summary>Closes the connection after so many bytes of the body.</summary>
        public int BreaksAfter { get; init; } = int.MaxValue;

        /// <summary>Half of the body comes so much later.</summary>
        public TimeSpan Pause { get; init; }
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
            var length = Math.Min(answer.Body.Length - from, answer.BreaksAfter);
            stream.Write(answer.Body, from, length / 2);
            if (answer.Pause > TimeSpan.Zero) Thread.Sleep(answer.Pause);
            stream.Write(answer.Body, from + length / 2, length - length / 2);
        }

        public void Dispose() => listener.Stop();
    }
}
