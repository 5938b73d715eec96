using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Kaggle.Core.Reporting;

/// <summary>The Liquid templates that this assembly carries. Whatever they print is escaped.</summary>
static class Templates
{
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    static readonly FluidParser Parser = new();
    static readonly TemplateOptions Options = new()
    {
        FileProvider = new Embedded(),
        MemberAccessStrategy = new UnsafeMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.CamelCase },
        MaxSteps = 0,                                            // no limit: a page of 500 columns is long, not wrong
    };

    /// <param name="name">A file of Templates/, without its ending.</param>
    /// <param name="model">Its public properties are the template's variables, in camelCase.</param>
    public static string Render(string name, object model)
    {
        if (!Parser.TryParse(Embedded.Text($"{name}.liquid"), out var template, out var error))
            throw new InvalidOperationException($"Template {name}: {error}");
        return template.Render(new TemplateContext(model, Options), Encoder);
    }

    sealed class Embedded : IFileProvider
    {
        public static string Text(string file)
        {
            using var reader = new StreamReader(Open(file) ?? throw new InvalidOperationException($"There is no template {file}."));
            return reader.ReadToEnd();
        }

        public static Stream? Open(string file) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"Templates/{file}");

        public IFileInfo GetFileInfo(string subpath) => new Resource(subpath);

        public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

        public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
    }

    sealed class Resource(string file) : IFileInfo
    {
        public bool Exists => Embedded.Open(file) is { } found && Closed(found);

        public long Length => -1;

        public string? PhysicalPath => null;

        public string Name => file;

        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public bool IsDirectory => false;

        public Stream CreateReadStream() => Embedded.Open(file) ?? throw new FileNotFoundException($"There is no template {file}.");

        static bool Closed(Stream stream)
        {
            stream.Dispose();
            return true;
        }
    }
}
