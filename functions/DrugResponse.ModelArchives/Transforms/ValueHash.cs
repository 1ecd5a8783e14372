namespace DrugResponse.ModelArchives.Transforms;

/// <summary>How a value of one type is hashed, alone or as one of several that are combined.</summary>
internal abstract class ValueHash<T>
{
    public abstract bool IsMissing(T value);

    /// <summary>Hash of a value alone.</summary>
    public abstract uint Of(uint seed, T value);

    /// <summary>Feeds a value into a combined hash.</summary>
    public abstract uint Feed(uint hash, T value);

    /// <summary>Finishes a combined hash of so many values.</summary>
    public abstract uint Finish(uint hash, int count);
}

/// <summary>Texts; combining chains whole hashes and mixes nothing at the end.</summary>
internal sealed class TextHash : ValueHash<string>
{
    public static readonly TextHash Instance = new();

    public override bool IsMissing(string value) => value.Length == 0;

    public override uint Of(uint seed, string value) => MurmurHash.Text(seed, value);

    public override uint Feed(uint hash, string value) => MurmurHash.Text(hash, value);

    public override uint Finish(uint hash, int count) => hash;
}

/// <summary>Texts before version 1.3 of the component.</summary>
internal sealed class OldTextHash : ValueHash<string>
{
    public static readonly OldTextHash Instance = new();

    public override bool IsMissing(string value) => value.Length == 0;

    public override uint Of(uint seed, string value) => MurmurHash.OldText(seed, value);

    public override uint Feed(uint hash, string value) => MurmurHash.OldText(hash, value);

    public override uint Finish(uint hash, int count) => hash;
}

/// <summary>Values of up to 32 bits, fed as one number; the older form mixes in no length.</summary>
internal sealed class NarrowHash(bool isOld, bool isKey) : ValueHash<long>
{
    public override bool IsMissing(long value) => isKey && value == 0;

    public override uint Of(uint seed, long value) => Finish(Feed(seed, value), 1);

    public override uint Feed(uint hash, long value) => MurmurHash.Round(hash, (uint)value);

    public override uint Finish(uint hash, int count) => isOld ? MurmurHash.Mix(hash) : MurmurHash.Mix(hash, 4 * (uint)count);
}

/// <summary>Values of 64 bits, fed as low and high number; the older form leaves out a high number of 0 and mixes in no length.</summary>
internal sealed class WideHash(bool isOld, bool isKey) : ValueHash<long>
{
    public override bool IsMissing(long value) => isKey && value == 0;

    public override uint Of(uint seed, long value) => Finish(Feed(seed, value), 1);

    public override uint Feed(uint hash, long value)
    {
        var high = (uint)(value >> 32);
        hash = MurmurHash.Round(hash, (uint)value);

        return isOld && high == 0 ? hash : MurmurHash.Round(hash, high);
    }

    public override uint Finish(uint hash, int count) => isOld ? MurmurHash.Mix(hash) : MurmurHash.Mix(hash, 8 * (uint)count);
}

/// <summary>The bits of a Single, zero for -0.</summary>
internal sealed class SingleHash(bool isOld) : ValueHash<float>
{
    private readonly NarrowHash _bits = new(isOld, isKey: false);

    public override bool IsMissing(float value) => float.IsNaN(value);

    public override uint Of(uint seed, float value) => _bits.Of(seed, Bits(value));

    public override uint Feed(uint hash, float value) => _bits.Feed(hash, Bits(value));

    public override uint Finish(uint hash, int count) => _bits.Finish(hash, count);

    private static uint Bits(float value) => value == 0 ? 0 : BitConverter.SingleToUInt32Bits(value);
}

/// <summary>The bits of a Double, zero for -0.</summary>
internal sealed class DoubleHash(bool isOld) : ValueHash<double>
{
    private readonly WideHash _bits = new(isOld, isKey: false);

    public override bool IsMissing(double value) => double.IsNaN(value);

    public override uint Of(uint seed, double value) => _bits.Of(seed, Bits(value));

    public override uint Feed(uint hash, double value) => _bits.Feed(hash, Bits(value));

    public override uint Finish(uint hash, int count) => _bits.Finish(hash, count);

    private static long Bits(double value) => value == 0 ? 0 : BitConverter.DoubleToInt64Bits(value);
}
