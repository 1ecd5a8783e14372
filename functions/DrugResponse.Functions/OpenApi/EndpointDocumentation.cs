using DrugResponse.Functions.Problems;
using Microsoft.OpenApi;

namespace DrugResponse.Functions.OpenApi;

/// <summary>
/// What the API's description says of an endpoint beyond what ASP.NET Core knows of it. Nothing here is evaluated before somebody asks
/// for the description.
/// </summary>
internal static class EndpointDocumentation
{
    /// <summary>Lets any body through to its endpoint; not part of the description.</summary>
    public const string AnyMediaType = "*/*";

    /// <summary>Says what an endpoint is for.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="tag">The group that it is shown in.</param>
    /// <param name="summary">One line.</param>
    /// <param name="description">What a caller must know beyond that, in Markdown.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string tag, string summary, string description) =>
        endpoint.WithTags(tag).WithSummary(summary).WithDescription(description);

    /// <summary>Says what a success answers as JSON.</summary>
    /// <typeparam name="TAnswer">The record that is answered.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="description">What the answer is.</param>
    /// <param name="headers">Its headers, besides those that every answer has; of <see cref="AnswerHeaders"/>.</param>
    public static RouteHandlerBuilder Answers<TAnswer>(
        this RouteHandlerBuilder endpoint, int status, string description, params IReadOnlyList<AnswerHeader> headers) =>
        endpoint.Produces<TAnswer>(status, "application/json").WithMetadata(new AnswerDescription(status, description, [], headers));

    /// <summary>Says that a success has nothing to answer: 204.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="description">What is done.</param>
    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder endpoint, string description) =>
        endpoint.Produces(StatusCodes.Status204NoContent).WithMetadata(new AnswerDescription(StatusCodes.Status204NoContent, description, [], []));

    /// <summary>Says what a success answers line by line, as NDJSON or CSV.</summary>
    /// <typeparam name="TLine">The record of one line.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="description">What a line is.</param>
    public static RouteHandlerBuilder AnswersLines<TLine>(this RouteHandlerBuilder endpoint, int status, string description) =>
        endpoint
            .Produces<TLine>(status, "application/x-ndjson")
            .WithMetadata(new AnswerDescription(status, description, ["text/csv"], [AnswerHeaders.Link]));

    /// <summary>Says which problems an endpoint answers with, besides those that every endpoint can.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="problems">Gives an example of each.</param>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, Func<IEnumerable<ProblemResponse>> problems) =>
        endpoint.WithMetadata(new RefusalDescription(problems));

    /// <summary>Describes a parameter in path, query or header; one that ASP.NET Core does not know of is added.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="parameter">The parameter.</param>
    public static RouteHandlerBuilder WithParameter(this RouteHandlerBuilder endpoint, ParameterDescription parameter) =>
        endpoint.WithMetadata(parameter);

    /// <summary>
    /// Says what JSON an endpoint takes. Anything else still comes to the endpoint, which takes it too or refuses it with a problem: routing
    /// would refuse it without a word.
    /// </summary>
    /// <typeparam name="TBody">The record that is read.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    public static RouteHandlerBuilder AcceptsJson<TBody>(this RouteHandlerBuilder endpoint)
        where TBody : notnull =>
        endpoint.Accepts<TBody>("application/json", AnyMediaType);

    /// <summary>Says what JSON an endpoint takes that can do without.</summary>
    /// <typeparam name="TBody">The record that is read.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    public static RouteHandlerBuilder AcceptsOptionalJson<TBody>(this RouteHandlerBuilder endpoint)
        where TBody : notnull =>
        endpoint.Accepts<TBody>(isOptional: true, "application/json", AnyMediaType);

    /// <summary>Says that an endpoint also takes bodies that are no JSON.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="mediaType">The media type.</param>
    /// <param name="description">What the body holds.</param>
    public static RouteHandlerBuilder AcceptsText(this RouteHandlerBuilder endpoint, string mediaType, string description) =>
        endpoint.WithMetadata(new TextBodyDescription(mediaType, description));
}

/// <summary>A success of an endpoint.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Description">What the answer is.</param>
/// <param name="TextMediaTypes">Media types besides JSON, whose content is text.</param>
/// <param name="Headers">Headers of its own.</param>
internal sealed record AnswerDescription(
    int Status, string Description, IReadOnlyList<string> TextMediaTypes, IReadOnlyList<AnswerHeader> Headers);

/// <summary>The problems of an endpoint.</summary>
/// <param name="Problems">Gives an example of each.</param>
internal sealed record RefusalDescription(Func<IEnumerable<ProblemResponse>> Problems);

/// <summary>A parameter of an endpoint.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In">Where it stands.</param>
/// <param name="Description">What it says, with unit and range.</param>
/// <param name="Example">A value.</param>
internal sealed record ParameterDescription(string Name, ParameterLocation In, string Description, string Example)
{
    /// <summary>The values it can have; null when they are not a closed list.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>What its text can be; null where its values say it, or nothing bounds it.</summary>
    public TextForm? Form { get; init; }
}

/// <summary>A body that is no JSON.</summary>
/// <param name="MediaType">The media type.</param>
/// <param name="Description">What it holds.</param>
internal sealed record TextBodyDescription(string MediaType, string Description);
