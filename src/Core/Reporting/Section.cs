namespace Kaggle.Core.Reporting;

/// <summary>One part of the report: the words and figures that its template, Templates/&lt;Id&gt;.liquid, lays out.</summary>
/// <param name="Id">The template's name and the place in the page that the contents link to.</param>
/// <param name="Title">The heading.</param>
abstract record Section(string Id, string Title);
