"""Points of several classes, how a plane is parted, and how sure a classifier is."""

import numpy as np

from . import terrain
from .words import (
    POINT,
    USEFUL,
    clause,
    compose,
    count,
    floats,
    listing,
    name,
    number,
    percent,
    place,
    quiet,
    without_common,
)

MOST_WRONG = 3  # points named one by one


def _on_the_right_side(points, answers, labels):
    """Say how many points are answered rightly, and which are not if these are few."""
    wrong = np.flatnonzero(answers != labels)
    if not len(wrong):
        return [f"all {len(points):,} right" if len(points) > 1 else "right", "all right"]
    text = f"{len(points) - len(wrong):,} of {len(points):,} right"
    brief = f"{len(points) - len(wrong):,} right"
    if len(wrong) > MOST_WRONG:
        return [text, brief]
    return [f"{text}, wrong {listing([place(points[k]) for k in wrong])}", text, brief]


def _of_plane(xlabel, ylabel, points, labels, class_names):
    """Return the head of a figure of points of several classes."""
    labels = np.atleast_2d(np.asarray(labels))
    kinds = list(np.unique(labels[0]))
    names = [_class(kind, class_names) for kind in kinds]
    many = [int(np.sum(labels[0] == kind)) for kind in kinds]
    whole = listing([f"{each:,} × {kind}" for each, kind in zip(many, names, strict=True)])
    plane = f"{name(xlabel)} and {name(ylabel)}" if xlabel and ylabel else ""
    if len(labels) > 1:
        return clause(f"{count(len(points), 'point')}, {plane}" if plane else count(len(points), "point"), cost=USEFUL)
    return clause(f"{whole}, by {plane}" if plane else whole, whole, cost=USEFUL)


def _class(kind, class_names):
    if isinstance(class_names, dict):
        return name(class_names.get(kind, f"class {kind}"))
    if class_names is not None and 0 <= kind < len(class_names):
        return name(class_names[int(kind)])
    return f"class {kind}"


@quiet
def decision(points, labels, neurons, class_names=None, xlabel="", ylabel="", marked=None):
    """Describe the lines of neurons among points of two classes; a neuron answers 1 where its sum is above 0."""
    points, labels = floats(points).reshape(-1, 2), np.asarray(labels)
    each = np.tile(labels, (len(neurons), 1)) if labels.ndim == 1 else labels
    titles = without_common(name(title) for title in neurons)
    clauses, seen = [], {}
    for title, (weights, bias), own in zip(titles, neurons.values(), each, strict=True):
        line = floats([*weights, bias])
        answers = (points @ line[:2] + line[2] > 0).astype(int)
        texts = _on_the_right_side(points, answers, own)
        earlier = [other for other, known in seen.items() if np.allclose(line, known, rtol=1e-9, atol=0)]
        seen[title] = line
        extra = [*_marked(marked or {}, line, class_names), *_line(points, line[:2], line[2], answers)]
        again = [f"as {other}" for other in earlier[:1]]
        some = [_ones(points, answers) + texts[:1] + extra, texts[:1] + extra, texts[-1:] + extra, texts[-1:]]
        options = [", ".join(again + parts) for parts in some]
        clauses.append(clause(*(f"{title}: {text}" for text in options), cost=POINT))
    return compose(_of_plane(xlabel, ylabel, points, labels, class_names), clauses)


def _marked(marked, line, class_names):
    """Return on which side each marked place lies."""
    answers = {key: int(floats(at) @ line[:2] + line[2] > 0) for key, at in marked.items()}
    return [f"{name(key)} → {_class(answer, class_names)}" for key, answer in answers.items()]


def _ones(points, answers):
    """Return which of at most four points are answered 1."""
    ones = [place(point) for point in points[answers == 1]]
    return [f"1 at {listing(ones)}"] if 0 < len(ones) < len(points) <= 4 else []


def _line(points, weights, bias, answers):
    """Return what is special about a neuron's line: none at all, all points on one side, a point on it."""
    if not np.isfinite([*weights, bias]).all():
        return ["no line, no numbers"]
    if not weights.any():
        return [f"no line, all answered {int(bias > 0)}"]
    one_side = f"all answered {answers[0]}" if len(points) and (answers == answers[0]).all() else ""
    size = np.abs(points * weights).sum(axis=1) + abs(bias)
    on = np.flatnonzero(np.abs(points @ weights + bias) <= 1e-12 * size)
    touched = f"{listing([place(points[k]) for k in on], 2)} on the line" if len(on) else ""
    return [one_side, touched] if one_side and touched else [text for text in (one_side or touched,) if text]


def _grid(points, margin):
    """Return places of a grid over points and some room around them, shape (GRID², 2)."""
    points = points[(np.abs(points) < 1e150).all(axis=1)]
    low, high = (points.min(axis=0), points.max(axis=0)) if len(points) else (np.zeros(2), np.ones(2))
    room = margin * (high - low) + (high == low)
    sides = [np.linspace(*ends, terrain.GRID + 1) for ends in zip(low - room, high + room, strict=True)]
    return np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)


@quiet
def regions(points, labels, scores, threshold=0.5, class_names=None, xlabel="", ylabel=""):
    """Describe where a model's score is above a threshold: how many points are on the right side, and how it is parted.

    The plane is looked at with a margin of a third of the points' spread; see `terrain` for "straight".
    """
    labels = np.asarray(labels)
    clauses = []
    titles = without_common(name(title) for title in scores)
    for title, (key, score) in zip(titles, scores.items(), strict=True):
        own = floats(points[key] if isinstance(points, dict) else points).reshape(-1, 2)
        found = floats(score(own)).ravel()
        right = _on_the_right_side(own, (found > threshold).astype(int), labels)
        lead = floats(score(_grid(own, 0.35))).reshape(terrain.GRID + 1, -1) - threshold
        parted = _parted(lead)
        kinds, many = np.unique(own.round(9), axis=0, return_counts=True)
        twice = f"{many.max()} points at {place(kinds[many.argmax()])}" if many.max(initial=1) > 1 else ""
        options = ((right[0], parted, twice), (right[0], parted), (right[-1], parted), (right[-1],))
        texts = [", ".join(text for text in some if text) for some in options]
        clauses.append(clause(*(f"{title}: {text}" if title else text for text in texts), cost=POINT))
    first = next(iter(points.values())) if isinstance(points, dict) else points
    return compose(_of_plane(xlabel, ylabel, floats(first).reshape(-1, 2), labels, class_names), clauses)


def _parted(lead):
    """Say how a plane is parted into where a grid of numbers is above 0 and where not."""
    above = lead > 0
    if above.all() or not above.any():
        return f"{int(above.all())} everywhere"
    ones, zeros = terrain.areas(above), terrain.areas(~above)
    if ones == zeros == 1:
        line = "a straight line" if terrain.is_straight(terrain.crossings(lead)) else "a curve"
        return f"parted by {line}"
    if (ones, zeros) == (1, 2):
        return "1 in a band between two areas of 0"
    if (ones, zeros) == (2, 1):
        return "1 in two areas with a band of 0 between"
    return f"{count(ones, 'area')} of 1 and {zeros} of 0"


@quiet
def class_regions(points, labels, probabilities, class_names=None, xlabel="", ylabel=""):
    """Describe where each class is the most probable one: how many points are right, and how the borders run."""
    points, labels = floats(points).reshape(-1, 2), np.asarray(labels)
    clauses = []
    for title, function in probabilities.items():
        right = _on_the_right_side(points, floats(function(points)).argmax(axis=1), labels)
        borders = _borders(floats(function(_grid(points, 0.15))))
        texts = [f"{each}, {borders}" if borders else each for each in right]
        clauses.append(
            clause(*(f"{name(title)}: {text}" if str(title).strip() else text for text in texts), cost=POINT)
        )
    return compose(_of_plane(xlabel, ylabel, points, labels, class_names), clauses)


def _borders(shares):
    """Say whether the borders between classes are straight lines; see `terrain.is_straight`."""
    grid = shares.reshape(terrain.GRID + 1, terrain.GRID + 1, -1)
    winner = grid.argmax(axis=2)
    kinds = np.unique(winner)
    if len(kinds) == 1:
        return f"class {kinds[0]} everywhere"
    straight, many = True, 0
    for k, one in enumerate(kinds):
        for two in kinds[k + 1 :]:
            both = np.isin(winner, (one, two))
            lead = np.where(both, grid[..., one] - grid[..., two], np.nan)
            places = terrain.crossings(lead) if np.isfinite(lead).any() else np.empty((0, 2))
            places = places[np.isfinite(places).all(axis=1)]
            many += len(places) > 2
            straight &= terrain.is_straight(places)
    return f"{count(many, 'border')}, {'straight' if straight else 'curved'}" if many else ""


@quiet
def reliability(panels):
    """Describe how confidence and the share of right answers agree.

    "too sure": the mean confidence is larger than the share of right answers by more than 0.04, "not sure enough":
    smaller by more than that, "about honest": neither.
    """
    clauses = []
    for key, panel in panels.items():
        confidences, right = (floats(each).ravel() for each in panel)
        known = np.isfinite(confidences) & np.isfinite(right)
        title = f"{name(key)}: " if str(key).strip() else ""
        if not known.any():
            clauses.append(clause(f"{title}no answers", cost=POINT))
            continue
        mean, share = confidences[known].mean(), right[known].mean()
        lead = mean - share
        verdict = "too sure" if lead > 0.04 else "not sure enough" if lead < -0.04 else "about honest"
        high = known & (confidences >= 0.9)
        numbers = f"mean confidence {number(mean)}, right {number(share)}"
        extra = f"{percent(high.sum(), known.sum())} of the answers have 0.9 or more"
        options = (f"{verdict}, {numbers}, {extra}", f"{verdict}, {numbers}", verdict)
        clauses.append(clause(*(title + text for text in options), cost=POINT))
    return compose(clause(), clauses)
