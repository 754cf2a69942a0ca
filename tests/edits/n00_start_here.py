"""What a curious learner changes in notebook 00."""

from edits import Edit, Exempt

SEVEN = """
######
.....#
....#.
...#..
..#...
..#...
"""
ONE = """
...##...
..###...
...##...
...##...
...##...
"""
EDITS = [
    Edit("looks at thirty digits", "some-digits", "count = 12", "count = 30"),
    Edit("trains one epoch only", "the-goal", "epochs = 5", "epochs = 1"),
    Edit("takes 8 hidden units", "the-goal", "128", "8"),
    Edit("takes another seed", "the-goal", "seed=0", "seed=1"),
    Edit(
        "adds a hidden layer",
        "the-goal",
        "    layers.Dense(10",
        '    layers.Dense(32, activation="relu"),\n    layers.Dense(10',
    ),
    Edit("forgets to scale", "the-goal", "    layers.Rescaling(1 / 255),\n", ""),
    Edit(
        "draws a bold one",
        "your-digit",
        SEVEN.strip(),
        ONE.strip(),
    ),
    Edit("draws with x on blanks, raggedly", "your-digit", "######\n.....#", "xxxxxxx\n      x"),
    Edit(
        "draws one dot",
        "your-digit",
        SEVEN.strip(),
        "...#...",
    ),
    Edit("lets it read a picture of the test set", "read-it", "prepared.reshape", "mnist.x_test[3].reshape"),
    Edit("corrects somebody's attempt", "somebodys-attempt", "return sum(x)", "return sum(x * w)"),
]
EXCEPTIONS = [
    Exempt("the-goal", "Dense(10", "there are ten digits"),
    Exempt("your-digit", "size=2.2", "the size of the figure"),
]
