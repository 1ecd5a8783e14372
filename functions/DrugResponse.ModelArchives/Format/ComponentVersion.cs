using System.Globalization;

namespace DrugResponse.ModelArchives.Format;

/// <summary>A version number of the format, the major part in the high 16 bits: 0x00010003 is 1.3.</summary>
internal readonly record struct ComponentVersion(uint Value) : IComparable<ComponentVersion>
{
    public static ComponentVersion Of(int major, int minor) => new(((uint)major << 16) | (uint)minor);

    public static bool operator <(ComponentVersion left, ComponentVersion right) => left.Value < right.Value;

    public static bool operator >(ComponentVersion left, ComponentVersion right) => left.Value > right.Value;

    public static bool operator <=(ComponentVersion left, ComponentVersion right) => left.Value <= right.Value;

    public static bool operator >=(ComponentVersion left, ComponentVersion right) => left.Value >= right.Value;

    public bool IsAtLeast(int major, int minor) => this >= Of(major, minor);

    public int CompareTo(ComponentVersion other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value >> 16}.{Value & 0xFFFF}");
}
