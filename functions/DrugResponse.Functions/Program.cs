using DrugResponse.Functions.Access;
using DrugResponse.Functions.Access.Keys;
using DrugResponse.Functions.Audit;
using DrugResponse.Functions.Batches;
using DrugResponse.Functions.Catalogue;
using DrugResponse.Functions.Genotypes;
using DrugResponse.Functions.Health;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Limits;
using DrugResponse.Functions.Models;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Patients;
using DrugResponse.Functions.Predictions;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.Protection;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Functions.Telemetry;
using DrugResponse.Functions.Transport;

return await FunctionsProcess.RunAsync(args, Register, Map, KeysCommand.Command, PseudonymsCommand.Command, AuditCommand.Command);

/// <summary>The capabilities that the app is made of.</summary>
internal sealed partial class Program
{
    internal static void Register(WebApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.Services.AddTransport();
        builder.AddStorage();
        builder.AddAccess();
        builder.Services.AddLimits();
        builder.Services.AddProtection();
        builder.Services.AddAudit();
        builder.Services.AddModels();
        builder.Services.AddPredictions();
        builder.Services.AddGenotypes();
        builder.Services.AddPatients();
        builder.Services.AddBatches();
        builder.Services.AddHealth();
        builder.Services.AddApiDescription();
    }

    internal static void Map(WebApplication app)
    {
        app.UseTransport();
        app.UseProblems();
        app.UseLimitsOfAddresses();
        app.UseCallers();
        app.UseLimits();
        app.UseAudit();
        app.UseRoles();

        var api = app.MapApi();
        api.MapPredictions();
        api.MapPatients();
        api.MapGenotypes();
        api.MapCatalogue();
        api.MapModels();
        api.MapBatches();
        api.MapHealth();
        api.MapApiDescription();
        api.MapKeys();
        api.MapAudit();

        app.MapPredictionTriggers();
        app.MapPatientTriggers();
        app.MapAuditTriggers();
        app.MapBatchTriggers();
    }
}
