"""Tables of numbers drawn as grey values, and confusion matrices."""

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
    listing,
    name,
    number,
    percent,
    quiet,
    times,
)


@quiet
def heat_map(values, row_labels, column_labels, xlabel="", ylabel=""):
    """Describe a table of numbers: its largest and smallest cells, rows that are all the same, and where rows lead."""
    values = floats(values)
    rows, columns = [name(each) for each in row_labels], [name(each) for each in column_labels]
    row_name, column_name = (f"{name(label)} " if label else "" for label in (ylabel, xlabel))
    known = values[np.isfinite(values)]
    if not known.size:
        return compose(clause("A table without numbers"), [])

    def cells(extreme):
        found = np.argwhere(values == extreme)
        places = [f"{row_name}{rows[row]}, {column_name}{columns[column]}" for row, column in found[:2]]
        where = f"at {' and '.join(places)}" if len(found) <= 2 else f"in {len(found)} cells"
        return f"{number(extreme)} {where}", f"{number(extreme)} at {places[0]}" if len(found) <= 2 else ""

    clauses = []
    for word, extreme in (("largest", known.max()), ("smallest", known.min())):
        clauses.append(clause(*(f"{word} {text}" for text in cells(extreme) if text), cost=POINT))
    even = [k for k in range(len(rows)) if len(columns) > 1 and np.ptp(values[k]) == 0]
    if even:
        texts = [f"{row_name}{rows[k]} all {number(values[k, 0])}" for k in even[:2]]
        clauses.append(
            clause(*([" and ".join(texts)] if len(even) <= 2 else [f"{len(even)} rows even"]), cost=IMPORTANT)
        )
    clauses.append(clause(_trend(values, f"along {column_name.strip() or 'the columns'}", "row"), cost=IMPORTANT))
    clauses.append(clause(_trend(values.T, f"along {row_name.strip() or 'the rows'}", "column"), cost=USEFUL))
    best = [int(np.nanargmax(row)) if np.isfinite(row).any() else -1 for row in values]
    if len(columns) > 1 and len(rows) <= 8:
        last = ", ".join(f"{rows[k]}: {number(values[k, -1])}" for k in range(len(rows)) if best[k] >= 0)
        clauses.append(clause(f"at {column_name}{columns[-1]} {last}", cost=DETAIL))
    head = f"Table of {count(len(rows), 'row')} ({name(ylabel)}) and {count(len(columns), 'column')} ({name(xlabel)})"
    return compose(clause(head.replace(" ()", ""), "", cost=USEFUL), clauses)


def _trend(values, along, what):
    """Say in how many rows the numbers never fall, or never rise, and change at all."""
    if values.shape[1] < 2:
        return ""
    steps = np.diff(values, axis=1)
    changing = np.nanmax(values, axis=1, initial=-np.inf) > np.nanmin(values, axis=1, initial=np.inf)
    grows = int(np.sum(np.all(steps >= 0, axis=1) & changing))
    falls = int(np.sum(np.all(steps <= 0, axis=1) & changing))
    many, verb = (grows, "grow") if grows >= falls else (falls, "fall")
    if many < max(2, len(values) / 2):
        return ""
    return f"{along} numbers {verb} in {f'all {len(values)}' if many == len(values) else many} {what}s"


@quiet
def confusion(labels, predictions, class_names=None):
    """Describe a confusion matrix: how many are right, and which classes are taken for which most often."""
    labels, predictions = np.asarray(labels).ravel(), np.asarray(predictions).ravel()
    kinds = np.unique(np.concatenate([labels, predictions])).tolist()
    # Names either belong to the classes 0, 1, 2, ... or stand in the order of the classes that occur.
    if class_names is not None and all(isinstance(kind, int) and 0 <= kind < len(class_names) for kind in kinds):
        names = {kind: name(class_names[kind]) for kind in kinds}
    else:
        names = dict(zip(kinds, map(name, class_names if class_names is not None else kinds), strict=False))
    right = int(np.sum(labels == predictions))
    clauses = [clause(f"{right:,} of {len(labels):,} right ({percent(right, max(len(labels), 1))})", cost=POINT)]
    pairs = {}
    for label, prediction in zip(labels.tolist(), predictions.tolist(), strict=True):
        if label != prediction:
            pairs[label, prediction] = pairs.get((label, prediction), 0) + 1
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    texts = [f"{names.get(one, one)} taken for {names.get(two, two)} {times(pairs[one, two])}" for one, two in ranked]
    if texts and pairs[ranked[0]] == 1:
        clauses.append(clause(f"{count(len(texts), 'confusion')}, none twice: {listing(texts, 5)}", cost=IMPORTANT))
    elif texts:
        clauses.append(clause(*(f"most often {listing(texts[:m], m)}" for m in (5, 4, 3, 2, 1)), cost=POINT))
    wrong = {kind: int(np.sum((labels == kind) & (predictions != kind))) for kind in kinds if np.any(labels == kind)}
    if len(wrong) > 2 and max(wrong.values()) > 0:
        worst = max(wrong, key=wrong.get)
        text = f"most mistakes among {names[worst]}: {wrong[worst]:,} of {int(np.sum(labels == worst)):,}"
        clauses.append(clause(text, cost=USEFUL))
        none = [names[kind] for kind, many in wrong.items() if many == 0]
        clauses.append(clause(f"none among {listing(none)}" if none else "", cost=DETAIL))
    return compose(clause(), clauses)
