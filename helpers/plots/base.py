"""The style of every figure, and how a figure, a table and sliders are shown."""

import io

import matplotlib.pyplot as plt
from IPython.display import Markdown, display
from PIL import Image

from .twin import describe

BLUE, ORANGE, GREEN, PINK, SKY, BLACK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#000000"
# One look per class and per curve: the colour never stands alone.
CLASS_LOOKS = (
    {"color": BLUE, "marker": "o"},
    {"color": ORANGE, "marker": "s"},
    {"color": GREEN, "marker": "^"},
)
LINE_LOOKS = (
    {"color": BLUE, "linestyle": "-"},
    {"color": ORANGE, "linestyle": "--"},
    {"color": GREEN, "linestyle": "-."},
    {"color": PINK, "linestyle": ":"},
    {"color": BLACK, "linestyle": (0, (5, 1, 1, 1, 1, 1))},
)
STYLE = {
    # White and opaque, so that a figure reads the same on a dark page.
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "savefig.dpi": 100,
    "figure.constrained_layout.use": True,
    # Large enough to be read from the last row when projected.
    "font.size": 13,
    "axes.titlesize": 14,
    "axes.labelsize": 13,
    "legend.fontsize": 12,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#DDDDDD",
    "axes.axisbelow": True,
    "lines.linewidth": 2.2,
    "lines.markersize": 8,
}


class Drawn(dict):
    """The artists of a figure, by name. It shows nothing when it ends a cell: the figure has been shown already."""

    def _ipython_display_(self):
        """Tell IPython that there is nothing left to display."""


class Picture:
    """A figure as it is shown: the picture, and as its text a summary of what was drawn.

    Notebook tests compare texts and no pictures; through the summary they notice a figure that draws
    other numbers than before.
    """

    def __init__(self, fig):
        self._png = png(fig)
        self._summary = describe(fig)

    def _repr_png_(self):
        return self._png

    def __repr__(self):
        return self._summary


def show(fig, alt):
    """Show a figure with a description in words, and close it.

    Args:
        fig: a Matplotlib figure.
        alt: what the figure shows and what it is meant to tell, in one or two sentences. It becomes the
            alt text that screen readers speak, and the caption below.

    Raises:
        ValueError: if the description is empty.
    """
    if not alt.strip():
        raise ValueError("A figure needs a description in words: pass alt='what it shows and what it tells'.")
    display(Picture(fig), metadata={"image/png": {"alt": alt}})
    plt.close(fig)
    display(Markdown(f"*Figure: {alt}*"))


def png(fig):
    """Return a figure as the bytes of a PNG file with a palette of 256 colours.

    That is a third of the size of full colour and looks the same; a notebook with twelve figures stays small.
    """
    full, small = io.BytesIO(), io.BytesIO()
    fig.savefig(full, format="png", bbox_inches="tight")
    picture = Image.open(full).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(small, format="png", optimize=True)
    return small.getvalue()


def table(columns, caption=""):
    """Show a small table.

    Args:
        columns: a dict from heading to a sequence of cells, all of one length; cells are shown as they
            print, so numbers are rounded by the caller.
        caption: a line below the table.

    Raises:
        ValueError: if the columns differ in length.
    """
    lengths = {heading: len(cells) for heading, cells in columns.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"The columns of a table must have one length, these differ: {lengths}.")
    lines = ["| " + " | ".join(columns) + " |", "|" + " ---: |" * len(columns)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in zip(*columns.values(), strict=True)]
    display(Markdown("\n".join(lines) + (f"\n\n*{caption}*" if caption else "")))


def sliders(draw, **ranges):
    """Show sliders, and below them what ``draw`` shows for their values.

    Args:
        draw: a function that shows a figure; its parameters are the sliders' values.
        **ranges: for each parameter ``(minimum, maximum, start)``, or a list of the values to choose from, of
            which the first is the start.
    """
    import ipywidgets  # noqa: PLC0415 - only notebooks with sliders need it

    def control(values, **look):
        if isinstance(values, list):
            return ipywidgets.SelectionSlider(options=values, **look)
        low, high, start = values
        return ipywidgets.FloatSlider(
            value=start, min=low, max=high, step=(high - low) / 40, readout_format=".2f", **look
        )

    controls = {
        name: control(values, description=name.replace("_", " "), continuous_update=False)
        for name, values in ranges.items()
    }
    picture = ipywidgets.interactive_output(draw, controls)
    display(ipywidgets.VBox([*controls.values(), picture]))
