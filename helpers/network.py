"""A neural network in NumPy: dense layers, activations, losses, and gradient descent on mini-batches.

One example per row: Z = A W + b with W[source, target], A = σ(Z), loss L, δ = ∂L/∂z, learning rate η. The gradient
∂L/∂W has the shape of W, and each entry of it says how fast L grows with that entry of W. Every layer has the same
four methods: ``compute`` gives its output, ``forward`` also keeps what is needed later, ``backward`` turns
the gradient with respect to its output into the one with respect to its input, ``update`` takes a step downhill.
"""

from itertools import pairwise
from numbers import Integral, Real

import numpy as np

LEAK = 0.2  # the slope of leaky ReLU for negative z, as in Keras


def sigmoid(z):
    """Return 1 / (1 + e^-z) for each entry of an array, computed from e^-|z|, which never overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def softmax(z):
    """Return each e^z over the sum of its row, for z of shape (n, classes): n rows of positive numbers with the sum 1.

    Taking off the row's largest z changes nothing but avoids overflow.
    """
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# For each activation: a from z, and δ = ∂L/∂z from g = ∂L/∂a and a. In softmax every z acts on every a of its row.
ACTIVATIONS = {
    "linear": (lambda z: z, lambda g, a: g),
    "sigmoid": (sigmoid, lambda g, a: g * a * (1 - a)),
    "tanh": (np.tanh, lambda g, a: g * (1 - a**2)),
    "relu": (lambda z: np.maximum(z, 0), lambda g, a: g * (a > 0)),
    "leaky_relu": (lambda z: np.where(z > 0, z, LEAK * z), lambda g, a: np.where(a > 0, g, LEAK * g)),
    "softmax": (softmax, lambda g, a: a * (g - (g * a).sum(axis=1, keepdims=True))),
}


def mean_squared_error(output, y):
    """Return the loss L, the mean of (output - y)² over all numbers of the batch, and ∂L/∂output.

    Args:
        output: what the network says, shape (n, outputs).
        y: what it should say, of the same shape.

    Returns:
        L, a number, and the gradient 2 (output - y) / (n · outputs), of the shape of ``output``.
    """
    error = output - y
    return (error**2).mean(), 2 * error / error.size


def binary_crossentropy(z, y):
    """Return the loss L, the mean over all numbers of the batch of -y ln σ(z) - (1 - y) ln(1 - σ(z)), and ∂L/∂z.

    It is computed as max(z, 0) - z y + ln(1 + e^-|z|), which is the same and never overflows.

    Args:
        z: logits, shape (n, outputs); the sigmoid σ(z) of each is the probability of a yes.
        y: yes-or-no targets from 0 to 1, of the same shape.

    Returns:
        L, a number, and the gradient (σ(z) - y) / (n · outputs), of the shape of ``z``.
    """
    losses = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return losses.mean(), (sigmoid(z) - y) / z.size


def categorical_crossentropy(z, y):
    """Return the loss L, the mean over the examples of -ln p[label] with p = softmax(z), and ∂L/∂z.

    Args:
        z: logits, shape (n, classes).
        y: labels, whole numbers from 0 to classes - 1, shape (n,).

    Returns:
        L, a number, and the gradient (p - 1 at the label, p elsewhere) / n, of the shape of ``z``.
    """
    rows = np.arange(len(z))
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    sums = e.sum(axis=1, keepdims=True)
    delta = e / sums
    delta[rows, y] -= 1
    return (np.log(sums[:, 0]) - z[rows, y]).mean(), delta / len(z)


LOSSES = {loss.__name__: loss for loss in (mean_squared_error, binary_crossentropy, categorical_crossentropy)}

# First weights, shape (sources, targets): Glorot & Bengio, 2010, uniform; He et al., 2015, normal, for ReLU.
INITIAL = {
    "glorot": lambda rng, shape: rng.uniform(-1, 1, shape) * np.sqrt(6 / sum(shape)),
    "he": lambda rng, shape: rng.normal(0, 1, shape) * np.sqrt(2 / shape[0]),
}


class Dense:
    """A dense layer, Z = A W + b.

    Args:
        W: weights, shape (sources, targets).
        b: biases, shape (targets,).
        dtype: in what the layer computes, "float64" or "float32".

    Attributes:
        A, Z: input (n, sources) and output (n, targets) of the last ``forward``.
        delta, dW, db: ∂L/∂Z, ∂L/∂W and ∂L/∂b of the last ``backward``, of the shapes of Z, W and b.

    Raises:
        ValueError: if W and b do not fit each other.
    """

    def __init__(self, W, b, dtype="float64"):
        self.W, self.b = np.array(W, dtype), np.array(b, dtype)
        if self.W.ndim != 2 or self.b.shape != self.W.shape[1:]:
            raise ValueError(
                f"W {self.W.shape} and b {self.b.shape} must have shapes (sources, targets) and (targets,)."
            )

    @classmethod
    def random(cls, sources, targets, rng, initial="glorot", dtype="float64"):
        """Return a layer with random weights, its biases 0.

        Args:
            sources, targets: how many numbers go in and come out.
            rng: generator of the weights, ``np.random.default_rng(seed)``.
            initial: how they are spread, one of ``INITIAL``.
            dtype: as for ``Dense``.
        """
        return cls(_named("initial", initial, INITIAL)(rng, (sources, targets)), np.zeros(targets), dtype)

    def compute(self, A):
        """Return Z, shape (n, targets), for A, shape (n, sources); nothing is kept.

        Raises:
            ValueError: if A has another shape.
        """
        if A.ndim != 2 or A.shape[1] != len(self.W):
            raise ValueError(f"A has shape {A.shape}, which does not fit W of shape {self.W.shape}.")
        Z = A @ self.W
        Z += self.b
        return Z

    def forward(self, A):
        """Return what ``compute`` returns, and keep A and Z for ``backward``."""
        self.Z = self.compute(A)
        self.A = A
        return self.Z

    def backward(self, delta, for_input=True):
        """Find and keep the gradients ∂L/∂W = Aᵀ δ and ∂L/∂b, the sum of the rows of δ.

        Args:
            delta: δ = ∂L/∂Z, shape (n, targets), for the A of the last ``forward``.
            for_input: whether the gradient with respect to A is wanted; the first layer of a network saves a third
                of its work without it.

        Returns:
            ∂L/∂A = δ Wᵀ, shape (n, sources); None if it is not wanted.
        """
        self.delta = delta
        self.dW = self.A.T @ delta
        self.db = delta.sum(axis=0)
        return delta @ self.W.T if for_input else None

    def update(self, rate):
        """Take a step against the gradients of the last ``backward``, ``rate`` times as long as they are."""
        self.W -= rate * self.dW
        self.b -= rate * self.db

    def __repr__(self):
        return f"Dense({len(self.W)} -> {len(self.b)})"


class Activation:
    """A layer that applies one of ``ACTIVATIONS``, A = σ(Z), to each number, or in softmax to each row.

    Args:
        name: its name in ``ACTIVATIONS``.

    Attributes:
        A: output of the last ``forward``, shape (n, units).

    Raises:
        ValueError: if there is no such activation.
    """

    def __init__(self, name):
        self.name = name
        _named("activation", name, ACTIVATIONS)

    def compute(self, Z):
        """Return A = σ(Z), of the shape of Z, (n, units); nothing is kept."""
        return ACTIVATIONS[self.name][0](Z)

    def forward(self, Z):
        """Return what ``compute`` returns, and keep it for ``backward``."""
        self.A = self.compute(Z)
        return self.A

    def backward(self, gradient, for_input=True):
        """Return δ = ∂L/∂Z, shape (n, units), for the Z of the last ``forward``.

        Where σ acts on each number by itself, that is ∂L/∂A ⊙ σ′(Z), entry by entry.

        Args:
            gradient: ∂L/∂A, of the same shape.
            for_input: as for ``Dense``; here δ is all there is to do, so it is always returned.
        """
        return ACTIVATIONS[self.name][1](gradient, self.A)

    def update(self, rate):
        """Change nothing: this layer has no weights."""

    def __repr__(self):
        return f'Activation("{self.name}")'


class Network:
    """Layers in a row, and one of ``LOSSES``. Cross-entropies work on logits, so no activation comes last then.

    Args:
        layers: ``Dense`` and ``Activation`` layers, the first one first.
        loss: the name of the loss.

    Raises:
        ValueError: if two layers do not fit each other, or the last one does not fit the loss.
    """

    def __init__(self, layers, loss="mean_squared_error"):
        self.layers, self.loss = list(layers), loss
        self.dense = [layer for layer in self.layers if isinstance(layer, Dense)]
        if not self.dense:
            raise ValueError("A network needs at least one Dense layer.")
        for one, other in pairwise(self.dense):
            if (len(one.b), one.b.dtype) != (len(other.W), other.W.dtype):
                shapes = f"{one.W.shape} {one.W.dtype} and {other.W.shape} {other.W.dtype}"
                raise ValueError(f"Two layers that do not fit each other follow one another: W has {shapes}.")
        _named("loss", loss, LOSSES)
        if loss != "mean_squared_error" and getattr(self.layers[-1], "name", "linear") != "linear":
            raise ValueError(f"{loss} works on logits: leave out the last layer, {self.layers[-1]}.")

    @property
    def weights(self):
        """The arrays [W1, b1, W2, b2, ...], in the order of ``model.get_weights()`` of Keras."""
        return [array for layer in self.dense for array in (layer.W, layer.b)]

    def set_weights(self, weights):
        """Copy arrays into the network.

        Args:
            weights: arrays in the order and of the shapes of the network's own ``weights``.

        Raises:
            ValueError: if their number or a shape differs.
        """
        new, own = [np.shape(array) for array in weights], [array.shape for array in self.weights]
        if new != own:
            raise ValueError(f"The weights have shapes {new}, but must have {own}.")
        for array, values in zip(self.weights, weights, strict=True):
            array[...] = values

    def forward(self, x):
        """Return the output of the last layer, shape (n, outputs), for x, shape (n, inputs).

        Every layer keeps what ``backward`` needs.
        """
        for layer in self.layers:
            x = layer.forward(x)
        self.output = x
        return x

    def backward(self, y):
        """Find ∂L/∂W and ∂L/∂b of every dense layer, for the examples of the last ``forward``.

        The layers keep them, as ``dW`` and ``db``.

        Args:
            y: the targets of these examples, as for ``fit``.

        Returns:
            The loss L, a mean over the examples.
        """
        loss, gradient = LOSSES[self.loss](self.output, y)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient, for_input=layer is not self.layers[0])
        return loss

    def update(self, rate):
        """Take a step of gradient descent: every weight loses ``rate`` times its gradient of the last ``backward``."""
        for layer in self.layers:
            layer.update(rate)

    def predict(self, x):
        """Return the output of the last layer, as ``predict`` of a Keras model does; the network stays as it is.

        With a cross-entropy the last layer gives logits, and so does this function, like that of a Keras model
        whose loss has ``from_logits=True``. ``softmax`` or ``sigmoid`` makes probabilities of them. The class with
        the largest logit is the one with the largest probability.

        Args:
            x: inputs, shape (n, inputs).

        Returns:
            An array of shape (n, outputs). What ``backward`` needs of the last ``forward`` is left alone.

        Raises:
            ValueError: if x has another shape, or an entry that is no finite number.
        """
        x = self._checked(x)
        for layer in self.layers:
            x = layer.compute(x)
        return x

    def loss_and_gradients(self, x, y):
        """Return the loss L of examples, and ∂L/∂w for each array w of ``weights``.

        Args:
            x, y: inputs and targets, as for ``fit``.

        Returns:
            L, a number, and the gradients, a list of arrays in the order and of the shapes of ``weights``.

        Raises:
            ValueError: as ``fit`` does.
        """
        x, y = self._checked(x, y)
        self.forward(x)
        return self.backward(y), [array for layer in self.dense for array in (layer.dW, layer.db)]

    def fit(self, x, y, *, epochs, batch_size, learning_rate, rng=None, measure=None):
        """Learn by gradient descent on mini-batches.

        Args:
            x: inputs, shape (n, inputs).
            y: targets, shape (n, outputs); for categorical cross-entropy labels 0, 1, ..., shape (n,).
            epochs: how often every example is used.
            batch_size: examples in a batch; the last one of an epoch may have fewer.
            learning_rate: η, above 0.
            rng: generator that shuffles the examples before each epoch; None keeps their order.
            measure: {name: function of the network}, called after each epoch.

        Returns:
            The history, {"loss": [...], name: [...]}, with a number for each epoch. The loss is the mean over
            the examples, each with the weights that it met.

        Raises:
            ValueError: for shapes that do not fit, labels out of range, NaN, or a setting that makes no sense.
        """
        x, y = self._checked(x, y)
        _above_zero("epochs", epochs, Integral)
        _above_zero("batch_size", batch_size, Integral)
        _above_zero("learning_rate", learning_rate, Real)
        measure = measure or {}
        history = {name: [] for name in ("loss", *measure)}
        for _ in range(epochs):
            order = np.arange(len(x)) if rng is None else rng.permutation(len(x))
            total = 0.0
            for start in range(0, len(x), batch_size):
                batch = order[start : start + batch_size]
                self.forward(x.take(batch, axis=0))
                total += float(self.backward(y[batch])) * len(batch)
                self.update(float(learning_rate))
            history["loss"].append(total / len(x))
            for name, function in measure.items():
                history[name].append(function(self))
        return history

    def _checked(self, x, y=None):
        """Return x, or x and y, as arrays that fit the network; refuse others as ``fit`` tells."""
        inputs, outputs = len(self.dense[0].W), len(self.dense[-1].b)
        x = np.asarray(x, self.dense[0].W.dtype)
        if x.ndim != 2 or x.shape[1] != inputs or not len(x):
            raise ValueError(f"x has shape {x.shape}, but must have (examples, {inputs}), one example per row.")
        if not np.isfinite(np.vdot(x, x)):  # a quick look first: NaN and infinity would survive in this sum
            _refuse_bad("x", x, np.isfinite(x), "a finite number")
        if y is None:
            return x
        y = np.asarray(y, x.dtype)
        labels = self.loss == "categorical_crossentropy"
        wanted = (len(x),) if labels else (len(x), outputs)
        if y.shape != wanted:
            hint = "; y.argmax(axis=1) turns one-hot rows into labels" if labels else ""
            raise ValueError(f"y has shape {y.shape}, but for x of shape {x.shape} it must have {wanted}{hint}.")
        if labels:
            _refuse_bad("y", y, np.isin(y, np.arange(outputs)), f"a label from 0 to {outputs - 1}")
        elif self.loss == "binary_crossentropy":
            _refuse_bad("y", y, (y >= 0) & (y <= 1), "a number from 0 to 1")
        else:
            _refuse_bad("y", y, np.isfinite(y), "a finite number")
        return x, y.astype(int) if labels else y

    def __repr__(self):
        size = sum(array.size for array in self.weights)
        head = f"Network, {size:,} weights ({self.dense[0].W.dtype}), {self.loss}:"
        return "\n  ".join([head, *map(repr, self.layers)])


def mlp(sizes, rng, hidden="sigmoid", output="linear", loss="mean_squared_error", dtype="float64"):
    """Return a multilayer perceptron with random weights: He's before a ReLU of either kind, else Glorot's.

    Args:
        sizes: how many inputs, units in each hidden layer, and outputs: [784, 100, 10].
        rng: generator of the weights, ``np.random.default_rng(seed)``.
        hidden, output: activations of the hidden layers and of the last one.
        loss, dtype: as for ``Network`` and ``Dense``.
    """
    names = [hidden] * (len(sizes) - 2) + [output]
    layers = []
    for (sources, targets), name in zip(pairwise(sizes), names, strict=False):
        initial = "he" if name in ("relu", "leaky_relu") else "glorot"
        layers += [Dense.random(sources, targets, rng, initial, dtype), Activation(name)]
    return Network(layers, loss)


def _named(what, name, table):
    """Return the entry of a table; refuse a name that it does not hold."""
    if name not in table:
        raise ValueError(f"There is no {what} {name!r}: choose from {', '.join(table)}.")
    return table[name]


def _above_zero(name, value, kind):
    if not isinstance(value, kind) or not 0 < value < np.inf:
        raise ValueError(f"{name} must be a {'whole ' if kind is Integral else ''}number above 0, not {value!r}.")


def _refuse_bad(name, values, good, meaning):
    """Raise an error that names the first bad element, if there is one."""
    bad = np.argwhere(~good)
    if len(bad) > 0:
        first = tuple(bad[0])
        raise ValueError(f"{name}{bad[0].tolist()} is {values[first]:g}, but must be {meaning}.")
