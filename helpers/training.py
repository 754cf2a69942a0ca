"""What Keras lacks for this course: the loss batch by batch, and quiet progress.

Only notebooks that train with Keras import this module; it imports Keras at once.
"""

import math
import shutil
import sys
import time
from numbers import Integral, Real

import keras
import numpy as np

SECONDS = 0.5  # the shortest time between two rewritings of a line, so that writing never slows the training


def _count(name, value, meaning):
    """Return an argument as a plain int of at least 1; refuse anything else."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name} must be {meaning}, a whole number of at least 1, not {value!r}.")
    return int(value)


class BatchLosses(keras.callbacks.Callback):
    """Keeps the mean loss of each batch of a training.

    After a batch Keras tells the mean loss of all examples since the epoch began, which hides how the loss
    falls. From two such means and the number of examples behind each, this callback finds the loss of the
    batches between them. Each training begins anew.

    Args:
        examples: how many training examples an epoch has, those of a validation split left out.
        batch_size: how many examples a batch has; the last one of an epoch may have fewer.

    Raises:
        ValueError: if an argument is no whole number of at least 1, or if the training turns out to have
            another number of batches per epoch than the two make.
    """

    def __init__(self, examples, batch_size):
        super().__init__()
        self._examples = _count("examples", examples, "the number of training examples")
        self._batch_size = _count("batch_size", batch_size, "the number of examples in a batch")
        self._losses, self._steps = [], []

    @property
    def losses(self):
        """The mean loss of each batch, shape (measurements,); with ``steps_per_execution=k``, of each k batches."""
        return np.array(self._losses)

    @property
    def steps(self):
        """How many batches of the training were over at each measurement, shape (measurements,)."""
        return np.array(self._steps, dtype=int)

    def on_train_begin(self, logs=None):
        """Forget the training before, and check the number of batches."""
        self._losses, self._steps = [], []
        self._batches = math.ceil(self._examples / self._batch_size)
        self._over = 0  # batches of the epochs before
        told = self.params.get("steps")
        if told is not None and told != self._batches:
            raise self._mismatch(told)

    def on_epoch_begin(self, epoch, logs=None):
        """Begin a new mean, as Keras does."""
        self._seen, self._sum = 0, 0.0

    def on_train_batch_end(self, batch, logs=None):
        """Find the loss of the batches since the last call; ``batch`` is the last of them, counted from 0."""
        # With steps_per_execution above 1, Keras counts past the end of an epoch that is no multiple of it.
        over = min(batch + 1, self._batches)
        seen = min(over * self._batch_size, self._examples)
        if seen == self._seen:  # a generator, of which Keras did not know the end
            raise self._mismatch("more")
        total = logs["loss"] * seen
        self._losses.append((total - self._sum) / (seen - self._seen))
        self._steps.append(self._over + over)
        self._seen, self._sum = seen, total

    def on_epoch_end(self, epoch, logs=None):
        """Add this epoch's batches to those that are over."""
        self._over = self._steps[-1]

    def _mismatch(self, told):
        return ValueError(
            f"BatchLosses was told of {self._examples} examples in batches of {self._batch_size}, which makes "
            f"{_counted(self._batches, 'batch', 'batches')} per epoch, but this training has {told}: "
            f"give it the numbers of fit()."
        )


class OneLine(keras.callbacks.Callback):
    """Tells of a training in one line; for ``fit(..., verbose=0, callbacks=[OneLine()])``.

    At the end it prints one line, such as ``3 epochs of 63 batches, 4.1 s: loss 0.0812, accuracy 0.9750``,
    with the numbers of the last epoch. Where somebody may be watching, in a terminal or a notebook, it
    rewrites that line while the training goes on. It does so with a carriage return, which JupyterLab, Colab, terminals
    and nbval understand alike; nbval knows neither ``clear_output`` nor updates of a display. Into a file or
    a pipe only the last line is written.
    """

    def on_train_begin(self, logs=None):
        """Start the clock, and look whether somebody may be watching."""
        self._began = self._written = time.perf_counter()
        self._live = _is_watched(sys.stdout)
        self._width = 0  # of what stands in the line now
        self._epochs = self._batches = 0
        self._last = {}

    def on_epoch_begin(self, epoch, logs=None):
        """Remember which epoch it is; ``epoch`` counts from 0."""
        self._epoch = epoch + 1

    def on_train_batch_end(self, batch, logs=None):
        """Rewrite the line if its time has come; ``batch`` counts from 0."""
        self._batches = batch + 1
        if self._live and time.perf_counter() - self._written >= SECONDS:
            self._rewrite(f"epoch {self._of(self._epoch, 'epochs')}, batch {self._of(batch + 1, 'steps')}", logs)

    def on_epoch_end(self, epoch, logs=None):
        """Keep the numbers of this epoch, those of the validation included."""
        self._epochs += 1
        self._last = logs

    def on_train_end(self, logs=None):
        """Print the one line that stays."""
        batches = min(self._batches, self.params.get("steps") or self._batches)
        seconds = time.perf_counter() - self._began
        self._clear()
        work = f"{_counted(self._epochs, 'epoch', 'epochs')} of {_counted(batches, 'batch', 'batches')}"
        print(_told(f"{work}, {seconds:.1f} s", self._last))

    def _of(self, number, unit):
        """Return a number and, where Keras knows it, the number of all: "2 of 3"."""
        known = self.params.get(unit)
        return f"{min(number, known)} of {known}" if known else f"{number}"

    def _rewrite(self, text, logs):
        self._clear()
        # A line that breaks at the edge of a terminal cannot be rewritten.
        line = _told(text, logs)[: shutil.get_terminal_size().columns - 1]
        print(line, end="", flush=True)
        self._width = len(line)
        self._written = time.perf_counter()

    def _clear(self):
        """Wipe the line out with blanks, for the next text may be shorter, and go back to its beginning."""
        if self._width:
            print("\r" + " " * self._width + "\r", end="")


def _is_watched(stream):
    """Say whether a stream ends where a carriage return rewrites a line: in a terminal or a notebook."""
    return stream.isatty() or type(stream).__module__.partition(".")[0] == "ipykernel"


def _told(text, logs):
    """Return "text: name value, name value"; a value that is no single number is left out."""
    # The loss first, the validation last; a metric of each class on its own would need more than a line.
    names = sorted(logs, key=lambda name: (name.startswith("val_"), not name.endswith("loss")))
    shown = [f"{name} {_digits(logs[name])}" for name in names if isinstance(logs[name], Real)]
    return f"{text}: {', '.join(shown)}" if shown else text


def _digits(value):
    """Return a number with four decimals, or as a power of ten where they would show zeros only."""
    if 0 < abs(value) < 1e-3:
        return f"{value:.1e}"
    return f"{value:.4f}"


def _counted(number, one, many):
    """Return a number with its noun: "1 epoch", "3 batches"."""
    return f"{number} {one if number == 1 else many}"


class NoisyDense(keras.layers.Dense):
    """A dense layer whose weights are read with fresh noise in every training step; the weights themselves stay.

    Args:
        units: as for ``Dense``.
        noise: standard deviation of the normal noise that is added to each weight.
        **options: what ``Dense`` takes.
    """

    def __init__(self, units, noise, **options):
        super().__init__(units, **options)
        self.noise = noise
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, inputs, training=None):
        """Return the activations, shape (n, units), with noise on the weights while the network trains."""
        if not training:
            return super().call(inputs)
        kernel = self.kernel + self.noise * keras.random.normal(self.kernel.shape, seed=self.seed_generator)
        sums = keras.ops.matmul(inputs, kernel)
        return self.activation(sums + self.bias if self.use_bias else sums)


class FixedDropout(keras.layers.Layer):
    """Dropout with a few masks that are drawn once: in each training step one of them serves the whole batch.

    Args:
        rate: share of the units that a mask drops; what is left is divided by 1 − rate.
        masks: how many there are.
        **options: what every layer takes.
    """

    def __init__(self, rate, masks, **options):
        super().__init__(**options)
        self.rate, self.masks = rate, masks
        self.seed_generator = keras.random.SeedGenerator()

    def build(self, input_shape):
        """Draw the masks."""

        def draw(shape, dtype=None):
            kept = keras.random.uniform(shape, seed=self.seed_generator) >= self.rate
            return keras.ops.cast(kept, dtype) / (1 - self.rate)

        self.kept = self.add_weight(shape=(self.masks, input_shape[-1]), initializer=draw, trainable=False)

    def call(self, inputs, training=None):
        """Return the inputs, shape (n, units), a share of them dropped while the network trains."""
        if not training:
            return inputs
        which = keras.random.randint((), 0, self.masks, seed=self.seed_generator)
        return inputs * keras.ops.take(self.kept, which, axis=0)
