using System.Xml;
using System.Xml.Linq;

namespace Kaggle.Tests.Core.Reporting;

/// <summary>A report as a browser reads it.</summary>
static class ReportPage
{
    /// <exception cref="XmlException">A tag is not closed.</exception>
    public static XDocument Parsed(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    public static XElement Section(this XDocument page, string id) => page.Descendants("section").Single(s => s.Attribute("id")!.Value == id);
}
