using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Downloads a file of weights: goes on where a broken download ended, and keeps only what has the published checksum.</summary>
public sealed class WeightDownload
{
    /// <summary>How long the server may be silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a connection that broke off is taken up again before giving up.</summary>
    public int Retries { get; init; } = 3;

    /// <param name="path">Where the file is to be; what is not complete stays beside it as .part.</param>
    /// <param name="file">With an address.</param>
    /// <param name="progress">Told as bytes come.</param>
    /// <param name="cancel">Stops; what has come stays for the next time.</param>
    /// <exception cref="InputException">The server refused, or what came is another file than was published.</exception>
    /// <exception cref="HttpRequestException">There is no way to the server.</exception>
    /// <exception cref="IOException">The connection broke off again and again, the disk is full, or another process downloads the same file.</exception>
    public void To(string path, PublishedFile file, IProgress<FetchProgress>? progress = null, CancellationToken cancel = default)
    {
        var part = path + ".part";
        using (var writing = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            using var client = new HttpClient { Timeout = Patience };
            for (var attempt = 0; !Continue(client, writing, file, attempt >= Retries, progress, cancel); attempt++) { }
        }
        string hash;
        using (var whole = File.OpenRead(part)) hash = Convert.ToHexStringLower(SHA256.HashData(whole));
        if (file.Sha256 is { } expected && !hash.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
        {
            File.Delete(part);
            throw new InputException($"{file.Address} gave another file than was published: its SHA-256 begins {hash[..expected.Length]}, not {expected}. It was not kept; try again, or look at the address.");
        }
        File.Move(part, path, overwrite: true);
    }

    /// <returns>Whether the file is complete; false: the connection broke off, but something came.</returns>
    bool Continue(HttpClient client, FileStream writing, PublishedFile file, bool last, IProgress<FetchProgress>? progress, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, file.Address);
            if (writing.Length > 0) request.Headers.Range = new RangeHeaderValue(writing.Length, null);
            using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return IsWhole(response, writing);
            if (!response.IsSuccessStatusCode)
                throw new InputException($"{file.Address} answered {(int)response.StatusCode} ({response.ReasonPhrase}). If the file has moved, download it by hand, put it into a folder and set {WeightFiles.Variable} to it.");
            if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != writing.Length) writing.SetLength(0);
            Copy(response, writing, file.Name, progress, cancel);
            return true;
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            if (last) throw new IOException($"the server was silent for {Patience.TotalSeconds:0} seconds", e);
            return false;
        }
        catch (IOException) when (!last)
        {
            return false;
        }
    }

    // What is here is all there is; or it is of another file, and the next attempt starts anew.
    static bool IsWhole(HttpResponseMessage response, FileStream writing)
    {
        if (response.Content.Headers.ContentRange?.Length == writing.Length) return true;
        writing.SetLength(0);
        return false;
    }

    void Copy(HttpResponseMessage response, FileStream writing, string name, IProgress<FetchProgress>? progress, CancellationToken cancel)
    {
        writing.Position = writing.Length;
        var all = response.Content.Headers.ContentLength + writing.Length;
        using var reading = response.Content.ReadAsStream(cancel);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var buffer = new byte[1 << 17];
        while (true)
        {
            silence.CancelAfter(Patience);
            var read = reading.ReadAsync(buffer, silence.Token).AsTask().GetAwaiter().GetResult();     // only this way of reading can be stopped
            if (read == 0) break;
            writing.Write(buffer, 0, read);
            progress?.Report(new(name, writing.Length, all));
        }
        writing.Flush();
    }
}
