namespace DrugResponse.ModelArchives.Binding;

/// <summary>For every slot of a column, the input column its value comes from.</summary>
internal readonly struct SlotOrigins
{
    /// <summary>The value does not depend on any input.</summary>
    public const int Constant = -1;

    /// <summary>The value depends on several inputs.</summary>
    public const int Mixed = -2;

    private readonly int _uniform;
    private readonly int[]? _perSlot;

    private SlotOrigins(int uniform, int[]? perSlot)
    {
        _uniform = uniform;
        _perSlot = perSlot;
    }

    public int this[int slot] => _perSlot is null ? _uniform : _perSlot[slot];

    /// <summary>The one origin of all slots, or <see cref="Mixed"/>.</summary>
    public int Common
    {
        get
        {
            if (_perSlot is null)
                return _uniform;

            var common = Constant;
            foreach (var origin in _perSlot)
                common = Merge(common, origin);

            return common;
        }
    }

    public static SlotOrigins Of(int input) => new(input, null);

    public static SlotOrigins PerSlot(int[] origins) => new(Mixed, origins);

    /// <summary>Origin of a value made of two others.</summary>
    public static int Merge(int left, int right)
    {
        if (left == Constant || left == right)
            return right;

        return right == Constant ? left : Mixed;
    }
}
