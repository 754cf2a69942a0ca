"""Tests that every exercise of the course has to pass whose answer is a function, whoever wrote it."""

import csv
import functools
import inspect
import itertools
import sys
import time
from fractions import Fraction

import numpy as np
import pytest
import scipy.ndimage
import scipy.optimize
import scipy.signal
import scipy.special
import scipy.stats
import sklearn.exceptions
import sklearn.inspection
import sklearn.linear_model
import sklearn.metrics
import sklearn.neural_network
import sklearn.preprocessing
from places import ROOT

from helpers.exercises import Exercise, all_exercises, limits
from helpers.exercises.compare import same
from helpers.exercises.engine import Result, agree, is_stub, judge, probes_of
from helpers.exercises.running import ask, ask_reference
from helpers.exercises.session import Session

EXERCISES = [exercise for exercise in all_exercises().values() if isinstance(exercise, Exercise)]
MISTAKES = [(exercise, misconception) for exercise in EXERCISES for misconception in exercise.misconceptions]


def name_of(item):
    return getattr(item, "name", None) or item.function.__name__


each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=name_of)
each_mistake = pytest.mark.parametrize(("exercise", "mistake"), MISTAKES, ids=name_of)


def made_from(exercise, text):
    """The function that a text of the exercise defines, where the learner has NumPy and nothing else of ours."""
    namespace = {"np": np}
    exec(compile(text, exercise.name, "exec"), namespace)
    return namespace[exercise.function_name]


def what_happens(exercise, function):
    """Values, failures and changed arguments for all probes."""
    expected = [ask_reference(exercise.reference, probe) for probe in probes_of(exercise)]
    return [ask(function, probe, like) for probe, like in zip(probes_of(exercise), expected, strict=True)]


def alike(exercise, one, other):
    """Tells whether two functions do the same on all probes."""
    kinds = [[outcome.failure and outcome.failure.kind for outcome in outcomes] for outcomes in (one, other)]
    changes = [[outcome.changed for outcome in outcomes] for outcomes in (one, other)]
    values = (
        same(a.value, b.value) or agree(exercise, a.value, b.value)
        for a, b in zip(one, other, strict=True)
        if not (a.failure or b.failure)
    )
    return kinds[0] == kinds[1] and changes[0] == changes[1] and all(values)


# --- three ways: the stub, the reference, every known mistake


@each_exercise
def test_stub_is_not_started(exercise, capsys):
    stub = made_from(exercise, exercise.stub)
    assert is_stub(stub)
    Session(all_exercises).check(exercise.name, stub)
    assert capsys.readouterr().out.startswith("Not started yet:")


@each_exercise
def test_reference_is_correct(exercise, capsys):
    Session(all_exercises).check(exercise.name, exercise.reference)
    assert " ".join(capsys.readouterr().out.split()) == f"Correct. {exercise.praise}"


@each_exercise
def test_solution_can_be_typed_by_a_learner(exercise):
    """It uses nothing but NumPy and what its set-up lines bring."""
    assert judge(exercise, made_from(exercise, exercise.solution_source)).result is Result.CORRECT


@each_mistake
def test_mistake_gets_its_own_hint(exercise, mistake):
    verdict = judge(exercise, mistake.function)
    assert verdict.result is Result.NOT_YET
    assert (verdict.hint.text, verdict.hint.fuller) == (mistake.hint, mistake.fuller)


@each_exercise
def test_mistakes_differ_from_the_reference_and_from_each_other(exercise):
    functions = [exercise.reference, *(mistake.function for mistake in exercise.misconceptions)]
    seen = [what_happens(exercise, function) for function in functions]
    twins = [
        f"{functions[i].__name__} and {functions[j].__name__}"
        for i in range(len(seen))
        for j in range(i)
        if alike(exercise, seen[i], seen[j])
    ]
    assert not twins, "these cannot be told apart on the probes"


@each_exercise
def test_every_mistake_has_words_of_its_own(exercise):
    hints = [mistake.hint for mistake in exercise.misconceptions]
    assert len(set(hints)) == len(hints)


# --- oracles: the references against numbers by hand and other libraries


def equals(found, expected, tolerance=1e-12):
    """Shapes as well: NumPy's own comparison would stretch a number to an array."""
    assert np.shape(found) == np.shape(expected)
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)


def weighted_sum_oracle(weighted_sum):
    assert weighted_sum(np.array([1, 2, 3]), np.array([10, 20, 30])) == 140
    rng = np.random.default_rng(1)
    for n in range(1, 9):
        x, w = rng.normal(size=(2, n))
        equals(weighted_sum(x, w), np.dot(x, w))


def step_neuron_oracle(step_neuron):
    party = np.array([-6.0, 3.0, 4.0])
    evenings = [np.array(x, float) for x in itertools.product((0, 1), repeat=3)]
    # The sums are 0, 4, 3, 7, -6, -2, -3, 1.
    assert [step_neuron(x, party, 0.0) for x in evenings] == [0, 1, 1, 1, 0, 0, 0, 1]
    # With the bias they are 2.5, 6.5, 5.5, 9.5, -3.5, 0.5, -0.5, 3.5, and -4, 0, -1, 3, -10, -6, -7, -3.
    assert [step_neuron(x, party, 2.5) for x in evenings] == [1, 1, 1, 1, 0, 1, 0, 1]
    assert [step_neuron(x, party, -4.0) for x in evenings] == [0, 0, 0, 1, 0, 0, 0, 0]
    # 2 * 1 - 1 * 3 = -1: with the bias below 0, at 0, above 0.
    biases = (0.5, 1.0, 1.5)
    assert [step_neuron(np.array([1.0, 3.0]), np.array([2.0, -1.0]), b) for b in biases] == [0, 0, 1]


def nand_gate_oracle(nand_gate):
    w_1, w_2, b = nand_gate()
    answers = [int(w_1 * x_1 + w_2 * x_2 + b > 0) for x_1, x_2 in ((0, 0), (0, 1), (1, 0), (1, 1))]
    assert answers == [1, 1, 1, 0]


def perceptron_step_oracle(perceptron_step):
    """Four steps by hand, then single steps of scikit-learn's perceptron."""
    w = np.zeros(3)
    for x, y, after in [
        ((1, 1, 0), 1, (0.5, 0.5, 0.0)),  # sum 0, answer 0, wrong: add x / 2
        ((1, 0, 1), 0, (0.0, 0.5, -0.5)),  # sum 0.5, answer 1, wrong: subtract x / 2
        ((1, 1, 1), 0, (0.0, 0.5, -0.5)),  # sum 0, answer 0, right
        ((1, 3, 1), 1, (0.0, 0.5, -0.5)),  # sum 1, answer 1, right
    ]:
        before = w.copy()
        new = perceptron_step(w, np.array(x, float), y, 0.5)
        equals(new, after)
        equals(w, before)
        w = new
    rng = np.random.default_rng(2)
    changed = 0
    for _ in range(100):
        n = int(rng.integers(2, 6))
        w, x = rng.normal(size=n), np.concatenate([[1.0], rng.normal(size=n - 1)])
        y, eta = int(rng.integers(2)), float(rng.uniform(0.1, 2))
        # scikit-learn counts no and yes as -1 and +1 inside, takes a sum of exactly 0 for wrong whatever y is
        # (random sums are never 0), and keeps the bias apart.
        theirs = sklearn.linear_model.Perceptron(eta0=eta, fit_intercept=True, shuffle=False)
        theirs.coef_, theirs.intercept_ = w[None, 1:].copy(), w[:1].copy()
        theirs.partial_fit(x[None, 1:], [y], classes=[0, 1])
        expected = np.concatenate([theirs.intercept_, theirs.coef_[0]])
        equals(perceptron_step(w, x, y, eta), expected)
        changed += not np.array_equal(expected, w)
    assert 25 < changed < 75  # both kinds are there: corrections, and right answers


def train_perceptron_oracle(train_perceptron):
    """AND by hand, then rounds of single steps of scikit-learn's perceptron."""
    corners, answers = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 0, 0, 1])
    # (w_1, w_2, b) after each round: +(1, 1, 1); -(0, 0, 1), -(0, 1, 1), +(1, 1, 1); -(0, 1, 1), -(1, 0, 1), +(1, 1, 1)
    for rounds, after in enumerate(((0, 0, 0), (1, 1, 1), (2, 1, 0), (2, 1, -1), (2, 2, -1), (2, 1, -2), (2, 1, -2))):
        w, b = train_perceptron(corners, answers, rounds)
        equals(w, np.array(after[:2], float))
        equals(b, after[2])
    rng = np.random.default_rng(3)
    for rounds in (1, 2, 4):
        points, labels = rng.normal(size=(9, 2)), rng.permutation(9) % 2
        theirs = sklearn.linear_model.Perceptron(eta0=1.0, shuffle=False)
        # They call a sum of exactly 0 wrong whatever y is, which zero weights give at the start: begin with a mistake.
        labels[0] = 1
        for _ in range(rounds):
            for x, y in zip(points, labels, strict=True):
                theirs.partial_fit([x], [y], classes=[0, 1])
        w, b = train_perceptron(points, labels, rounds)
        equals(w, theirs.coef_[0])
        equals(b, theirs.intercept_[0])


def on_numbers_and_arrays(function, oracle, tolerance):
    z = np.linspace(-8, 8, 33)
    for same_numbers in (z, z.reshape(3, 11), z[20], 0.0):
        equals(function(same_numbers), oracle(same_numbers), tolerance)


def sigmoid_slope_oracle(sigmoid_slope):
    h = 1e-5
    equals(sigmoid_slope(0.0), 0.25)
    equals(sigmoid_slope(np.log(3)), 3 / 16)  # a = 3/4
    expit = scipy.special.expit
    on_numbers_and_arrays(sigmoid_slope, lambda z: (expit(z + h) - expit(z - h)) / (2 * h), 1e-9)


def tanh_from_sigmoid_oracle(tanh_from_sigmoid):
    equals(tanh_from_sigmoid(np.log(2)), 0.6)  # (2 - 1/2) / (2 + 1/2)
    on_numbers_and_arrays(tanh_from_sigmoid, np.tanh, 1e-12)


def collapse_oracle(collapse):
    W, b = collapse(np.array([[1.0, 2.0]]), np.array([3.0, 4.0]), np.array([[1.0], [10.0]]), np.array([5.0]))
    equals(W, [[21.0]])  # 1 + 20
    equals(b, [48.0])  # 3 + 40 + 5
    rng = np.random.default_rng(9)
    for n, k, m in itertools.product((1, 2, 3), (1, 2, 4), (1, 2, 3)):
        x, W1, b1 = rng.normal(size=(5, n)), rng.normal(size=(n, k)), rng.normal(size=k)
        W2, b2 = rng.normal(size=(k, m)), rng.normal(size=m)
        W, b = collapse(W1, b1, W2, b2)
        assert (np.shape(W), np.shape(b)) == ((n, m), (m,))
        equals(x @ W + b, (x @ W1 + b1) @ W2 + b2, 1e-9)


def forward_pass_oracle(forward_pass):
    """The network of the lecture, with numbers from its unrounded chain, then scikit-learn's networks."""
    lecture = np.array([[3.7, 2.9], [3.7, 2.9]]), np.array([-1.5, -4.5]), np.array([4.5, -5.2]), -2.0
    equals(forward_pass(np.array([1.0, 0.0]), *lecture), 0.764519, 1e-6)
    rng = np.random.default_rng(10)
    for n, k in itertools.product((1, 2, 3), (1, 3, 4)):
        x, W1, b1, W2, b2 = (rng.normal(size=size) for size in (n, (n, k), k, k, ()))
        theirs = sklearn.neural_network.MLPClassifier((k,), activation="logistic", max_iter=1)
        with pytest.warns(sklearn.exceptions.ConvergenceWarning):
            theirs.fit(np.eye(2, n), [0, 1])
        theirs.coefs_, theirs.intercepts_ = [W1, W2[:, None]], [b1, np.array([b2])]
        equals(forward_pass(x, W1, b1, W2, float(b2)), theirs.predict_proba(x[None])[0, 1], 1e-9)


def xor_weights_oracle(xor_weights):
    """Neuron by neuron, in plain Python."""
    W1, b1, W2, b2 = xor_weights()
    for x in itertools.product((0, 1), repeat=2):
        hidden = [int(x[0] * W1[0][j] + x[1] * W1[1][j] + b1[j] > 0) for j in range(2)]
        assert int(hidden[0] * W2[0] + hidden[1] * W2[1] + b2 > 0) == (x[0] != x[1])


def dense_parameters_oracle(dense_parameters):
    """Count the numbers in the arrays that such a network has."""
    assert dense_parameters([2, 4, 1]) == 17
    assert dense_parameters([784, 100, 10]) == 79_510
    for sizes in itertools.product((1, 2, 5), (1, 3, 4), (2, 6)):
        arrays = [np.zeros(pair) for pair in itertools.pairwise(sizes)] + [np.zeros(size) for size in sizes[1:]]
        assert dense_parameters(list(sizes)) == sum(array.size for array in arrays)


def downhill_step_oracle(downhill_step):
    """Two steps of the lecture, and one in which every number and every sign differs."""
    equals(downhill_step(5.0, 10.0, 0.1), 4)
    equals(downhill_step(4.0, 8.0, 0.1), 3.2)
    equals(downhill_step(-2.0, -6.0, 0.25), -0.5)


def descent_path_oracle(descent_path):
    """Where the gradient is c·w, the weight is multiplied by 1 - ηc in every direction."""
    equals(descent_path(lambda w: 2 * w, np.array([5.0, 5.0]), 0.1, 2), [[5, 5], [4, 4], [3.2, 3.2]])
    start, curvatures = np.array([3.0, -1.0, 2.0]), np.array([1.0, 4.0, 9.0])
    factors = np.array([0.8, 0.2, -0.8])
    path = descent_path(lambda w: curvatures * w, start, 0.2, 7)
    equals(path, start * factors ** np.arange(8)[:, np.newaxis])


def one_epoch_oracle(one_epoch):
    """A gradient that notes how it was called; and a bowl around each example, where a step is a weighted mean."""
    asked = []

    def noted(weights, rows):
        asked.append((list(weights), list(rows)))
        return np.ones(1)

    start = np.array([1.0])
    equals(one_epoch(noted, start, np.array([4, 0, 3, 1, 2]), 2, 0.25), [0.25])
    equals(start, [1.0])
    assert asked == [([1.0], [4, 0]), ([0.75], [3, 1]), ([0.5], [2])]
    equals(one_epoch(lambda w, rows: 2 * (w - rows[0]), np.array([8.0]), np.array([4, 2]), 1, 0.25), [4.0])


def largest_rate_oracle(largest_rate):
    """Below it the weights shrink, above it they grow: walk, instead of calculating."""
    rng = np.random.default_rng(1)
    for n in (1, 3, 6):
        curvatures = rng.uniform(0.5, 20, size=n)
        limit = largest_rate(curvatures)
        assert np.shape(limit) == ()
        for rate, ends in ((0.999 * limit, True), (1.001 * limit, False)):
            w = np.ones(n)
            for _ in range(20_000):
                w = np.clip(w - rate * curvatures * w, -1e6, 1e6)
            assert (np.abs(w).max() < 1) == ends


def numerical_gradient_oracle(numerical_gradient):
    """Central differences are exact for a parabola; for a cube they are off by h²."""
    equals(numerical_gradient(lambda w: 3 * w[0] ** 2 - 5 * w[0] * w[1], np.array([2.0, 7.0]), 0.5), [-23, -10], 1e-9)
    equals(numerical_gradient(lambda w: w[0] ** 3 + 4 * w[1], np.array([2.0, 7.0]), 0.5), [12.25, 4], 1e-9)
    w = np.random.default_rng(1).normal(size=6)
    expected = scipy.optimize.approx_fprime(w, scipy.optimize.rosen, 1e-8)
    equals(numerical_gradient(scipy.optimize.rosen, w, 1e-4), expected, tolerance=1e-4)
    equals(w, np.random.default_rng(1).normal(size=6))


def brute_force_years_oracle(brute_force_years):
    """Python's own exact numbers; and 1000 options, 9 weights, 40 µs: 1.27 · 10¹⁵ years."""
    for options, weights, seconds in itertools.product((2, 10, 30), (1, 2, 3), (Fraction(1, 8), Fraction(3))):
        combinations = sum(1 for _ in itertools.product(range(options), repeat=weights))
        years = combinations * seconds / (Fraction(36525, 100) * 86400)
        equals(brute_force_years(options, weights, float(seconds)) / float(years), 1.0)
    assert abs(brute_force_years(1000, 9, 4e-5) / 1.2675e15 - 1) < 1e-4


def kind_of_point_oracle(kind_of_point):
    """Walk a little way from the flat place in many directions, and look at the heights."""
    rng = np.random.default_rng(16)
    seen = set()
    for n in (2, 3) * 20:
        turn, bends = scipy.stats.ortho_group.rvs(n, random_state=rng), rng.uniform(0.5, 2, size=n)
        H = turn @ np.diag(bends * rng.choice([-1, 1], size=n)) @ turn.T
        H = (H + H.T) / 2
        directions = rng.normal(size=(20_000, n))
        heights = np.einsum("ki,ij,kj->k", directions, H, directions)
        expected = "minimum" if heights.min() > 0 else "maximum" if heights.max() < 0 else "saddle"
        assert kind_of_point(H) == expected
        seen.add(expected)
    assert len(seen) == 3


def permute_hidden_oracle(permute_hidden):
    """Unit by unit; and what the network computes stays the same."""
    rng = np.random.default_rng(18)
    for inputs, hidden, outputs in itertools.product((4, 5), (3, 4), (4, 6)):
        W1, W2 = rng.normal(size=(inputs, hidden)), rng.normal(size=(hidden, outputs))
        x = rng.normal(size=(5, inputs))
        for order in itertools.permutations(range(hidden)):
            new_W1, new_W2 = permute_hidden(W1, W2, list(order))
            for k, unit in enumerate(order):
                equals(new_W1[:, k], W1[:, unit])
                equals(new_W2[k], W2[unit])
            equals(np.tanh(x @ new_W1) @ new_W2, np.tanh(x @ W1) @ W2)


def slope_of_power_oracle(slope_of_power):
    """NumPy's polynomials, which multiply out first and know no chain rule."""
    assert [slope_of_power(x, 2.0, -5.0, 3) for x in (-1.0, 0.0, 1.0, 3.0)] == [294, 150, 54, 6]
    rng = np.random.default_rng(11)
    for n in (2, 3, 5):
        x, m, c = rng.normal(size=3)
        polynomial = np.polynomial.Polynomial([c, m]) ** n
        equals(slope_of_power(float(x), float(m), float(c), n), polynomial.deriv()(x), 1e-9)


def output_delta_oracle(output_delta):
    equals(output_delta(np.array([1.0, 0.0]), np.array([0.75, 0.25])), [-3 / 64, 3 / 64])
    rng = np.random.default_rng(12)
    for n in (1, 2, 4):
        z, y = rng.normal(size=n), rng.uniform(size=n)
        slopes = scipy.optimize.approx_fprime(z, lambda z, y=y: np.sum((y - scipy.special.expit(z)) ** 2) / 2, 1e-7)
        equals(output_delta(y, scipy.special.expit(z)), slopes, 1e-6)


def hidden_delta_oracle(hidden_delta):
    """With G = ∂E/∂z above, the slope of Σ G ⊙ (σ(z) W), number by number."""
    # (0.1 · 1 - 0.2 · 2) / 4 and (0 + 0.2 · 3) · 3 / 16
    found = hidden_delta(np.array([[0.1, -0.2]]), np.array([[1.0, 2.0], [0.0, -3.0]]), np.array([[0.5, 0.75]]))
    equals(found, [[-0.075, 0.1125]])
    rng = np.random.default_rng(13)
    for n, sources, targets in itertools.product((1, 3), (1, 3, 4), (1, 2, 3)):
        G, W, z = (rng.normal(size=shape) for shape in ((n, targets), (sources, targets), (n, sources)))
        slopes = scipy.optimize.approx_fprime(
            z.ravel(), lambda z, G=G, W=W: np.sum(G * (scipy.special.expit(z.reshape(len(G), -1)) @ W)), 1e-7
        )
        equals(hidden_delta(G, W, scipy.special.expit(z)), slopes.reshape(n, sources), 1e-5)


def layer_gradients_oracle(layer_gradients):
    """Number by number, in plain Python."""
    dW, db = layer_gradients(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[10.0], [-1.0]]))
    equals(dW, [[7.0], [16.0]])  # 10 - 3, 20 - 4
    equals(db, [9.0])
    rng = np.random.default_rng(14)
    for n, sources, targets in itertools.product((1, 2, 3), (1, 3), (1, 2, 3)):
        A, delta = rng.normal(size=(n, sources)), rng.normal(size=(n, targets))
        dW, db = layer_gradients(A, delta)
        expected = [[sum(A[k, i] * delta[k, j] for k in range(n)) for j in range(targets)] for i in range(sources)]
        equals(dW, expected)
        equals(db, [sum(delta[k, j] for k in range(n)) for j in range(targets)])


def descend_oracle(descend):
    W, b, dW, db = np.array([[1.0, 2.0]]), np.array([0.0, 0.5]), np.array([[4.0, -4.0]]), np.array([2.0, 8.0])
    new_W, new_b = descend(W, b, dW, db, 0.5, 2)
    equals(new_W, [[0.0, 3.0]])
    equals(new_b, [-0.5, -1.5])
    assert (W.tolist(), b.tolist()) == ([[1.0, 2.0]], [0.0, 0.5])
    # On E = ½ Σ θ² of each of n examples the gradient of the sum is n θ, and a step shrinks every number by 1 - η.
    rng = np.random.default_rng(15)
    for n in (1, 4):
        W, b, eta = rng.normal(size=(3, 2)), rng.normal(size=2), float(rng.uniform(0.1, 0.9))
        new_W, new_b = descend(W, b, n * W, n * b, eta, n)
        equals(new_W, (1 - eta) * W)
        equals(new_b, (1 - eta) * b)


def rmse_oracle(rmse):
    """Errors 2, -1, 5 by hand, then scikit-learn; the same number of times the same rows changes nothing."""
    equals(rmse(np.array([10.0, 20.0, 30.0]), np.array([12.0, 19.0, 35.0])), np.sqrt(10))
    rng = np.random.default_rng(21)
    for n in (1, 4, 9):
        y, y_hat = rng.uniform(5, 50, size=(2, n))
        equals(rmse(y, y_hat), sklearn.metrics.root_mean_squared_error(y, y_hat))
        equals(rmse(np.tile(y, 3), np.tile(y_hat, 3)), rmse(y, y_hat))


def r_squared_oracle(r_squared):
    equals(r_squared(np.array([1.0, 2.0, 3.0]), np.array([2.0, 1.0, 3.0])), 0)  # errors 1, 1, 0, as the mean has
    equals(r_squared(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])), -3)
    rng = np.random.default_rng(22)
    for n in (3, 5, 20):
        y = rng.uniform(5, 50, size=n)
        y_hat = y + rng.normal(2, 5, size=n)
        equals(r_squared(y, y_hat), sklearn.metrics.r2_score(y, y_hat))


def standardise_oracle(standardise):
    rng = np.random.default_rng(23)
    for n, m, d in ((3, 2, 4), (8, 5, 2), (20, 3, 3)):
        parts = [rng.normal(size=(rows, d)) * rng.uniform(0.1, 100, size=d) + 7 for rows in (n, m)]
        scaler = sklearn.preprocessing.StandardScaler().fit(parts[0])
        expected = [scaler.transform(part) for part in parts]
        copies = [part.copy() for part in parts]
        for found, wanted in zip(standardise(*parts), expected, strict=True):
            equals(found, wanted, 1e-9)
        for part, copy in zip(parts, copies, strict=True):
            equals(part, copy)


def regression_output_oracle(regression_output):
    """One example by hand, then scikit-learn's networks for regression."""
    W1, b1 = np.array([[1.0, -1.0], [3.0, 1.0]]), np.array([0.5, -4.0])
    # Hidden: 1 + 6 + 0.5 = 7.5 and -1 + 2 - 4 = -3, which becomes 0; output: 2 * 7.5 + 7.5.
    equals(regression_output(np.array([[1.0, 2.0]]), W1, b1, np.array([[2.0], [5.0]]), np.array([7.5])), [[22.5]])
    rng = np.random.default_rng(24)
    for n, inputs, hidden, outputs in ((3, 2, 4, 2), (5, 4, 3, 3)):
        x, W1, b1, W2, b2 = (
            rng.normal(size=size) for size in ((n, inputs), (inputs, hidden), hidden, (hidden, outputs), outputs)
        )
        theirs = sklearn.neural_network.MLPRegressor(hidden_layer_sizes=(hidden,), activation="relu")
        theirs.partial_fit(x, rng.normal(size=(n, outputs)))  # a first step gives the network its shapes
        theirs.coefs_, theirs.intercepts_ = [W1, W2], [b1, b2]
        equals(regression_output(x, W1, b1, W2, b2), theirs.predict(x), 1e-9)


def huber_loss_oracle(huber_loss):
    """Errors 1, -5, 10 with delta 2 by hand: 0.5, 8, 18; then SciPy."""
    equals(huber_loss(np.array([20.0, 20.0, 20.0]), np.array([21.0, 15.0, 30.0]), 2.0), 26.5 / 3)
    rng = np.random.default_rng(25)
    for n, delta in itertools.product((3, 6), (0.5, 2.0, 4.0)):
        y, y_hat = rng.normal(0, 3, size=(2, n))
        equals(huber_loss(y, y_hat, delta), scipy.special.huber(delta, y_hat - y).mean())


def shares_from_b_oracle(shares_from_b):
    equals(shares_from_b(90.0), [0.33, 0.93])
    equals(shares_from_b(360.0), [0.03])
    for share in (0.011, 0.2, 0.27, 0.62, 0.7, 0.98):
        found = shares_from_b(1000 * (share - 0.63) ** 2)
        assert np.min(np.abs(found - share)) < 1e-12 and len(found) == 1 + (share > 0.26)
        assert np.all(found == np.sort(found)) and found.max() <= 1
        equals(1000 * (found - 0.63) ** 2, np.full(len(found), 1000 * (share - 0.63) ** 2), 1e-9)


def ranked_right_oracle(ranked_right):
    # Pairs: 0.9 beats all three; 0.6 beats 0.2 and 0.1 and ties with 0.6.
    by_hand = ranked_right(np.array([0.9, 0.2, 0.6, 0.6, 0.1]), np.array([True, False, True, False, False]))
    equals(by_hand, 5.5 / 6)
    rng = np.random.default_rng(11)
    for n in (5, 20, 60):
        scores, chosen = rng.integers(0, 12, size=n) / 4, rng.permutation(np.arange(n) < n // 3)
        equals(ranked_right(scores, chosen), sklearn.metrics.roc_auc_score(chosen, scores))


def permutation_rise_oracle(permutation_rise):
    """By hand, and scikit-learn's mean over many shuffles against the mean over all of them."""
    x, y = np.array([[1.0, 5.0], [2.0, 3.0], [4.0, 1.0]]), np.array([0.0, 1.0, 7.0])
    # Predictions -3, 1, 7, so errors 3, 0, 0; with 4, 1, 2 in the first column 3, -1, 3, so errors 3, 2, 4.
    equals(permutation_rise(lambda x: 2 * x[:, 0] - x[:, 1], x, y, 0, np.array([2, 0, 1])), 2)
    rng = np.random.default_rng(12)
    x = rng.normal(size=(5, 3))
    y = x @ [1.0, -2.0, 0.5] + rng.normal(size=5)
    model = sklearn.linear_model.LinearRegression().fit(x[:4], y[:4])
    orders = [np.array(order) for order in itertools.permutations(range(5))]
    untouched = x.copy()
    theirs = sklearn.inspection.permutation_importance(
        model, x, y, scoring="neg_mean_absolute_error", n_repeats=4000, random_state=0
    )
    for column in range(3):
        all_of_them = np.mean([permutation_rise(model.predict, x, y, column, order) for order in orders])
        spread = theirs.importances_std[column] / np.sqrt(4000)
        assert abs(all_of_them - theirs.importances_mean[column]) < 4 * spread
    equals(x, untouched)


def leak_share_oracle(leak_share):
    equals(leak_share(np.array([1, 1, 2, 5, 7]), np.array([1, 1, 1, 3])), 0.75)
    rng = np.random.default_rng(13)
    for n, m in ((10, 30), (40, 7)):
        train, test = rng.integers(0, 20, size=n), rng.integers(0, 20, size=m)
        equals(leak_share(train, test), len([group for group in test if group in set(train.tolist())]) / m)


def predicted_class_oracle(predicted_class):
    equals(predicted_class(np.array([[0.25, 10, 2, 4.02], [3, -9, 1, 0]])), [1, 0])
    rng = np.random.default_rng(9)
    for n, k in itertools.product((1, 3, 8), (2, 3, 5)):
        scores = rng.normal(size=(n, k))
        equals(predicted_class(scores), [list(row).index(max(row)) for row in scores])


def softmax_rows_oracle(softmax_rows):
    rng = np.random.default_rng(10)
    for n, k in itertools.product((1, 3, 4), (2, 3, 5)):
        scores = rng.normal(scale=3, size=(n, k))
        before = scores.copy()
        equals(softmax_rows(scores), scipy.special.softmax(before, axis=1))
        np.testing.assert_array_equal(scores, before)
    far = np.array([[1000.0, 1001], [-1000, -1001], [5, -2000]])
    equals(softmax_rows(far), [[1 / (1 + np.e), np.e / (1 + np.e)], [np.e / (1 + np.e), 1 / (1 + np.e)], [1, 0]])


def cross_entropy_oracle(cross_entropy):
    assert abs(cross_entropy(np.array([[0.0, 1, 0]]), np.array([[0.0, 0.6, 0.4]])) - 0.510826) < 1e-6
    rng = np.random.default_rng(11)
    for n, k in itertools.product((2, 5), (3, 4)):
        labels, p = rng.integers(k, size=n), rng.dirichlet(np.ones(k), size=n)
        equals(cross_entropy(np.eye(k)[labels], p), sklearn.metrics.log_loss(labels, p, labels=range(k)))
        y = rng.dirichlet(np.ones(k), size=n)  # entropy and divergence add up to it
        equals(cross_entropy(y, p), np.mean(scipy.stats.entropy(y.T) + scipy.stats.entropy(y.T, p.T)))


def yes_no_loss_oracle(yes_no_loss):
    equals(yes_no_loss(np.array([1.0, 0]), np.array([0.8, 0.1])), -(np.log(0.8) + np.log(0.9)) / 2)
    rng = np.random.default_rng(12)
    for n in (3, 6):
        y, a = np.append(rng.integers(2, size=n), [0, 1]).astype(float), rng.uniform(0.05, 0.95, size=n + 2)
        equals(yes_no_loss(y, a), sklearn.metrics.log_loss(y, a))


def softmax_delta_oracle(softmax_delta):
    """Differences of scikit-learn's loss of SciPy's softmax."""
    rng = np.random.default_rng(13)
    for n, k in ((3, 3), (2, 4), (5, 2)):
        z, labels = rng.normal(size=(n, k)), rng.integers(k, size=n)
        labels[:2] = 0, 1

        def loss(flat, labels=labels, n=n, k=k):
            p = scipy.special.softmax(flat.reshape(n, k), axis=1)
            return sklearn.metrics.log_loss(labels, p, labels=range(k))

        slopes = scipy.optimize.approx_fprime(z.ravel(), loss, 1e-7).reshape(n, k)
        p = scipy.special.softmax(z, axis=1)
        before = p.copy()
        equals(softmax_delta(p, labels), slopes, 1e-5)
        np.testing.assert_array_equal(p, before)


def loss_from_logits_oracle(loss_from_logits):
    rng = np.random.default_rng(14)
    for n, k in ((3, 3), (2, 4), (5, 2)):
        z, labels = rng.normal(scale=3, size=(n, k)), rng.integers(k, size=n)
        labels[:2] = 0, 1
        equals(
            loss_from_logits(z, labels), sklearn.metrics.log_loss(labels, scipy.special.softmax(z, 1), labels=range(k))
        )
    equals(loss_from_logits(np.array([[0.0, 900], [-700, 700]]), np.array([0, 0])), (900 + 1400) / 2)
    equals(loss_from_logits(np.array([[900.0, 0]]), np.array([0])), 0.0)


def convolve_patch_oracle(convolve_patch):
    patch, kernel = np.array([[1.0, 2], [3, 4]]), np.array([[10.0, 0], [-1, 2]])
    equals(convolve_patch(patch, kernel, 0.5), 15.5)  # 10 + 0 - 3 + 8 + 0.5
    rng = np.random.default_rng(3)
    for k in range(1, 6):
        patch, kernel = rng.normal(size=(2, k, k))
        (z,) = scipy.signal.correlate2d(patch, kernel, mode="valid").ravel()
        equals(convolve_patch(patch, kernel, -z), 0.0)
        equals(convolve_patch(patch, kernel, 2.0), z + 2)


def reflect_pad_oracle(reflect_pad):
    equals(reflect_pad(np.array([1.0, 2, 3, 4]), 2), [3, 2, 1, 2, 3, 4, 3, 2])
    rng = np.random.default_rng(4)
    for n in range(2, 8):
        row = rng.normal(size=n)
        for width in range(n):
            equals(reflect_pad(row, width), np.pad(row, width, mode="reflect"))


def output_size_oracle(output_size):
    """Count the places by trying them all; each must be a whole number."""
    for n, k, p, s in itertools.product(range(1, 9), range(1, 6), range(3), range(1, 4)):
        if k <= n + 2 * p:
            places = [start for start in range(0, n + 2 * p, s) if start + k <= n + 2 * p]
            found = output_size(n, k, p, s)
            assert isinstance(found, int) and found == len(places)


def max_pool_oracle(max_pool):
    equals(max_pool(np.array([[1.0, 2, -5, -6], [4, 3, -9, -7]]), 2), [[4, -5]])
    rng = np.random.default_rng(5)
    for height, width, size in itertools.product((3, 4, 7), (3, 6, 8), (1, 2, 3)):
        image = rng.normal(size=(height, width))
        rows, columns = height // size, width // size
        # Every pixel gets the largest number of the block whose first pixel it is.
        filtered = scipy.ndimage.maximum_filter(image, size, origin=-(size // 2))
        equals(max_pool(image, size), filtered[: rows * size : size, : columns * size : size])


def count_parameters_oracle(count_parameters):
    assert count_parameters(1, 1, 3) == 10
    for channels, filters, k in itertools.product((1, 3, 16), (1, 2, 32), (1, 3, 5)):
        weights, biases = np.zeros((k, k, channels, filters)), np.zeros(filters)
        assert count_parameters(channels, filters, k) == weights.size + biases.size


def normalise_image_oracle(normalise_image):
    images = np.array([[[0, 51], [102, 255]], [[255, 204], [153, 0]], [[51, 51], [51, 51]]], dtype=np.uint8)
    fifths = np.array([[[0, 1], [2, 5]], [[5, 4], [3, 0]], [[1, 1], [1, 1]]])
    equals(normalise_image(images), fifths[:, :, :, None] / 5, 1e-6)
    rng = np.random.default_rng(6)
    for shape in ((1, 28, 28), (3, 4, 5)):
        images = rng.integers(0, 200, size=shape).astype(np.uint8)
        found = np.asarray(normalise_image(images))
        assert found.shape == (*shape, 1)
        for place in np.ndindex(shape):  # in Python's own numbers
            assert abs(float(found[place][0]) - int(images[place]) / 255) < 1e-6


def recall_by_digit_oracle(recall_by_digit):
    equals(recall_by_digit(np.array([[8, 2], [1, 3]])), [0.8, 0.75])
    rng = np.random.default_rng(7)
    for k in (2, 3, 10):
        labels, answers = np.append(rng.integers(k, size=(2, 200)), [range(k), range(k)], axis=1)
        confusion = sklearn.metrics.confusion_matrix(labels, answers)
        equals(recall_by_digit(confusion), sklearn.metrics.recall_score(labels, answers, average=None))


def surest_mistake_oracle(surest_mistake):
    """Go through the pictures one by one, the largest probability first, until an answer is wrong."""
    assert surest_mistake(np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]]), np.array([0, 1, 0])) == 2
    rng = np.random.default_rng(8)
    for n, k in itertools.product((5, 20, 100), (3, 10)):
        probabilities = rng.dirichlet(np.ones(k), size=n)
        labels = np.where(rng.random(n) < 0.6, probabilities.argmax(axis=1), rng.integers(k, size=n))
        labels[n // 2] = probabilities[n // 2].argmin()  # one mistake at least
        ranking = sorted(range(n), key=lambda i: -max(probabilities[i]))
        expected = next(i for i in ranking if list(probabilities[i]).index(max(probabilities[i])) != labels[i])
        equals(surest_mistake(probabilities, labels), expected)


def momentum_step_oracle(momentum_step):
    """By hand; and from rest every push goes on for ever, each time weaker by the factor ρ: a sum of powers."""
    equals(momentum_step(np.array([5.0]), np.array([-2.0]), np.array([10.0]), 0.9, 0.1), ([2.2], [-2.8]))
    rng = np.random.default_rng(6)
    start, gradients = rng.normal(size=3), rng.normal(size=(5, 3))
    w, v = start, np.zeros(3)
    for gradient in gradients:
        w, v = momentum_step(w, v, gradient, 0.7, 0.2)
    equals(v, -0.2 * 0.7 ** np.arange(4, -1, -1) @ gradients)
    equals(w, start - 0.2 * (1 - 0.7 ** np.arange(5, 0, -1)) / (1 - 0.7) @ gradients)


def corrected_mean_oracle(corrected_mean):
    """The mean of equal numbers is that number; else the mean with the weights β^(n−1), …, β, 1."""
    equals(corrected_mean(np.full(3, 7.0), 0.9), 7)
    equals(corrected_mean(np.array([4.0]), 0.6), 4)
    equals(corrected_mean(np.array([1.0, 4.0]), 0.5), (0.5 * 1 + 4) / 1.5)
    numbers = np.random.default_rng(6).normal(size=9)
    equals(corrected_mean(numbers, 0.8), np.average(numbers, weights=0.8 ** np.arange(8, -1, -1)))


def he_weights_oracle(he_weights):
    """So many numbers that their mean square and their shares tell the law, by a test of SciPy's."""
    for inputs, units in ((400, 90), (30, 1200)):
        weights = he_weights(inputs, units, 6)
        assert weights.shape == (inputs, units)
        assert scipy.stats.kstest(weights.ravel() * np.sqrt(inputs / 2), "norm").pvalue > 0.01
    equals(he_weights(2, 3, 1), np.random.default_rng(1).normal(size=(2, 3)))


def best_epoch_oracle(best_epoch):
    assert best_epoch(np.array([1.2, 0.7, 0.5, 0.45, 0.5, 0.6])) == 4
    rng = np.random.default_rng(12)
    for epochs in range(2, 12):
        losses = rng.random(epochs).tolist()
        equals(best_epoch(np.array(losses)), 1 + losses.index(sorted(losses)[0]))


def stop_early_oracle(stop_early):
    """Keras' own callback, asked epoch by epoch, with a stand-in for the network that keeps no weights."""
    from types import SimpleNamespace  # noqa: PLC0415

    import keras  # noqa: PLC0415

    rng = np.random.default_rng(12)
    for epochs, patience in itertools.product((4, 9, 25, 40), (1, 2, 4, 6)):
        losses = np.linspace(1, 0.6, epochs) + rng.normal(scale=0.1, size=epochs)
        stop = keras.callbacks.EarlyStopping(monitor="val_loss", mode="min", patience=patience)
        stop.set_model(SimpleNamespace(stop_training=False))
        stop.on_train_begin()
        ran = 0
        while ran < epochs and not stop.model.stop_training:
            stop.on_epoch_end(ran, {"val_loss": losses[ran]})
            ran += 1
        equals(stop_early(losses, patience), (ran, stop.best_epoch + 1))


def penalised_step_oracle(step, penalty):
    """The slope of the whole loss by SciPy's finite differences; the loss itself is a plane."""
    rng = np.random.default_rng(12)
    for n, eta, lam in ((1, 0.1, 0.5), (3, 0.02, 1.5), (6, 0.5, 0.1)):
        w, gradient = rng.normal(size=(2, n))

        def loss(w, gradient=gradient, lam=lam):
            return gradient @ w + lam * np.sum(penalty(w))

        equals(step(w, gradient, eta, lam), w - eta * scipy.optimize.approx_fprime(w, loss), 1e-6)


def l2_step_oracle(l2_step):
    penalised_step_oracle(l2_step, np.square)


def l1_step_oracle(l1_step):
    penalised_step_oracle(l1_step, np.abs)
    equals(l1_step(np.array([0.0, 0.0]), np.array([1.0, -2.0]), 0.1, 5.0), [-0.1, 0.2])


def dropout_oracle(dropout):
    """Element by element, in fractions; and the mean over many draws is the activation."""
    rng = np.random.default_rng(12)
    for n, units, rate in ((1, 4, 0.5), (3, 6, 0.25), (4, 5, 0.1)):
        activations, chances = rng.normal(size=(n, units)), rng.random((n, units))
        expected = [
            [0.0 if chance < rate else a / float(1 - Fraction(rate)) for a, chance in zip(*rows, strict=True)]
            for rows in zip(activations.tolist(), chances.tolist(), strict=True)
        ]
        equals(dropout(activations, chances, rate), expected)


# For every exercise: what asserts that a function is right, without a look at the reference.
ORACLES = {
    "weighted_sum": weighted_sum_oracle,
    "step_neuron": step_neuron_oracle,
    "nand_gate": nand_gate_oracle,
    "perceptron_step": perceptron_step_oracle,
    "train_perceptron": train_perceptron_oracle,
    "sigmoid_slope": sigmoid_slope_oracle,
    "tanh_from_sigmoid": tanh_from_sigmoid_oracle,
    "collapse": collapse_oracle,
    "forward_pass": forward_pass_oracle,
    "xor_weights": xor_weights_oracle,
    "dense_parameters": dense_parameters_oracle,
    "downhill_step": downhill_step_oracle,
    "descent_path": descent_path_oracle,
    "one_epoch": one_epoch_oracle,
    "largest_rate": largest_rate_oracle,
    "numerical_gradient": numerical_gradient_oracle,
    "brute_force_years": brute_force_years_oracle,
    "kind_of_point": kind_of_point_oracle,
    "permute_hidden": permute_hidden_oracle,
    "slope_of_power": slope_of_power_oracle,
    "output_delta": output_delta_oracle,
    "hidden_delta": hidden_delta_oracle,
    "layer_gradients": layer_gradients_oracle,
    "descend": descend_oracle,
    "rmse": rmse_oracle,
    "r_squared": r_squared_oracle,
    "standardise": standardise_oracle,
    "regression_output": regression_output_oracle,
    "huber_loss": huber_loss_oracle,
    "shares_from_b": shares_from_b_oracle,
    "ranked_right": ranked_right_oracle,
    "permutation_rise": permutation_rise_oracle,
    "leak_share": leak_share_oracle,
    "predicted_class": predicted_class_oracle,
    "softmax_rows": softmax_rows_oracle,
    "cross_entropy": cross_entropy_oracle,
    "yes_no_loss": yes_no_loss_oracle,
    "softmax_delta": softmax_delta_oracle,
    "loss_from_logits": loss_from_logits_oracle,
    "convolve_patch": convolve_patch_oracle,
    "reflect_pad": reflect_pad_oracle,
    "output_size": output_size_oracle,
    "max_pool": max_pool_oracle,
    "count_parameters": count_parameters_oracle,
    "normalise_image": normalise_image_oracle,
    "recall_by_digit": recall_by_digit_oracle,
    "surest_mistake": surest_mistake_oracle,
    "momentum_step": momentum_step_oracle,
    "corrected_mean": corrected_mean_oracle,
    "he_weights": he_weights_oracle,
    "best_epoch": best_epoch_oracle,
    "stop_early": stop_early_oracle,
    "l2_step": l2_step_oracle,
    "dropout": dropout_oracle,
    "l1_step": l1_step_oracle,
}


def test_every_exercise_has_an_oracle():
    functions = [name for name, exercise in all_exercises().items() if isinstance(exercise, Exercise)]
    assert list(ORACLES) == functions


@each_exercise
def test_reference_agrees_with_its_oracle(exercise):
    ORACLES[exercise.name](exercise.reference)


@each_mistake
def test_no_mistake_agrees_with_the_oracle(exercise, mistake):
    # Some mistakes divide by zero or overflow, which NumPy would tell.
    with pytest.raises((AssertionError, TypeError, ValueError)), np.errstate(all="ignore"):
        ORACLES[exercise.name](mistake.function)


# --- the parts of an exercise


def test_errata_of_mistakes_are_in_the_list():
    with (ROOT / "tests" / "topics.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file) if row["kind"] == "erratum"}
    named = [(one.function.__name__, erratum) for _, one in MISTAKES for erratum in one.errata]
    assert named
    assert [(name, erratum) for name, erratum in named if erratum not in known] == []


@each_exercise
def test_names_of_mistakes_tell_them_apart(exercise):
    names = [mistake.function.__name__ for mistake in exercise.misconceptions]
    assert len(set(names)) == len(names)


@each_exercise
def test_texts_are_there_and_calm(exercise):
    texts = [exercise.task, exercise.praise, *(mistake.hint for mistake in exercise.misconceptions)]
    assert all(text.strip() for text in texts)
    fuller = [mistake.fuller for mistake in exercise.misconceptions]
    assert not any("!" in text.replace("!=", "") for text in [*texts, *fuller])


@each_exercise
def test_there_are_known_mistakes(exercise):
    assert exercise.misconceptions


@each_exercise
def test_stub_shows_arguments_and_result(exercise):
    docstring = made_from(exercise, exercise.stub).__doc__
    code = exercise.reference.__code__
    for parameter in code.co_varnames[: code.co_argcount]:
        assert parameter in docstring
    assert "returns:" in docstring


@each_exercise
def test_probes_are_the_same_every_time_and_partly_random(exercise):
    first, second = probes_of(exercise), probes_of(exercise)
    assert all(isinstance(probe, tuple) for probe in first)
    assert repr(first) == repr(second)
    if first != [()]:  # a function without arguments has nothing to vary
        assert repr(first) != repr(list(exercise.probes(np.random.default_rng(1)))), "no probe depends on the seed"


@each_exercise
def test_reference_is_steady_and_leaves_its_arguments_alone(exercise):
    once, twice = (what_happens(exercise, exercise.reference) for _ in range(2))
    assert alike(exercise, once, twice)
    assert not any(outcome.failure or outcome.changed or outcome.printed for outcome in once)
    assert not any(outcome.value is None for outcome in once)


@each_exercise
def test_a_check_is_quick(exercise):
    started = time.monotonic()
    judge(exercise, lambda *args: 0)
    assert time.monotonic() - started < 2


def test_exercises_belong_to_notebooks():
    assert all(exercise.notebook[:2].isdigit() for exercise in EXERCISES)


# --- hostile answers


def raise_error(*args):
    raise RuntimeError("no idea")


def loop(*args):
    while True:
        pass


HOSTILE = {
    "while True: pass": (loop, "still running"),
    "time.sleep(99)": (lambda *args: time.sleep(99), "still running"),
    "an exception": (raise_error, "RuntimeError: no idea"),
    "None": (lambda *args: print(end=""), "returned nothing"),
    "a ragged list": (lambda *args: [[1.0], "two", None], "should be"),
    "sys.exit()": (lambda *args: sys.exit(), "ends the whole program"),
    "a printed megabyte": (lambda *args: print("x" * 10**6), "prints far too much"),
}


def change_first_argument(reference, *args):
    """The right answer, and then the first thing that can be changed is."""
    answer = reference(*args)
    for arg in args:
        if isinstance(arg, np.ndarray) and arg.size:
            arg.flat[0] = arg.flat[0] + 1
            return answer
        if isinstance(arg, list):
            arg.append(1.0)
            return answer
    return None


@each_exercise
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_answers_get_a_hint(exercise, kind, capsys):
    function, part = HOSTILE[kind]
    if kind == "time.sleep(99)" and sys.platform == "win32":
        pytest.skip("a waiting call cannot be stopped on Windows")
    before = repr(probes_of(exercise))
    Session(all_exercises).check(exercise.name, function, time_limit=0.1 if part == "still running" else 5)
    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith("Not yet.")
    assert part in out
    assert repr(probes_of(exercise)) == before


@each_exercise
def test_a_changed_argument_gets_a_hint(exercise):
    if not any(isinstance(arg, (np.ndarray, list)) for arg in probes_of(exercise)[0]):
        pytest.skip("no argument can be changed")
    verdict = judge(exercise, functools.partial(change_first_argument, exercise.reference))
    assert verdict.result is Result.NOT_YET
    assert verdict.hint.text


@each_exercise
def test_any_list_or_number_is_one_of_three_things(exercise, capsys):
    own = Session(all_exercises)
    for answer in ([], [1, 2], [[0.5]], 0, -1.0, True, float("nan"), "text", {}, (1, [2])):
        own.check(exercise.name, lambda *args, answer=answer: answer)
        out = capsys.readouterr().out
        assert out.startswith(("Not yet.", "Correct."))
        assert "The check itself failed" not in out


@pytest.mark.parametrize("function", [Session.check, judge])
def test_the_default_limit_is_five_seconds(function):
    parameters = inspect.signature(function).parameters
    assert (parameters["time_limit"].default, parameters["notice_after"].default) == (5, 3)


@each_exercise
def test_every_call_of_a_check_is_limited(exercise, capsys):
    limited = []

    def records(*args):
        limited.append(limits.in_limited_call())
        return exercise.reference(*args)

    Session(all_exercises).check(exercise.name, records)
    assert capsys.readouterr().out.startswith("Correct.")
    assert len(limited) > len(probes_of(exercise))  # some are asked twice
    assert all(limited)
    assert not limits.in_limited_call()  # and nothing is left over


def test_the_default_limit_and_any_other_reach_the_time_limit(monkeypatch):
    seen = []

    def with_time_limit(work, seconds, notice_after, notice):
        seen.append((seconds, notice_after))
        return limits.with_time_limit(work, seconds, notice_after, notice)

    monkeypatch.setattr("helpers.exercises.engine.with_time_limit", with_time_limit)
    Session(all_exercises).check(EXERCISES[0].name, EXERCISES[0].reference)
    assert seen == [(5, 3)]
    Session(all_exercises).check(EXERCISES[0].name, EXERCISES[0].reference, time_limit=70, notice_after=60)
    assert seen[1:] == [(70, 60)]
