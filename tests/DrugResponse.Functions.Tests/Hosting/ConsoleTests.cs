using DrugResponse.Functions.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace DrugResponse.Functions.Tests.Hosting;

/// <summary>What stands on the console, which whoever runs the process collects.</summary>
public sealed class ConsoleTests
{
    [Fact]
    public async Task Outside_development_an_exception_leaves_its_type_and_stack_and_no_message()
    {
        var line = await WriteAsync("Production");

        Assert.DoesNotContain("MRN-0042", line, StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z fail: Any\[7\] It failed\. System\.InvalidOperationException +at .*Fail", line);
        Assert.Contains(" <- System.FormatException", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line.TrimEnd());
    }

    [Fact]
    public async Task In_development_its_message_is_there_too() =>
        Assert.Contains("MRN-0042", await WriteAsync("Development"), StringComparison.Ordinal);

    private static async Task<string> WriteAsync(string environment)
    {
        await using var app = FunctionsAppBuilder.Create([$"--environment={environment}"]).Build();
        var name = app.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName ?? ConsoleFormatterNames.Simple;
        var formatter = app.Services.GetServices<ConsoleFormatter>().Single(one => one.Name == name);
        using var text = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Error, "Any", new EventId(7), "It failed.", Fail(), static (state, exception) => $"{state}");

        formatter.Write(in entry, null, text);

        return text.ToString();
    }

    private static InvalidOperationException Fail()
    {
        try
        {
            throw new InvalidOperationException("Cannot read MRN-0042.", new FormatException("MRN-0042 is none."));
        }
        catch (InvalidOperationException failure)
        {
            return failure;
        }
    }
}
