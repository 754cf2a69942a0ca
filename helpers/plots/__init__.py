"""Every figure of the course, in one style.

Each function takes arrays, shows its figure with a text alternative that is made from these arrays, and returns the
artists that hold the data. What is beyond the data is passed by name, and one word means one thing everywhere:

* ``caption`` is one visible sentence below the figure that says what to look at and not what comes out, or "" where
  there is nothing to add; ``ax`` are the axes to draw in, so that two can stand side by side (:func:`side_by_side`);
  ``size`` is the width of a panel in inches, ``ncols`` how many stand in a row;
* ``xlabel``, ``ylabel``, ``zlabel``, ``xscale``, ``yscale``, ``ylim``, ``vmin``, ``vmax``, ``fmt``, ``marker``,
  ``colorbar``, ``levels``, ``elev`` and ``azim`` mean what they mean in Matplotlib;
* ``hlines`` and ``vlines`` are dicts from a name to a place on an axis, ``points`` to a place in the plane, and
  ``annotate`` is a dict from the index of a point to the text beside it;
* ``class_names`` and ``unit_names`` are lists, in the order of the labels and of the units; ``marked`` is a dict from a
  name to a place that belongs to no class, ``wide`` and ``pale`` name the curves that are drawn so;
* several panels are a dict from a panel's title to what is drawn in it.

Colours come from the palette of Okabe and Ito (2008), which readers with any kind of colour vision can tell apart;
markers, line styles and labels repeat what colour says.

``base`` holds the style and how a figure is begun and shown, ``descriptions`` its text alternative, ``folded`` the
table of values below it, ``twin`` the summary that notebook tests compare; the other modules draw: ``neurons`` and
``networks``, ``graphs`` of computations, ``charts`` of numbers, ``statistics`` of data, ``landscapes``, ``walks`` on a
curve, ``images``, ``seeing`` of a convolutional network, ``classifiers``, ``course_drawings``.
"""

from .base import Drawn, show, side_by_side, table
from .charts import bars, curves, training
from .classifiers import class_regions, confusion, reliability
from .controls import between, one_of, sliders
from .course_drawings import course_map, timeline
from .graphs import computation_graph
from .images import heat_map, pictures
from .landscapes import Landscape, contours, race, surface
from .networks import Region, architectures, network, regions
from .neurons import Panel, activations, decision, neuron
from .seeing import filters, occlusion
from .statistics import dots, histograms, intervals, scatter
from .walks import walks

__all__ = [
    "Drawn",
    "Landscape",
    "Panel",
    "Region",
    "activations",
    "architectures",
    "bars",
    "between",
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
    "one_of",
    "pictures",
    "race",
    "regions",
    "reliability",
    "scatter",
    "show",
    "side_by_side",
    "sliders",
    "surface",
    "table",
    "timeline",
    "training",
    "walks",
]
