"""What a convolutional network sees: on which side its filters are positive, and what it needs of a picture."""

import numpy as np

from . import terrain
from .words import DETAIL, IMPORTANT, POINT, USEFUL, clause, compose, count, floats, listing, name, number, quiet

NEEDED = 0.5  # a share below which a network is no longer sure


@quiet
def filters(kernels, maps):
    """Describe filters by the side on which they are positive, and say which maps are brightest and darkest."""
    kernels = [floats(each) for each in kernels]
    sides = {}
    for k, kernel in enumerate(kernels, start=1):
        sides.setdefault(terrain.brightest(kernel), []).append(str(k))
    clauses = [
        clause(f"positive {_half(side)}: {', '.join(some)}", f"positive {_half(side)}: {listing(some)}", cost=POINT)
        for side, some in sides.items()
        if side
    ]
    means = [terrain.grey(each) for each in maps]
    means = np.array([np.nanmean(each) if np.isfinite(each).any() else np.nan for each in means])
    if len(means) > 1 and np.isfinite(means).all() and np.ptp(means) > 0:
        text = f"brightest map {means.argmax() + 1}, darkest {means.argmin() + 1}"
        clauses.append(clause(text, cost=IMPORTANT))
    known = np.concatenate([each[np.isfinite(each)].ravel() for each in kernels])
    ends = f"from {number(known.min())} to {number(known.max())}" if known.size else ""
    head = f"{count(len(kernels), 'filter')} of {terrain.size(kernels[0])}, each with its map"
    return compose(clause(head, cost=USEFUL), [*clauses, clause(ends, cost=DETAIL)])


def _half(side):
    return {"middle": "in the middle", "rim": "at the rim"}.get(side, f"in the {side} half")


@quiet
def occlusion(shares, titles):
    """Describe for each picture how far a network's certainty falls, and where the patch lies that it needs most."""
    clauses = []
    for title, share in zip(titles, shares, strict=False):
        share = floats(share)  # noqa: PLW2901
        known = share[np.isfinite(share)]
        who = name(title) or "picture"
        if not known.size:
            clauses.append(clause(f"{who} has no numbers", cost=POINT))
        elif known.min() >= NEEDED:
            clauses.append(clause(f"{who} stays above {number(known.min())}", cost=POINT))
        else:
            where = where_lowest(share)
            texts = (f"{who} falls to {number(known.min())}, lowest {where}", f"{who} lowest {where}")
            clauses.append(clause(*texts, cost=POINT))
    return compose(clause("Certainty with a patch covered", cost=USEFUL), clauses)


def where_lowest(share):
    """Return by thirds where the lowest numbers lie: the centre of the pixels in the lowest quarter of the range."""
    low, high = np.nanmin(share), np.nanmax(share)
    rows, columns = np.nonzero(share <= low + (high - low) / 4)
    row, column = ((places.mean() + 0.5) / side for places, side in zip((rows, columns), share.shape, strict=True))
    upright = "upper" if row < 1 / 3 else "lower" if row > 2 / 3 else ""
    aside = "left" if column < 1 / 3 else "right" if column > 2 / 3 else ""
    return " ".join(each for each in (upright, aside) if each) or "in the middle"
