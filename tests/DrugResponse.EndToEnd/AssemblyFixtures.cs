using DrugResponse.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
