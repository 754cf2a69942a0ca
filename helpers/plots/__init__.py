"""Every figure of the course, in one style.

Each function takes arrays, shows its figure with a description in words (as alt text and as a caption), and
returns the artists that hold the data. Colours come from the palette of Okabe and Ito (2008), which readers
with any kind of colour vision can tell apart; markers, line styles and labels repeat what colour says.

``base`` holds the style and how a figure is shown, ``twin`` the summary of what was drawn; the other modules draw:
``neurons`` and ``networks``, ``graphs`` of computations, ``charts`` of numbers, ``statistics`` of data and of repeated
runs, ``landscapes``, ``valleys``, ``images``, ``classifiers``.
"""

from .base import Drawn, show, sliders, table
from .charts import bars, course_map, curves, scatter_below, timeline
from .classifiers import class_regions, confusion, reliability
from .graphs import computation_graph
from .images import pictures
from .landscapes import Landscape, contours, surface
from .networks import Region, architectures, heat_map, network, regions
from .neurons import Panel, activations, decision, neuron
from .statistics import bands, histograms, intervals, scatter
from .valleys import log_curves

__all__ = [
    "Drawn",
    "Landscape",
    "Panel",
    "Region",
    "activations",
    "architectures",
    "bands",
    "bars",
    "class_regions",
    "computation_graph",
    "confusion",
    "contours",
    "course_map",
    "curves",
    "decision",
    "heat_map",
    "histograms",
    "intervals",
    "log_curves",
    "network",
    "neuron",
    "pictures",
    "regions",
    "reliability",
    "scatter",
    "scatter_below",
    "show",
    "sliders",
    "surface",
    "table",
    "timeline",
]
