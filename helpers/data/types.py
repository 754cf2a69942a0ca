"""What a data set is: its columns, its source and licence, and its arrays."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Column:
    """One column of a data set.

    Attributes:
        name: the short name, as in the source.
        unit: the unit of its values; empty where there is none.
        meaning: what it holds, in a few words.
    """

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Dataset:
    """Where a data set comes from and what its columns mean; it prints as one sentence.

    The arrays are in the two kinds of data set, ``Table`` and ``Split``. They belong to the caller: every
    load makes new ones, so changing them spoils nothing.

    Attributes:
        title: the name of the set.
        rows: what one row is, in the plural ("images of handwritten digits").
        source: where the numbers come from.
        licence: under which licence.
        mode: "embedded" or "full".
        features: the input columns; empty for pictures.
        target: what is to be predicted; None where there is nothing to predict.
        class_names: the meaning of the labels 0, 1, ...; empty where y is not a label.
    """

    title: str
    rows: str
    source: str
    licence: str
    mode: str = "embedded"
    features: tuple[Column, ...] = ()
    target: Column | None = None
    class_names: tuple[str, ...] = ()

    @property
    def feature_names(self):
        """The names of the input columns, in the order of x."""
        return tuple(column.name for column in self.features)

    def _sentence(self, count, inputs, targets):
        size = " x ".join(str(length) for length in inputs[0].shape[1:])
        text = f"{self.title}: {count} {self.rows}, each {size} numbers ({_value_range(inputs)})"
        if self.target is not None:
            unit = f" in {self.target.unit}" if self.target.unit else ""
            text += f" with the target {self.target.name}{unit} ({_value_range(targets)})"
        return f"{text}, from {self.source}; licence: {self.licence}."


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Table(Dataset):
    """A data set in one piece.

    Attributes:
        x: the inputs, one example per row.
        y: the targets, one per row, shape (rows,); None where there is nothing to predict.
    """

    x: np.ndarray
    y: np.ndarray | None = None

    def __repr__(self):
        return self._sentence(f"{len(self.x):,}", [self.x], [self.y])


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Split(Dataset):
    """A data set that is already split into a training part and a test part.

    Attributes:
        x_train, x_test: the inputs, one example per row.
        y_train, y_test: the targets, one per row, shape (rows,).
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray

    def __repr__(self):
        count = f"{len(self.x_train):,} training and {len(self.x_test):,} test"
        return self._sentence(count, [self.x_train, self.x_test], [self.y_train, self.y_test])


def _value_range(arrays):
    """The type and the range of some arrays of one type, as text: "uint8, 0 to 255"."""
    low = min(np.nanmin(array) for array in arrays)
    high = max(np.nanmax(array) for array in arrays)
    missing = sum(int(np.isnan(array).sum()) for array in arrays)
    text = f"{arrays[0].dtype}, {low:g} to {high:g}"
    return f"{text}, {missing} missing" if missing else text
