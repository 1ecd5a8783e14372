using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DrugResponse.Functions.Hosting;
using DrugResponse.Storage;
using DrugResponse.Storage.Batches;

namespace DrugResponse.Functions.Tests.Deployment;

/// <summary>What can be known of <c>infra/</c> without Azure: it compiles, and fits the app.</summary>
public sealed partial class InfrastructureTests
{
    /// <summary>Settings that the Functions host or a library of the app reads.</summary>
    private static readonly HashSet<string> ReadByOthers =
    [
        "AzureWebJobsStorage:accountName", "AzureWebJobsStorage:credential", "AzureWebJobsStorage:clientId",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    /// <summary>Settings of the app that Azure leaves at their defaults, or that a process behind the Functions host does not read.</summary>
    private static readonly HashSet<string> LeftAtDefault =
    [
        "DrugResponse:Access:KeysKnownFor", "DrugResponse:Access:Tenant", "DrugResponse:Access:Tokens:ClockSkew",
        "DrugResponse:Access:Tokens:RoleClaim", "DrugResponse:Batches:ChunkRows", "DrugResponse:Batches:MaxRows",
        "DrugResponse:Batches:Retention:Inputs", "DrugResponse:Batches:Retention:Results", "DrugResponse:Batches:StallTimeout",
        "DrugResponse:Batches:UploadLifetime", "DrugResponse:Batches:UploadStorage:ConnectionString", "DrugResponse:Hosting:Address",
        "DrugResponse:Hosting:Port",
        "DrugResponse:Limits:Tenants:*:Burst", "DrugResponse:Limits:Tenants:*:Concurrent",
        "DrugResponse:Limits:Tenants:*:RequestsPerSecond", "DrugResponse:Limits:Tenants:*:Waiting", "DrugResponse:Limits:Waiting",
        "DrugResponse:Models:WatchInterval", "DrugResponse:Protection:CurrentVersion", "DrugResponse:Pseudonyms:CurrentVersion",
        "DrugResponse:Retention:IdempotencyKeys", "DrugResponse:Retention:QueueFailures", "DrugResponse:Triggers:Enabled",
        "DrugResponse:Triggers:MessageInvisibility",
    ];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("build", "main.bicep")]
    [InlineData("build-params", "dev.bicepparam")]
    [InlineData("build-params", "prod.bicepparam")]
    public async Task Compiles_without_a_warning(string command, string file) => Assert.NotEmpty(await Bicep.CompileAsync(command, file));

    [Fact]
    public async Task Sets_settings_that_the_app_reads_and_leaves_none_out()
    {
        var app = Bicep.Module(await Bicep.CompileAsync("build", "main.bicep"), "app");
        // In a list made by a loop the version or number stands as a placeholder.
        var set = SettingName().Matches(app.ToJsonString(Readable)).Select(static match => match.Groups["name"].Value)
            .Select(static name => Placeholder().Replace(name, "*").Replace("__", ":", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(set.Except(KnownSettings.Names).Except(ReadByOthers));
        Assert.Empty(ReadByOthers.Except(set));
        Assert.Empty(KnownSettings.Names.Except(set).Except(LeftAtDefault));
        Assert.Empty(LeftAtDefault.Intersect(set));
    }

    [Fact]
    public async Task Creates_what_the_app_stores_in()
    {
        var template = await Bicep.CompileAsync("build", "main.bicep");
        var variables = Bicep.Module(template, "storage")["variables"]!;
        var open = Bicep.Module(template, "open")["variables"]!;

        Assert.Equal(StorageSchema.Tables.Order(StringComparer.Ordinal), Texts(variables["tables"]));
        Assert.Equal(
            StorageSchema.Queues.Concat(StorageSchema.Queues.Select(static queue => $"{queue}-poison")).Order(StringComparer.Ordinal),
            Texts(variables["queues"]));
        Assert.Equal(
            StorageSchema.Containers.Except([BatchUploadStore.ContainerName]).Order(StringComparer.Ordinal),
            Named(variables["containers"], variables));
        Assert.Equal([BatchUploadStore.ContainerName, "packages"], Named(open["containers"], open));
    }

    [Fact]
    public async Task Keeps_every_secret_in_the_vault_that_the_script_makes_it_in()
    {
        var template = await Bicep.CompileAsync("build", "main.bicep");
        var app = Bicep.Module(template, "app").ToJsonString(Readable);
        var made = (string)template["outputs"]!["secretNames"]!["value"]!;
        var script = await File.ReadAllTextAsync(Path.Combine(Bicep.Repository, "infra", "deploy.sh"), TestContext.Current.CancellationToken);
        var secrets = SecretName().Matches(app).Select(static match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(["protection-key-", "pseudonym-key-", "webhook-key"], secrets);
        Assert.All(secrets, secret => Assert.Contains($"'{secret}", made, StringComparison.Ordinal));
        Assert.Contains("map(parameters('pseudonymKeyVersions')", made, StringComparison.Ordinal);
        Assert.Contains("map(parameters('protectionKeyVersions')", made, StringComparison.Ordinal);
        Assert.Contains("secrets=$(output secretNames)", script, StringComparison.Ordinal);
        Assert.Contains("publish --connection", script, StringComparison.Ordinal);
        Assert.Contains("--signing-key", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_nobody_change_anchors_of_the_audit_trail_in_production()
    {
        var template = await Bicep.CompileAsync("build", "main.bicep");
        var policy = Bicep.Resources(Bicep.Module(template, "storage"))
            .Single(static resource => ((string)resource["type"]!).EndsWith("/immutabilityPolicies", StringComparison.Ordinal));

        Assert.Contains("anchorContainer", (string?)policy["name"], StringComparison.Ordinal);
        Assert.Contains("not(parameters('anchorPolicyLocked'))", (string?)policy["condition"], StringComparison.Ordinal);
        Assert.Contains("'prod'), 365", (string?)template["parameters"]!["auditAnchorRetentionInDays"]!["defaultValue"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_names_that_Azure_accepts_whatever_the_parameters()
    {
        var template = await Bicep.CompileAsync("build", "main.bicep");
        var names = template["variables"]!["names"]!.AsObject()
            .ToDictionary(static name => name.Key, name => LongestName.Of((string)name.Value!, template), StringComparer.Ordinal);

        Assert.All(names, static name => Assert.DoesNotContain("'", name.Value, StringComparison.Ordinal));
        Assert.Matches("^[a-z0-9]{3,24}$", names["storage"]);
        Assert.Matches("^[a-z0-9]{3,24}$", names["openStorage"]);
        Assert.Matches("^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$", names["vault"]);
        Assert.Matches("^[a-zA-Z0-9][a-zA-Z0-9-]{0,58}[a-zA-Z0-9]$", names["app"]);
        Assert.Matches("^[a-zA-Z0-9-]{1,60}$", names["plan"]);
        Assert.Matches("^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$", names["workspace"]);
        Assert.Matches("^[a-zA-Z0-9-_]{3,128}$", names["identity"]);
        Assert.Matches("^[a-zA-Z0-9-]{2,64}$", names["network"]);
    }

    [Fact]
    public async Task Lets_nobody_in_by_a_shared_key()
    {
        var resources = Bicep.Resources(await Bicep.CompileAsync("build", "main.bicep")).ToList();
        var accounts = resources.Where(static resource => (string?)resource["type"] == "Microsoft.Storage/storageAccounts").ToList();

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, static account => Assert.False((bool)account["properties"]!["allowSharedKeyAccess"]!));
        Assert.All(accounts, static account => Assert.False((bool)account["properties"]!["allowBlobPublicAccess"]!));
        Assert.DoesNotContain(resources, static resource => resource.ToJsonString().Contains("listKeys", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(resources, static resource => resource.ToJsonString().Contains("AccountKey=", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Opens_storage_and_vault_to_nobody_when_they_are_private()
    {
        var template = await Bicep.CompileAsync("build", "main.bicep");
        string[] modules = ["storage", "vault"];
        var closed = modules.Select(module => Bicep.Resources(Bicep.Module(template, module)))
            .Select(static resources => resources.Single(static resource => resource["properties"]?["networkAcls"] is not null)["properties"]!);

        Assert.All(closed, static properties =>
        {
            Assert.Equal("[if(parameters('isPrivate'), 'Disabled', 'Enabled')]", (string?)properties["publicNetworkAccess"]);
            Assert.Empty(properties["networkAcls"]!["ipRules"]!.AsArray());
            Assert.Equal("[if(parameters('isPrivate'), 'Deny', 'Allow')]", (string?)properties["networkAcls"]!["defaultAction"]);
        });
    }

    [Fact]
    public async Task Lets_the_deployer_write_a_single_container_and_tables_and_gives_every_role_to_a_known_kind()
    {
        var template = await Bicep.CompileAsync("build", "main.bicep");
        var roles = Bicep.Resources(template)
            .Where(static resource => (string?)resource["type"] == "Microsoft.Authorization/roleAssignments")
            .ToList();
        var ofDeployer = Bicep.Resources(Bicep.Module(template, "storage")).Intersect(roles)
            .Where(static role => ((string)role["properties"]!["principalId"]!).Contains("deployer", StringComparison.Ordinal))
            .ToList();

        Assert.All(roles, static role => Assert.NotNull(role["properties"]!["principalType"]));
        Assert.Equal(2, ofDeployer.Count);
        Assert.All(ofDeployer, static role => Assert.Matches("/(containers|tables)'", (string)role["scope"]!));
    }

    [Fact]
    public async Task Answers_browsers_by_one_list_of_origins_in_the_host_and_in_the_app()
    {
        var app = Bicep.Module(await Bicep.CompileAsync("build", "main.bicep"), "app");
        var site = Bicep.Resources(app).Single(static resource => (string?)resource["type"] == "Microsoft.Web/sites");
        var settings = app["variables"]!["copy"]!.AsArray().Single(static list => (string?)list!["name"] == "originSettings")!;
        var functions = Directory.GetFiles(
            Path.Combine(Bicep.Repository, "functions", "DrugResponse.Functions"), "*.function.json", SearchOption.AllDirectories);

        Assert.Equal("[parameters('corsOrigins')]", (string?)site["properties"]!["siteConfig"]!["cors"]!["allowedOrigins"]);
        Assert.Equal("[length(parameters('corsOrigins'))]", (string?)settings["count"]);
        Assert.NotEmpty(functions);
        // The host answers before any function; one that took the question as well would never get it.
        Assert.All(functions, static file => Assert.DoesNotContain("options", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Spreads_app_and_storage_over_zones_in_production()
    {
        var template = await Bicep.CompileAsync("build", "main.bicep");
        var plan = Bicep.Resources(Bicep.Module(template, "app"))
            .Single(static resource => (string?)resource["type"] == "Microsoft.Web/serverfarms");

        Assert.Equal("[equals(parameters('environmentName'), 'prod')]", (string?)template["parameters"]!["zoneRedundant"]!["defaultValue"]);
        Assert.Equal("[parameters('zoneRedundant')]", (string?)plan["properties"]!["zoneRedundant"]);
    }

    [Fact]
    public async Task Counts_what_sampling_left_out_and_tells_requests_from_messages()
    {
        var rules = Bicep.Module(await Bicep.CompileAsync("build", "main.bicep"), "alerts")["variables"]!["rules"]!.AsArray();
        var queries = rules.ToDictionary(
            static rule => (string)rule!["name"]!, static rule => Words((string)rule!["query"]!), StringComparer.Ordinal);

        Assert.All(queries.Values, static query => Assert.DoesNotMatch(@"\b(count|countif)\(|percentile\(", query));
        Assert.StartsWith("AppRequests | where toint(ResultCode) >= 100 |", queries["error-rate"], StringComparison.Ordinal);
        Assert.Contains("Success == false", queries["failed-work"], StringComparison.Ordinal);
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Texts of a list, some of which stand in variables.</summary>
    private static IEnumerable<string> Named(JsonNode? list, JsonNode variables) => Texts(list)
        .Select(text => Variable().Match(text) is { Success: true } match ? (string)variables[match.Groups["name"].Value]! : text)
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(static text => (string)text!).Order(StringComparer.Ordinal);

    // Names stand in objects, or as texts in the expressions that lists of them are compiled to.
    [GeneratedRegex("""['"](?<name>(?:AzureWebJobs|DrugResponse__|APPLICATIONINSIGHTS|FUNCTIONS_|OTEL_)[A-Za-z_0-9{}]*)['"]""")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"secrets/(?<name>[a-z-]+)")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^\[variables\('(?<name>\w+)'\)\]$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{0\}")]
    private static partial Regex Placeholder();
}
