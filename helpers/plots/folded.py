"""What is folded below a figure: in a few words what kind of figure it is, and a small table of its values.

One function for each kind of figure. Each takes the arguments of the function of the same name in ``descriptions`` and
returns :class:`Folded`. Numbers have two digits, so that the table is the same on every machine; of more rows than a
reader has patience for, some are chosen, evenly from the first to the last, and a note says so.
"""

from typing import NamedTuple

import numpy as np

from .descriptions.curves import measures
from .descriptions.seeing import where_lowest
from .descriptions.words import count, floats, listing, name, named, number, place, quiet, signed

MOST = 12  # rows of a table
SIDE = 5  # places along each side of a landscape whose heights are told
ROW = "row"  # what a table lists, where nothing better is known
# What is smaller than this, and than this share of the numbers beside it, is rounding, and another number on another
# machine: it is written as 0. The scores of a trained network are rounded at each of its steps, mostly in 32 bits.
ROUNDING, ROUNDING_OF_TRAINED = 1e-12, 1e-6


class Table(NamedTuple):
    """A small table.

    Attributes:
        columns: dict from a heading to the list of its cells, as they are written.
        note: what was left out; "" where the table is whole.
    """

    columns: dict
    note: str = ""


class Folded(NamedTuple):
    """What is folded below a figure, besides its description.

    Attributes:
        summary: what kind of figure it is, in a few words that give no result away.
        tables: list of :class:`Table`.
    """

    summary: str
    tables: list


def chosen(many, most=MOST):
    """Return the indices of at most so many of the rows, evenly from the first to the last."""
    return np.unique(np.linspace(0, max(many - 1, 0), min(many, most)).round().astype(int)).tolist()


def _note(shown, many, of=ROW):
    return f"{shown} of {count(many, of)}, evenly chosen." if shown < many else ""


def _table(columns, of=ROW, most=MOST):
    """Return a table of the chosen ones among all cells."""
    many = len(next(iter(columns.values()), ()))
    rows = chosen(many, most) if many else []
    columns = {heading: [str(cells[k]) for k in rows] for heading, cells in columns.items()}
    return Table(columns, _note(len(rows), many, of))


def settled(values, beside=None, share=ROUNDING):
    """Return numbers with 0 in the place of those that are mere rounding.

    Args:
        values: a number or an array of them.
        beside: the numbers that tell what is small; None for the values themselves.
        share: of the largest size among these, but of 1 at most, below which a number is rounding: seconds and the age
            of the universe may stand in one table.

    Returns:
        An array of the shape of the values.
    """
    values = floats(values)
    sizes = np.abs(values if beside is None else floats(beside))
    largest = np.max(sizes, where=np.isfinite(sizes), initial=0)
    return np.where(np.abs(values) < share * min(largest, 1), 0, values)


def _numbers(values, share=ROUNDING):
    return [number(each) for each in settled(values, share=share).ravel()]


def _headings(*texts):
    """Return headings of which no two are the same and none is empty; a dict of columns would lose one."""
    found = []
    for k, text in enumerate(texts):
        text = name(text) or f"column {k + 1}"  # noqa: PLW2901
        while text in found:
            text += "′"  # noqa: PLW2901
        found.append(text)
    return found


def _over(ylabel, xlabel):
    """Return ", cost over step", or as much of it as has a name."""
    text = " over ".join(name(each, 60) for each in (ylabel, xlabel) if str(each).strip())
    return f", {text}" if text else ""


# ---- charts and data ----


@quiet
def curves(x, ys, xlabel="", ylabel="", hlines=None):
    """Return some points of each curve, of repeated runs the median and the range, and the named heights."""
    ys = named(ys)
    runs = {key: np.atleast_2d(settled(each)) for key, each in ys.items()}
    cells = {key: [_run(each) for each in runs[key].T] for key in ys}
    if isinstance(x, dict):
        across, tables = named(x), []
        for key in ys:
            headings = _headings(xlabel or "x", key or ylabel or "y")
            columns = dict(zip(headings, (_numbers(across[key]), cells[key]), strict=True))
            tables.append(_table(columns, of="point", most=max(3, MOST // len(ys))))
    else:
        headings = _headings(xlabel or "x", *(key or ylabel or "y" for key in ys))
        columns = dict(zip(headings, [_numbers(x), *cells.values()], strict=True))
        tables = [_table(columns, of="point")]
    if hlines:
        tables.append(_table({"line across": [name(key) for key in hlines], "at": _numbers(list(hlines.values()))}))
    return Folded(count(len(ys), "curve") + _over(ylabel, xlabel), tables)


@quiet
def walks(w, places, xlabel=""):
    """Return some places of each walk."""
    places = {key: floats(each) for key, each in named(places).items()}
    steps = {key: np.arange(len(each)) for key, each in places.items()}
    return Folded(count(len(places), "walk") + " on a curve", curves(steps, places, "step", xlabel).tables)


def _run(values):
    """Write a number, or of several runs the median and between what they lie."""
    if len(values) == 1:
        return number(values[0])
    return f"{number(np.median(values))} ({number(np.min(values))} to {number(np.max(values))})"


@quiet
def training(history):
    """Return for some epochs every measure."""
    parts = measures(history)
    columns = {
        f"{name(measure)}, {part}": _numbers(values) for measure, some in parts.items() for part, values in some.items()
    }
    many = max(map(len, columns.values()), default=0)
    whole = {heading: [*cells, *[""] * (many - len(cells))] for heading, cells in columns.items()}
    epochs = {"epoch": [str(k) for k in range(1, many + 1)]}
    return Folded(f"{listing(map(name, parts))} over {count(many, 'epoch')}", [_table(epochs | whole, of="epoch")])


@quiet
def bars(labels, heights, threshold=None, xlabel="", ylabel=""):
    """Return the height of each bar."""
    columns = dict(zip(_headings(xlabel or "bar", ylabel or "height"), (labels, _numbers(heights)), strict=True))
    tables = [_table(columns, of="bar")]
    if threshold is not None:
        tables.append(Table({"line across": ["threshold"], "at": [number(threshold)]}))
    return Folded(count(len(labels), "bar") + _over(ylabel, xlabel), tables)


@quiet
def scatter(x, y, groups=None, annotate=None, xlabel="", ylabel=""):
    """Return some of the points, and those with a text beside them."""
    headings = _headings(xlabel or "x", ylabel or "y", "group")
    columns = dict(zip(headings[:2], (_numbers(x), _numbers(y)), strict=True))
    columns |= {headings[2]: [name(each) for each in groups]} if groups is not None else {}
    tables = [_table(columns, of="point")]
    if annotate:
        at = [place((floats(x)[k], floats(y)[k])) for k in annotate]
        tables.append(_table({"text": [name(text) for text in annotate.values()], "beside": at}))
    return Folded(count(len(x), "point") + _over(ylabel, xlabel), tables)


@quiet
def histograms(values, xlabel=""):
    """Return of each group how many values it has, their ends, median and quartiles."""
    values = {name(key): floats(each).ravel() for key, each in values.items()}
    quartiles = [np.quantile(each, [0, 0.25, 0.5, 0.75, 1]) for each in values.values()]
    columns = {"values of": list(values), "how many": [f"{each.size:,}" for each in values.values()]}
    words = ("smallest", "a quarter below", "half below", "three quarters below", "largest")
    columns |= {word: [number(each[k]) for each in quartiles] for k, word in enumerate(words)}
    across = "" if isinstance(xlabel, dict) else xlabel
    return Folded(count(len(values), "histogram") + _over("", across), [_table(columns, of="group")])


@quiet
def intervals(names, centres, lows, highs, xlabel="", vlines=None):
    """Return the dot and the ends of the bar of each row."""
    columns = {"row": names, "from": _numbers(lows), "dot": _numbers(centres), "to": _numbers(highs)}
    tables = [_table(columns)]
    if vlines:
        tables.append(_table({"line upwards": [name(key) for key in vlines], "at": _numbers(list(vlines.values()))}))
    return Folded(f"{count(len(names), 'row')} with a dot and a bar" + _over("", xlabel), tables)


@quiet
def dots(values, xlabel="", vlines=None):
    """Return the smallest, the mean and the largest number of each row."""
    values = {name(key): floats(each).ravel() for key, each in values.items()}
    columns = {"row": list(values), "dots": [f"{each.size:,}" for each in values.values()]}
    for word, pick in (("smallest", np.min), ("mean", np.mean), ("largest", np.max)):
        columns[word] = [number(pick(each)) if each.size else "–" for each in values.values()]
    tables = [_table(columns, most=2 * MOST)]
    if vlines:
        tables.append(_table({"line upwards": [name(key) for key in vlines], "at": _numbers(list(vlines.values()))}))
    return Folded(f"{count(len(values), 'row')} of dots" + _over("", xlabel), tables)


# ---- points and classes ----


def _points(points, labels, class_names, xlabel, ylabel, answers, extra=()):
    """Return the table of points: where each lies, its class, and what each panel answers."""
    headings = _headings(xlabel or "x₁", ylabel or "x₂", "class", *answers)
    classes = [_class(label, class_names) for label in labels]
    columns = [_numbers(points[:, 0]), _numbers(points[:, 1]), classes, *answers.values()]
    return [_table(dict(zip(headings, columns, strict=True)), of="point"), *extra]


def _class(label, class_names):
    if isinstance(class_names, dict):
        return name(class_names.get(label, label))
    known = class_names is not None and 0 <= label < len(class_names)
    return name(class_names[int(label)]) if known else str(label)


@quiet
def decision(points, labels, neurons, class_names=None, xlabel="", ylabel="", marked=None):
    """Return the weights and the bias of each neuron, and for some points the class and what each neuron answers."""
    points, labels = floats(points).reshape(-1, 2), np.atleast_2d(np.asarray(labels))
    lines = {name(title) or "neuron": floats([*weights, bias]) for title, (weights, bias) in neurons.items()}
    numbers = {"neuron": list(lines)}
    numbers |= {word: [signed(line[k]) for line in lines.values()] for k, word in enumerate(("w₁", "w₂", "bias"))}
    answers = {title: [int(each) for each in points @ line[:2] + line[2] > 0] for title, line in lines.items()}
    extra = []
    if marked:
        places = floats(list(marked.values())).reshape(-1, 2)
        columns = {"marked": [name(text) for text in marked], "at": [place(each) for each in places]}
        columns |= {f"{title} answers": (places @ line[:2] + line[2] > 0).astype(int) for title, line in lines.items()}
        extra = [_table(columns)]
    summary = f"{count(len(points), 'point')} and {count(len(lines), 'neuron')}"
    tables = _points(points, labels[0], class_names, xlabel, ylabel, answers, extra)
    return Folded(summary + _plane(xlabel, ylabel), [_table(numbers, of="neuron"), *tables])


def _plane(xlabel, ylabel):
    texts = [name(each) for each in (xlabel, ylabel) if isinstance(each, str) and each.strip()]
    return f", by {listing(texts)}" if texts else ""


@quiet
def regions(points, labels, scores, class_names=None, xlabel="", ylabel=""):
    """Return for some points the class and the score of each model."""
    tables = []
    titles = list(scores) if isinstance(points, dict) else [None]
    for title in titles:
        own = floats(points if title is None else points[title]).reshape(-1, 2)
        some = scores if title is None else {title: scores[title]}
        found = {f"score {name(key)}".strip(): _numbers(score(own), ROUNDING_OF_TRAINED) for key, score in some.items()}
        labelled = [each[title] if isinstance(each, dict) else each for each in (xlabel, ylabel)]
        tables += _points(own, labels, class_names, *labelled, found)
    summary = f"{count(len(labels), 'point')} and the areas of {count(len(scores), 'model')}"
    return Folded(summary + _plane(xlabel, ylabel), tables)


@quiet
def class_regions(points, labels, probabilities, class_names=None, xlabel="", ylabel=""):
    """Return for some points the class, and of each model the most probable class with its probability."""
    points, answers = floats(points).reshape(-1, 2), {}
    for title, function in probabilities.items():
        shares = floats(function(points))
        best = [(_class(share.argmax(), class_names), number(share.max())) for share in shares]
        answers[name(title) or "answer"] = [f"{answer} ({share})" for answer, share in best]
    summary = f"{count(len(points), 'point')} and the areas of {count(len(class_names or ()), 'class', 'classes')}"
    tables = _points(points, labels, class_names, xlabel, ylabel, answers)
    return Folded(summary + _plane(xlabel, ylabel), tables)


@quiet
def reliability(panels, bins=10):
    """Return for each bin of confidences how many answers it has, their mean confidence and the share of right ones."""
    tables = []
    for title, panel in panels.items():
        confidences, right = (floats(each).ravel() for each in panel)
        places = np.minimum(np.nan_to_num(confidences * bins).astype(int), bins - 1)
        used = np.unique(places)
        columns = {f"{name(title)} confidence".strip(): [f"{k / bins:.1f} to {(k + 1) / bins:.1f}" for k in used]}
        columns["answers"] = [f"{np.sum(places == k):,}" for k in used]
        columns["mean confidence"] = [number(confidences[places == k].mean()) for k in used]
        columns["share right"] = [number(right[places == k].mean()) for k in used]
        tables.append(_table(columns, of="bin"))
    return Folded(f"confidence and right answers, {count(len(panels), 'panel')}", tables)


# ---- tables and pictures ----


def _grid(values, rows, columns, corner):
    """Return a table of a matrix, with some of its rows and columns where there are many."""
    values = settled(values)
    down, across = chosen(len(rows)), chosen(len(columns))
    headings = _headings(corner, *(columns[k] for k in across))
    cells = [[str(rows[k]) for k in down], *([number(values[row, k]) for row in down] for k in across)]
    notes = [_note(len(down), len(rows)), _note(len(across), len(columns), "column")]
    return Table(dict(zip(headings, cells, strict=True)), " ".join(note for note in notes if note))


def _corner(ylabel, xlabel, usual):
    return " \\ ".join(name(each) for each in (ylabel, xlabel) if str(each).strip()) or usual


@quiet
def heat_map(values, row_labels, column_labels, xlabel="", ylabel=""):
    """Return the numbers of a table."""
    rows, columns = [name(each) for each in row_labels], [name(each) for each in column_labels]
    summary = f"table of {count(len(rows), 'row')} and {count(len(columns), 'column')}"
    return Folded(summary, [_grid(floats(values), rows, columns, _corner(ylabel, xlabel, ROW))])


@quiet
def confusion(labels, predictions, xlabel="answer", ylabel="right class"):
    """Return the counts of a confusion matrix."""
    labels, predictions = np.asarray(labels).ravel(), np.asarray(predictions).ravel()
    kinds = np.unique(np.concatenate([labels, predictions])).tolist()
    counts = np.array([[np.sum((labels == one) & (predictions == two)) for two in kinds] for one in kinds])
    summary = f"{count(len(labels), 'answer')}, counted by {name(ylabel)} and {name(xlabel)}"
    return Folded(summary, [_grid(counts, kinds, kinds, _corner(ylabel, xlabel, "class"))])


@quiet
def pictures(images, titles=None):
    """Return the numbers of one small picture, or of each picture its size, smallest, mean and largest number."""
    images = [floats(image) for image in images]
    if len(images) == 1 and images[0].ndim == 2 and max(images[0].shape) <= MOST:
        rows, columns = (list(range(1, many + 1)) for many in images[0].shape)
        return Folded("1 picture of " + _size(images[0]), [_grid(images[0], rows, columns, "row \\ column")])
    titles = [""] * len(images) if titles is None else [name(title) for title in titles]
    columns = {"picture": [f"{k}: {title}" if title else f"{k}" for k, title in enumerate(titles, start=1)]}
    columns["pixels"] = [_size(image) for image in images]
    for word, of in (("smallest", np.min), ("mean", np.mean), ("largest", np.max)):
        columns[word] = [number(settled(of(known), known)) if known.size else "none" for known in map(_known, images)]
    return Folded(count(len(images), "picture"), [_table(columns, of="picture")])


@quiet
def filters(kernels, maps):
    """Return of each filter its smallest and largest weight and the mean of its map."""
    kernels = [floats(each) for each in kernels]
    columns = {"filter": [str(k + 1) for k in range(len(kernels))]}
    for word, of in (("smallest weight", np.min), ("sum", np.sum), ("largest weight", np.max)):
        columns[word] = [number(settled(of(kernel), kernel)) for kernel in kernels]
    columns["mean of its map"] = [number(settled(np.mean(floats(each)), each)) for each in maps]
    summary = f"{count(len(kernels), 'filter')} of {_size(kernels[0])} and their maps"
    return Folded(summary, [_table(columns, of="filter")])


@quiet
def occlusion(shares, titles):
    """Return of each picture the smallest number and where it lies, the mean and the largest number."""
    shares = [floats(each) for each in shares]
    columns = {"picture": [f"{k}: {name(title)}" for k, title in enumerate(titles, start=1)]}
    for word, of in (("smallest", np.min), ("mean", np.mean), ("largest", np.max)):
        columns[word] = [number(of(known)) if known.size else "none" for known in map(_known, shares)]
    columns["lowest"] = [where_lowest(share) if _known(share).size else "nowhere" for share in shares]
    return Folded(f"{count(len(shares), 'map')} of what is needed", [_table(columns, of="picture")])


def _size(image):
    return f"{image.shape[0]} × {image.shape[1]}"


def _known(image):
    return image[np.isfinite(image)]


# ---- landscapes ----


@quiet
def contours(x, y, heights, paths=None, points=None, xlabel="", ylabel=""):
    """Return the heights at some places, some steps of each path, and the marked places."""
    grounds = named(heights)
    tables = [_heights(x, y, each, xlabel, ylabel, title, len(grounds)) for title, each in grounds.items()]
    paths = paths or {}
    by_panel = paths if any(isinstance(path, dict) for path in paths.values()) else {"": paths}
    walks = {" ".join((*title.split(), key)): path for title, some in by_panel.items() for key, path in some.items()}
    tables += _walks(walks, (xlabel or "w₁", ylabel or "w₂"))
    if points:
        at = [place(settled(each)) for each in points.values()]
        tables.append(_table({"star": [name(key) for key in points], "at": at}))
    summary = f"map of heights over {_plane_of(xlabel, ylabel)}"
    return Folded(summary + (f", with {count(len(walks), 'path')}" if walks else ""), tables)


def _plane_of(xlabel, ylabel):
    return f"{name(xlabel) or 'w₁'} and {name(ylabel) or 'w₂'}"


def _heights(x, y, heights, xlabel, ylabel, title, panels):
    """Return the table of the heights at few places; the largest y stands on top, as in the picture."""
    across, up = chosen(len(x), SIDE), chosen(len(y), SIDE if panels == 1 else 3)[::-1]
    x, y, heights = settled(x), settled(y), settled(heights)
    headings = _headings(_corner(ylabel or "w₂", xlabel or "w₁", ""), *(number(x[k]) for k in across))
    cells = [[number(y[row]) for row in up], *([number(heights[row, k]) for row in up] for k in across)]
    where = f"Heights{f' of {title}' if title else ''} at {len(up)} × {len(across)} of {len(y)} × {len(x)} places."
    return Table(dict(zip(headings, cells, strict=True)), where)


def _walks(walks, headings):
    """Return a table of some steps of each path."""
    tables = []
    for key, path in walks.items():
        path = floats(path)  # noqa: PLW2901
        names = _headings(f"step of {key}" if key else "step", *headings)
        columns = [[f"{k:,}" for k in range(len(path))], *(_numbers(each) for each in path.T)]
        tables.append(_table(dict(zip(names, columns, strict=True)), of="place", most=max(3, MOST // len(walks))))
    return tables


@quiet
def surface(x, y, heights, xlabel="", ylabel="", zlabel=""):
    """Return the heights at some places."""
    tables = [_heights(x, y, heights, xlabel, ylabel, "", 1)]
    return Folded(f"surface of {name(zlabel) or 'heights'} over {_plane_of(xlabel, ylabel)}", tables)


# ---- neurons, networks, computations ----


@quiet
def neuron(weights, bias, input_names):
    """Return the weight of each input, and the bias."""
    weights = floats(weights).ravel()
    columns = {"input": [*input_names, "bias"], "weight": [*map(signed, weights), signed(bias)]}
    return Folded(f"a neuron with {count(len(weights), 'input')}", [_table(columns)])


@quiet
def network(weights, biases=None, activations=None, unit_names=None):
    """Return some of the weights and biases, and the values of the units where they are drawn."""
    weights = [floats(each) for each in weights]
    sizes = [weights[0].shape[0], *(each.shape[1] for each in weights)]
    names = unit_names or [[f"{k + 1} of layer {layer}" for k in range(size)] for layer, size in enumerate(sizes)]
    rows = []
    for k, matrix in enumerate(weights):
        for target in range(matrix.shape[1]):
            arrows = [(names[k][source], matrix[source, target]) for source in range(matrix.shape[0])]
            arrows += [("bias", floats(biases[k]).ravel()[target])] if biases is not None else []
            rows += [(name(source), name(names[k + 1][target]), signed(weight)) for source, weight in arrows]
    tables = [_table(dict(zip(("from", "to", "weight"), map(list, zip(*rows, strict=True)), strict=True)), of="weight")]
    if activations is not None:
        units = [name(each) for layer in names for each in layer]
        values = [each for layer in activations for each in _numbers(layer)]
        tables.append(_table({"unit": units, "value": values}, of="unit"))
    return Folded(f"a network with {'-'.join(map(str, sizes))} units", tables)


@quiet
def architectures(sizes):
    """Return the units of each layer of each network."""
    columns = {
        "network": [name(title) for title in sizes],
        "units in each layer": [", ".join(map(str, each)) for each in sizes.values()],
    }
    return Folded(f"{count(len(sizes), 'network')} without numbers", [_table(columns, of="network")])


@quiet
def activations(z, functions, derivatives):
    """Return for some sums the value and the slope of each function."""
    pairs = [pair for key, each in functions.items() for pair in ((key, each), (f"slope of {key}", derivatives[key]))]
    headings = _headings("z", *(title for title, _ in pairs))
    cells = [_numbers(z), *(_numbers(each) for _, each in pairs)]
    summary = f"{count(len(functions), 'activation function')} and their slopes"
    return Folded(summary, [_table(dict(zip(headings, cells, strict=True)), of="sum", most=7)])


@quiet
def computation_graph(nodes, slopes, gradients):
    """Return the value and the gradient of each box, and the slope at each arrow."""
    boxes = {"box": [name(key) for key in nodes], "value": _numbers([tuple(each)[2] for each in nodes.values()])}
    boxes["gradient"] = _numbers([gradients[key] for key in nodes])
    tables = [_table(boxes, of="box")]
    if slopes:
        arrows = [f"{name(source)} → {name(target)}" for source, target in slopes]
        tables.append(_table({"arrow": arrows, "slope": _numbers(list(slopes.values()))}, of="arrow"))
    return Folded(f"a computation in {count(len(nodes), 'box', 'boxes')}", tables)


# ---- the drawings of the first notebook ----


def course_map(groups):
    """Return the groups and their notebooks."""
    columns = {"group": [name(key) for key in groups], "notebooks": [", ".join(each) for each in groups.values()]}
    return Folded(f"the course in {count(len(groups), 'group')}", [_table(columns, of="group")])


def timeline(events):
    """Return the events in the order of their years."""
    events = sorted(events, key=lambda event: event[0])
    columns = {"year": [str(year) for year, *_ in events], "event": [name(text, 60) for _, text, *_ in events]}
    return Folded(f"{count(len(events), 'event')} along a line of years", [_table(columns, of="event")])
