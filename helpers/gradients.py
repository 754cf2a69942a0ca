"""Is a gradient right? Central differences, a report that names the likely mistake, and the gradients of Keras."""

from dataclasses import dataclass

import numpy as np

from helpers.precision import full_precision

TOLERANCE = 1e-6  # the relative error up to which two entries agree: what central differences in float64 can reach


def numerical_gradient(f, theta):
    """Find a gradient without calculus: change each number a little both ways and see what becomes of f.

    Each entry is the central difference (f(θ + h) - f(θ - h)) / 2h. At a kink, such as ReLU's at 0, it is the
    mean of the slopes on both sides. The step h is 6e-6 for numbers up to 1 and in proportion for larger ones, which
    balances the error of the formula against that of rounding.

    Args:
        f: function of ``theta`` that returns one number in float64. At the end it is called with ``theta`` itself
            once more, so that a network which f fills with weights is left as it was.
        theta: array, or list of arrays such as all weights of a network. It is not changed.

    Returns:
        An array of the shape of ``theta``, or a list of them.

    Raises:
        ValueError: if f returns something else than one finite number, or a number in float32.
    """
    arrays = [array.copy() for array in _listed(theta)]
    whole = arrays if _is_list(theta) else arrays[0]
    first = _value(f, whole)
    if first.dtype.itemsize < 8:
        raise ValueError(f"f returns {first.dtype}, which is too coarse for small differences: compute in float64.")
    gradients = [np.empty_like(array) for array in arrays]
    for array, gradient in zip(arrays, gradients, strict=True):
        for index in np.ndindex(array.shape):
            middle = array[index]
            step = np.cbrt(np.finfo(float).eps) * max(1, abs(middle))
            array[index] = above = middle + step
            rise = _value(f, whole)
            array[index] = below = middle - step
            # Not 2h: what was added and taken away is rounded.
            gradient[index] = (rise - _value(f, whole)) / (above - below)
            array[index] = middle
    f(whole)
    return gradients if _is_list(theta) else gradients[0]


def _value(f, theta):
    value = np.asarray(f(theta))
    if value.shape != () or value.dtype.kind not in "fiu" or not np.isfinite(value):
        raise ValueError(f"f must return one finite number, not {value.tolist()!r} of shape {value.shape}.")
    return value if value.dtype.kind == "f" else value.astype(float)


def _is_list(theta):
    return isinstance(theta, list | tuple) and all(hasattr(array, "shape") for array in theta)


def _listed(theta):
    """Return theta as a list of float64 arrays, whether it is one array or a list of them."""
    return [np.asarray(array, float) for array in (theta if _is_list(theta) else [theta])]


@dataclass(frozen=True)
class ArrayComparison:
    """Two gradients with respect to one array, side by side.

    Attributes:
        name: the array, "W1" for instance.
        agrees: whether all entries agree.
        relative_error: the largest; infinite where the shapes differ or an entry is not a number.
        where: the entry with that error and both its values, as text.
        cause: the mistake that would explain the difference, a phrase; empty if none does, or if all is well.
    """

    name: str
    agrees: bool
    relative_error: float
    where: str
    cause: str = ""

    def __str__(self):
        if self.agrees:
            return f"{self.name} agrees: the largest relative error is {self.relative_error:.1e}"
        report = f"{self.name} DIFFERS: {self.where}"
        return f"{report}\n    likely cause: {self.cause}" if self.cause else report


@dataclass(frozen=True, repr=False)
class Comparison:
    """Two gradients with respect to the same arrays, side by side; it prints as a report.

    Attributes:
        arrays: an ``ArrayComparison`` for each array.
    """

    arrays: tuple[ArrayComparison, ...]

    @property
    def agrees(self):
        """Whether every entry of every array agrees, as far as ``TOLERANCE`` goes."""
        return all(array.agrees for array in self.arrays)

    @property
    def relative_error(self):
        """The largest of all arrays, see ``relative_errors``."""
        return max(array.relative_error for array in self.arrays)

    def __repr__(self):
        return "\n".join(map(str, self.arrays))


def relative_errors(one, other):
    """Return |one - other| for each entry, relative to the larger of the two; all three arrays have one shape.

    Entries below a thousandth of the largest of the whole array are measured against that thousandth: rounding
    spoils them first, and they matter least. Where both arrays are zero everywhere, so is the error. Where an entry
    is NaN or infinite, its error is infinite, and no other one.
    """
    finite = np.isfinite(one) & np.isfinite(other)
    size = np.maximum(np.abs(one), np.abs(other))
    size = np.maximum(size, np.max(size, initial=0, where=finite) / 1000)
    with np.errstate(invalid="ignore"):  # infinity minus infinity
        errors = np.divide(np.abs(one - other), size, out=np.zeros(np.shape(size)), where=size != 0)
    return np.where(finite, errors, np.inf)


def compare(analytic, numerical, names=None):
    """Compare a gradient from formulas with one that is known to be right, and look for the mistake.

    Args:
        analytic: gradient from formulas, an array or a list of arrays.
        numerical: the same from ``numerical_gradient``.
        names: a name for each array; by default W1, b1, W2, ... after their numbers of axes.

    Returns:
        A ``Comparison``, which prints as a report.

    Raises:
        ValueError: if the two have different numbers of arrays, or there are more or fewer names.
    """
    analytic, numerical = _listed(analytic), _listed(numerical)
    names = _default_names(numerical) if names is None else list(names)
    if not len(analytic) == len(numerical) == len(names):
        raise ValueError(
            f"There are {len(analytic)} analytic arrays, {len(numerical)} numerical ones and {len(names)} names."
        )
    compared = [_compare_arrays(*each) for each in zip(names, analytic, numerical, strict=True)]
    return Comparison(tuple(compared))


def _compare_arrays(name, analytic, numerical):
    """Return an ``ArrayComparison`` of two float64 arrays; it looks for a cause only if they differ."""
    error, where = _largest_difference(name, analytic, numerical)
    if error <= TOLERANCE:
        return ArrayComparison(name, True, error, where)
    return ArrayComparison(name, False, error, where, _likely_cause(analytic, numerical))


def _default_names(arrays):
    """Return W1, b1, W2, b2, ... for matrices and vectors, θ1, ... for others; without a number for one array."""
    kinds = [{2: "W", 1: "b"}.get(array.ndim, "θ") for array in arrays]
    if len(kinds) == 1:
        return kinds
    return [f"{kind}{kinds[: place + 1].count(kind)}" for place, kind in enumerate(kinds)]


def _largest_difference(name, analytic, numerical):
    """Return the largest relative error and a phrase about that entry."""
    if analytic.shape != numerical.shape:
        return np.inf, f"the formula gives shape {analytic.shape}, differences give {numerical.shape}"
    errors = relative_errors(analytic, numerical)
    index = np.unravel_index(errors.argmax(), errors.shape)
    entry = f"{name}[{', '.join(map(str, index))}]" if index else name
    error = float(errors[index])
    values = f"{analytic[index]:.6g} by the formula, {numerical[index]:.6g} by differences"
    return error, f"{entry} is {values}, relative error {error:.1e}"


def _likely_cause(analytic, numerical):
    """Return the mistake that turns the right gradient into the analytic one, as a phrase; "" if none is known."""

    def explains(wrong):
        return wrong.shape == analytic.shape and bool((relative_errors(analytic, wrong) <= TOLERANCE).all())

    phrase = ""
    if not np.isfinite(analytic).all():
        phrase = "an overflow, or a division by zero: not every entry is a number"
    elif not analytic.any():
        phrase = "left out, for it is zero everywhere"
    elif not numerical.any():
        phrase = "f does not use these weights, for the differences are zero everywhere"
    elif explains(numerical.T):
        phrase = "transposed"
    elif analytic.shape == numerical.shape:
        ratio = np.vdot(analytic, numerical) / np.vdot(numerical, numerical)
        if explains(ratio * numerical):
            phrase = _cause_of_ratio(ratio, analytic.size)
    elif analytic.size == numerical.size and explains(numerical.reshape(analytic.shape)):
        phrase = "the numbers are right, their shape is not"
    return phrase


def _cause_of_ratio(ratio, entries):
    """Return what makes all entries ``ratio`` times as large as they should be, as a phrase; "" if it is unknown."""

    def is_close_to(factor):
        return abs(abs(ratio) / factor - 1) <= TOLERANCE

    if is_close_to(1):
        return "the sign is turned round"  # with a ratio of +1 there would be nothing to explain
    if is_close_to(2):
        phrase = "it is twice as large as it should be, a factor 2 too many"
    elif is_close_to(1 / 2):
        phrase = "it is half as large as it should be, the factor 2 of a squared error's derivative is missing"
    elif entries > 1:
        phrase = f"every entry is {abs(ratio):.4g} times as large as it should be"
    else:
        return ""  # a single entry is always some number of times as large
    return f"the sign is turned round, and {phrase}" if ratio < 0 else phrase


def keras_gradients(model, x, y, loss):
    """Let Keras find the gradients of a loss with respect to a model's weights, on any backend.

    It computes in full precision. Penalties on weights are left out, and layers such as dropout behave as in
    ``predict``. Neither weights nor other state of the model change.

    Args:
        model: a built Keras model.
        x: inputs, as the model takes them: shape (n, inputs) for a dense network.
        y: targets, as the loss takes them: n of them.
        loss: a Keras loss, its name, or a function of targets and outputs; its mean over the batch is taken.

    Returns:
        The loss, a number, and a list of NumPy arrays, ∂loss/∂w of the shape of w for each w of
        ``model.trainable_weights``.

    Raises:
        ValueError: if the model has weights in float64 but some part of it, the loss or the backend computes
            in float32.
    """
    import keras  # noqa: PLC0415 - seconds, only where Keras takes part

    loss = keras.losses.get(loss)

    weights = [weight.value for weight in model.trainable_weights]

    def loss_of(values):
        # In this scope Keras keeps to itself what a layer would change, and takes these values for the weights.
        with keras.StatelessScope(state_mapping=list(zip(model.trainable_weights, values, strict=True))):
            return keras.ops.mean(loss(y, model(x, training=False)))

    with full_precision():
        _check_precision(model, loss)
        x, y = keras.ops.convert_to_tensor(x), keras.ops.convert_to_tensor(y)
        value, gradients = _GRADIENTS[keras.backend.backend()](loss_of, weights)
    as_array = keras.ops.convert_to_numpy
    arrays = [
        np.zeros(weight.shape) if gradient is None else as_array(gradient)
        for weight, gradient in zip(model.trainable_weights, gradients, strict=True)
    ]
    return float(as_array(value)), arrays


def _check_precision(model, loss):
    """Raise the ValueError of ``keras_gradients`` if a part of a float64 model is computed in float32."""
    import keras  # noqa: PLC0415

    if not any(weight.dtype == "float64" for weight in model.trainable_weights):
        return
    # Keras' default type for inputs, for models and for losses is float32, also where the layers were told otherwise.
    types = {f"the input {part.name}": part.dtype for part in getattr(model, "inputs", None) or []}
    types |= {part.name: part.compute_dtype for part in (model, *model.layers)}
    if isinstance(loss, keras.losses.Loss):
        types["the loss"] = loss.dtype
    single = [name for name, dtype in types.items() if dtype in ("float32", "float16", "bfloat16")]
    if single:
        raise ValueError(
            f"The model has weights in float64, but {single[0]} is in {types[single[0]]}: before making them, "
            f"call keras.config.set_floatx('float64') and keras.config.set_dtype_policy('float64')."
        )
    probe = keras.ops.convert_to_tensor(np.ones((1, 1)), dtype="float64")
    if keras.backend.standardize_dtype(keras.ops.matmul(probe, probe).dtype) != "float64":
        raise ValueError(
            "The model is in float64, but Keras computes in float32 here: on JAX set JAX_ENABLE_X64=1 before Keras "
            "is imported, or make the model in float32."
        )


def _tensorflow_gradients(loss_of, weights):
    import tensorflow as tf  # noqa: PLC0415

    with tf.GradientTape() as tape:
        value = loss_of(weights)
    return value, tape.gradient(value, weights)


def _jax_gradients(loss_of, weights):
    import jax  # noqa: PLC0415

    return jax.value_and_grad(loss_of)(weights)


def _torch_gradients(loss_of, weights):
    import torch  # noqa: PLC0415

    value = loss_of(weights)
    return value, torch.autograd.grad(value, weights, allow_unused=True)


_GRADIENTS = {"tensorflow": _tensorflow_gradients, "jax": _jax_gradients, "torch": _torch_gradients}
