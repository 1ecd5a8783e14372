namespace DrugResponse.Training.Additive;

/// <summary>A symmetric positive definite system of linear equations, filled in its lower triangle and solved by Cholesky.</summary>
internal sealed class SymmetricSystem(int size)
{
    private readonly double[] _matrix = new double[size * size];
    private readonly double[] _right = new double[size];

    /// <summary>Adds to the entry at (<paramref name="row"/>, <paramref name="column"/>) and its mirror image.</summary>
    public void Add(int row, int column, double value) =>
        _matrix[row >= column ? row * size + column : column * size + row] += value;

    public void AddRight(int row, double value) => _right[row] += value;

    /// <summary>Adds weight x v v', v given by its non-zero entries.</summary>
    public void AddOuter(double weight, ReadOnlySpan<int> indices, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < indices.Length; i++)
            for (var j = 0; j <= i; j++)
                Add(indices[i], indices[j], weight * values[i] * values[j]);
    }

    /// <summary>Solves the system; the matrix is used up.</summary>
    /// <exception cref="InvalidOperationException">The matrix is not positive definite.</exception>
    public double[] Solve()
    {
        Factor();
        var solution = (double[])_right.Clone();
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++)
                solution[i] -= _matrix[i * size + k] * solution[k];
            solution[i] /= _matrix[i * size + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++)
                solution[i] -= _matrix[k * size + i] * solution[k];
            solution[i] /= _matrix[i * size + i];
        }

        return solution;
    }

    private void Factor()
    {
        for (var i = 0; i < size; i++)
        {
            var rowI = _matrix.AsSpan(i * size, i + 1);
            for (var j = 0; j <= i; j++)
            {
                var rowJ = _matrix.AsSpan(j * size, j + 1);
                var sum = rowI[j] - Dot(rowI[..j], rowJ[..j]);
                if (i != j)
                    rowI[j] = sum / rowJ[j];
                else if (sum > 0)
                    rowI[j] = Math.Sqrt(sum);
                else
                    throw new InvalidOperationException($"The system is singular at unknown {i} of {size}.");
            }
        }
    }

    // Four sums in a fixed order: quicker than one, and the same on every processor, as a vector of its width would not be.
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        var k = 0;
        for (; k + 3 < a.Length && k + 3 < b.Length; k += 4)
        {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }

        for (; k < a.Length; k++)
            s0 += a[k] * b[k];
        return s0 + s1 + (s2 + s3);
    }
}
