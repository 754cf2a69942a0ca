"""Neurons, networks, activation functions and graphs of computations."""

from itertools import pairwise

import numpy as np

from .words import (
    DETAIL,
    IMPORTANT,
    POINT,
    USEFUL,
    clause,
    compose,
    count,
    floats,
    level,
    listing,
    name,
    named,
    number,
    over,
    quiet,
    series,
    signed,
)


def _inputs(many):
    """Return x₁, x₂ and so on."""
    return ["x" + "".join(chr(ord("₀") + int(digit)) for digit in str(k + 1)) for k in range(many)]


@quiet
def neuron(weights, bias, input_names=None, output_name="ŷ"):
    """Describe a neuron: the weight of each input, the bias, the output."""
    weights = floats(weights).ravel()
    names = [name(each) for each in (input_names if input_names is not None else _inputs(len(weights)))]
    texts = [f"{each}: {signed(weight)}" for each, weight in zip(names, weights, strict=True)]
    ranked = np.argsort(-np.abs(np.nan_to_num(weights)), kind="stable")
    strongest = f"strongest {listing([texts[k] for k in ranked[:4]], 4)}, {len(texts) - 4} more inputs"
    arrows = clause(", ".join(texts), *([strongest] if len(texts) > 4 else []), cost=POINT)
    end = f"bias {signed(bias)}; the sum z goes through the activation to {name(output_name)}"
    head = clause(f"A neuron with {count(len(texts), 'input')} and their weights", "A neuron", cost=USEFUL)
    return compose(head, [arrows, clause(end, f"bias {signed(bias)}", cost=POINT)])


@quiet
def network(weights, biases=None, activations=None, unit_names=None):
    """Describe a network: its layers, and for each unit what leads into it; of many arrows the strongest."""
    weights = [floats(each) for each in weights]
    sizes = [weights[0].shape[0], *(each.shape[1] for each in weights)]
    names = unit_names if unit_names is not None else _unit_names(sizes)
    names = [[name(each) for each in layer] for layer in names]
    clauses = []
    if activations is not None:
        values = [", ".join(number(each) for each in floats(layer).ravel()) for layer in activations]
        ends = f"inputs {values[0]}, output {values[-1]}"
        clauses.append(clause(f"values {' → '.join(values)}", ends, cost=IMPORTANT))
    if sum(each.size for each in weights) <= 12:
        for k, matrix in enumerate(weights):
            for target in range(matrix.shape[1]):
                arrows = [f"{names[k][j]} {signed(matrix[j, target])}" for j in range(matrix.shape[0])]
                arrows += [f"bias {signed(floats(biases[k]).ravel()[target])}"] if biases is not None else []
                clauses.append(clause(f"to {names[k + 1][target]}: {', '.join(arrows)}", cost=POINT))
    else:
        arrows = [
            (abs(np.nan_to_num(weight)), f"{names[k][j]} to {names[k + 1][target]}: {signed(weight)}")
            for k, matrix in enumerate(weights)
            for (j, target), weight in np.ndenumerate(matrix)
        ]
        arrows.sort(key=lambda pair: -pair[0])
        strongest = [text for _, text in arrows[:5]]
        clauses.append(clause(*(f"strongest {', '.join(strongest[:m])}" for m in (5, 3, 1)), cost=POINT))
    return compose(clause(f"Network {'-'.join(map(str, sizes))}", cost=USEFUL), clauses)


def _unit_names(sizes):
    hidden = [[each.replace("x", "h") for each in _inputs(size)] for size in sizes[1:-1]]
    if len(hidden) > 1:
        hidden = [[f"{each} of layer {k + 1}" for each in layer] for k, layer in enumerate(hidden)]
    outputs = ["ŷ"] if sizes[-1] == 1 else [each.replace("x", "ŷ") for each in _inputs(sizes[-1])]
    return [_inputs(sizes[0]), *hidden, outputs]


@quiet
def architectures(sizes):
    """Describe networks by the units of each layer, and count their weights and biases."""
    clauses = []
    for title, units in named(sizes).items():
        layers = [int(each) for each in units]
        many = sum(before * after + after for before, after in pairwise(layers))
        shape = "-".join(map(str, layers))
        clauses.append(clause(f"{title} {shape}, {many:,} weights and biases", f"{title} {shape}", cost=POINT))
    return compose(clause("Fully connected networks, units in each layer", "Networks", cost=USEFUL), clauses)


@quiet
def activations(z, functions, derivatives):
    """Describe activation functions by their ends, and by where their slopes are 0, constant, or largest."""
    clauses = []
    for key, values in functions.items():
        slope = series(z, derivatives[key])
        if not len(slope.x):
            clauses.append(clause(f"{name(key)} has no numbers", cost=IMPORTANT))
            continue
        value = series(z, values)
        ends = f" from {level(value.y[0], value)} to {level(value.y[-1], value)}" if len(value.y) else ""
        clauses.append(clause(f"{name(key)}{ends}, {_slopes(slope)}", f"{name(key)}: {_slopes(slope)}", cost=POINT))
    return compose(over("Activations a and their slopes", "z"), clauses)


def _slopes(slope):
    """Say where a slope is 0 or constant, or else where it is largest."""
    y, x = slope.y, slope.x
    if np.ptp(y) == 0:
        return f"slope {number(y[0])} throughout"
    turns = np.flatnonzero(np.diff(y))
    if len(turns) == 1:
        at = (x[turns[0]] + x[turns[0] + 1]) / 2
        at = 0.0 if abs(at) <= np.ptp(x) / len(x) else at
        return f"slope {number(y[0])} up to {number(at)}, then {number(y[-1])}"
    top = int(y.argmax())
    at = 0.0 if abs(x[top]) <= np.ptp(x) / len(x) else x[top]
    ends = [
        level(y[0], slope._replace(extent=10 * slope.extent)),
        level(y[-1], slope._replace(extent=10 * slope.extent)),
    ]
    ends = f"{ends[0]} at both ends" if ends[0] == ends[1] else f"{ends[0]} left and {ends[1]} right"
    return f"slope at most {number(y[top])}, at {number(at)}, {ends}"


@quiet
def computation_graph(nodes, slopes, gradients):
    """Describe numbers that are made from one another, and how the gradient of each is made on the way back."""
    values = {key: tuple(node)[2] for key, node in nodes.items()}
    clauses = []
    listed = [f"{name(key)}: {number(value)}" for key, value in values.items()]
    ends = [key for key in nodes if not any(source == key for source, _ in slopes)]
    begins = [key for key in nodes if not any(target == key for _, target in slopes)]
    brief = f"{listing([f'{name(key)}: {number(values[key])}' for key in [*begins, *ends]], 6)}"
    clauses.append(clause(f"forward {', '.join(listed)}", f"forward {brief}", cost=IMPORTANT))
    back = []
    for key in nodes:
        arrows = [(target, slope) for (source, target), slope in slopes.items() if source == key]
        if not arrows or key not in gradients:
            continue
        made = " + ".join(f"{number(slope)} × {_factor(gradients.get(target, np.nan))}" for target, slope in arrows)
        cost = POINT if key in begins else DETAIL
        back.append(
            (
                key,
                clause(
                    f"{name(key)}: {made} = {number(gradients[key])}",
                    f"{name(key)}: {number(gradients[key])}",
                    cost=cost,
                ),
            )
        )
    made = [each for _, each in back]
    made = made[: len(made)] if len(made) <= 8 else made[:8]
    if made:
        made[0] = [(f"gradients back, slope × what comes back: {text}", cost) for text, cost in made[0]]
    return compose(clause(), [*clauses, *made])


def _factor(value):
    return f"({number(value)})" if value < 0 else number(value)
