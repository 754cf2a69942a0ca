"""A digit from a picture file, or from any array of grey values, prepared as MNIST's digits were.

A network that learned MNIST knows digits as MNIST shows them: bright ink on black, 28 x 28 pixels, the digit
itself within 20 x 20 of them and its centre of mass in the middle. ``read_digit`` and ``like_mnist`` bring a
photograph, a scan or a drawing into that form.
"""

import math
import warnings
from pathlib import Path

import numpy as np

SIZE = 28  # of an MNIST picture, in pixels
BOX = 20  # of the digit in it
MIDDLE = 14  # the pixel nearest to the centre of mass of every MNIST digit, counted from 0
LARGEST = 50_000_000  # pixels: as many as the camera of a telephone takes
WORKING_SIZE = 1000  # pixels: a larger picture is first reduced to this, which keeps even thin strokes
LEAST_CONTRAST = 24  # grey values of 255 between the darkest and the brightest point: blank paper has less
# How many times the noise of the paper a value must differ to be ink, and the darkest ink to be ink at all.
NOISE, CERTAINLY_INK = 4, 8
SPECK = 0.03  # a patch with less than this share of all ink is dust
RIM = 0.12  # ink below this share of the brightest is a fringe, such as JPEG draws around edges


def read_digit(path):
    """Read a digit from a picture file, of any size and colour, dark on bright or bright on dark.

    Args:
        path: the file, in a format that Pillow reads: PNG, JPEG, GIF, BMP, TIFF, WebP and more. It shows one
            digit, with paper around it.

    Returns:
        A uint8 array of shape (28, 28), the ink bright on 0, as ``like_mnist`` makes it.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if it is a folder or no picture, if the picture is damaged or has more than 50 million
            pixels, or if no ink is to be seen in it.
    """
    path = Path(path)
    if path.is_dir():
        raise ValueError(f"{path} is a folder: give the path of one picture in it.")
    if not path.exists():
        raise FileNotFoundError(f"There is no file {path}: give the path of a picture, as seen from this notebook.")
    with path.open("rb") as file:
        grey = _grey_values(_opened(file, path.name))
    if np.ptp(grey) < LEAST_CONTRAST:
        raise ValueError(f"{path.name} shows no ink: it is of one colour, or almost so.")
    try:
        return like_mnist(grey)
    except ValueError as problem:
        raise ValueError(f"{path.name}: {problem}") from None


def like_mnist(array):
    """Prepare a grey picture of one digit as MNIST was prepared.

    The paper is what lies at the border of the picture; the ink is brighter than that, or darker. Smooth
    shadows and the noise of a camera are taken off, and so are specks. The ink is cut out, scaled to 20 x 20
    pixels with its aspect kept, its brightest pixel set to 255, and put with its centre of mass into the middle
    of 28 x 28 pixels.

    Args:
        array: grey values, shape (height, width), whole numbers or decimals, in any unit.

    Returns:
        A uint8 array of shape (28, 28), the ink bright on 0.

    Raises:
        ValueError: if the array has another shape, does not hold finite numbers, or shows no ink.

    Source: Y. LeCun, C. Cortes, C. Burges, the description of the MNIST database, 1998.
    """
    ink = _without_specks(_ink(_checked(array)))
    digit = _scaled(_without_rim(_cut_out(ink)))
    brightened = np.rint(digit * (255 / digit.max())).astype("uint8")
    return _centred(brightened)


def from_marks(drawing):
    """Turn a digit drawn with characters into grey values, with paper around it.

    Args:
        drawing: a text of some lines; dots and blanks are paper, every other character is ink. Lines may differ in
            length, and empty lines above and below the drawing do not count.

    Returns:
        A float64 array of shape (lines + 6, longest line + 6), 255 where there is ink, else 0. ``like_mnist`` makes a
        picture of MNIST's size of it.

    Raises:
        ValueError: if the drawing is no text or holds no ink.
    """
    if not isinstance(drawing, str):
        raise ValueError("A drawing is a text: lines of dots, with # where the ink is.")
    lines = [line.replace(".", " ").rstrip() for line in drawing.splitlines()]
    inked = [number for number, line in enumerate(lines) if line.strip()]
    if not inked:
        raise ValueError("The drawing shows no ink: put # where the pen was.")
    lines = lines[inked[0] : inked[-1] + 1]
    width = max(len(line) for line in lines)
    return np.pad([[255.0 * (mark != " ") for mark in line.ljust(width)] for line in lines], 3)


# --- from a file to grey values ---------------------------------------------------------------------------


def _opened(file, name):
    """Return the picture in a file, read to its end, the camera turned upright."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only who reads files pays for it

    with warnings.catch_warnings():
        # Pillow warns of large pictures; here they are refused below.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(file)
        except Image.DecompressionBombError:
            raise ValueError(_too_large(name)) from None
        except Exception:  # each format's reader raises what it likes
            raise ValueError(f"{name} is not a picture that can be read: give a PNG or JPEG file.") from None
        if image.width * image.height > LARGEST:
            raise ValueError(_too_large(name))
        try:
            return ImageOps.exif_transpose(image)
        except Exception:  # as above
            raise ValueError(f"{name} is damaged and cannot be read to its end: save the picture again.") from None


def _too_large(name):
    return f"{name} has more than {LARGEST // 1_000_000} million pixels: save it in a smaller size."


def _grey_values(image):
    """Return a picture as one grey value per pixel, float64, shape (height, width), 0 to 255 unless it has 16 bits."""
    factor = math.ceil(max(image.size) / WORKING_SIZE)
    if image.mode[0] in "IF":  # 16 or 32 bits per pixel
        return np.asarray(image, dtype=float)[::factor, ::factor]
    pixels = np.asarray(image.convert("RGBA").reduce(factor), dtype=float)
    return _along_the_contrast(_on_paper(pixels[..., :3], pixels[..., 3:] / 255))


def _on_paper(colours, opacity):
    """Lay a picture that may be transparent on paper; shapes (height, width, 3) and (height, width, 1)."""
    border = _border(opacity[..., 0])
    paper_there = border & (opacity[..., 0] > 0.5)
    if paper_there.sum() > border.sum() / 2:
        paper = np.median(colours[paper_there], axis=0)
    else:
        # The ink lies on nothing: the paper is black for bright ink, white for dark ink.
        paper = 0.0 if np.average(colours, weights=opacity * np.ones(3) + 1e-9) > 127.5 else 255.0
    return colours * opacity + paper * (1 - opacity)


def _along_the_contrast(colours):
    """Return one value per pixel: the mix of red, green and blue that tells the colours best apart.

    Grey values would not do: a red as bright as the green beneath it is a clear picture to us.
    """
    spread = np.cov(colours.reshape(-1, 3), rowvar=False)
    mix = np.linalg.eigh(spread)[1][:, -1]
    return colours @ (mix / np.abs(mix).sum())


# --- from grey values to a digit --------------------------------------------------------------------------


def _checked(array):
    """Return the grey values as float64 in 0 to 255; refuse what cannot be a picture."""
    try:
        grey = np.asarray(array, dtype=float)
    except (TypeError, ValueError):
        raise ValueError("A picture is an array of numbers, one grey value per pixel.") from None
    if grey.ndim != 2 or grey.size == 0:
        raise ValueError(f"A picture has the shape (height, width), not {grey.shape}: give one picture, in grey.")
    if not np.isfinite(grey).all():
        raise ValueError("The picture holds NaN or infinite values: every pixel needs a number.")
    low, high = grey.min(), grey.max()
    if low == high:
        raise ValueError("The picture shows no ink: all its pixels are equal.")
    return (grey - low) * (255 / (high - low))


def _border(array):
    """Return a mask of the pixels at the border of a picture, shape (height, width)."""
    width = max(1, round(0.04 * min(array.shape)))
    mask = np.ones(array.shape, dtype=bool)
    mask[width:-width, width:-width] = False
    return mask


def _ink(grey):
    """Return how far each pixel differs from the paper, 0 where it is paper; the shape stays."""
    border = _border(grey)
    difference = grey - _paper(grey, border)
    # Noise is measured by the quietest pixels: ink that touches the border must not count.
    noise = np.quantile(np.abs(difference[border]), 0.25) / 0.3186  # the same quantile of a normal distribution
    difference *= np.sign((difference**3).sum())  # the ink is on one side of the paper, the noise on both
    if difference.max() <= CERTAINLY_INK * noise:
        raise ValueError("The picture shows no ink that stands out from the paper: write with a darker pen.")
    return np.where(difference > max(NOISE * noise, 0.5), difference, 0.0)


def _paper(grey, border):
    """Return the brightness of the paper at each pixel: a smooth surface through the border, shape as `grey`.

    The surface is quadratic, as shadows and the edges of photographs are. It keeps the sum of the absolute
    differences smallest, not of the squared ones, so that ink at the border does not pull it.
    """
    rows, columns = (np.linspace(-1, 1, length) for length in grey.shape)
    y, x = np.meshgrid(rows, columns, indexing="ij")
    shapes = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    some = slice(None, None, math.ceil(border.sum() / 4000))  # of a large picture they are enough
    at_border, values = shapes[border][some], grey[border][some]
    weights = np.ones(len(values))
    for _ in range(20):  # least squares, weighted anew each time, end at the least absolute differences
        surface = np.linalg.lstsq(at_border * weights[:, None], values * weights, rcond=None)[0]
        weights = 1 / np.sqrt(np.maximum(np.abs(at_border @ surface - values), 1e-3))
    return shapes @ surface


def _without_specks(ink):
    """Return the ink without the patches that are too small to belong to a digit."""
    from scipy import ndimage  # noqa: PLC0415 - 0.1 s, only for who prepares pictures

    patches, count = ndimage.label(ink > 0, structure=np.ones((3, 3)))
    amounts = ndimage.sum_labels(ink, patches, np.arange(count + 1))
    return np.where((amounts >= SPECK * amounts.sum())[patches], ink, 0.0)


def _cut_out(ink):
    """Return the part of a picture that holds ink."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _without_rim(ink):
    """Cut the faint fringe off a large digit; in a small one, faint pixels are the edge of a stroke."""
    return ink if max(ink.shape) <= 2 * BOX else _cut_out(np.where(ink >= RIM * ink.max(), ink, 0.0))


def _scaled(ink):
    """Scale a picture so that its longer side has 20 pixels; fine detail becomes grey."""
    from PIL import Image  # noqa: PLC0415

    height, width = (max(1, round(BOX * length / max(ink.shape))) for length in ink.shape)
    image = Image.fromarray(ink.astype("float32"))
    return np.asarray(image.resize((width, height), Image.Resampling.HAMMING))


def _centred(digit):
    """Put a digit of at most 20 x 20 pixels with its centre of mass into the middle of 28 x 28."""
    picture = np.zeros((SIZE, SIZE), dtype="uint8")
    place = []
    for axis, length in enumerate(digit.shape):
        mass = digit.sum(axis=1 - axis, dtype=float)
        centre = mass @ np.arange(length) / mass.sum()
        begin = min(max(round(MIDDLE - centre), 0), SIZE - length)  # no ink is lost beyond the edge
        place.append(slice(begin, begin + length))
    picture[tuple(place)] = digit
    return picture
