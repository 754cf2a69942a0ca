"""The exercises of notebook 02: linear layers that collapse, the forward pass, XOR by hand, counting weights."""

import itertools

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception

# --- two linear layers are one


def collapse(W1, b1, W2, b2):
    """Find the one linear layer that answers as two of them do, one after the other.

    W1: array of shape (inputs, hidden), the weights of the first layer
    b1: array of shape (hidden,), its biases
    W2: array of shape (hidden, outputs), the weights of the second layer
    b2: array of shape (outputs,), its biases
    returns: W, b, arrays of shape (inputs, outputs) and (outputs,)
    """
    return W1 @ W2, b1 @ W2 + b2


def _biases_added(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2


def _first_bias_lost(W1, b1, W2, b2):
    return W1 @ W2, b2


def _second_bias_lost(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2


def _order_turned(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2


def _weights_added(W1, b1, W2, b2):
    return W1 + W2, b1 @ W2 + b2


def _multiplied_entry_by_entry(W1, b1, W2, b2):
    return W1 * W2, b1 @ W2 + b2


def _columns_as_sources(W1, b1, W2, b2):
    return (W1 @ W2).T, b1 @ W2 + b2


def _first_bias_through_both(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W1 @ W2 + b2


def _collapse_probes(rng):
    sizes = [(2, 3, 1), (4, 2, 3), (3, 3, 3), (2, 2, 2), (3, 2, 2)]
    return [
        (rng.normal(size=(n, k)), rng.normal(size=k), rng.normal(size=(k, m)), rng.normal(size=m)) for n, k, m in sizes
    ]


# --- the forward pass of a network with one hidden layer


def forward_pass(x, W1, b1, W2, b2):
    """Compute the answer of a network with one hidden layer; all its units use the sigmoid.

    x: array of shape (inputs,), one example
    W1: array of shape (inputs, hidden), W1[source, target]
    b1: array of shape (hidden,), the biases of the hidden units
    W2: array of shape (hidden,), the weights of the output unit
    b2: one number, its bias
    returns: one number between 0 and 1
    """
    a = 1 / (1 + np.exp(-(x @ W1 + b1)))
    return 1 / (1 + np.exp(-(a @ W2 + b2)))


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _sign_in_the_exponent(x, W1, b1, W2, b2):
    a = 1 / (1 + np.exp(x @ W1 + b1))
    return 1 / (1 + np.exp(a @ W2 + b2))


def _bias_counted_twice(x, W1, b1, W2, b2):
    return _sigmoid(_sigmoid(x @ W1 + b1 + b1) @ W2 + b2)


def _no_biases(x, W1, b1, W2, b2):
    return _sigmoid(_sigmoid(x @ W1) @ W2)


def _no_output_bias(x, W1, b1, W2, b2):
    return _sigmoid(_sigmoid(x @ W1 + b1) @ W2)


def _hidden_layer_linear(x, W1, b1, W2, b2):
    return _sigmoid((x @ W1 + b1) @ W2 + b2)


def _no_sigmoid_at_the_end(x, W1, b1, W2, b2):
    return _sigmoid(x @ W1 + b1) @ W2 + b2


def _targets_as_rows(x, W1, b1, W2, b2):
    return _sigmoid(_sigmoid(W1 @ x + b1) @ W2 + b2)


def _rounded_on_the_way(x, W1, b1, W2, b2):
    a = np.round(_sigmoid(x @ W1 + b1), 2)
    return _sigmoid(np.round(a @ W2 + b2, 2))


def _steps_inside(x, W1, b1, W2, b2):
    return _sigmoid(np.where(x @ W1 + b1 > 0, 1.0, 0.0) @ W2 + b2)


def _bias_after_the_sigmoid(x, W1, b1, W2, b2):
    return _sigmoid((_sigmoid(x @ W1) + b1) @ W2 + b2)


def _class_instead_of_answer(x, W1, b1, W2, b2):
    return np.where(_sigmoid(x @ W1 + b1) @ W2 + b2 > 0, 1, 0)


def _forward_probes(rng):
    lecture = np.array([[3.7, 2.9], [3.7, 2.9]]), np.array([-1.5, -4.5]), np.array([4.5, -5.2]), -2.0
    cases = [(np.array(x, float), *lecture) for x in ((0, 0), (0, 1), (1, 0), (1, 1))]
    for n, k in ((3, 2), (2, 4), (3, 3), (4, 4)):
        weights = rng.normal(size=(n, k)), rng.normal(size=k), rng.normal(size=k), float(rng.normal())
        cases.append((rng.normal(size=n), *weights))
    return cases


# --- XOR by hand, out of threshold neurons


def xor_weights():
    """Choose the weights and biases of a 2-2-1 network of threshold neurons that answers XOR.

    returns: W1, b1, W2, b2
        W1: two rows of two numbers, W1[source][target], from the inputs to the hidden neurons
        b1: two numbers, the biases of the hidden neurons
        W2: two numbers, the weights of the output neuron
        b2: one number, its bias
    """
    W1 = [[1, 1], [1, 1]]
    b1 = [-0.5, -1.5]  # the first hidden neuron is OR, the second AND
    return W1, b1, [1, -1], -0.5  # OR, and not AND


def _network_answers(answer):
    """Return what such a network says to the four corners, and None if it is no such network."""
    try:
        W1, b1, W2, b2 = (np.asarray(part, float) for part in answer)
    except (TypeError, ValueError):
        return None
    if [W1.shape, b1.shape, W2.shape, b2.shape] != [(2, 2), (2,), (2,), ()]:
        return None
    corners = np.array(list(itertools.product((0, 1), repeat=2)))
    hidden = np.where(corners @ W1 + b1 > 0, 1, 0)
    return [int(z > 0) for z in hidden @ W2 + b2]


def _same_answers(answer, expected):
    """Many networks answer XOR, so two are equal if they say the same to all four corners."""
    corners = _network_answers(answer)
    return corners is not None and corners == _network_answers(expected)


def _network(*numbers):
    """Return a wrong answer to the exercise: a function that chooses these numbers, named after what they say."""

    def network():
        return numbers

    network.__name__ = "says_" + "".join(str(answer) for answer in _network_answers(numbers))
    return network


def _one_neuron(w_1, w_2, b):
    """Return a network whose output repeats its first hidden neuron."""
    return _network([[w_1, 0], [w_2, 0]], [b, 0], [1, 0], -0.5)


def _no_arguments(rng):
    return [()]


# --- counting weights and biases


def dense_parameters(sizes):
    """Count the weights and biases of a fully connected network.

    sizes: list of whole numbers, the units of each layer, inputs first, such as [2, 4, 1]
    returns: a whole number
    """
    total = 0
    for layer in range(len(sizes) - 1):
        sources, targets = sizes[layer], sizes[layer + 1]
        total += sources * targets + targets
    return total


def _no_bias_counted(sizes):
    return sum(a * b for a, b in itertools.pairwise(sizes))


def _inputs_have_biases(sizes):
    return sum(a * b for a, b in itertools.pairwise(sizes)) + sum(sizes)


def _biases_of_the_sources(sizes):
    return sum(a * b + a for a, b in itertools.pairwise(sizes))


def _one_bias_each_layer(sizes):
    return sum(a * b + 1 for a, b in itertools.pairwise(sizes))


def _units_counted(sizes):
    return sum(sizes)


def _bias_unit_as_target(sizes):
    return sum((a + 1) * (b + 1) for a, b in itertools.pairwise(sizes))


def _first_layer_only(sizes):
    return sizes[0] * sizes[1] + sizes[1]


def _every_pair_of_layers(sizes):
    return sum(a * b for a, b in itertools.combinations(sizes, 2)) + sum(sizes[1:])


def _layers_multiplied(sizes):
    return int(np.prod(sizes))


def _sizes_probes(rng):
    cases = [([2, 4, 1],), ([2, 2, 1],), ([2, 1],), ([784, 100, 10],)]
    for length in (3, 4, 5):
        cases.append((rng.integers(2, 20, size=length).tolist(),))
    return cases


EXERCISES = [
    Exercise(
        name="collapse",
        task="Two linear layers follow each other: `a = x @ W1 + b1`, then `y = a @ W2 + b2`. Find the weights and the "
        "biases of the one layer that gives the same answers to every x.",
        reference=collapse,
        probes=_collapse_probes,
        misconceptions=[
            Misconception(
                _biases_added,
                hint="The first bias reaches the output on the same way as the inputs do, through the second weights.",
                fuller="Put a = x @ W1 + b1 into the second line and multiply out: b1 is multiplied, too.",
            ),
            Misconception(
                _first_bias_lost,
                hint="The first biases make no difference to your layer.",
                fuller="For x = 0 the first layer answers b1; what does the second make of it?",
            ),
            Misconception(
                _second_bias_lost,
                hint="The second biases make no difference to your layer.",
                fuller="They are added at the very end.",
            ),
            Misconception(
                _order_turned,
                hint="Your matrices stand in the wrong order.",
                fuller="x meets W1 first, so W1 stands on the left, next to x.",
            ),
            Misconception(
                _weights_added,
                hint="You added the weights; each path through the network multiplies its two weights.",
                fuller="All paths from one input to one output are added up, which is what a matrix product does.",
            ),
            Misconception(
                _multiplied_entry_by_entry,
                hint="The star multiplies entry by entry; here every input reaches every output on several paths.",
                fuller="Use @, the matrix product.",
            ),
            Misconception(
                _columns_as_sources,
                hint="Your weights are transposed: the first index is the source.",
                fuller="x @ W needs the shape (inputs, outputs).",
            ),
            Misconception(
                _first_bias_through_both,
                hint="Your first biases pass through the first weights, although they are added after them.",
                fuller="Multiply b1 by W2 only.",
            ),
        ],
        praise="So depth without a bend in between buys nothing: the non-linear step is what makes a hidden layer.",
        setup="import numpy as np",
    ),
    Exercise(
        name="forward_pass",
        task="Write the forward pass of a network with one hidden layer. All its units, the output included, use the "
        "sigmoid. Round nothing on the way.",
        reference=forward_pass,
        probes=_forward_probes,
        misconceptions=[
            Misconception(
                _sign_in_the_exponent,
                hint="Your units fall where they should rise: look at the sign in the exponent.",
                fuller="σ(z) = 1/(1 + e^(−z)), so for z = −1.6 the exponent is +1.6.",
                errata=("XB3",),
            ),
            Misconception(
                _bias_counted_twice,
                hint="The bias counts twice in your hidden units.",
                fuller="The sum runs over the inputs from 1 on; the bias is added once.",
                errata=("XB5",),
            ),
            Misconception(
                _no_biases,
                hint="The biases make no difference to your answer.",
                fuller="Add b1 to the sums of the hidden units and b2 to that of the output.",
            ),
            Misconception(
                _no_output_bias,
                hint="The hidden units are right; the bias of the output is missing.",
                fuller="Add b2 before the last sigmoid.",
            ),
            Misconception(
                _hidden_layer_linear,
                hint="Your hidden units pass their sums on as they are, so that the two layers collapse into one.",
                fuller="Put the sigmoid between them.",
            ),
            Misconception(
                _no_sigmoid_at_the_end,
                hint="This is the weighted sum of the output unit.",
                fuller="Its sigmoid is the answer.",
            ),
            Misconception(
                _targets_as_rows,
                hint="You read W1 with the target first.",
                fuller="W1[source, target] and one example per row: x @ W1.",
                errata=("XA22",),
            ),
            Misconception(
                _rounded_on_the_way,
                hint="The first digits are right; you seem to have rounded on the way, as one does on paper.",
                fuller="Keep all digits until the end.",
                errata=("XB4",),
            ),
            Misconception(
                _steps_inside,
                hint="Your hidden units answer 0 or 1; with the sigmoid they answer something between.",
                fuller="Use 1 / (1 + np.exp(-z)) in both layers.",
            ),
            Misconception(
                _bias_after_the_sigmoid,
                hint="Your hidden biases are added after the sigmoid.",
                fuller="They belong to the weighted sum, inside.",
            ),
            Misconception(
                _class_instead_of_answer,
                hint="This is the class, 0 or 1; the answer of the unit itself was asked for.",
                fuller="Return the sigmoid of the last sum.",
            ),
        ],
        praise="With more layers and larger matrices these are the two lines that every dense network runs.",
        setup="import numpy as np",
    ),
    Exercise(
        name="xor_weights",
        task="Build XOR yourself: choose weights and biases of a network of two hidden threshold neurons and one "
        "output neuron. A neuron fires (1) if its sum is above 0. There are many right answers, and whole or half "
        "numbers are enough.",
        reference=xor_weights,
        probes=_no_arguments,
        equal=_same_answers,
        misconceptions=[
            Misconception(
                _network([[1, 1], [1, 1]], [-0.5, -1.5], [1, 1], -0.5),
                hint="This network answers OR: it says 1 to (1, 1) as well.",
                fuller="The neuron that sees (1, 1) must speak against firing: a₁ AND NOT a₂, not a₁ + a₂.",
                errata=("XB6",),
            ),
            Misconception(
                _network([[1, 1], [1, 1]], [-0.5, -1.5], [-1, 1], 0.5),
                hint="This is the opposite of XOR: 1 where both inputs are equal.",
                fuller="Change the sign of all three numbers of the output neuron.",
            ),
            Misconception(
                _network([[1, 1], [1, 1]], [-0.5, -1.5], [1, 1], -1.5),
                hint="This network answers AND.",
                fuller="One active input must be enough, and two must be too many.",
            ),
            Misconception(
                _one_neuron(-1, -1, 1.5),
                hint="This network answers NAND: it says 1 to (0, 0) as well.",
                fuller="NAND is one half of the answer; with OR as the other, the output neuron is AND.",
            ),
            Misconception(
                _one_neuron(-1, -1, 0.5),
                hint="This network answers NOR: 1 for (0, 0) only.",
                fuller="Start with a hidden neuron for OR and one for AND.",
            ),
            Misconception(
                _one_neuron(0, 0, -1),
                hint="This network says 0 to all four inputs.",
                fuller="For one active input a hidden neuron must fire, and the output must listen to it.",
            ),
            Misconception(
                _one_neuron(0, 0, 1),
                hint="This network says 1 to all four inputs.",
                fuller="For (0, 0) and for (1, 1) the output's sum must not be above 0; work out both.",
            ),
            *(
                Misconception(
                    _one_neuron(*numbers),
                    hint=f"To (0, 0), (0, 1), (1, 0), (1, 1) this network says {said}: one input is not heard.",
                    fuller="Both hidden neurons need both inputs: one of them for OR, the other for AND.",
                )
                for numbers, said in (
                    ((1, 0, -0.5), "0, 0, 1, 1"),
                    ((0, 1, -0.5), "0, 1, 0, 1"),
                    ((-1, 0, 0.5), "1, 1, 0, 0"),
                    ((0, -1, 0.5), "1, 0, 1, 0"),
                )
            ),
            *(
                Misconception(
                    _one_neuron(*numbers),
                    hint=f"To (0, 0), (0, 1), (1, 0), (1, 1) this network says {said}: it treats its inputs unequally.",
                    fuller="XOR does not care which input is 1; weights that are equal for both inputs keep it so.",
                )
                for numbers, said in (
                    ((-1, 1, -0.5), "0, 1, 0, 0"),
                    ((1, -1, -0.5), "0, 0, 1, 0"),
                    ((-1, 1, 0.5), "1, 1, 0, 1"),
                    ((1, -1, 0.5), "1, 0, 1, 1"),
                )
            ),
        ],
        praise="Two lines in the plane, and one neuron that combines them: what no single neuron can do.",
    ),
    Exercise(
        name="dense_parameters",
        task="Count all weights and biases of a fully connected network from the sizes of its layers.",
        reference=dense_parameters,
        probes=_sizes_probes,
        misconceptions=[
            Misconception(
                _no_bias_counted,
                hint="These are the weights; every unit behind the inputs has a bias as well.",
                fuller="Add the number of targets for each layer.",
            ),
            Misconception(
                _inputs_have_biases,
                hint="You gave the inputs biases, too; they compute nothing.",
                fuller="Only the units behind an arrow have one.",
            ),
            Misconception(
                _biases_of_the_sources,
                hint="You count one bias for each source; it belongs to the target.",
                fuller="From 2 to 4 units: 2 · 4 weights and 4 biases.",
            ),
            Misconception(
                _one_bias_each_layer,
                hint="You count one bias for each layer; every unit has its own.",
                fuller="A bias unit is drawn once for each layer, but it has an arrow, and a weight, to every unit.",
            ),
            Misconception(
                _units_counted,
                hint="This is the number of units.",
                fuller="Between two layers there is one weight for each pair of a source and a target.",
            ),
            Misconception(
                _bias_unit_as_target,
                hint="In your count something leads into the bias units.",
                fuller="A bias unit is one more source and no target: (sources + 1) · targets.",
            ),
            Misconception(
                _first_layer_only,
                hint="Right for the first layer of weights; the others are missing.",
                fuller="Go through all neighbouring pairs of sizes.",
            ),
            Misconception(
                _every_pair_of_layers,
                hint="You connect every layer with every later one; arrows lead to the next layer only.",
                fuller="Multiply neighbouring sizes only.",
            ),
            Misconception(
                _layers_multiplied,
                hint="You multiply all sizes with each other.",
                fuller="The weights of two layers are added, not multiplied.",
            ),
        ],
        praise="This is the number that Keras' summary shows; XOR has four rows to fix all 17 of them.",
    ),
]
