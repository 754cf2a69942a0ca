"""Nine ways to take a step downhill, each in a few lines of NumPy, each the same arithmetic as Keras' of that name.

All have one form. An optimiser is made with its learning rate and its own settings; ``step(weights, gradient)`` then
returns the new weights and keeps what it has to remember for the next step::

    adam = Adam(learning_rate=0.1)
    w = adam.step(w, gradient(w))

The settings have Keras' names and Keras' defaults. Each class holds its formula in ``update``. Where Keras' form
differs from that of the paper (where ε stands, say), Keras' is taken, and the docstring tells.
"""

import numpy as np


class Optimiser:
    """What all have in common: the rate of this step, the decay of the weights, and the count of steps.

    Args:
        learning_rate: one number; or a schedule, a function that is called with the number of steps taken so far
            and returns the rate of the next one.
        weight_decay: the share, times the rate, by which every weight shrinks before its step; 0 for none. The
            gradient knows nothing of it: the decay is *decoupled* (I. Loshchilov and F. Hutter, "Decoupled weight
            decay regularization", 2019).
    """

    def __init__(self, learning_rate, weight_decay=0.0):
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.steps = 0

    def step(self, weights, gradient):
        """Take one step.

        Args:
            weights: array of any shape.
            gradient: array of the same shape, the slopes of the loss at these weights.

        Returns:
            A new array of that shape, the new weights; the old ones are left as they are.
        """
        rate = self.learning_rate(self.steps) if callable(self.learning_rate) else self.learning_rate
        self.steps += 1
        return self.update(weights - rate * self.weight_decay * weights, gradient, rate)

    def update(self, weights, gradient, rate):
        """Return the new weights, given the rate of this step: the formula that each optimiser has of its own."""
        raise NotImplementedError


class GradientDescent(Optimiser):
    """A share of the slope, and no memory (``keras.optimizers.SGD``)."""

    def __init__(self, learning_rate=0.01, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay)

    def update(self, weights, gradient, rate):
        """Go against the slope."""
        return weights - rate * gradient


class Momentum(Optimiser):
    """A ball that keeps the share ``momentum`` of its velocity (``keras.optimizers.SGD``).

    Source: B. Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
    """

    def __init__(self, learning_rate=0.01, momentum=0.9, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay)
        self.momentum = momentum
        self.velocity = 0.0

    def update(self, weights, gradient, rate):
        """Push the ball against the slope, and let it roll."""
        self.velocity = self.momentum * self.velocity - rate * gradient
        return weights + self.velocity


class Nesterov(Optimiser):
    """Momentum that looks ahead (``keras.optimizers.SGD`` with ``nesterov=True``).

    Nesterov asks for the slope at the place where the ball would roll to by itself. In Keras' form, the usual one, the
    weights *are* that place, one roll ahead of the ball, so that the slope at the weights is all it needs.

    Source: Y. Nesterov (1983), in the form of I. Sutskever and others, "On the importance of initialization and
    momentum in deep learning" (2013), rewritten for the place ahead.
    """

    def __init__(self, learning_rate=0.01, momentum=0.9, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay)
        self.momentum = momentum
        self.velocity = 0.0

    def update(self, weights, gradient, rate):
        """Push the ball against the slope, and roll once more than it does."""
        self.velocity = self.momentum * self.velocity - rate * gradient
        return weights + self.momentum * self.velocity - rate * gradient


class Adagrad(Optimiser):
    """A rate for each weight, which shrinks with all the slopes that it has seen (``keras.optimizers.Adagrad``).

    Keras' sum begins at 0.1, not at 0, and ε stands under the root.

    Source: J. Duchi, E. Hazan and Y. Singer, "Adaptive subgradient methods" (2011).
    """

    def __init__(self, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay)
        self.epsilon = epsilon
        self.total = initial_accumulator_value

    def update(self, weights, gradient, rate):
        """Divide the slope by the root of all squared slopes, added up."""
        self.total = self.total + gradient**2
        return weights - rate * gradient / np.sqrt(self.total + self.epsilon)


class RMSprop(Optimiser):
    """A rate for each weight, by the slopes it has seen lately (``keras.optimizers.RMSprop``); ε is under the root.

    Source: T. Tieleman and G. Hinton, lecture 6.5 of "Neural networks for machine learning" (2012).
    """

    def __init__(self, learning_rate=0.001, rho=0.9, epsilon=1e-7, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay)
        self.rho, self.epsilon = rho, epsilon
        self.square = 0.0

    def update(self, weights, gradient, rate):
        """Divide the slope by the root of a mean of squared slopes that forgets."""
        self.square = self.rho * self.square + (1 - self.rho) * gradient**2
        return weights - rate * gradient / np.sqrt(self.square + self.epsilon)


class Adadelta(Optimiser):
    """Steps as long as the last ones were, by the slope's size (``keras.optimizers.Adadelta``).

    The first steps have nothing to go by but ε: their length is the rate times √(ε/(1 − ρ)).

    Source: M. Zeiler, "ADADELTA: an adaptive learning rate method" (2012); its rate is 1.
    """

    def __init__(self, learning_rate=0.001, rho=0.95, epsilon=1e-7, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay)
        self.rho, self.epsilon = rho, epsilon
        self.square = self.square_of_steps = 0.0

    def update(self, weights, gradient, rate):
        """Multiply the slope by the root of a mean of squared steps, and divide it by that of squared slopes."""
        self.square = self.rho * self.square + (1 - self.rho) * gradient**2
        change = -np.sqrt(self.square_of_steps + self.epsilon) / np.sqrt(self.square + self.epsilon) * gradient
        self.square_of_steps = self.rho * self.square_of_steps + (1 - self.rho) * change**2
        return weights + rate * change


class Adam(Optimiser):
    """Momentum, and a rate for each weight (``keras.optimizers.Adam``).

    Both means begin at 0 and are too small at first; dividing by 1 − βᵗ after t steps puts that right. As in Keras, ε
    is added to the root *before* it is put right (the "ε̂" of the paper, section 2).

    Source: D. Kingma and J. Ba, "Adam: a method for stochastic optimization" (2015).
    """

    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, weight_decay=0.0):
        super().__init__(learning_rate, weight_decay)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon
        self.mean = self.square = 0.0

    def update(self, weights, gradient, rate):
        """Divide a mean of the slopes by the root of a mean of their squares, both put right."""
        self.mean = self.beta_1 * self.mean + (1 - self.beta_1) * gradient
        self.square = self.beta_2 * self.square + (1 - self.beta_2) * gradient**2
        rate = rate * np.sqrt(1 - self.beta_2**self.steps) / (1 - self.beta_1**self.steps)
        return weights - rate * self.mean / (np.sqrt(self.square) + self.epsilon)


class AdamW(Adam):
    """Adam with decay of the weights (``keras.optimizers.AdamW``).

    Source: I. Loshchilov and F. Hutter, "Decoupled weight decay regularization" (2019).
    """

    def __init__(self, learning_rate=0.001, weight_decay=0.004, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        super().__init__(learning_rate, beta_1, beta_2, epsilon, weight_decay)


class Ftrl(Optimiser):
    """Follow the regularised leader: new weights from the sum of all slopes (``keras.optimizers.Ftrl``).

    With ``l1_regularization_strength`` above 0 a weight stays at exactly 0 as long as its slopes cancel each other;
    that is what it is for. The walk forgets where it starts, as if it had begun at 0.

    Source: H. B. McMahan and others, "Ad click prediction: a view from the trenches" (2013), algorithm 1.
    """

    def __init__(
        self,
        learning_rate=0.001,
        initial_accumulator_value=0.1,
        l1_regularization_strength=0.0,
        l2_regularization_strength=0.0,
        beta=0.0,
        weight_decay=0.0,
    ):
        super().__init__(learning_rate, weight_decay)
        self.l1, self.l2, self.beta = l1_regularization_strength, l2_regularization_strength, beta
        self.total, self.linear = initial_accumulator_value, 0.0

    def update(self, weights, gradient, rate):
        """Find the lowest point of all slopes so far, taken as straight lines, plus a bowl that holds it back."""
        before, self.total = self.total, self.total + gradient**2
        self.linear = self.linear + gradient - (np.sqrt(self.total) - np.sqrt(before)) / rate * weights
        bowl = np.sqrt(self.total) / rate + 2 * self.l2 + self.beta / rate
        return (np.clip(self.linear, -self.l1, self.l1) - self.linear) / bowl


def walk(optimiser, gradient, start, steps):
    """Let a fresh optimiser walk, and keep every place.

    Args:
        optimiser: one of the optimisers above that has taken no step yet.
        gradient: a function: ``gradient(w)`` is the gradient at the place w, an array of shape (n,).
        start: array of shape (n,), where the walk begins.
        steps: how many steps to take.

    Returns:
        Array of shape (steps + 1, n), the places at the start and after each step. A walk that leaves for good ends in
        values that are no finite numbers.

    Raises:
        ValueError: if the optimiser has taken steps before, and so remembers another walk.
    """
    if optimiser.steps:
        raise ValueError(f"This optimiser has taken {optimiser.steps} steps before: make a new one for each walk.")
    path = [np.array(start, dtype=float)]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            path.append(optimiser.step(path[-1], gradient(path[-1])))
    return np.array(path)
