"""Landscapes, from above and as a surface, and walks through them."""

import re

import numpy as np

from . import terrain
from .words import (
    DETAIL,
    IMPORTANT,
    POINT,
    USEFUL,
    clause,
    compose,
    floats,
    name,
    named,
    number,
    place,
    quiet,
    without_common,
)


@quiet
def contours(x, y, heights, paths=None, points=None, xlabel="", ylabel=""):
    """Describe a landscape from above, and how walks go through it; see `terrain.land` and `terrain.walk`."""
    xlabel, ylabel = name(xlabel), name(ylabel)
    lands, walks = named(heights), named(paths or {})
    by_panel = any(isinstance(each, dict) for each in walks.values())
    panels = list(lands) if isinstance(heights, dict) else list(walks) if by_panel else [""]
    stars = {name(key): tuple(terrain.snapped(floats(each).ravel(), x, y)) for key, each in (points or {}).items()}
    clauses = []
    told = {}
    for title in panels:
        ground = lands[title] if isinstance(heights, dict) else heights
        key = title if isinstance(heights, dict) else ""
        if key not in told:
            texts, lowest = terrain.land(x, y, ground, xlabel, ylabel)
            told[key] = lowest
            title_said = f"{key}: " if key else ""
            clauses.append(
                clause(*(title_said + text for text in _with_depth(texts, ground)), cost=IMPORTANT, short=USEFUL)
            )
        goals = stars or ({} if told[key] is None else {"the lowest place": told[key]})
        own = {name(k): each for k, each in (walks.get(title, {}) if by_panel else walks).items()}
        shown = dict(zip(panels, without_common(panels), strict=True))[title]
        for walker, path in own.items():
            texts = terrain.walk(path, x, y, ground, goals)
            who = " ".join(each for each in (shown, walker if len(own) > 1 or not title else "") if each)
            clauses.append(clause(*(f"{who}: {text}" for text in texts), cost=POINT, short=IMPORTANT))
        clauses.append(_arrows(own))
    clauses.insert(1, _stars(stars, told, x, y, cost=DETAIL if walks else IMPORTANT))
    head = clause(f"Map over {xlabel} and {ylabel}" if xlabel and ylabel else "", cost=DETAIL)
    return compose(head, clauses)


def _with_depth(texts, ground):
    known = floats(ground)[np.isfinite(floats(ground))]
    if not known.size or np.ptp(known) == 0:
        return texts
    return [*(f"{text}, height {number(known.min())}" for text in texts[:1]), *texts]


def _stars(stars, lowest, x, y, cost):
    """Say where the stars are, and which one is the lowest place."""
    if not stars:
        return clause()
    texts = [f"{key} {place(star)}" for key, star in stars.items()]
    size = [np.ptp(floats(each)) or 1 for each in (x, y)]
    if len(lowest) == 1 and (low := next(iter(lowest.values()))) is not None:
        for key, star in stars.items():
            if np.hypot(*((np.array(star) - low) / size)) <= terrain.AT:
                texts = [f"{text}, the lowest place" if text.startswith(f"{key} ") else text for text in texts]
                break
    word = "star" if len(texts) == 1 else "stars"
    brief = [re.sub(r" \([^()]*\)(, the lowest place)?$", r"\1", text) for text in texts]
    return clause(*(f"{word}: {'; '.join(each)}" for each in (texts, brief, stars)), cost=cost)


def _arrows(walks):
    """Say which of several single steps lead opposite ways, and which is the mean of the others."""
    steps = {key: np.diff(floats(path)[:, :2], axis=0)[0] for key, path in walks.items() if len(path) == 2}
    if len(steps) < 2 or len(steps) < len(walks):
        return clause()
    texts = []
    keys = [key for key, step in steps.items() if np.isfinite(step).all() and np.abs(step).max() > 0]
    for k, one in enumerate(keys):
        for two in keys[k + 1 :]:
            a, b = (steps[each] / np.abs(steps[each]).max() for each in (one, two))
            if a @ b <= -0.99 * np.linalg.norm(a) * np.linalg.norm(b):
                texts.append(f"{one} and {two} lead opposite ways")
    for key in keys if len(keys) > 2 else ():
        others = np.mean([steps[each] for each in keys if each != key], axis=0)
        if np.allclose(others, steps[key], rtol=1e-6, atol=1e-9):
            texts.append(f"{key} is the mean of the others")
    return clause(", ".join(texts), cost=POINT)


@quiet
def surface(x, y, heights, xlabel="", ylabel="", zlabel=""):
    """Describe a landscape as a surface: its lowest and highest places, and on which side it is high."""
    xlabel, ylabel = name(xlabel), name(ylabel)
    texts, _ = terrain.land(x, y, heights, xlabel, ylabel)
    clauses = [clause(*texts, cost=POINT)]
    values = floats(heights)
    known = values[np.isfinite(values)]
    if known.size and np.ptp(known) > 0:
        row, column = np.unravel_index(np.nanargmax(np.where(np.isfinite(values), values, np.nan)), values.shape)
        top = f"up to {number(known.max())} at {place((floats(x)[column], floats(y)[row]))}"
        clauses.append(clause(f"from {number(known.min())} {top}", cost=USEFUL))
        side = {
            "upper": f"for small {ylabel}",
            "lower": f"for large {ylabel}",
            "left": f"for small {xlabel}",
            "right": f"for large {xlabel}",
            "middle": "in the middle",
            "rim": "at the rim",
        }.get(terrain.brightest(values), "")
        clauses.append(clause(f"higher {side}" if side else "", cost=IMPORTANT))
    head = f"{name(zlabel) or 'height'} over {xlabel} and {ylabel}" if xlabel and ylabel else name(zlabel)
    return compose(clause(head, cost=USEFUL), clauses)
