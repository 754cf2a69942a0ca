"""The data sets of the course: each loader returns a ``Dataset`` that knows its source and its licence.

Every set but California housing comes in a form that needs no network. MNIST, Boston housing and California
housing can be had as Keras' own files ("full"). ``data/README.md`` holds a card for each set: columns, licence,
known faults.

``types`` says what a data set is. ``keras_sets`` and ``small_tables`` load; behind the former, ``keras_files`` decides
between Keras' file and the embedded data, ``cache`` keeps Keras' files and ``download`` fetches them.
"""

from .cache import cache_folder
from .errors import DataUnavailableError
from .keras_files import MODES, full_data_at_hand
from .keras_sets import load_boston, load_california, load_mnist
from .small_tables import (
    Remedies,
    load_boston_corrections,
    load_diabetes,
    load_exam_scores,
    load_iris_pair,
    load_picture_table,
    load_remedies,
    load_sample_points,
    load_xor,
)
from .types import Column, Dataset, Split, Table

__all__ = [
    "MODES",
    "Column",
    "DataUnavailableError",
    "Dataset",
    "Remedies",
    "Split",
    "Table",
    "cache_folder",
    "full_data_at_hand",
    "load_boston",
    "load_boston_corrections",
    "load_california",
    "load_diabetes",
    "load_exam_scores",
    "load_iris_pair",
    "load_mnist",
    "load_picture_table",
    "load_remedies",
    "load_sample_points",
    "load_xor",
]
