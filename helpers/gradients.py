"""Is a gradient right? Central differences, a report that names the likely mistake, and the gradients of Keras."""

from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np


def numerical_gradient(f, theta, h=None):
    """Find a gradient without calculus: change each number a little both ways and see what becomes of f.

    Each entry is the central difference (f(θ + h) - f(θ - h)) / 2h. At a kink, such as ReLU's at 0, it is the
    mean of the slopes on both sides.

    Args:
        f: function of ``theta`` that returns one number in float64. At the end it is called with ``theta`` itself
            once more, so that a network which f fills with weights is left as it was.
        theta: array, or list of arrays such as all weights of a network. It is not changed.
        h: the step; by default 6e-6 for numbers up to 1 and in proportion for larger ones, which balances the
            error of the formula against that of rounding.

    Returns:
        An array of the shape of ``theta``, or a list of them.

    Raises:
        ValueError: if f returns something else than one finite number, or returns float32 and h is not given.
    """
    arrays = [array.copy() for array in _listed(theta)]
    whole = arrays if _is_list(theta) else arrays[0]
    first = _value(f, whole)
    if h is None and first.dtype.itemsize < 8:
        raise ValueError(
            f"f returns {first.dtype}, which is too coarse for small differences: compute in float64, or give a step h."
        )
    gradients = [np.empty_like(array) for array in arrays]
    for array, gradient in zip(arrays, gradients, strict=True):
        for index in np.ndindex(array.shape):
            middle = array[index]
            step = np.cbrt(np.finfo(float).eps) * max(1, abs(middle)) if h is None else h
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
    """Return one array, or each of a list, as a list of float64 arrays."""
    return [np.asarray(array, float) for array in (theta if _is_list(theta) else [theta])]


@dataclass(frozen=True)
class Finding:
    """What the comparison of one array found.

    Attributes:
        name: the array, "W1" for instance.
        agrees: whether all entries agree.
        relative_error: the largest; infinite where the shapes differ or an entry is not a number.
        where: the entry with that error and both its values, as text.
        causes: mistakes that would explain the difference, a phrase each; empty if none does, or if all is well.
    """

    name: str
    agrees: bool
    relative_error: float
    where: str
    causes: tuple[str, ...] = ()

    def __str__(self):
        if self.agrees:
            return f"{self.name} agrees: the largest relative error is {self.relative_error:.1e}"
        cause = f"\n    likely cause: {', or '.join(self.causes)}" if self.causes else ""
        return f"{self.name} DIFFERS: {self.where}{cause}"


@dataclass(frozen=True, repr=False)
class Comparison:
    """The findings, one for each array; it prints as a report."""

    findings: tuple[Finding, ...]

    @property
    def agrees(self):
        """Whether all arrays agree."""
        return all(finding.agrees for finding in self.findings)

    @property
    def relative_error(self):
        """The largest relative error of all."""
        return max(finding.relative_error for finding in self.findings)

    def __repr__(self):
        return "\n".join(map(str, self.findings))


def relative_errors(one, other):
    """Return |one - other| for each entry, relative to the larger of the two.

    Entries below a thousandth of the largest of the whole array are measured against that thousandth: rounding
    spoils them first, and they matter least. Where both arrays are zero everywhere, so is the error.
    """
    size = np.maximum(np.abs(one), np.abs(other))
    size = np.maximum(size, size.max(initial=0) / 1000)
    return np.divide(np.abs(one - other), size, out=np.zeros(np.shape(size)), where=size != 0)


def compare(analytic, numerical, *, names=None, batch_size=None, chain=None, tolerance=1e-6):
    """Compare a gradient from formulas with one that is known to be right, and look for the mistake.

    Args:
        analytic: gradient from formulas, an array or a list of arrays.
        numerical: the same from ``numerical_gradient``.
        names: a name for each array; by default W1, b1, W2, ... after their numbers of axes.
        batch_size: examples in the batch, to notice a mean that should be a sum, or the reverse.
        chain: what is needed to notice a missing σ′: {name: (A, G, S)} with the inputs A of the layer, shape
            (n, sources), the gradient G = ∂L/∂a and the slopes S = σ′(z), both (n, targets). They make the
            gradients Aᵀ(G ⊙ S) of the weights and Σ(G ⊙ S) of the bias.
        tolerance: the relative error up to which entries agree; see ``relative_errors``.

    Returns:
        A ``Comparison``, which prints as a report.

    Raises:
        ValueError: if the two have different numbers of arrays, or a name is unknown.
    """
    analytic, numerical = _listed(analytic), _listed(numerical)
    names = _default_names(numerical) if names is None else list(names)
    if not len(analytic) == len(numerical) == len(names):
        raise ValueError(
            f"There are {len(analytic)} analytic arrays, {len(numerical)} numerical ones and {len(names)} names."
        )
    chain = chain or {}
    if unknown := set(chain) - set(names):
        raise ValueError(f"chain speaks of {unknown.pop()!r}, but the arrays are {', '.join(names)}.")
    findings = []
    for name, one, other in zip(names, analytic, numerical, strict=True):
        error, where = _largest_difference(name, one, other)
        agrees = error <= tolerance
        causes = () if agrees else tuple(_causes(one, other, batch_size, chain.get(name), tolerance))
        findings.append(Finding(name, agrees, error, where, causes))
    return Comparison(tuple(findings))


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
    errors[~np.isfinite(errors)] = np.inf
    index = np.unravel_index(errors.argmax(), errors.shape)
    entry = f"{name}[{', '.join(map(str, index))}]" if index else name
    error = float(errors[index])
    values = f"{analytic[index]:.6g} by the formula, {numerical[index]:.6g} by differences"
    return error, f"{entry} is {values}, relative error {error:.1e}"


def _causes(analytic, numerical, batch_size, factors, tolerance):
    """Yield each mistake that turns the right gradient into the analytic one."""

    def explains(wrong):
        return wrong.shape == analytic.shape and bool((relative_errors(analytic, wrong) <= tolerance).all())

    if not np.isfinite(analytic).all():
        yield "an overflow, or a division by zero: not every entry is a number"
    elif not analytic.any():
        yield "left out, for it is zero everywhere"
    elif not numerical.any():
        yield "f does not use these weights, for the differences are zero everywhere"
    elif explains(numerical.T):
        yield "transposed"
    elif analytic.size == numerical.size and explains(numerical.reshape(analytic.shape)):
        yield "the numbers are right, their shape is not"
    elif analytic.shape == numerical.shape:
        ratio = np.vdot(analytic, numerical) / np.vdot(numerical, numerical)
        if explains(ratio * numerical):
            yield from _causes_of_ratio(ratio, batch_size, analytic.size, tolerance)
    if factors is not None:
        A, G, S = (np.asarray(factor, float) for factor in factors)
        gradient = (lambda delta: A.T @ delta) if numerical.ndim == 2 else (lambda delta: delta.sum(axis=0))
        if explains(gradient(G)):
            yield "σ′(z) is missing: δ is ∂L/∂a ⊙ σ′(z), entry by entry"
        if explains(gradient(G * S * S)):
            yield "σ′(z) is multiplied in twice"


def _causes_of_ratio(ratio, batch_size, entries, tolerance):
    """Yield what may make every entry the same number of times as large as it should be."""
    turned = "the sign is turned round" if ratio < 0 else ""
    if abs(abs(ratio) - 1) <= tolerance:
        yield turned
        return
    known = [
        (2, "twice as large as it should be, a factor 2 too many"),
        (1 / 2, "half as large as it should be, the factor 2 of a squared error's derivative is missing"),
    ]
    if batch_size is not None and batch_size > 1:
        known += [
            (batch_size, f"{batch_size} times as large, the batch size: a sum over the batch in place of the mean"),
            (1 / batch_size, f"divided by the batch size, {batch_size}, once too often"),
        ]
    phrases = [phrase for factor, phrase in known if abs(abs(ratio) / factor - 1) <= tolerance]
    # A single entry is always some number of times as large.
    if not phrases and entries > 1:
        phrases = [f"every entry is {abs(ratio):.4g} times as large as it should be"]
    for phrase in phrases:
        yield f"{turned}, and it is {phrase}" if turned else phrase


def keras_gradients(model, x, y, loss, training=False):
    """Let Keras find the gradients of a loss with respect to a model's weights, on any backend.

    It computes in full precision. Penalties on weights are left out. Neither weights nor other state of the
    model change.

    Args:
        model: a built Keras model.
        x: inputs, as the model takes them.
        y: targets, as the loss takes them.
        loss: a Keras loss, its name, or a function of targets and outputs; its mean over the batch is taken.
        training: whether layers such as dropout behave as in training.

    Returns:
        The loss, a number, and a list of NumPy arrays, one for each of ``model.trainable_weights``.

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
            return keras.ops.mean(loss(y, model(x, training=training)))

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
    """Refuse a float64 model of which a part is silently computed in float32."""
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


@contextmanager
def full_precision():
    """Let Keras keep all digits inside the block: no TF32 on a GPU, and float64 remains float64.

    On JAX and PyTorch, Keras from 3.12 on quietly computes most operations on float64 in float32. Functions
    compiled before the block, such as those of ``fit``, stay as they are.

    Source: https://github.com/keras-team/keras/pull/21604 and https://github.com/keras-team/keras/issues/23704.
    """
    import keras  # noqa: PLC0415
    from keras.src.backend.common import dtypes  # noqa: PLC0415 - Keras has no public switch

    # What becomes of each 64-bit type; where a version has no such table there is nothing to put right.
    table = getattr(dtypes, "BIT64_TO_BIT32_DTYPE", {})
    before = dict(table)
    table.pop("float64", None)
    try:
        with _NO_TF32[keras.backend.backend()]():
            yield
    finally:
        table.update(before)


@contextmanager
def _tensorflow_no_tf32():
    import tensorflow as tf  # noqa: PLC0415

    before = tf.config.experimental.tensor_float_32_execution_enabled()
    tf.config.experimental.enable_tensor_float_32_execution(False)
    try:
        yield
    finally:
        tf.config.experimental.enable_tensor_float_32_execution(before)


def _jax_no_tf32():
    import jax  # noqa: PLC0415

    return jax.default_matmul_precision("highest")


@contextmanager
def _torch_no_tf32():
    import torch  # noqa: PLC0415

    products, convolutions = torch.get_float32_matmul_precision(), torch.backends.cudnn.allow_tf32
    torch.set_float32_matmul_precision("highest")
    torch.backends.cudnn.allow_tf32 = False
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(products)
        torch.backends.cudnn.allow_tf32 = convolutions


_NO_TF32 = {"tensorflow": _tensorflow_no_tf32, "jax": _jax_no_tf32, "torch": _torch_no_tf32}
