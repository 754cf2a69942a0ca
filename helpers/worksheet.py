"""A sheet for pen and paper: one step of backpropagation in a small network with round numbers, and its answer key."""

from dataclasses import dataclass
from functools import cached_property
from numbers import Real

import numpy as np

TOLERANCE = 0.0015  # for who rounds to four decimals on the way
SMALLEST = 0.004  # a gradient below this would look right with any sign
WIDTH = 34  # of the column of formulas
ETA = 1.0  # the learning rate of the step


def new_sheet(seed):
    """Draw round numbers for a sheet, again and again, until its answers are neither tiny nor close to 0 or 1.

    Args:
        seed: a whole number from 0 on; each makes a sheet of its own, the same every time.

    Returns:
        A :class:`Sheet` whose activations lie between 0.1 and 0.9 and whose gradients are large enough for pen and
        paper.
    """
    rng = np.random.default_rng(seed)
    while True:
        W1, W2 = (rng.choice([-2, -1.5, -1, -0.5, 0.5, 1, 1.5, 2], size=size) for size in ((2, 2), 2))
        b1, b2 = (rng.choice([-1, -0.5, 0.5, 1], size=size) for size in (2, None))
        sheet = Sheet(rng.choice([0.5, 1.0, 2.0], size=2), float(rng.integers(2)), W1, b1, W2, float(b2))
        activations = [sheet.key[name] for name in ("a1", "a2", "y_hat")]
        gradients = [abs(sheet.key[name]) for name in sheet.key if name.startswith("d")]
        if min(activations) > 0.1 and max(activations) < 0.9 and min(gradients) > SMALLEST:
            return sheet


@dataclass(frozen=True)
class Sheet:
    """Two inputs, two hidden sigmoid units 1 and 2, one sigmoid output 3; the error is E = ½ (y - ŷ)².

    Attributes:
        x: the inputs, shape (2,).
        y: the target.
        W1: weights W1[input, unit], shape (2, 2).
        b1: biases of units 1 and 2, shape (2,).
        W2: weights of units 1 and 2 to unit 3, shape (2,).
        b2: bias of unit 3.
    """

    x: np.ndarray
    y: float
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: float

    @cached_property
    def lines(self):
        """What is to be filled in: a list of (name, how to find it, its value)."""
        z1, z2 = self.x @ self.W1 + self.b1
        a1, a2 = _sigmoid(z1), _sigmoid(z2)
        z3 = a1 * self.W2[0] + a2 * self.W2[1] + self.b2
        y_hat = _sigmoid(z3)
        delta3 = (y_hat - self.y) * y_hat * (1 - y_hat)
        delta1, delta2 = (w * delta3 * a * (1 - a) for w, a in zip(self.W2, (a1, a2), strict=True))
        return [
            ("z1", "x1·w11 + x2·w21 + b1", z1),
            ("z2", "x1·w12 + x2·w22 + b2", z2),
            ("a1", "σ(z1)", a1),
            ("a2", "σ(z2)", a2),
            ("z3", "a1·w13 + a2·w23 + b3", z3),
            ("y_hat", "σ(z3)", y_hat),
            ("E", "½ (y − y_hat)²", (self.y - y_hat) ** 2 / 2),
            ("delta3", "(y_hat − y) · y_hat · (1 − y_hat)", delta3),
            ("dw13", "delta3 · a1", delta3 * a1),
            ("dw23", "delta3 · a2", delta3 * a2),
            ("delta1", "w13 · delta3 · a1 · (1 − a1)", delta1),
            ("delta2", "w23 · delta3 · a2 · (1 − a2)", delta2),
            ("dw11", "delta1 · x1", delta1 * self.x[0]),
            ("dw21", "delta1 · x2", delta1 * self.x[1]),
            ("dw12", "delta2 · x1", delta2 * self.x[0]),
            ("dw22", "delta2 · x2", delta2 * self.x[1]),
            ("new_w13", "w13 − η · dw13", self.W2[0] - ETA * delta3 * a1),
            ("new_w11", "w11 − η · dw11", self.W1[0, 0] - ETA * delta1 * self.x[0]),
        ]

    @property
    def key(self):
        """The answers, {name: number}, in the order of the sheet."""
        return {name: float(value) for name, _, value in self.lines}

    def text(self, answers=None):
        """Return the sheet as text: what is given, and a line for each number.

        Args:
            answers: dict from names of the sheet to numbers, which are filled in; by default none.
        """
        answers = answers or {}
        given = {
            "x1": self.x[0], "x2": self.x[1], "y": self.y, "η": ETA,
            "w11": self.W1[0, 0], "w21": self.W1[1, 0], "b1": self.b1[0], "w12": self.W1[0, 1], "w22": self.W1[1, 1],
            "b2": self.b1[1], "w13": self.W2[0], "w23": self.W2[1], "b3": self.b2,
        }  # fmt: skip
        numbers = [f"{name} = {value:g}".replace("-", "−") for name, value in given.items()]
        rows = [", ".join(numbers[start:end]) for start, end in ((0, 4), (4, 7), (7, 10), (10, 13))]
        for name, how, _ in self.lines:
            filled = f"{answers[name]:7.4f}".replace("-", "−") if answers.get(name) is not None else "_______"
            rows.append(f"{name:8}= {how:{WIDTH}} = {filled}")
        return "\n".join(rows)

    def mark(self, answers):
        """Print how many of the answers are right, and which are not.

        Args:
            answers: dict from the names of the sheet to numbers; None stands for a line that is still empty.

        Returns:
            The names of the answers that are not right, a list.

        Raises:
            ValueError: if a name is not on the sheet, or an answer is no number.
        """
        key = self.key
        for name, value in answers.items():
            if name not in key:
                raise ValueError(f"The sheet has no line {name!r}: take one of {', '.join(key)}.")
            if value is not None and not isinstance(value, Real):
                raise ValueError(f"{name} must be a number, or None as long as it is not filled in, not {value!r}.")
        filled = {name: value for name, value in answers.items() if value is not None}
        right = [name for name, value in filled.items() if abs(value - key[name]) <= TOLERANCE]
        wrong = [name for name in filled if name not in right]
        print(f"{len(filled)} of {len(key)} filled in, {len(right)} right")
        if len(wrong) == 1:
            print(f"look again at {wrong[0]}")
        if len(wrong) > 1:
            print(f"look again at {wrong[0]} first; then at {', '.join(wrong[1:])}")
        return wrong


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))
