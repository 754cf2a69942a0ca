"""Digits from picture files: real MNIST digits are drawn large, in colours, in every mode, and must come back."""

import re
import struct
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image

from helpers import data, digit_files

DIGITS = data.load_mnist(mode="embedded").x_test[:20]
# A digit that was drawn large comes back a little softer, and its middle may be rounded to the next pixel.
CLOSE = 0.9


def likeness(found, wanted):
    """The correlation of two pictures, the best of all shifts by up to one pixel."""
    shifted = (np.roll(found, (down, right), axis=(0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1))
    return max(np.corrcoef(each.ravel().astype(float), wanted.ravel())[0, 1] for each in shifted)


def check_prepared(picture):
    """What holds for every picture of MNIST."""
    assert picture.shape == (28, 28) and picture.dtype == np.uint8 and picture.max() == 255
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 <= 20
    places = np.indices(picture.shape).reshape(2, -1)
    centre = places @ picture.ravel().astype(float) / picture.sum(dtype=float)
    assert (np.abs(centre - 14) <= 0.5 + 1e-9).all(), centre


def large(digit, scale=6):
    """A digit drawn smoothly, `scale` times as large: 0 to 255, bright on 0."""
    size = 28 * scale
    return np.asarray(Image.fromarray(digit).resize((size, size), Image.Resampling.BICUBIC))


def mixed(ink, paper, share):
    """Two colours mixed by the share of ink at each pixel, uint8, shape (height, width, channels)."""
    share = share[..., None] / 255
    return np.rint(np.array(ink) * share + np.array(paper) * (1 - share)).astype("uint8")


def test_mnist_as_this_course_uses_it_is_prepared_like_this():
    for digit in data.load_mnist(mode="embedded").x_test[:200]:
        check_prepared(np.rint(digit * (255 / digit.max())).astype("uint8"))


@pytest.mark.parametrize(
    "change", [lambda x: x, lambda x: 255 - x, lambda x: x / 255, lambda x: -3.0 * x + 7, np.ndarray.tolist]
)
def test_a_digit_of_mnist_stays_as_it_is(change):
    for digit in DIGITS:
        found = digit_files.like_mnist(change(digit))
        # Its peak may be 254; its faintest grey value, 1 of 255, may go.
        np.testing.assert_allclose(found, digit * (255 / digit.max()), atol=1.5)


def test_twice_prepared_is_once_prepared():
    for digit in DIGITS:
        once = digit_files.like_mnist(large(digit))
        assert likeness(digit_files.like_mnist(once), once) > 0.99


@pytest.mark.parametrize("scale", [1, 2, 5, 20, 60])
def test_size_place_and_side_do_not_matter(scale, tmp_path):
    for index, digit in enumerate(DIGITS[:4]):
        drawn = np.pad(large(digit, scale), ((scale * 3 * index, 5 * scale), (2 * scale, 30 * scale)))
        for side, name in ((drawn, "bright.png"), (255 - drawn, "dark.png")):
            Image.fromarray(side).save(tmp_path / name)
            found = digit_files.read_digit(str(tmp_path / name))
            check_prepared(found)
            assert likeness(found, digit) > CLOSE


def transparent(share, ink):
    return np.concatenate([np.broadcast_to(np.uint8(ink), (*share.shape, 3)), share[..., None]], axis=-1)


MODES = {
    "L": Image.fromarray,
    "RGB": lambda share: Image.fromarray(mixed((20, 30, 150), (250, 240, 200), share)),
    "RGB, as bright as the paper": lambda share: Image.fromarray(mixed((255, 0, 0), (0, 130, 0), share)),
    "RGBA, opaque": lambda share: Image.fromarray(mixed((0, 0, 0, 255), (255, 255, 255, 255), share)),
    "RGBA, black ink on nothing": lambda share: Image.fromarray(transparent(share, 0)),
    "RGBA, white ink on nothing": lambda share: Image.fromarray(transparent(share, 255)),
    "RGBA, nothing is white inside": lambda share: Image.fromarray(mixed((0, 0, 0, 255), (255, 255, 255, 0), share)),
    "RGBA, a hole in grey paper": lambda share: Image.fromarray(mixed((200, 0, 0, 255), (90, 90, 90, 255), share)),
    "LA": lambda share: Image.fromarray(transparent(share, 0)).convert("LA"),
    "P": lambda share: Image.fromarray(mixed((250, 250, 0), (0, 0, 120), share)).quantize(32),
    "1": lambda share: Image.fromarray(share).point(lambda value: 255 * (value > 127)).convert("1"),
    "CMYK": lambda share: Image.fromarray(255 - share).convert("CMYK"),
    "I;16": lambda share: Image.fromarray(share.astype("uint16") * 257),
    "I": lambda share: Image.fromarray(share.astype("int32") * 1000),
    "F": lambda share: Image.fromarray(share.astype("float32")),
}
FORMATS = {"L": "png jpg gif bmp tiff webp", "RGB": "png jpg bmp tiff webp", "P": "png gif bmp", "1": "png bmp tiff"}


def files():
    for name in MODES:
        usual = "tiff" if name in ("CMYK", "I", "F") else "png"
        for ending in FORMATS.get(name, usual).split():
            yield name, ending
    yield "CMYK", "jpg"


@pytest.mark.parametrize(("mode", "ending"), list(files()))
def test_every_mode_and_format_gives_the_digit(mode, ending, tmp_path):
    for digit in DIGITS[:4]:
        image = MODES[mode](np.pad(large(digit), 10))
        assert image.mode == mode.partition(",")[0]
        image.save(tmp_path / f"digit.{ending}")
        found = digit_files.read_digit(tmp_path / f"digit.{ending}")
        check_prepared(found)
        assert likeness(found, digit) > CLOSE


def test_transparent_colours_of_a_palette_are_paper(tmp_path):
    drawn = large(DIGITS[0]) > 127
    image = Image.fromarray(drawn.astype("uint8"))
    image.putpalette([0, 0, 0, 0, 0, 0])  # both black: only one of them is to be seen
    image.save(tmp_path / "digit.png", transparency=0)
    assert likeness(digit_files.read_digit(tmp_path / "digit.png"), DIGITS[0]) > CLOSE


def test_a_camera_held_sideways_is_turned_upright(tmp_path):
    drawn = large(DIGITS[0])
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera says: turn this a quarter clockwise
    Image.fromarray(np.rot90(drawn)).save(tmp_path / "digit.jpg", exif=exif)
    assert likeness(digit_files.read_digit(tmp_path / "digit.jpg"), DIGITS[0]) > CLOSE


def photograph(digit, seed, noise, shadow):
    """Pencil on paper, seen by a camera: an uneven light, noise, the digit off the middle."""
    rng = np.random.default_rng(seed)
    paper = 240 - 0.7 * np.pad(large(digit, 12).astype(float), ((60, 20), (50, 150)))
    y, x = (
        axis.reshape(shape)
        for axis, shape in zip((np.linspace(-1, 1, length) for length in paper.shape), ((-1, 1), (1, -1)), strict=True)
    )
    light = 0.5 + 0.4 * x + 0.3 * y + 0.2 * x * x
    return np.clip(paper - shadow * light + rng.normal(0, noise, paper.shape), 0, 255).astype("uint8")


@pytest.mark.parametrize(("noise", "shadow"), [(0, 60), (4, 60), (8, 100)])
def test_a_photograph_in_uneven_light_gives_the_digit(noise, shadow, tmp_path):
    for seed, digit in enumerate(DIGITS[:6]):
        Image.fromarray(photograph(digit, seed, noise, shadow)).save(tmp_path / "photo.jpg", quality=80)
        found = digit_files.read_digit(tmp_path / "photo.jpg")
        check_prepared(found)
        assert likeness(found, digit) > CLOSE


def test_specks_of_dust_do_not_move_the_digit():
    drawn = np.pad(large(DIGITS[0]), 60)
    dusty = drawn.copy()
    dusty[5:9, 5:9] = dusty[-30:-26, 20:24] = 255
    np.testing.assert_array_equal(digit_files.like_mnist(dusty), digit_files.like_mnist(drawn))


def test_pixels_that_touch_at_their_corners_are_one_stroke_and_no_specks():
    stroke = np.pad(np.eye(40), 10)  # each of its pixels alone would be dust
    found = digit_files.like_mnist(stroke)
    assert np.argwhere(found > 60).tolist() == [[place, place] for place in range(4, 24)]


def test_ink_that_touches_the_border_is_still_ink():
    for digit in DIGITS[:6]:
        rows, columns = np.flatnonzero(digit.any(axis=1)), np.flatnonzero(digit.any(axis=0))
        tight = digit[rows[0] : rows[-1] + 5, columns[0] : columns[-1] + 5]  # paper below and on the right only
        assert likeness(digit_files.like_mnist(tight), digit) > CLOSE


@pytest.mark.parametrize("width", [2, 10, 60])
def test_thin_and_thick_strokes_keep_the_shape(width, tmp_path):
    """An L of two strokes: a corner below on the left, as high as the box allows, whatever the pen."""
    drawn = np.full((900, 700), 255, dtype="uint8")
    drawn[100:700, 200 : 200 + width] = drawn[700 - width : 700, 200:500] = 0
    Image.fromarray(drawn).save(tmp_path / "digit.png")
    found = digit_files.read_digit(tmp_path / "digit.png")
    rows, columns = np.flatnonzero(found.max(axis=1) > 60), np.flatnonzero(found.max(axis=0) > 60)
    assert np.ptp(rows) + 1 == 20 and np.ptp(columns) + 1 == 10
    assert (found[rows, columns[0]] > 60).all() and (found[rows[-1], columns] > 60).all()


def test_the_shape_of_a_flat_digit_is_kept():
    drawn = np.zeros((40, 200))
    drawn[18:22, 20:180] = 1  # a dash of 160 x 4
    found = digit_files.like_mnist(drawn)
    assert np.argwhere(found).min(axis=0).tolist() == [14, 4] and (found > 0).sum() == 20


def test_the_caller_keeps_the_array():
    drawn = large(DIGITS[0]).astype(float)
    before = drawn.copy()
    digit_files.like_mnist(drawn)
    np.testing.assert_array_equal(drawn, before)


# ---- what is no picture of a digit ----


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros((28, 28, 3)), "A picture has the shape (height, width), not (28, 28, 3)"),
        (np.zeros(784), "not (784,)"),
        (np.zeros((0, 28)), "not (0, 28)"),
        (np.full((28, 28), np.nan), "holds NaN or infinite values"),
        ([[1, 2], [np.inf, 0]], "holds NaN or infinite values"),
        ([["a", "b"]], "an array of numbers"),
        ([[1, 2], [3]], "an array of numbers"),
        (None, "A picture"),
        (np.full((28, 28), 7), "shows no ink: all its pixels are equal"),
        (np.random.default_rng(0).normal(128, 5, (300, 300)), "shows no ink that stands out from the paper"),
        (np.add.outer(np.arange(200.0), np.arange(300.0)), "shows no ink that stands out from the paper"),
    ],
)
def test_an_array_that_is_no_picture_is_refused_in_one_sentence(array, words):
    with pytest.raises(ValueError, match=re.escape(words)) as refused:
        digit_files.like_mnist(array)
    assert len(str(refused.value).splitlines()) == 1


def write_png(path, width, height):
    """A PNG file that says it has this size, without a single pixel."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))


def make_bad(path):
    """Files that are no picture of a digit: {name: words of the refusal}."""
    (path / "text.png").write_text("I am no picture", encoding="utf-8")
    (path / "empty.jpg").write_bytes(b"")
    (path / "folder").mkdir()
    for name in ("cut.png", "cut.jpg"):
        Image.fromarray(large(DIGITS[0])).save(path / name)
        (path / name).write_bytes((path / name).read_bytes()[:900])
    Image.new("RGB", (50, 50), (200, 180, 90)).save(path / "one_colour.png")
    blank = np.random.default_rng(0).normal(230, 2, (90, 90))
    Image.fromarray(blank.astype("uint8")).save(path / "blank.png")
    shaded = blank - np.linspace(0, 90, 90)
    Image.fromarray(shaded.astype("uint8")).save(path / "shaded.png")
    for size in (8_000, 10_000, 20_000):  # Pillow itself is silent, warns, and refuses
        write_png(path / f"{size}.png", size, size)
    return {
        "text.png": "text.png is not a picture that can be read: give a PNG or JPEG file.",
        "empty.jpg": "empty.jpg is not a picture that can be read",
        "folder": "folder is a folder: give the path of one picture in it.",
        "cut.png": "cut.png is damaged and cannot be read to its end",
        "cut.jpg": "cut.jpg is damaged and cannot be read to its end",
        "one_colour.png": "one_colour.png shows no ink: it is of one colour",
        "blank.png": "blank.png shows no ink",
        "shaded.png": "shaded.png: The picture shows no ink that stands out",
        "8000.png": "8000.png has more than 50 million pixels: save it in a smaller size.",
        "10000.png": "10000.png has more than 50 million pixels",
        "20000.png": "20000.png has more than 50 million pixels",
    }


def test_a_file_that_is_no_picture_of_a_digit_is_refused_in_one_sentence(tmp_path):
    for name, words in make_bad(tmp_path).items():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(ValueError, match=re.escape(words)) as refused:
                digit_files.read_digit(tmp_path / name)
        assert len(str(refused.value).splitlines()) == 1, name


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"There is no file .*nowhere\.png: give the path of a picture"):
        digit_files.read_digit(tmp_path / "nowhere.png")


# --- drawings made of characters


SEVEN = """
.####.
....#.
...#..
..#...
"""


def test_a_drawing_becomes_ink_on_paper():
    grey = digit_files.from_marks(SEVEN)
    assert grey.shape == (10, 11) and grey.dtype == float
    assert np.argwhere(grey == 255).tolist() == [[3, 4], [3, 5], [3, 6], [3, 7], [4, 7], [5, 6], [6, 5]]
    assert (grey == 0).sum() == 110 - 7
    check_prepared(digit_files.like_mnist(grey))


@pytest.mark.parametrize(
    "drawing",
    [
        SEVEN.strip(),
        SEVEN.replace("#", "x"),
        SEVEN.replace(".", " "),
        "\n".join(line.rstrip(".") for line in SEVEN.splitlines()),  # ragged
        SEVEN.replace("\n", "\r\n"),
        "\n\n" + SEVEN + "\n...\n",
    ],
)
def test_it_may_be_drawn_in_other_ways(drawing):
    wanted = digit_files.like_mnist(digit_files.from_marks(SEVEN))
    assert (digit_files.like_mnist(digit_files.from_marks(drawing)) == wanted).all()


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [("", "no ink"), ("...\n...", "no ink"), (" \n\t", "no ink"), (7, "is a text"), (["#"], "is a text")],
)
def test_what_is_no_drawing_is_refused(drawing, reason):
    with pytest.raises(ValueError, match=reason):
        digit_files.from_marks(drawing)
