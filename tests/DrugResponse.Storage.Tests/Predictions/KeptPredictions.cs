using System.Text;
using Azure.Storage.Blobs;
using DrugResponse.Storage.Predictions;
using DrugResponse.Storage.Protection;
using DrugResponse.Storage.Tables;

namespace DrugResponse.Storage.Tests.Predictions;

/// <summary>Stores of predictions, and answers that can be kept in them.</summary>
internal static class KeptPredictions
{
    public static PredictionStore Store(StorageConnection connection, byte masterKey = 1) =>
        Store(connection.Tables, connection.Blobs, masterKey);

    public static PredictionStore Store(TableServiceClient tables, BlobServiceClient blobs, byte masterKey = 1)
    {
        var key = new byte[MasterKeyRing.KeyLength];
        Array.Fill(key, masterKey);
        return new(tables, blobs, new EnvelopeCipher(new MasterKeyRing(new Dictionary<int, byte[]> { [1] = key }, 1)));
    }

    /// <summary>An answer of a prediction, with some bytes that cannot be compressed, written as text.</summary>
    public static byte[] Answer(PredictionId id, int bytes = 0, int seed = 1)
    {
        var filler = new byte[bytes];
        new Random(seed).NextBytes(filler);
        var text = Convert.ToBase64String(filler);
        return Encoding.UTF8.GetBytes(
            $$"""{"predictionId":"{{id}}","patientKey":"{{id.PatientKey}}","drugs":[{"drug":"warfarin"}],"filler":"{{text}}"}""");
    }
}
