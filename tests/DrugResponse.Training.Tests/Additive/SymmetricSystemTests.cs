using DrugResponse.Training.Additive;

namespace DrugResponse.Training.Tests.Additive;

public class SymmetricSystemTests
{
    [Fact]
    public void Solves_a_system_worked_by_hand()
    {
        // 4x + 2y = 10, 2x + 3y = 11: x = 1, y = 3.
        var system = new SymmetricSystem(2);
        system.Add(0, 0, 4);
        system.Add(0, 1, 2);
        system.Add(1, 1, 3);
        system.AddRight(0, 10);
        system.AddRight(1, 11);

        var solution = system.Solve();

        Assert.Equal(1, solution[0], 12);
        Assert.Equal(3, solution[1], 12);
    }

    [Fact]
    public void Refuses_a_singular_system()
    {
        var system = new SymmetricSystem(2);
        system.AddOuter(1, [0, 1], [1, -1]);

        Assert.Throws<InvalidOperationException>(system.Solve);
    }
}
