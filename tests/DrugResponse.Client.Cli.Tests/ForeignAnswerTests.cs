namespace DrugResponse.Client.Cli.Tests;

/// <summary>What the commands say when something else answers, or the command line cannot be.</summary>
public sealed class ForeignAnswerTests
{
    private const string Key = "secret-key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_in_place_of_an_answer_is_a_refusal_in_words()
    {
        await using var server = new ForeignServer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");

        var run = await ListAsync(server.Address);

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Contains("text/html", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_is_not_carried_to_where_an_answer_redirects()
    {
        await using var elsewhere = new ForeignServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var server = new ForeignServer(
            $"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Address}\r\nContent-Length: 0\r\n\r\n");

        var run = await ListAsync(server.Address);

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Contains("redirects", run.Error, StringComparison.Ordinal);
        Assert.Contains(Key, Assert.Single(server.Received), StringComparison.Ordinal);
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task Body_that_breaks_off_is_asked_for_again_until_patience_ends()
    {
        await using var server = new ForeignServer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{ \"batches\":");

        var run = await ListAsync(server.Address, "--patience", "2");

        Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
        Assert.True(server.Received.Count > 1);
    }

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\n")]
    [InlineData("ä")]
    public async Task Key_that_cannot_be_sent_is_refused(string key)
    {
        var run = await CommandRun.OfAsync(Cancellation, "list", "--server", "http://127.0.0.1:9", "--patience", "1", "--api-key", key);

        Assert.Equal(ExitCodes.Unusable, run.ExitCode);
        Assert.Contains("ApiKey must be printable ASCII.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_goes_to_no_other_machine_over_plain_http_unless_that_is_allowed()
    {
        string[] list = ["list", "--server", "http://does-not-exist.invalid", "--api-key", Key, "--patience", "0"];

        var refused = await CommandRun.OfAsync(Cancellation, list);
        var allowed = await CommandRun.OfAsync(Cancellation, [.. list, "--allow-http"]);

        Assert.Equal((ExitCodes.Unusable, ExitCodes.Unreachable), (refused.ExitCode, allowed.ExitCode));
        Assert.Contains("https", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("cancel")]
    [InlineData("summary")]
    public async Task Id_that_is_none_is_refused(string command)
    {
        var run = await CommandRun.OfAsync(Cancellation, command, "..", "--server", "http://127.0.0.1:9", "--patience", "0");

        Assert.Equal((ExitCodes.Unusable, "That is no id of a batch."), (run.ExitCode, run.Error.Trim()));
    }

    private static Task<CommandRun> ListAsync(Uri server, params string[] options) =>
        CommandRun.OfAsync(Cancellation, ["list", "--server", server.AbsoluteUri, "--api-key", Key, .. options]);
}
