"""Pictures: which are the same, moved, smoother, and where they are bright."""

import numpy as np

from . import terrain
from .words import (
    DETAIL,
    IMPORTANT,
    POINT,
    USEFUL,
    clause,
    common_words,
    compose,
    count,
    floats,
    listing,
    name,
    number,
    percent,
    quiet,
)

LIKE = 0.6  # correlation from which on a picture resembles another


@quiet
def pictures(images, titles=None, share_scale=True):
    """Describe grey pictures: how many, sizes, titles, which are the same, moved, smoother, and where they are bright.

    A title also names the pictures without a title that follow it. "alike": the brightness of neighbouring pixels, left
    to right, is correlated by 0.8 or more; "not alike": by 0.2 or less.
    """
    images = [floats(image) for image in images]
    titles = [""] * len(images) if titles is None else [name(title) for title in titles]
    groups = _title_groups(titles)
    firsts = {label: images[rows[0]] for label, rows in groups.items()}
    sizes = list(dict.fromkeys(map(terrain.size, images)))
    head = terrain.pictures(len(images))
    if len(sizes) == 1:
        head += f" of {sizes[0]}"
    elif len(groups) > 4:
        pixels = [image.shape[0] * image.shape[1] for image in images]
        head += f" of {terrain.size(images[np.argmin(pixels)])} to {terrain.size(images[np.argmax(pixels)])}"
    clauses = [clause(_titles(groups, titles, images), cost=POINT), _the_same(images)]
    moved = _moved(images)
    clauses += moved
    if 1 < len(groups) <= 12:
        clauses.append(_neighbours(firsts) if len(groups) <= 6 else clause())
        clauses += _variants(firsts, share_scale)
        clauses.append(_twins(firsts))
    clauses.append(_frames(firsts))
    clauses += [] if moved else _sides_of_light(images, titles, groups)
    clauses.append(_inks(images, groups))
    clauses.append(_missing(images))
    known = np.concatenate([image[np.isfinite(image)].ravel() for image in images])
    if known.size:
        ends = f"black is {number(known.min())}, white {number(known.max())}"
        clauses.append(clause(ends if share_scale else "", cost=DETAIL))
        if len(images) == 1:
            dark, bright = (percent(each.sum(), known.size) for each in (known == known.min(), known > _middle(known)))
            clauses.append(clause(f"{dark} of the pixels are black, {bright} brighter than half", cost=USEFUL))
    return compose(clause(head, cost=IMPORTANT), clauses)


def _missing(images):
    """Say in how many pixels of which pictures there is no number."""
    gaps = {k + 1: int(np.isnan(image).sum()) for k, image in enumerate(images) if np.isnan(image).any()}
    if len(images) == 1 or len(gaps) > 8 or not gaps:
        return clause(f"{count(sum(gaps.values()), 'pixel')} missing" if gaps else "", cost=USEFUL)
    pixels = ", ".join(f"{many:,}" for many in gaps.values())
    word = "picture" if len(gaps) == 1 else "pictures"
    return clause(f"missing pixels: {pixels} in {word} {listing(gaps, 8)}", cost=USEFUL)


def _middle(known):
    return known.min() + (known.max() - known.min()) / 2


def _title_groups(titles):
    """Return a dict from label to the indices of its pictures; a title that comes again gets a number."""
    groups = {}
    for k, title in enumerate(titles):
        if not title and groups and titles[0]:
            groups[list(groups)[-1]].append(k)
            continue
        label = title or f"picture {k + 1}"
        again = sum(each == label or each.startswith(f"{label} (") for each in groups)
        groups[f"{label} ({again + 1})" if again else label] = [k]
    return groups


def _titles(groups, titles, images):
    """List the titles, with a common beginning only once, and with the sizes of few pictures where these differ."""
    if not titles[0]:
        return ""
    sizes = [terrain.size(image) for image in images]
    differ = len(set(sizes)) > 1 and len(groups) <= 4
    texts = []
    for label, rows in groups.items():
        text = titles[rows[0]] or label
        text += f" ({sizes[rows[0]]})" if differ and sizes[rows[0]] not in text else ""
        texts.append(f"{len(rows)} × {text}" if len(rows) > 1 else text)
    if any("," in text for text in texts):
        return "; ".join(texts)
    common = common_words(texts) if 2 < len(texts) == len(titles) else ""
    if common.strip() and all(len(text) > len(common) for text in texts):
        return common + ", ".join(text[len(common) :] for text in texts)
    return ", ".join(texts)


def _the_same(images):
    """Say which pictures are equal, pixel by pixel."""
    seen = {}
    for k, image in enumerate(images):
        seen.setdefault((image.shape, image.tobytes()), []).append(k + 1)
    if len(seen) == 1 and len(images) > 1:
        return clause("all are the same picture", cost=IMPORTANT)
    same = [rows for rows in seen.values() if len(rows) > 1]
    return clause(f"pictures {listing(same[0])} are the same" if same else "", cost=USEFUL)


def _moved(images):
    """Say which picture is an earlier one, moved."""
    if not 2 <= len(images) <= 12:
        return []
    found = {}
    for k in range(1, len(images)):
        for j in range(k):
            way = terrain.shift(images[j], images[k])
            if way:
                found[k] = (j, way)
                break
    if len(found) >= 2 and len(found) == len(images) - 1 and all(j == 0 for j, _ in found.values()):
        ways = [way.removeprefix("moved ") for _, way in found.values()]
        return [
            clause(
                f"each is the first one moved, from {ways[0]} to {ways[-1]}", f"moved {ways[-1]} at last", cost=POINT
            )
        ]
    return [clause(f"picture {k + 1} is picture {j + 1} {way}", cost=IMPORTANT) for k, (j, way) in found.items()][:3]


def _correlation(one, two):
    known = np.isfinite(one) & np.isfinite(two)
    one, two = one[known], two[known]
    if one.size < 3 or np.ptp(one) == 0 or np.ptp(two) == 0:
        return 0.0
    return float(np.corrcoef(one.ravel() / np.abs(one).max(), two.ravel() / np.abs(two).max())[0, 1])


def _neighbours(firsts):
    """Say in which pictures neighbouring pixels are alike, where it is so in some and not in others."""
    greys = {label: terrain.grey(image) for label, image in firsts.items()}
    relations = {label: _correlation(each[:, 1:], each[:, :-1]) for label, each in greys.items()}
    alike = [label for label, relation in relations.items() if relation >= 0.8]
    unlike = [label for label, relation in relations.items() if relation <= 0.2]
    if not unlike or not alike:
        return clause()
    return clause(
        f"neighbouring pixels are alike in {listing(alike)}, not in {listing(unlike)}: no order there",
        f"no order in {listing(unlike)}",
        cost=IMPORTANT,
    )


def _resampled(image, rows, columns):
    image = terrain.grey(image)
    return image[np.ix_(np.arange(rows) * image.shape[0] // rows, np.arange(columns) * image.shape[1] // columns)]


def _variants(firsts, share_scale):
    """Compare pictures with the first one, if two or more of them resemble it: a correlation of `LIKE` or more.

    * "smoother", "rougher": neighbours differ by at most 0.8, or at least 1.25, times as large a share of the range.
    * "upright", "level" edges: brightness changes from left to right, compared with from top to bottom, at least 1.5
      times as much as in the first picture, or the other way round.
    * "brightness": the mean, where the largest of them is at least 1.25 times the smallest.
    """
    labels = list(firsts)
    greys = [terrain.grey(image) for image in firsts.values()]
    if len(labels) < 3 or not all(np.isfinite(each).all() and np.ptp(each) > 0 for each in greys):
        return []
    relations = [_resemblance(greys[0], each) for each in greys]
    if np.sum(np.array(relations[1:]) >= LIKE) < 2:
        return []
    rough = np.array([terrain.roughness(each) for each in greys])
    change = rough.sum(axis=1) / max(rough[0].sum(), 1e-300)
    alike = [k for k in range(1, len(labels)) if min(greys[k].shape) > 0.75 * min(greys[0].shape)]
    fair = [k for k in alike if relations[k] >= LIKE]
    lean = (rough[:, 0] + 1e-300) / (rough[:, 1] + 1e-300)
    kinds = {
        "smoother": [labels[k] for k in fair if change[k] <= 0.8],
        "rougher": [labels[k] for k in fair if change[k] >= 1.25],
        "more upright edges": [labels[k] for k in alike if lean[k] >= 1.5 * lean[0]],
        "more level edges": [labels[k] for k in alike if lean[k] <= lean[0] / 1.5],
    }
    texts = [f"{kind}: {listing(some)}" for kind, some in kinds.items() if some]
    found = [clause(f"than the first {', '.join(texts)}" if texts else "", cost=IMPORTANT)]
    means = [float(each.mean()) for each in greys]
    if share_scale and min(means) > 0 and max(means) >= 1.25 * min(means):
        texts = [f"{label} {number(mean)}" for label, mean in zip(labels, means, strict=True)]
        gap = "; " if any("," in label for label in labels) else ", "
        found.append(clause(f"mean brightness: {gap.join(texts)}", cost=IMPORTANT))
    return found


def _twins(firsts):
    """Say which two pictures are much alike: their correlation is at least 0.9, and that of no other two is."""
    labels, greys = list(firsts), [terrain.grey(image) for image in firsts.values()]
    twins = [
        f"{labels[k]} and {labels[j]}"
        for k, one in enumerate(greys)
        for j, two in enumerate(greys[k + 1 :], k + 1)
        if one.shape == two.shape
        and np.isfinite([one, two]).all()
        and not np.array_equal(one, two)
        and _resemblance(one, two) >= 0.9
    ]
    return clause(f"much alike: {twins[0]}" if len(twins) == 1 < len(firsts) - 1 else "", cost=USEFUL)


def _resemblance(one, two):
    """Return the correlation of two pictures, of which the larger is shrunk to the size of the smaller."""
    rows, columns = (min(sides) for sides in zip(one.shape, two.shape, strict=True))
    return _correlation(_shrunk(one, rows, columns), _shrunk(two, rows, columns))


def _shrunk(image, rows, columns):
    """Return a picture as so many blocks, each with its mean."""
    for axis, blocks in ((0, rows), (1, columns)):
        starts = np.arange(blocks) * image.shape[axis] // blocks
        many = np.diff(starts, append=image.shape[axis])
        image = np.add.reduceat(image, starts, axis=axis) / (many[:, np.newaxis] if axis == 0 else many)
    return image


def _frames(firsts):
    """Say which pictures have a frame: rows and columns along all four sides that are all as dark as can be."""
    if not 2 <= len(firsts) <= 12:
        return clause()
    wide = {label: _frame(terrain.grey(image)) for label, image in firsts.items()}
    if max(wide.values()) < 5 or min(wide.values()) > 0:
        return clause()
    return clause(f"black frame: {listing([label for label, width in wide.items() if width >= 5])}", cost=USEFUL)


def _frame(image):
    """Return how many pixels wide the frame of a picture is, in which all are as dark as the darkest."""
    if not np.isfinite(image).all() or np.ptp(image) == 0:
        return 0
    bright = image > image.min()
    rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
    return int(min(rows[0], columns[0], image.shape[0] - 1 - rows[-1], image.shape[1] - 1 - columns[-1]))


def _sides_of_light(images, titles, groups):
    """Say for each picture, by its title if these are short or else by its number, where it is bright."""
    if len(images) > 24:
        return []
    by_title = list(groups) == list(titles) and sum(map(len, titles)) <= 60
    keys = titles if by_title else [str(k + 1) for k in range(len(images))]
    lights = {}
    for key, image in zip(keys, images, strict=True):
        lights.setdefault(_light(image), []).append(key)
    if len(lights) == 1:
        return [clause(f"{'all: ' if len(images) > 1 else ''}{light}" if light else "") for light in lights]
    return [
        clause(f"{light}: {', '.join(some)}", f"{light}: {listing(some)}") for light, some in lights.items() if light
    ]


def _light(image):
    image = terrain.grey(image)
    known = image[np.isfinite(image)]
    if not known.size or np.ptp(known) == 0:
        return "even"
    if np.median(known) >= known.min() + 0.8 * np.ptp(known):
        return f"bright but {_spot(np.nanmax(image) - image)}"
    side = terrain.brightest(image)
    return {"rim": "dark middle", "middle": "bright middle", "": ""}.get(side, f"bright {side} half")


def _spot(dark):
    """Say where the centre of what is dark lies, by thirds."""
    dark = np.nan_to_num(dark)
    row, column = (
        (dark.sum(axis=1 - axis) * (np.arange(dark.shape[axis]) + 0.5)).sum() / dark.sum() / dark.shape[axis]
        for axis in (0, 1)
    )
    upright = "upper " if row < 1 / 3 else "lower " if row > 2 / 3 else ""
    level_ = "left" if column < 1 / 3 else "right" if column > 2 / 3 else "" if upright else "middle"
    return f"dark {upright}{level_}".strip()


def _inks(images, groups):
    """Say how large the ink is, the pixels brighter than a quarter of the range, where groups differ by a tenth."""
    if len(groups) < 2 or len(groups) == len(images):
        return clause()
    sizes = {}
    for label, rows in groups.items():
        if len(rows) > 1:
            heights = [_ink_height(images[k]) for k in rows]
            sizes[label] = np.mean(heights)
    if len(sizes) < 2 or max(sizes.values()) - min(sizes.values()) < 0.1:
        return clause()
    texts = [f"{label} {100 * share:.0f} %" for label, share in sizes.items()]
    return clause(f"height of the bright part, of the picture: {', '.join(texts)}", cost=IMPORTANT)


def _ink_height(image):
    image = terrain.grey(image)
    known = image[np.isfinite(image)]
    if not known.size or np.ptp(known) == 0:
        return 0.0
    rows = np.flatnonzero((image > known.min() + np.ptp(known) / 4).any(axis=1))
    return (rows[-1] - rows[0] + 1) / len(image)
