using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrugResponse.Contracts;
using DrugResponse.Contracts.Genotypes;
using DrugResponse.Functions.Tests.Support;

namespace DrugResponse.Functions.Tests.Genotypes;

/// <summary>Sends genotypes to <c>POST v1/genotypes/translate</c>.</summary>
internal static class Translation
{
    private const string Path = "v1/genotypes/translate";

    public static Task<Answer> TranslateAsync(this WholeApp app, JsonObject body, string query = "") =>
        app.SendAsync(new HttpRequestMessage(HttpMethod.Post, Path + query) { Content = WholeApp.Json(body.ToJsonString()) });

    public static Task<Answer> TranslateAsync(this WholeApp app, byte[] file, string mediaType, string query = "")
    {
        var content = new ByteArrayContent(file) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } };
        return app.SendAsync(new HttpRequestMessage(HttpMethod.Post, Path + query) { Content = content });
    }

    public static Task<Answer> TranslateAsync(this WholeApp app, HttpContent content) =>
        app.SendAsync(new HttpRequestMessage(HttpMethod.Post, Path) { Content = content });

    public static GenotypeTranslation AsTranslation(this Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status}: {answer.Text}");
        return JsonSerializer.Deserialize(answer.Bytes, ContractsJsonContext.Wire.GenotypeTranslation)!;
    }

    /// <summary>A VCF with one sample, or several, and the records given as <c>chrom pos id ref alt genotypes…</c>.</summary>
    public static byte[] Vcf(string samples, params string[] records)
    {
        var text = new StringBuilder("##fileformat=VCFv4.2\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n");
        text.Append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t").Append(samples.Replace(' ', '\t')).Append('\n');
        foreach (var record in records.Select(static record => record.Split(' ')))
            text.AppendJoin('\t', [.. record[..5], ".", "PASS", ".", "GT", .. record[5..]]).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
