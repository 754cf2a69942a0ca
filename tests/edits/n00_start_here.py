"""What a curious learner changes in notebook 00."""

from edits import Edit, Exempt

ONE = """
...##...
..###...
...##...
...##...
...##...
"""
EDITS = [
    Edit(
        "looks at thirty digits",
        "some-digits",
        "x_train[:12], titles=mnist.y_train[:12]",
        "x_train[:30], titles=mnist.y_train[:30]",
    ),
    Edit("trains one epoch only", "the-goal", "epochs=5", "epochs=1"),
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
        ".######.\n......#.\n.....##.\n.....#..\n....##..\n....#...\n...##...\n...#....",
        ONE.strip(),
    ),
    Edit("draws with x on blanks, raggedly", "your-digit", ".######.\n......#.", "xxxxxxx\n      x"),
    Edit(
        "draws one dot",
        "your-digit",
        ".######.\n......#.\n.....##.\n.....#..\n....##..\n....#...\n...##...\n...#....",
        "...#...",
    ),
    Edit("asks for a probability of nine in ten", "read-it", "threshold=0.5", "threshold=0.9"),
    Edit("corrects somebody's attempt", "somebodys-attempt", "return sum(x)", "return sum(x * w)"),
]
EXCEPTIONS = [
    Exempt("the-goal", "shape=(28, 28)", "the pictures have this size"),
    Exempt("the-goal", "Dense(10", "there are ten digits"),
    Exempt("your-digit", "size=2.2", "the size of the figure"),
    Exempt("read-it", "reshape(1, 28, 28)", "one picture, of the size that the network expects"),
]
