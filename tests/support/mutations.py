"""Mistakes for `test_mutations.py`: each is one change to a module, and some check must notice it."""

from typing import NamedTuple


class Mutation(NamedTuple):
    """A module of helpers/, the text that occurs in it once, and the mistake to put in its place."""

    module: str
    old: str
    new: str


MUTATIONS = [
    # --- activations
    Mutation("network", '"sigmoid": (sigmoid, ', '"sigmoid": (np.tanh, '),  # swapped
    Mutation("network", '"tanh": (np.tanh, ', '"tanh": (sigmoid, '),
    Mutation("network", "lambda g, a: g * a * (1 - a)", "lambda g, a: g"),  # no derivative
    Mutation("network", "lambda g, a: g * a * (1 - a)", "lambda g, a: a * (1 - a)"),  # no chain
    Mutation("network", "lambda g, a: g * (1 - a**2)", "lambda g, a: g * (1 - a)"),
    Mutation("network", "lambda g, a: g * (a > 0)", "lambda g, a: g * (a >= 0)"),
    Mutation("network", "np.where(z > 0, z, LEAK * z)", "np.where(z > 0, z, -LEAK * z)"),
    Mutation("network", "np.where(a > 0, g, LEAK * g)", "np.where(a > 0, g, 0 * g)"),
    Mutation("network", "LEAK = 0.2", "LEAK = 0.3"),
    Mutation("network", "e = np.exp(-np.abs(z))\n    return np.where(z >= 0, 1, e)", "e = np.exp(-z)\n    return 1"),
    Mutation("network", "e = np.exp(z - z.max(axis=1, keepdims=True))", "e = np.exp(z)"),  # overflows
    Mutation("network", "return e / e.sum(axis=1, keepdims=True)", "return e / e.sum(axis=0, keepdims=True)"),
    Mutation("network", "a * (g - (g * a).sum(axis=1, keepdims=True))", "a * (g - (g * a).sum(axis=0, keepdims=True))"),
    Mutation("network", "a * (g - (g * a).sum(axis=1, keepdims=True))", "g * a * (1 - a)"),  # the diagonal only
    # --- losses
    Mutation("network", "2 * error / error.size", "error / error.size"),  # the factor 2
    Mutation("network", "2 * error / error.size", "2 * error / len(error)"),  # the mean over the outputs
    Mutation("network", "error = output - y", "error = y - output"),  # the sign
    Mutation("network", "(error**2).mean()", "(error**2).sum()"),
    Mutation("network", "(sigmoid(z) - y) / z.size", "(sigmoid(z) - y) / len(z)"),
    Mutation("network", "(sigmoid(z) - y) / z.size", "(y - sigmoid(z)) / z.size"),
    Mutation("network", "np.log1p(np.exp(-np.abs(z)))", "np.log1p(np.exp(-z))"),
    Mutation("network", "np.maximum(z, 0) - z * y", "np.maximum(z, 0) - y"),
    Mutation("network", "delta[rows, y] -= 1", "delta[rows, y] -= 2"),
    Mutation("network", "delta / len(z)", "delta"),  # the batch size
    Mutation("network", "z = z - z.max(axis=1, keepdims=True)", "z = z - z.max()"),
    # --- layers
    Mutation("network", "self.dW = self.A.T @ delta", "self.dW = -self.A.T @ delta"),
    Mutation("network", "self.db = delta.sum(axis=0)", "self.db = delta.mean(axis=0)"),
    Mutation("network", "self.db = delta.sum(axis=0)", "self.db = np.zeros_like(self.b)"),
    Mutation("network", "self.db = delta.sum(axis=0)", "self.db = delta[0]"),
    Mutation("network", "delta @ self.W.T if", "delta @ np.abs(self.W.T) if"),
    Mutation("network", "Z += self.b", "Z -= self.b"),
    Mutation("network", "self.W -= rate * self.dW", "self.W += rate * self.dW"),  # climbs
    Mutation("network", "self.b -= rate * self.db", "self.b -= self.db"),
    Mutation("network", "np.sqrt(6 / sum(shape))", "np.sqrt(6 / shape[0])"),
    Mutation("network", "np.sqrt(2 / shape[0])", "np.sqrt(2 / shape[1])"),
    Mutation("network", "np.sqrt(2 / shape[0])", "(2 / shape[0])"),  # a variance for a standard deviation
    # --- network
    Mutation("network", "x = layer.compute(x)", "x = layer.forward(x)"),  # backward then sees other examples
    Mutation("network", "for layer in reversed(self.layers):", "for layer in reversed(self.layers[1:]):"),
    Mutation("network", "for_input=layer is not self.layers[0]", "for_input=layer is self.layers[0]"),
    Mutation("network", "range(0, len(x), batch_size)", "range(0, len(x) - batch_size, batch_size)"),  # the last batch
    Mutation("network", "order[start : start + batch_size]", "order[start : start + batch_size - 1]"),
    Mutation("network", "self.backward(y[batch])", "self.backward(y[start : start + batch_size])"),  # another's targets
    Mutation("network", "* len(batch)", "* batch_size"),
    Mutation("network", "total / len(x)", "total"),
    Mutation(
        "network", "total = 0.0\n            for", "total = total + 0.0 if history['loss'] else 0.0\n            for"
    ),
    Mutation("network", "rng.permutation(len(x))", "rng.integers(0, len(x), len(x))"),  # with replacement
    Mutation("network", "array[...] = values", "array = values"),
    Mutation("network", "for array in (layer.dW, layer.db)]", "for array in (layer.db, layer.dW)]"),
    Mutation("network", "if not np.isfinite(np.vdot(x, x)):", "if np.isnan(np.vdot(x, x)):"),  # lets infinity in
    Mutation("network", "(y >= 0) & (y <= 1)", "(y >= 0) | (y <= 1)"),
    Mutation("network", "np.isin(y, np.arange(outputs))", "np.isin(y, np.arange(outputs + 1))"),
    Mutation("network", 'if name in ("relu", "leaky_relu")', 'if name in ("tanh", "leaky_relu")'),
    # --- central differences
    Mutation("gradients", "array[index] = below = middle - step", "array[index] = below = middle"),  # one-sided
    Mutation("gradients", "/ (above - below)", "/ (2 * above - 2 * below)"),
    Mutation("gradients", "(rise - _value(f, whole))", "(_value(f, whole) - rise)"),
    Mutation("gradients", "            array[index] = middle\n", ""),  # not put back
    Mutation("gradients", "[array.copy() for array in _listed(theta)]", "_listed(theta)"),  # changes what it was given
    Mutation("gradients", "np.cbrt(np.finfo(float).eps)", "np.finfo(float).eps"),
    Mutation("gradients", "np.cbrt(np.finfo(float).eps)", "0.1"),
    Mutation("gradients", "* max(1, abs(middle))", "* max(1, -abs(middle))"),
    Mutation("gradients", "    f(whole)\n", ""),
    Mutation("gradients", "first.dtype.itemsize < 8", "first.dtype.itemsize < 4"),
    # --- the report
    Mutation("gradients", "np.max(size, initial=0, where=finite) / 1000", "np.max(size, initial=0, where=finite)"),
    Mutation("gradients", "size = np.maximum(np.abs(one), np.abs(other))", "size = np.abs(one)"),
    Mutation("gradients", "if error <= TOLERANCE", "if error >= TOLERANCE"),
    Mutation("gradients", "TOLERANCE = 1e-6", "TOLERANCE = 1e-5"),
    Mutation("gradients", "np.where(finite, errors, np.inf)", "errors"),  # NaN is no infinite error
    Mutation("gradients", "initial=0, where=finite)", "initial=0)"),  # NaN spoils the other entries
    Mutation("gradients", "errors.argmax()", "errors.argmin()"),
    Mutation("gradients", "explains(numerical.T)", "explains(numerical)"),
    Mutation("gradients", "np.vdot(analytic, numerical) / np.vdot(numerical, numerical)", "1.0"),
    Mutation("gradients", "if ratio < 0 else", "if ratio > 0 else"),
    Mutation("gradients", "elif is_close_to(1 / 2)", "elif is_close_to(1 / 4)"),
    Mutation("gradients", "elif entries > 1:", "elif entries > 0:"),
    Mutation(
        "gradients", "explains(numerical.reshape(analytic.shape))", "not explains(numerical.reshape(analytic.shape))"
    ),
    # --- Keras
    Mutation("gradients", "keras.ops.mean(loss(y, model", "keras.ops.sum(loss(y, model"),
]
