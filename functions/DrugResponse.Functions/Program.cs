using DrugResponse.Functions.Health;
using DrugResponse.Functions.Hosting;

return await FunctionsProcess.RunAsync(args, Register, Map);

static void Register(WebApplicationBuilder builder)
{
    builder.Services.AddHealth();
}

static void Map(WebApplication app)
{
    var api = app.MapApi();
    api.MapHealth();
}
