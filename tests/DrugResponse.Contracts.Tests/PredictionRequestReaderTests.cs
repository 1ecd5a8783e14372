using System.Text.Json;
using DrugResponse.Contracts.Predictions;
using DrugResponse.Contracts.Reading;
using Xunit;

namespace DrugResponse.Contracts.Tests;

public sealed class PredictionRequestReaderTests
{
    private const string Full = """
        {
          "requestId": "order-7",
          "patient": { "id": " MRN-0042 ", "ageYears": 65, "sex": "female", "weightKg": 71.5, "heightCm": 165,
                       "ancestry": "European", "eGfr": 62, "smoker": false },
          "genotype": {
            "diplotypes": { "CYP2C9": "*1/*3", "HLA-B": ["*57:01 negative", "*58:01 positive"] },
            "phenotypes": { "CYP2D6": "Poor Metabolizer" },
            "activityScores": { "DPYD": 1.50, "CYP2D6": "≥3.0" },
            "variants": { "rs9923231": "C/T" },
            "vcf": "##fileformat=VCFv4.2\n#CHROM\tPOS\n"
          },
          "medications": [
            { "drug": "amiodarone", "status": "active", "started": "2026-10-01" },
            { "rxNorm": "36567", "status": "stopped", "outcome": "adverse-event", "event": "myopathy" },
            { "text": "metoprolol succinate ER 50 mg po bid" }
          ],
          "conditions": ["heart failure"],
          "measurements": { "uracilNgPerMl": 12.5, "albuminGPerL": 41 },
          "doses": { "simvastatin": 40 },
          "candidates": ["warfarin"]
        }
        """;

    private static (PredictionRequest? Request, IReadOnlyDictionary<string, IReadOnlyList<string>> Errors) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var faults = new FaultList();
        return (PredictionRequestReader.Read(document.RootElement, faults), faults.ToErrors());
    }

    public sealed class ValidRequest
    {
        [Fact]
        public void Every_member_is_read()
        {
            var (request, errors) = Read(Full);

            Assert.Empty(errors);
            Assert.NotNull(request);
            Assert.Equal("order-7", request.RequestId);
            Assert.Equal(
                new Patient
                {
                    Id = "MRN-0042", AgeYears = 65, Sex = "female", WeightKg = 71.5, HeightCm = 165, Ancestry = "European", EGfr = 62, Smoker = false,
                },
                request.Patient);
            Assert.Equal(["*1/*3"], request.Genotype!.Diplotypes!["CYP2C9"]);
            Assert.Equal(["*57:01 negative", "*58:01 positive"], request.Genotype.Diplotypes["HLA-B"]);
            Assert.Equal("Poor Metabolizer", request.Genotype.Phenotypes!["CYP2D6"]);
            Assert.Equal("1.50", request.Genotype.ActivityScores!["DPYD"]);
            Assert.Equal("≥3.0", request.Genotype.ActivityScores["CYP2D6"]);
            Assert.Equal("C/T", request.Genotype.Variants!["rs9923231"]);
            Assert.StartsWith("##fileformat=VCFv4.2\n", request.Genotype.Vcf, StringComparison.Ordinal);
            Assert.Equal(new DateOnly(2026, 10, 1), request.Medications![0].Started);
            Assert.Equal("myopathy", request.Medications[1].Event);
            Assert.Equal("metoprolol succinate ER 50 mg po bid", request.Medications[2].Text);
            Assert.Equal(["heart failure"], request.Conditions);
            Assert.Equal(new Dictionary<string, double> { ["uracilNgPerMl"] = 12.5, ["albuminGPerL"] = 41 }, request.Measurements!);
            Assert.Equal(new Dictionary<string, double> { ["simvastatin"] = 40 }, request.Doses!);
            Assert.Equal(["warfarin"], request.Candidates);
        }

        [Fact]
        public void Absent_and_null_stay_unknown_and_empty_stays_none()
        {
            var (request, errors) = Read("""{ "patient": { "ageYears": null }, "medications": [], "candidates": ["warfarin"] }""");

            Assert.Empty(errors);
            Assert.Null(request!.Patient!.AgeYears);
            Assert.Null(request.Genotype);
            Assert.Null(request.Conditions);
            Assert.Null(request.Measurements);
            Assert.Null(request.Doses);
            Assert.Empty(request.Medications!);
        }

        [Fact]
        public void Null_names_no_medication_and_gives_nothing_to_score()
        {
            var (_, named) = Read("""{ "medications": [{ "drug": "warfarin", "rxNorm": null, "atc": null, "text": null }] }""");
            var (_, unnamed) = Read("""{ "medications": [{ "drug": null }] }""");
            var (_, nothing) = Read("""{ "genotype": null, "medications": null, "candidates": null }""");

            Assert.Empty(named);
            Assert.Equal("/medications/0", Assert.Single(unnamed).Key);
            Assert.Equal("", Assert.Single(nothing).Key);
        }
    }

    public sealed class WrittenRequest
    {
        [Fact]
        public void Members_added_later_are_not_written_unless_given()
        {
            var (without, _) = Read("""{ "candidates": [] }""");
            var (with, _) = Read("""{ "candidates": [], "doses": { "simvastatin": 40 } }""");

            var json = JsonSerializer.Serialize(without, ContractsJsonContext.Wire.PredictionRequest);

            Assert.DoesNotContain("doses", json, StringComparison.Ordinal);
            Assert.DoesNotContain("measurements", json, StringComparison.Ordinal);
            Assert.Contains(
                "\"doses\":{\"simvastatin\":40}",
                JsonSerializer.Serialize(with, ContractsJsonContext.Wire.PredictionRequest),
                StringComparison.Ordinal);
        }
    }

    public sealed class InvalidRequest
    {
        [Theory]
        [InlineData("""[]""", "", "object")]
        [InlineData("""{}""", "", "at least one")]
        [InlineData("""{"candidates":"warfarin"}""", "/candidates", "array")]
        [InlineData("""{"candidates":[" "]}""", "/candidates/0", "empty")]
        [InlineData("""{"candidates":[null]}""", "/candidates/0", "not null")]
        [InlineData("""{"candidates":["a\u202Eb"]}""", "/candidates/0", "text-direction")]
        [InlineData("""{"candidates":["a\u0000b"]}""", "/candidates/0", "control")]
        [InlineData("""{"candidates":["\ud800"]}""", "/candidates/0", "Unicode")]
        [InlineData("""{"candidates":[],"genotyp":{}}""", "/genotyp", "Unknown member")]
        [InlineData("""{"candidates":[],"a/b~c":1}""", "/a~1b~0c", "Unknown member")]
        [InlineData("""{"candidates":[],"candidates":[]}""", "/candidates", "more than once")]
        [InlineData("""{"candidates":[],"patient":{"ageYears":-1}}""", "/patient/ageYears", "from 0 to 120")]
        [InlineData("""{"candidates":[],"patient":{"ageYears":1e999}}""", "/patient/ageYears", "from 0 to 120")]
        [InlineData("""{"candidates":[],"patient":{"ageYears":"65"}}""", "/patient/ageYears", "must be a number")]
        [InlineData("""{"candidates":[],"patient":{"sex":"f"}}""", "/patient/sex", "female, male")]
        [InlineData("""{"candidates":[],"patient":{"smoker":"no"}}""", "/patient/smoker", "true or false")]
        [InlineData("""{"candidates":[],"patient":[]}""", "/patient", "object")]
        [InlineData("""{"genotype":{"diplotypes":{"CYP2C9":1}}}""", "/genotype/diplotypes/CYP2C9", "string")]
        [InlineData("""{"genotype":{"diplotypes":{"CYP2C9":[]}}}""", "/genotype/diplotypes/CYP2C9", "from 1 to")]
        [InlineData("""{"genotype":{"diplotypes":{"HLA-B":["*57:01 positive",5]}}}""", "/genotype/diplotypes/HLA-B/1", "string")]
        [InlineData("""{"genotype":{"diplotypes":{"CYP2C9":"*1/*1","CYP2C9":"*3/*3"}}}""", "/genotype/diplotypes/CYP2C9", "more than once")]
        [InlineData("""{"genotype":{"activityScores":{"DPYD":1.00000000000000000001}}}""", "/genotype/activityScores/DPYD", "16 characters")]
        [InlineData("""{"genotype":{"cyp2c9":"*1/*1"}}""", "/genotype/cyp2c9", "Unknown member")]
        [InlineData("""{"medications":[{}]}""", "/medications/0", "exactly one of")]
        [InlineData("""{"medications":[{"drug":"a","text":"b"}]}""", "/medications/0", "exactly one of")]
        [InlineData("""{"medications":[{"drug":"a","started":"01.10.2026"}]}""", "/medications/0/started", "yyyy-mm-dd")]
        [InlineData("""{"medications":[{"drug":"a","started":"2026-10-02","stopped":"2026-10-01"}]}""", "/medications/0/stopped", "before started")]
        [InlineData("""{"medications":[{"drug":"a","event":"rash"}]}""", "/medications/0/event", "adverse-event")]
        [InlineData("""{"medications":["aspirin"]}""", "/medications/0", "object")]
        [InlineData("""{"candidates":[],"measurements":[]}""", "/measurements", "object")]
        [InlineData("""{"candidates":[],"measurements":{"albuminGPerL":"41"}}""", "/measurements/albuminGPerL", "must be a number")]
        [InlineData("""{"candidates":[],"measurements":{"albuminGPerL":1e999}}""", "/measurements/albuminGPerL", "too large")]
        [InlineData("""{"candidates":[],"measurements":{"a":1,"a":2}}""", "/measurements/a", "more than once")]
        [InlineData("""{"candidates":[],"doses":{"simvastatin":0}}""", "/doses/simvastatin", "above 0")]
        [InlineData("""{"candidates":[],"doses":{"simvastatin":-40}}""", "/doses/simvastatin", "above 0")]
        [InlineData("""{"candidates":[],"doses":{"simvastatin":100000.1}}""", "/doses/simvastatin", "up to 100000")]
        [InlineData("""{"candidates":[],"doses":{"simvastatin":"40 mg"}}""", "/doses/simvastatin", "must be a number")]
        [InlineData("""{"candidates":[],"dose":{"simvastatin":40}}""", "/dose", "Unknown member")]
        public void Fault_is_reported_at_its_pointer(string json, string pointer, string fragment)
        {
            var (_, errors) = Read(json);

            var (at, messages) = Assert.Single(errors);
            Assert.Equal(pointer, at);
            Assert.Contains(fragment, Assert.Single(messages), StringComparison.OrdinalIgnoreCase);
        }

        [Fact]
        public void All_faults_are_reported_at_once()
        {
            var (_, errors) = Read("""
                { "patient": { "ageYears": 400, "wieghtKg": 70 }, "medications": [ { "drug": "a" }, { "drug": 1 }, { "drug": "b", "x": 1 } ], "y": 0 }
                """);

            Assert.Equal(
                ["/medications/1/drug", "/medications/2/x", "/patient/ageYears", "/patient/wieghtKg", "/y"],
                errors.Keys.Order(StringComparer.Ordinal));
        }

        [Fact]
        public void More_faults_than_are_kept_are_counted()
        {
            var names = string.Join(",", Enumerable.Range(0, FaultList.MaxKept + 5).Select(i => $"\"x{i}\":0"));

            var (_, errors) = Read($"{{\"candidates\":[],{names}}}");

            Assert.Equal(FaultList.MaxKept + 1, errors.Count);
            Assert.Contains("5 more faults", Assert.Single(errors[""]), StringComparison.Ordinal);
        }

        [Theory]
        [InlineData("measurements", 101)]
        [InlineData("doses", 101)]
        public void More_members_than_allowed_are_refused_whole(string member, int count)
        {
            var members = string.Join(",", Enumerable.Range(0, count).Select(static i => $"\"x{i}\":1"));

            var (request, errors) = Read($"{{\"candidates\":[],\"{member}\":{{{members}}}}}");

            Assert.Contains("at most 100", Assert.Single(errors["/" + member]), StringComparison.Ordinal);
            Assert.Null(member == "doses" ? request!.Doses : request!.Measurements);
        }

        [Theory]
        [InlineData("medications", 501)]
        [InlineData("candidates", 101)]
        public void Longer_lists_than_allowed_are_refused_whole(string member, int count)
        {
            var items = string.Join(",", Enumerable.Repeat("{}", count));

            var (_, errors) = Read($"{{\"{member}\":[{items}]}}");

            Assert.Contains("at most", Assert.Single(errors["/" + member]), StringComparison.Ordinal);
        }
    }

    public sealed class Lookup
    {
        [Theory]
        [InlineData("""{}""", "/id")]
        [InlineData("""{"id":5}""", "/id")]
        [InlineData("""{"id":"a","name":"b"}""", "/name")]
        public void Fault_is_reported_at_its_pointer(string json, string pointer)
        {
            using var document = JsonDocument.Parse(json);
            var faults = new FaultList();

            PatientLookupReader.Read(document.RootElement, faults);

            Assert.Equal(pointer, Assert.Single(faults.ToErrors()).Key);
        }
    }
}
