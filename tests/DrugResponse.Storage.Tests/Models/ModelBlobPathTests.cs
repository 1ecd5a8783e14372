using Azure.Storage.Blobs;
using DrugResponse.Storage.Models;

namespace DrugResponse.Storage.Tests.Models;

public sealed class ModelBlobPathTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("registry.json")]
    [InlineData("warfarin/dose/1.0.0/model.zip")]
    [InlineData("a/B_c-d.e..f/7")]
    public void A_path_of_plain_segments_is_taken(string text) => Assert.True(ModelBlobStore.IsValidPath(text));

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../predictions/x")]
    [InlineData("a/../../predictions/x")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a?b")]
    [InlineData("a%2e%2e")]
    [InlineData("a\n")]
    public async Task A_path_that_could_leave_the_container_is_refused(string text)
    {
        var store = new ModelBlobStore(new BlobServiceClient("UseDevelopmentStorage=true"));

        Assert.False(ModelBlobStore.IsValidPath(text));
        await Assert.ThrowsAsync<ArgumentException>("path", () => store.DownloadAsync(text, 10, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>("path", () => store.UploadAsync(text, default, Cancellation));
    }
}
