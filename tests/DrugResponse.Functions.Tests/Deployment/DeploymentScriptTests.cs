namespace DrugResponse.Functions.Tests.Deployment;

/// <summary>What <c>infra/deploy.sh</c> asks of Azure, in which order, and what it does when it is refused.</summary>
public sealed class DeploymentScriptTests : IAsyncLifetime
{
    private const string Set = "keyvault secret set";
    private const string Create = "keys create";

    private readonly ScriptRun _script = new();

    public async ValueTask InitializeAsync() => await _script.MakeSigningKeyAsync();

    public ValueTask DisposeAsync()
    {
        _script.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Makes_every_key_once_and_leaves_it_ever_after()
    {
        await SucceedAsync();
        var made = _script.Vault;
        await SucceedAsync();

        Assert.Equal(["protection-key-1", "pseudonym-key-1", "pseudonym-key-2", "webhook-key"], made.Keys.Order(StringComparer.Ordinal));
        Assert.All(made.Values, static value => Assert.Equal(32, Convert.FromBase64String(value).Length));
        Assert.Equal(4, made.Values.Distinct().Count());
        Assert.Equal(made, _script.Vault);
        Assert.Equal(4, _script.Places(Set).Count);
    }

    [Fact]
    public async Task Makes_the_key_of_a_version_that_was_added()
    {
        await SucceedAsync();
        var before = _script.Vault;
        _script.Tell("secret-names", "pseudonym-key-1 pseudonym-key-2 protection-key-1 protection-key-2 webhook-key");
        await SucceedAsync();

        Assert.Equal(["protection-key-2"], _script.Vault.Keys.Except(before.Keys));
        Assert.All(before, key => Assert.Equal(key.Value, _script.Vault[key.Key]));
    }

    [Fact]
    public async Task Shows_no_key_on_a_command_line_and_leaves_none_in_a_file()
    {
        var output = await SucceedAsync(("DRUGRESPONSE_FIRST_TENANT", "hospital"));

        Assert.All(_script.Modes, static mode => Assert.Equal("600", mode));
        Assert.Equal(4, _script.Modes.Count);
        var seen = string.Join('\n', _script.Calls) + output;
        Assert.All(_script.Vault.Values, value => Assert.DoesNotContain(value, seen, StringComparison.Ordinal));
        Assert.Empty(_script.Left);
    }

    [Theory]
    [InlineData("(Forbidden) Caller is not authorized to perform action on resource. Inner error: ForbiddenByRbac", 8)]
    [InlineData("<urllib3.connection>: Failed to resolve 'drugresp-dev-abc123.vault.azure.net'", 8)]
    [InlineData("(Forbidden) Public network access is disabled and request is not from a trusted service. ForbiddenByConnection", 0)]
    [InlineData("(TooManyRequests) Too many requests.", 0)]
    [InlineData("AADSTS700082: The refresh token has expired due to inactivity. Please run: az login", 0)]
    [InlineData("(VaultNotFound) Something was NotFound.", 0)]
    public async Task Makes_no_key_when_it_cannot_be_told_whether_there_is_one(string failure, int waits)
    {
        _script.Tell("read-failures", failure + "\n");
        _script.Tell("read-failures-stay", "");
        _script.Tell("vault/pseudonym-key-1", "precious");

        var (code, output) = await _script.DeployAsync();

        Assert.NotEqual(0, code);
        Assert.Contains(failure, output, StringComparison.Ordinal);
        Assert.Contains("cannot be told", output, StringComparison.Ordinal);
        Assert.Empty(_script.Places(Set));
        Assert.Empty(_script.Places("withApp=true"));
        Assert.Equal(waits, _script.Places("sleep ").Count);
        Assert.Equal(["precious"], _script.Vault.Values);
        Assert.Empty(_script.Left);
    }

    [Fact]
    public async Task Waits_until_a_role_is_known()
    {
        _script.Tell("read-failures", "(Forbidden) ForbiddenByRbac\nForbiddenByFirewall\n");

        await SucceedAsync();

        Assert.Equal(["sleep 10", "sleep 20"], _script.Places("sleep ").Select(place => _script.Calls[place]));
        Assert.Equal(4, _script.Vault.Count);
    }

    [Fact]
    public async Task Deploys_the_app_after_the_keys_and_models_that_it_needs()
    {
        await SucceedAsync();

        var app = Assert.Single(_script.Places("withApp=true"));
        Assert.Single(_script.Places("withApp=false"), place => place < _script.Places(Set)[0]);
        Assert.All(_script.Places(Set), place => Assert.True(place < app));
        Assert.Single(_script.Places("models/training"), place => place < app);
        Assert.Single(_script.Places("config-zip"), place => place > app);
    }

    [Fact]
    public async Task Makes_the_first_tenants_key_once()
    {
        var first = await SucceedAsync(("DRUGRESPONSE_FIRST_TENANT", "hospital"));
        var second = await SucceedAsync(("DRUGRESPONSE_FIRST_TENANT", "hospital"));

        Assert.Contains("the-key", first, StringComparison.Ordinal);
        Assert.DoesNotContain("the-key", second, StringComparison.Ordinal);
        Assert.Single(_script.Places(Create));
    }

    [Fact]
    public async Task Makes_no_tenants_key_when_those_there_are_cannot_be_listed()
    {
        _script.Tell("list-failure", "Something else is wrong.");

        var (code, _) = await _script.DeployAsync(environment: ("DRUGRESPONSE_FIRST_TENANT", "hospital"));

        Assert.NotEqual(0, code);
        Assert.Empty(_script.Places(Create));
        Assert.Empty(_script.Places("sleep "));
    }

    [Fact]
    public async Task Takes_roles_for_the_person_or_the_pipeline_that_deploys()
    {
        await SucceedAsync();
        await SucceedAsync(("DEPLOYER_PRINCIPAL_ID", "pipeline"));

        Assert.Equal(2, _script.Places("deployerPrincipalId=person deployerPrincipalType=User").Count);
        Assert.Equal(2, _script.Places("deployerPrincipalId=pipeline deployerPrincipalType=ServicePrincipal").Count);
        Assert.Single(_script.Places("signed-in-user"));
    }

    [Fact]
    public async Task Leaves_a_group_where_it_is()
    {
        await SucceedAsync();
        var (code, output) = await _script.DeployAsync(["northeurope"]);
        var (same, _) = await _script.DeployAsync(["West Europe"]);

        Assert.NotEqual(0, code);
        Assert.Contains("westeurope", output, StringComparison.Ordinal);
        Assert.Equal(0, same);
        Assert.Single(_script.Places("group create --name group --location westeurope"));
        Assert.Equal(4, _script.Places("deployment group create").Count);
    }

    [Fact]
    public async Task Registers_what_subnets_are_delegated_to()
    {
        await SucceedAsync();
        Assert.Empty(_script.Places("provider register"));

        _script.Tell("registration", "NotRegistered");
        await SucceedAsync();

        Assert.Single(_script.Places("provider register --namespace Microsoft.App --wait"));
    }

    [Fact]
    public async Task Opens_a_private_network_to_the_addresses_it_is_told_for_as_long_as_it_runs()
    {
        _script.Tell("network", "private");

        await SucceedAsync(("DRUGRESPONSE_DEPLOYER_ADDRESSES", "192.0.2.1,198.51.100.0/24"), ("DRUGRESPONSE_FIRST_TENANT", "hospital"));

        Assert.Equal(4, _script.Vault.Count);
        Assert.Single(_script.Places(Create));
        foreach (var rule in (string[])["storage account network-rule add", "keyvault network-rule add"])
        {
            var asked = _script.Places(rule).Select(place => _script.Calls[place]).ToList();
            Assert.Equal(4, asked.Count);
            Assert.Equal(2, asked.Count(static call => call.Contains("--ip-address 192.0.2.1 ", StringComparison.Ordinal)));
            Assert.Equal(2, asked.Count(static call => call.Contains("--ip-address 198.51.100.0/24 ", StringComparison.Ordinal)));
        }

        Assert.True(_script.Places("network-rule add")[^1] < _script.Places("--public-network-access Enabled")[^1]);
        AssertClosed();
    }

    [Theory]
    [InlineData("deployment-failures", "The first deployment failed.", false)]
    [InlineData("deployment-failures", "fine\nThe second deployment failed.", true)]
    [InlineData("output-failures", "The first output cannot be told.", false)]
    [InlineData("output-failures", "fine\nfine\nfine\nfine\nThe last output before it opens cannot be told.", false)]
    [InlineData("output-failures", "fine\nfine\nfine\nfine\nfine\nThe address cannot be told.", true)]
    [InlineData("switch-failures", "Storage cannot be opened.", true)]
    [InlineData("read-failures", "The vault does not answer.", true)]
    [InlineData("package-failures", "The package was refused.", true)]
    public async Task Closes_a_private_network_again_wherever_it_fails(string step, string failure, bool wasOpened)
    {
        _script.Tell("network", "private");
        _script.Tell(step, failure + "\n");

        var (code, output) = await _script.DeployAsync(environment: ("DRUGRESPONSE_DEPLOYER_ADDRESSES", "192.0.2.1"));

        Assert.NotEqual(0, code);
        Assert.Contains(failure.Split('\n')[^1], output, StringComparison.Ordinal);
        Assert.Equal(wasOpened, _script.Places("--public-network-access Enabled").Count > 0);
        if (wasOpened)
            AssertClosed();
        Assert.Empty(_script.Open);
    }

    [Theory]
    [InlineData("deployment-failures", "fine\nTERM")]
    [InlineData("deployment-failures", "fine\nINT")]
    [InlineData("switch-failures", "INT")]
    [InlineData("switch-failures", "TERM")]
    public async Task Closes_a_private_network_again_when_it_is_interrupted(string step, string signal)
    {
        _script.Tell("network", "private");
        _script.Tell(step, signal + "\n");

        var (code, _) = await _script.DeployAsync(environment: ("DRUGRESPONSE_DEPLOYER_ADDRESSES", "192.0.2.1"));

        Assert.NotEqual(0, code);
        AssertClosed();
    }

    [Fact]
    public async Task Says_so_when_it_cannot_close()
    {
        _script.Tell("network", "private");
        _script.Tell("switch-failures", "fine\nStorage cannot be closed.\n");

        var (code, output) = await _script.DeployAsync(environment: ("DRUGRESPONSE_DEPLOYER_ADDRESSES", "192.0.2.1"));

        Assert.NotEqual(0, code);
        Assert.Contains("Storage cannot be closed.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("vault", _script.Open);
    }

    [Fact]
    public async Task Waits_until_it_is_known_that_the_network_was_opened()
    {
        _script.Tell("network", "private");
        _script.Tell("read-failures", "(Forbidden) Public network access is disabled. ForbiddenByConnection\n");

        await SucceedAsync(("DRUGRESPONSE_DEPLOYER_ADDRESSES", "192.0.2.1"));

        Assert.Single(_script.Places("sleep "));
        AssertClosed();
    }

    [Fact]
    public async Task Opens_no_private_network_without_addresses()
    {
        _script.Tell("network", "private");

        var (code, _) = await _script.DeployAsync();

        Assert.NotEqual(0, code);
        Assert.Empty(_script.Places("--public-network-access"));
        Assert.Empty(_script.Places("sleep "));
    }

    [Fact]
    public async Task Leaves_a_public_network_as_it_is()
    {
        await SucceedAsync(("DRUGRESPONSE_DEPLOYER_ADDRESSES", "192.0.2.1"));

        Assert.Empty(_script.Places("--public-network-access"));
    }

    private void AssertClosed()
    {
        Assert.StartsWith("az storage account update", _script.Calls[^2], StringComparison.Ordinal);
        Assert.StartsWith("az keyvault update", _script.Calls[^1], StringComparison.Ordinal);
        Assert.Equal([_script.Calls.Count - 2, _script.Calls.Count - 1], _script.Places("--public-network-access Disabled"));
        Assert.Empty(_script.Open);
    }

    private async Task<string> SucceedAsync(params (string Name, string Value)[] environment)
    {
        var (code, output) = await _script.DeployAsync(environment: environment);
        Assert.True(code == 0, output);
        return output;
    }
}
