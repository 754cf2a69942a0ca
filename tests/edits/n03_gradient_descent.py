"""What a curious learner changes in notebook 03."""

from edits import Edit, Exempt

EDITS = [
    Edit("predicts from other flowers", "first-guess", '"setosa", "versicolor"', '"versicolor", "virginica"'),
    Edit("adds a weight to the list", "three-weights", "(0.1, 0.3, 0.5)", "(0.1, 0.3, 0.5, -2)"),
    Edit("stands on the other side of the bowl", "felt-slope", "start, tiny = 0.1", "start, tiny = 0.6"),
    Edit("starts the walk at 0.8", "walk-in-the-bowl", "w = 0.0", "w = 0.8"),
    Edit("walks with the rate 0.2", "walk-in-the-bowl", "w - 0.01 * slope(w)", "w - 0.2 * slope(w)"),
    Edit("walks on the round bowl with the rate 1.2", "map-of-the-bowl", "eta=0.1", "eta=1.2"),
    Edit("starts outside of the map", "map-of-the-bowl", "[5, 5]", "[9, 2]"),
    Edit(
        "adds a sixth and a seventh rate",
        "five-rates",
        "(0.1, 0.5, 0.9, 1.0, 1.1)",
        "(0.1, 0.5, 0.9, 1.0, 1.1, 5, 0.01)",
    ),
    Edit("takes a rate that is not too large", "no-number-left", "far - 10 * 2 * far", "far - 0.1 * 2 * far"),
    Edit("bursts in the valley", "three-rates-in-a-valley", "(0.02, 0.09, 0.105)", "(0.02, 0.09, 0.105, 3)"),
    Edit("asks other flowers, and one more", "pulls-on-the-map", "(55, 98)", "(1, 43, 70, 77)"),
    Edit("trains with the rate 0.2", "three-walks", "train(batch_size, 0.02,", "train(batch_size, 0.2,"),
    Edit("takes batches of 7", "three-walks", "(100, 10, 1)", "(100, 7, 1)"),
    Edit("shuffles with another seed", "three-walks", "default_rng(0)", "default_rng(7)"),
    Edit("adds the rate 0.08", "batch-sizes", "(0.005, 0.02, 0.05)", "(0.005, 0.02, 0.05, 0.08)"),
    Edit("tries rates that are all too large", "batch-sizes", "(0.005, 0.02, 0.05)", "(0.5, 2, 5)"),
    Edit("divides the sum again", "summed", "eta=10 * 0.02", "eta=0.02"),
    Edit("lets the walkers run with the rate 0.2", "many-walkers", "(0.001, 0.01, 0.1)", "(0.001, 0.01, 0.1, 0.2)"),
]
EXCEPTIONS = [
    Exempt("pulls-on-the-map", "(55, 98)", "there are a hundred flowers, and 98 twice is none of them"),
    Exempt("train", "np.zeros(2)", "a line has two weights"),
]
