using System.Diagnostics;
using DrugResponse.Functions.Telemetry;

namespace DrugResponse.Functions.Tests.Telemetry;

/// <summary>What a caller writes into the state of a trace is not sent on.</summary>
public sealed class SpanCleanerTests
{
    [Fact]
    public void Span_that_ends_before_its_parent_does_not_have_the_parents_state()
    {
        using var cleaner = new SpanCleaner();
        using var request = new Activity("request") { TraceStateString = "patient=MRN-0042" };
        using var call = new Activity("call");
        request.Start();
        call.Start();
        Assert.Equal("patient=MRN-0042", call.TraceStateString);

        cleaner.OnEnd(call);

        Assert.Equal("", call.TraceStateString);
    }

    [Fact]
    public void Calls_of_a_request_are_not_told_its_state()
    {
        using var cleaner = new SpanCleaner();
        using var request = new Activity("request") { TraceStateString = "patient=MRN-0042" };
        using var call = new Activity("call");
        request.Start();

        cleaner.OnStart(request);
        call.Start();

        Assert.Null(call.TraceStateString);
    }
}
