using DrugResponse.Functions.Access;
using DrugResponse.Functions.Batches;
using DrugResponse.Functions.Catalogue;
using DrugResponse.Functions.Genotypes;
using DrugResponse.Functions.Health;
using DrugResponse.Functions.Hosting;
using DrugResponse.Functions.Models;
using DrugResponse.Functions.OpenApi;
using DrugResponse.Functions.Predictions;
using DrugResponse.Functions.Problems;
using DrugResponse.Functions.StorageAccess;
using DrugResponse.Functions.Telemetry;

return await FunctionsProcess.RunAsync(args, Register, Map);

/// <summary>The capabilities that the app is made of.</summary>
internal sealed partial class Program
{
    internal static void Register(WebApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.AddStorage();
        builder.Services.AddAccess();
        builder.Services.AddModels();
        builder.Services.AddPredictions();
        builder.Services.AddGenotypes();
        builder.Services.AddBatches();
        builder.Services.AddHealth();
        builder.Services.AddApiDescription();
    }

    internal static void Map(WebApplication app)
    {
        app.UseProblems();

        var api = app.MapApi();
        api.MapPredictions();
        api.MapGenotypes();
        api.MapCatalogue();
        api.MapModels();
        api.MapBatches();
        api.MapHealth();
        api.MapApiDescription();

        app.MapPredictionTriggers();
        app.MapBatchTriggers();
    }
}
