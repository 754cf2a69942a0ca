"""What a curious learner changes in notebook 01."""

from edits import Edit, Exempt

EDITS = [
    Edit("dreads the exam half as much", "party-sum", "[-6, 3, 4]", "[-3, 3, 4]"),
    Edit("gives the neuron a fourth reason, rain", "party-sum", "[-6, 3, 4]", "[-6, 3, 4, -2]"),
    Edit("asks about one more evening", "party-answers", "[1, 1, 1])", "[1, 1, 1], [0, 0, 0])"),
    Edit("tries more biases", "biases", "(-2, 0, 2)", "(-8, -2, 0, 2, 6.5)"),
    Edit("adds a small dog", "animals", "[8.0, 36]]", "[8.0, 36], [6.0, 33]]"),
    Edit("adds a cat as large as a dog, so that no line is left", "animals", "[4.5, 24]]", "[4.5, 24], [14.0, 44]]"),
    Edit("asks about another animal", "animals", "[8, 28]", "[30, 80]"),
    Edit("sets the bias from -40 to -30", "line-by-hand", "-40", "-30"),
    Edit("gives one weight a minus", "line-by-hand", "np.array([1, 1])", "np.array([-1, 1])"),
    Edit("sets both weights to zero", "line-by-hand", "np.array([1, 1])", "np.array([0, 0])"),
    Edit("moves the line of AND", "gates-by-hand", "-1.5", "-0.9"),
    Edit("learns OR instead of AND", "train", "wanted = AND", "wanted = OR"),
    Edit("learns a gate that is right from the start", "train", "wanted = AND", "wanted = 0 * AND"),
    Edit("learns with the rate 0.2", "animals-learned", "train(animals, is_dog)", "train(animals, is_dog, eta=0.2)"),
    Edit(
        "shows the animals in the opposite order",
        "animals-learned",
        "train(animals, is_dog)",
        "train(animals[::-1], is_dog[::-1])",
    ),
    Edit("gives XOR a thousand rounds", "xor-mistakes", "train(corners, XOR)", "train(corners, XOR, rounds=1000)"),
    Edit("looks at the sigmoid from farther away", "sigmoid-drawn", "linspace(-6, 6", "linspace(-40, 40"),
    Edit("takes two species with a gap", "flowers", '"versicolor", "virginica"', '"setosa", "versicolor"'),
    Edit("shuffles the flowers with another seed", "flowers", "default_rng(0)", "default_rng(7)"),
    Edit("lets the leaky ReLU leak more", "activations", "leak = 0.1", "leak = 0.5"),
]
EXCEPTIONS = [
    Exempt("animals", "[0] * len(cats) + [1] * len(dogs)", "the two classes are 0 and 1"),
    Exempt("gates-by-hand", "[[0, 0], [0, 1], [1, 0], [1, 1]]", "the inputs of a gate are 0 or 1"),
    Exempt(
        "random-task", "distance[keep] > 0", "elsewhere than at the line there may be one class only, and no mistake"
    ),
]
