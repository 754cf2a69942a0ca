"""What a figure says to somebody who cannot see it: one function for each kind of figure.

Each takes the arguments of the figure of the same name and returns one text of at most 250 characters, made of what can
be computed from them: how curves run and where they cross, which bars are longer, how many points lie on the right
side. It follows every edit of the arguments, so it cannot be out of date.
"""

from .classifiers import class_regions, decision, regions, reliability
from .course import course_map, timeline
from .curves import curves, training, walks
from .images import pictures
from .landscapes import contours, surface
from .networks import activations, architectures, computation_graph, network, neuron
from .seeing import filters, occlusion
from .statistics import bars, dots, histograms, intervals, scatter
from .tables import confusion, heat_map

__all__ = [
    "activations",
    "architectures",
    "bars",
    "class_regions",
    "computation_graph",
    "confusion",
    "contours",
    "course_map",
    "curves",
    "decision",
    "dots",
    "filters",
    "heat_map",
    "histograms",
    "intervals",
    "network",
    "neuron",
    "occlusion",
    "pictures",
    "regions",
    "reliability",
    "scatter",
    "surface",
    "timeline",
    "training",
    "walks",
]
