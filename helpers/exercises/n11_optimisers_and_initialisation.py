"""The exercises of notebook 11: a ball by hand and in code, a mean put right, a valley, a schedule, He's start."""

import numpy as np

from helpers.exercises import keras_models, values
from helpers.exercises.exercise import Exercise, MadeExercise, Misconception, Mistake
from helpers.exercises.hints import Hint

# --- one step of the ball by hand

WEIGHT, VELOCITY, SLOPE, RHO, ETA = 5.0, -2.0, 10.0, 0.9, 0.1
ROLLED = (-2.8, 2.2)
# Where known mistakes lead, and what to say about them: pairs of (velocity, weight) and the hint.
WHERE_IT_ROLLS = [
    (
        (-0.8, 4.2),
        Hint("Your push goes along the slope, and it points uphill.", "The push is −η · slope, here −1."),
    ),
    (
        (-3.0, 2.0),
        Hint("Your ball has no friction: it keeps all of its velocity.", "It keeps ρ · (−2), and then gets its push."),
    ),
    (
        (-1.2, 3.8),
        Hint("You take ρ for the friction; it is the share that is kept.", "What is kept of −2 is 0.9 · (−2)."),
    ),
    (
        (-1.0, 4.0),
        Hint("Your ball forgets its velocity; this is a step of gradient descent.", "It keeps 0.9 · (−2) of it."),
    ),
    (
        (-11.8, -6.8),
        Hint("The push is the whole slope in your step.", "The rate η makes it a tenth: 0.1 · 10."),
    ),
    (
        (-2.8, 7.8),
        Hint("The velocity is right, but the ball rolled against it.", "Add the velocity to the weight."),
    ),
    (
        (-2.8, 3.0),
        Hint("The velocity is right, but the ball rolled with the old one.", "The new velocity moves the weight."),
    ),
    (
        (2.2, -2.8),
        Hint("Both numbers are right, the wrong way round.", "The velocity comes first, then the weight."),
    ),
]


def _examine_rolling(rolled):
    found = values.numbers(rolled, (2,))
    if isinstance(found, Hint):
        return found
    if np.allclose(found, ROLLED):
        return None
    for led_to, hint in WHERE_IT_ROLLS:
        if np.allclose(found, led_to):
            return hint
    velocity, weight = found
    if np.isclose(velocity, ROLLED[0]):
        return Hint("The velocity is right, the weight is not.", "The weight moves by the new velocity: 5 + v.")
    if np.isclose(weight, WEIGHT + velocity):
        return Hint("The weight fits your velocity, which is not right.", "It is 0.9 · (−2) − 0.1 · 10.")
    return Hint("This is not where the ball rolls.", "First v = 0.9 · (−2) − 0.1 · 10, then w = 5 + v.")


# --- a step of the ball


def momentum_step(w, v, gradient, rho, eta):
    """Let the ball roll for one step.

    w: array of shape (n,), the weights
    v: array of shape (n,), the velocities of the weights
    gradient: array of shape (n,), the slopes at w
    rho: one number, the share of the velocity that is kept
    eta: one number, the learning rate
    returns: two arrays of shape (n,), the new weights and the new velocities
    """
    new_v = rho * v - eta * gradient
    return w + new_v, new_v


def _pushed_uphill(w, v, gradient, rho, eta):
    return momentum_step(w, v, -gradient, rho, eta)


def _no_friction(w, v, gradient, rho, eta):
    return momentum_step(w, v, gradient, 1.0, eta)


def _friction_for_rho(w, v, gradient, rho, eta):
    return momentum_step(w, v, gradient, 1 - rho, eta)


def _nothing_kept(w, v, gradient, rho, eta):
    return momentum_step(w, v, gradient, 0.0, eta)


def _rolled_with_the_old_velocity(w, v, gradient, rho, eta):
    return w + v, rho * v - eta * gradient


def _rolled_against_the_velocity(w, v, gradient, rho, eta):
    new_v = rho * v - eta * gradient
    return w - new_v, new_v


def _velocity_first(w, v, gradient, rho, eta):
    new_w, new_v = momentum_step(w, v, gradient, rho, eta)
    return new_v, new_w


def _weights_only(w, v, gradient, rho, eta):
    return momentum_step(w, v, gradient, rho, eta)[0]


def _rate_on_the_velocity_too(w, v, gradient, rho, eta):
    new_v = rho * v - gradient
    return w + eta * new_v, new_v


def _push_reduced(w, v, gradient, rho, eta):
    return momentum_step(w, v, (1 - rho) * gradient, rho, eta)


def _pushed_twice(w, v, gradient, rho, eta):
    new_v = rho * v - eta * gradient
    return w + new_v - eta * gradient, new_v


def _ball_probes(rng):
    cases = [(np.array([5.0]), np.array([-2.0]), np.array([10.0]), 0.9, 0.1)]
    for n, rho in ((2, 0.6), (3, 0.8), (4, 0.35)):
        cases.append((*rng.normal(size=(3, n)), rho, float(rng.uniform(0.05, 0.3))))
    return cases


# --- a running mean, put right


def corrected_mean(numbers, beta):
    """Average numbers with a running mean that begins at 0, and put right what the 0 spoils.

    numbers: array of shape (n,), in the order in which they come; at least one
    beta: one number between 0 and 1: each new number gets the share 1 − beta, and what was there keeps beta
    returns: one number, the mean after the last number, divided by the share that does not come from the 0
    """
    mean = 0.0
    for number in numbers:
        mean = beta * mean + (1 - beta) * number
    return mean / (1 - beta ** len(numbers))


def _not_put_right(numbers, beta):
    return corrected_mean(numbers, beta) * (1 - beta ** len(numbers))


def _put_right_as_after_one(numbers, beta):
    return _not_put_right(numbers, beta) / (1 - beta)


def _made_even_smaller(numbers, beta):
    return _not_put_right(numbers, beta) * (1 - beta ** len(numbers))


def _share_of_the_0(numbers, beta):
    return _not_put_right(numbers, beta) / beta ** len(numbers)


def _beta_times_t(numbers, beta):
    return _not_put_right(numbers, beta) / (1 - beta * len(numbers))


def _counted_from_0(numbers, beta):
    count = len(numbers) - 1
    return _not_put_right(numbers, beta) / (1 - beta**count) if count else np.inf


def _shares_exchanged(numbers, beta):
    return corrected_mean(numbers, 1 - beta)


def _shares_exchanged_in_the_loop(numbers, beta):
    return _not_put_right(numbers, 1 - beta) / (1 - beta ** len(numbers))


def _plain_mean(numbers, beta):
    return np.mean(numbers)


def _begun_at_the_first(numbers, beta):
    mean = numbers[0]
    for number in numbers[1:]:
        mean = beta * mean + (1 - beta) * number
    return mean


def _put_right_in_every_step(numbers, beta):
    mean = 0.0
    for t, number in enumerate(numbers, start=1):
        mean = (beta * mean + (1 - beta) * number) / (1 - beta**t)
    return mean


def _last_number_only(numbers, beta):
    return (1 - beta) * numbers[-1] / (1 - beta ** len(numbers))


def _mean_probes(rng):
    cases = [(np.full(5, 5.0), 0.9), (np.array([3.0, -1.0]), 0.8)]
    for n, beta in ((1, 0.75), (4, 0.6), (7, 0.95)):
        cases.append((rng.normal(loc=1, size=n), beta))
    return cases


# --- a setting of one's own

STEEP, FROM, TO, LOW = 100, 40, 60, 0.01
NEW_VALLEY = """import numpy as np


def new_valley(w1, w2):
    return (w1**2 + 100 * w2**2) / 2


def new_valley_gradient(w):
    return np.array([1, 100]) * w"""


def _places(eta, rho):
    """Where the ball is after each step, shape (TO + 1, 2)."""
    w, v = np.array([-5.0, 1.0]), np.zeros(2)
    places = [w]
    with np.errstate(all="ignore"):
        for _ in range(TO):
            v = rho * v - eta * np.array([1, STEEP]) * w
            w = w + v
            places.append(w)
    return np.array(places)


def _examine_setting(setting):
    found = values.numbers(setting, (2,))
    if isinstance(found, Hint):
        return found
    eta, rho = found
    places = _places(eta, rho)
    parts = np.array([1, STEEP]) * places**2 / 2  # of the loss: along the valley, across it
    late = parts[FROM:].sum(axis=1)
    if np.all(late < LOW):
        return None
    if eta <= 0:
        return Hint("Your rate is not above 0.", "Such pushes lead uphill, or nowhere. The rate comes first, then ρ.")
    if rho >= 1:
        return Hint("Your ball loses no velocity, so it never comes to rest.", "ρ is a share below 1.")
    if rho < 0:
        return Hint("Your ρ is below 0: what is kept of the velocity pushes back.", "ρ is a share from 0 to 1.")
    if not late[-1] < parts[0].sum():
        return Hint(
            "With this setting the jumps across the valley grow: the rate is too large for it.",
            "Without momentum the rate must stay below 2/100 here; with it a little more is possible.",
        )
    if rho == 0:
        return Hint(
            "Without momentum no rate is quick enough in this valley.",
            "Let the ball keep half of its velocity or more.",
        )
    if np.any(places[1:, 0] * places[:-1, 0] < 0):
        return Hint(
            "The ball rolls past the lowest point and swings back: it keeps too much velocity.", "Make ρ smaller."
        )
    along, across = parts[FROM:].max(axis=0)
    if across > along:
        return Hint(
            "The ball still jumps across the valley: there the rate is a little too large.", "Make the rate smaller."
        )
    return Hint(
        "The ball creeps along the valley and is not there yet.",
        "A larger ρ lets it get faster, and so does a larger rate, as long as it does not jump across.",
    )


# --- a network with a schedule

HIGHEST, ALL_STEPS, KEPT = 0.1, 120, 0.9


def _cosine(step):
    return HIGHEST * (1 + np.cos(np.pi * step / ALL_STEPS)) / 2


def _examine_scheduled(network):
    slip = (
        keras_models.part_of_training(network)
        or keras_models.form(network)
        or keras_models.output(network, classes=10)
        or keras_models.loss_fits_output(network)
        or keras_models.loss_fits_labels(network)
    )
    if slip is not None:
        return slip
    name = keras_models.optimiser_name(network)
    if name != "SGD":
        return Hint(
            f"Your optimiser is {name}; SGD with momentum is asked for.", "keras.optimizers.SGD(..., momentum=0.9)"
        )
    return _schedule_slip(network) or _momentum_slip(network)


def _schedule_slip(network):
    steps = range(ALL_STEPS + 1)
    rates = np.array([keras_models.rate_at(network, step) for step in steps])
    if np.allclose(rates, [_cosine(step) for step in steps], atol=1e-4):
        return None
    if np.ptp(rates) < 1e-6:
        return Hint(
            f"Your rate stays at {rates[0]:.3g} all the time.",
            "Hand keras.optimizers.schedules.CosineDecay(...) over in the place of the rate.",
        )
    if not np.isclose(rates[0], HIGHEST, atol=1e-4):
        return Hint(f"Your rate begins at {rates[0]:.3g}; it should begin at 0.1.", "A warm-up is not asked for here.")
    if rates[-1] < 1e-6 and (early := int(np.argmax(rates < 1e-6))) < ALL_STEPS:
        return Hint(
            f"Your rate is 0 already after {early} of the steps, and then nothing is learned any more.",
            "decay_steps counts batches, not epochs: how many batches are there in all epochs together?",
        )
    if rates[-1] > 1e-3:
        return Hint(
            f"At the end of the training your rate is still {rates[-1]:.2g}.",
            "decay_steps counts batches, not pictures: 1,500 pictures in batches of 50 are 30 batches.",
        )
    return Hint(
        "Your rate falls from 0.1 to 0, but not along a cosine.", "keras.optimizers.schedules.CosineDecay does."
    )


def _momentum_slip(network):
    kept = float(network.optimizer.momentum)
    if np.isclose(kept, KEPT):
        return None
    if kept == 0:
        return Hint("Your optimiser has no momentum.", "SGD takes it as momentum=0.9.")
    return Hint(f"The momentum of your optimiser is {kept:.3g}; 0.9 is asked for.")


NETWORK = "scheduled = keras.Sequential([keras.Input(shape=(784,)), {}])"
ANSWERS = 'layers.Dense(10, activation="softmax")'
COSINE = "keras.optimizers.schedules.CosineDecay(0.1, decay_steps={})"


def _scheduled(
    rate=COSINE.format(120), optimiser="SGD", settings=", momentum=0.9", loss='"sparse_categorical_crossentropy"'
):
    return "\n".join(
        [
            NETWORK.format(ANSWERS),
            f"scheduled.compile(optimizer=keras.optimizers.{optimiser}({rate}{settings}), loss={loss})",
        ]
    )


# --- He's start


def he_weights(inputs, units, seed):
    """Draw the start of a layer before a ReLU, after He.

    inputs: whole number, how many inputs each unit has
    units: whole number, how many units the layer has
    seed: whole number; draw with np.random.default_rng(seed), once, by its method normal
    returns: array of shape (inputs, units), normal numbers around 0 with the variance 2 / inputs
    """
    rng = np.random.default_rng(seed)
    return rng.normal(0, np.sqrt(2 / inputs), size=(inputs, units))


def _variance_for_deviation(inputs, units, seed):
    return np.random.default_rng(seed).normal(0, 2 / inputs, size=(inputs, units))


def _one_over_n(inputs, units, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(1 / inputs), size=(inputs, units))


def _by_the_units(inputs, units, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / units), size=(inputs, units))


def _by_both(inputs, units, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / (inputs + units)), size=(inputs, units))


def _by_all_weights(inputs, units, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / (inputs * units)), size=(inputs, units))


def _not_scaled(inputs, units, seed):
    return np.random.default_rng(seed).normal(0, 1, size=(inputs, units))


def _turned(inputs, units, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / inputs), size=(units, inputs))


def _around_the_deviation(inputs, units, seed):
    return np.random.default_rng(seed).normal(np.sqrt(2 / inputs), size=(inputs, units))


def _root_of_2_only(inputs, units, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2) / inputs, size=(inputs, units))


def _drawn_evenly(inputs, units, seed):
    limit = np.sqrt(6 / inputs)
    return np.random.default_rng(seed).uniform(-limit, limit, size=(inputs, units))


def _never_below_0(inputs, units, seed):
    return np.abs(np.random.default_rng(seed).normal(0, np.sqrt(2 / inputs), size=(inputs, units)))


def _one_row(inputs, units, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / inputs), size=inputs)


def _start_probes(rng):
    return [(*size, int(rng.integers(1000))) for size in ((8, 3), (2, 5), (50, 20), (3, 40))]


EXERCISES = [
    MadeExercise(
        name="rolling_by_hand",
        task="A ball is at the weight 5 and has the velocity −2. The slope there is 10. With ρ = 0.9 and η = 0.1: what "
        "is its velocity after one step, and where is it? Write both numbers in place of the dots.",
        stub="rolled = (..., ...)  # velocity, weight",
        answer="rolled",
        solution="rolled = (-2.8, 2.2)  # 0.9 * (-2) - 0.1 * 10 = -2.8, and 5 + (-2.8) = 2.2",
        examine=_examine_rolling,
        mistakes=[
            Mistake("rolled = (-0.8, 4.2)", "along the slope, and it points uphill", "here −1"),
            Mistake("rolled = (-3, 2)", "has no friction", "It keeps ρ · (−2)"),
            Mistake("rolled = (-1.2, 3.8)", "take ρ for the friction", "0.9 · (−2)"),
            Mistake("rolled = (-1, 4)", "forgets its velocity", "It keeps 0.9"),
            Mistake("rolled = (-11.8, -6.8)", "the whole slope", "a tenth"),
            Mistake("rolled = (-2.8, 7.8)", "rolled against it", "Add the velocity"),
            Mistake("rolled = (-2.8, 3)", "rolled with the old one", "The new velocity"),
            Mistake("rolled = (2.2, -2.8)", "the wrong way round", "The velocity comes first"),
        ],
        praise="The ball was rolling downhill already, so the push made it faster; against its way it would brake.",
    ),
    Exercise(
        name="momentum_step",
        task="Write the step of the ball, for any number of weights.",
        reference=momentum_step,
        probes=_ball_probes,
        misconceptions=[
            Misconception(
                _pushed_uphill,
                hint="Your push goes along the slope, and it points uphill.",
                fuller="Subtract eta * gradient from the velocity that is kept.",
            ),
            Misconception(
                _no_friction,
                hint="Your ball keeps all of its velocity, whatever rho is.",
                fuller="Only rho * v is kept.",
            ),
            Misconception(
                _friction_for_rho,
                hint="You take rho for the friction; it is the share that is kept.",
                fuller="rho * v is what is kept, not (1 - rho) * v.",
            ),
            Misconception(
                _nothing_kept,
                hint="Your ball has no memory: this is gradient descent.",
                fuller="The new velocity is rho * v and a push.",
            ),
            Misconception(
                _rolled_with_the_old_velocity,
                hint="The velocity is right, but the weights moved with the old one.",
                fuller="First the new velocity, then add it to w.",
            ),
            Misconception(
                _rolled_against_the_velocity,
                hint="The velocity is right, but the weights moved against it.",
                fuller="The minus is in the velocity already: add it to w.",
            ),
            Misconception(
                _velocity_first,
                hint="You return the velocities first; the weights come first.",
                fuller="return new_w, new_v",
            ),
            Misconception(
                _weights_only,
                hint="The weights are there, but the next step needs the velocities, too.",
                fuller="Return both: return new_w, new_v",
            ),
            Misconception(
                _rate_on_the_velocity_too,
                hint="The rate multiplies the whole velocity in your step; it belongs to the push alone.",
                fuller="new_v = rho * v - eta * gradient, and w + new_v. (Some books have your form, with a velocity "
                "of another size.)",
            ),
            Misconception(
                _push_reduced,
                hint="Your push is too small by the factor 1 − rho, as in a running mean.",
                fuller="The velocity is a sum of pushes: the push is eta * gradient.",
            ),
            Misconception(
                _pushed_twice,
                hint="The velocity is right, but the weights get the push a second time.",
                fuller="The push is in the new velocity already.",
            ),
        ],
        praise="One more array to remember for each weight: that is all that momentum costs.",
    ),
    Exercise(
        name="corrected_mean",
        task="Write the running mean, and put it right at the end: divide by the share that does not come from the 0.",
        reference=corrected_mean,
        probes=_mean_probes,
        misconceptions=[
            Misconception(
                _not_put_right,
                hint="This is the running mean itself, too near to 0.",
                fuller="After t numbers the 0 still has the share beta**t. Divide by what is left for the others.",
            ),
            Misconception(
                _put_right_as_after_one,
                hint="You divide by 1 − beta, which is right after one number only.",
                fuller="After t numbers the 0 has the share beta**t.",
            ),
            Misconception(
                _made_even_smaller,
                hint="You multiply by the share, so that the mean gets even nearer to 0.",
                fuller="Divide by it.",
            ),
            Misconception(
                _share_of_the_0,
                hint="You divide by the share of the 0.",
                fuller="The others have what is left of 1.",
            ),
            Misconception(
                _beta_times_t,
                hint="You take beta · t for the share of the 0.",
                fuller="Each number leaves the share beta of what was there, so they multiply: beta**t.",
            ),
            Misconception(
                _counted_from_0,
                hint="You count one number too few.",
                fuller="After the first number t is 1, after the last one len(numbers).",
            ),
            Misconception(
                _shares_exchanged,
                hint="You have exchanged the shares: a new number gets beta in yours.",
                fuller="mean = beta * mean + (1 - beta) * number",
            ),
            Misconception(
                _shares_exchanged_in_the_loop,
                hint="In your loop a new number gets the share beta; what you divide by is right.",
                fuller="mean = beta * mean + (1 - beta) * number",
            ),
            Misconception(
                _plain_mean,
                hint="This is the plain mean, in which all numbers count alike; here later ones count more.",
                fuller="Go through the numbers one by one: mean = beta * mean + (1 - beta) * number",
            ),
            Misconception(
                _begun_at_the_first,
                hint="Your mean begins at the first number, which then counts too much.",
                fuller="Begin at 0, as Adam does, and divide at the end.",
            ),
            Misconception(
                _put_right_in_every_step,
                hint="You put the mean right in every step and go on from there.",
                fuller="Keep the running mean as it is in the loop; divide once, at the end.",
            ),
            Misconception(
                _last_number_only,
                hint="Only the last number counts in yours: the mean is begun anew in every round.",
                fuller="mean = 0.0 belongs before the loop.",
            ),
        ],
        praise="Without this division Adam's first steps would have the wrong length, for its two means begin too low "
        "by different shares.",
    ),
    MadeExercise(
        name="valley_setting",
        task="A narrower valley, $L = \\tfrac12 (w_1^2 + 100\\,w_2^2)$, and a ball that begins at rest at $(-5, 1)$. "
        "Find a rate and a momentum with which its loss is below 0.01 after 40 steps and stays there until step 60.",
        stub="setting = (..., ...)  # rate, momentum",
        setup=NEW_VALLEY,
        answer="setting",
        solution="setting = (0.03, 0.7)",
        examine=_examine_setting,
        mistakes=[
            Mistake("setting = (0.019, 0)", "Without momentum no rate", "half of its velocity"),
            Mistake("setting = (0.02, 0.9)", "rolls past the lowest point", "Make ρ smaller."),
            Mistake("setting = (0.002, 0.5)", "creeps along the valley", "A larger ρ"),
            Mistake("setting = (0.07, 0.5)", "the jumps across the valley grow", "2/100"),
            Mistake("setting = (0.0299, 0.5)", "still jumps across", "Make the rate smaller."),
            Mistake("setting = (0.02, 1)", "loses no velocity", "below 1"),
            Mistake("setting = (-0.02, 0.5)", "Your rate is not above 0.", "uphill, or nowhere"),
            Mistake("setting = (0.01, -0.5)", "Your ρ is below 0", "from 0 to 1"),
            Mistake("setting = 0.03", "An array of shape (2,) is asked for"),
        ],
        praise="Gradient descent at its best rate would need more than two hundred steps here.",
    ),
    MadeExercise(
        name="scheduled",
        task="Build a network with one layer, `Dense` with ten outputs as probabilities, for inputs of 784 numbers. "
        "Compile it for labels that are whole numbers, with `SGD` and the momentum 0.9. Its rate is to fall along a "
        "cosine from 0.1 to 0, over a whole training: 4 epochs, 1,500 pictures, batches of 50. No training yet.",
        stub="scheduled = ...",
        setup="import keras\nfrom keras import layers",
        answer="scheduled",
        solution="\n".join(
            [
                NETWORK.format(ANSWERS),
                f"rate = {COSINE.format('4 * 1500 // 50')}",
                "scheduled.compile(",
                "    optimizer=keras.optimizers.SGD(rate, momentum=0.9),",
                '    loss="sparse_categorical_crossentropy",',
                ")",
            ]
        ),
        examine=_examine_scheduled,
        mistakes=[
            Mistake(NETWORK.format(ANSWERS), keras_models.NOT_COMPILED, "before fit"),
            Mistake(_scheduled("0.1"), "Your rate stays at 0.1", "in the place of the rate"),
            Mistake(_scheduled(COSINE.format(4)), "already after 4 of the steps", "not epochs"),
            Mistake(_scheduled(COSINE.format(1500)), "your rate is still", "not pictures"),
            Mistake(
                _scheduled("keras.optimizers.schedules.CosineDecay(0.0, 120, warmup_target=0.1, warmup_steps=10)"),
                "Your rate begins at 0;",
                "A warm-up",
            ),
            Mistake(
                _scheduled("keras.optimizers.schedules.PolynomialDecay(0.1, 120, 0.0)"),
                "not along a cosine",
                "CosineDecay does",
            ),
            Mistake(_scheduled(settings=""), "Your optimiser has no momentum.", "momentum=0.9"),
            Mistake(_scheduled(settings=", momentum=0.1"), "The momentum of your optimiser is 0.1"),
            Mistake(_scheduled(optimiser="Adam", settings=""), "Your optimiser is Adam", "keras.optimizers.SGD"),
            Mistake(_scheduled(loss='"categorical_crossentropy"'), keras_models.ONE_HOT_LOSS, "as they are"),
            Mistake(f"scheduled = {COSINE.format(120)}", "This is the schedule alone", "hand over the network"),
            Mistake("scheduled = keras.optimizers.SGD(0.1)", "This is the optimiser alone", "hand over the network"),
        ],
        praise="Keras counts the batches and asks the schedule for the rate before each of them.",
    ),
    Exercise(
        name="he_weights",
        task="Draw the start of a layer before a ReLU: normal numbers around 0 whose variance is 2 / n, where n is the "
        "number of inputs of each unit.",
        reference=he_weights,
        probes=_start_probes,
        misconceptions=[
            Misconception(
                _variance_for_deviation,
                hint="You take the variance for the standard deviation; rng.normal wants the deviation.",
                fuller="It is the root of the variance.",
                errata=("XE4",),
            ),
            Misconception(
                _one_over_n,
                hint="Your variance is 1 / n: too small for a ReLU, which lets only half of the signal through.",
                fuller="Take 2 / inputs.",
            ),
            Misconception(
                _by_the_units,
                hint="You count the units of the layer; n is the number of inputs that each of them adds up.",
                fuller="Take inputs in place of units.",
                errata=("XE5",),
            ),
            Misconception(
                _by_both,
                hint="Your variance is Glorot's, by inputs and units together.",
                fuller="He counts the inputs alone: 2 / inputs.",
            ),
            Misconception(
                _by_all_weights,
                hint="You divide by the number of all weights.",
                fuller="A unit adds up as many products as it has inputs: 2 / inputs.",
            ),
            Misconception(
                _not_scaled,
                hint="Your numbers have the standard deviation 1, whatever the layer is.",
                fuller="Make it the root of 2 / inputs.",
            ),
            Misconception(
                _turned,
                hint="You have a row for each unit; a row for each input is asked for.",
                fuller="size=(inputs, units), as in W[source, target].",
            ),
            Misconception(
                _around_the_deviation,
                hint="Your numbers lie around the deviation: the first argument of rng.normal is the mean.",
                fuller="rng.normal(0, deviation, size=...)",
            ),
            Misconception(
                _root_of_2_only,
                hint="The root is taken of 2 alone.",
                fuller="np.sqrt(2 / inputs), with the division inside.",
            ),
            Misconception(
                _drawn_evenly,
                hint="The variance is right, but your numbers are drawn evenly; normal ones are asked for.",
                fuller="rng.normal(0, deviation, size=...)",
            ),
            Misconception(
                _never_below_0,
                hint="None of your weights is below 0.",
                fuller="Leave the signs as they are drawn.",
            ),
            Misconception(
                _one_row,
                hint="You drew one number for each input; each unit needs its own.",
                fuller="size=(inputs, units)",
            ),
        ],
        praise='In Keras this is kernel_initializer="he_normal" (which cuts off what is drawn far out).',
        setup="import numpy as np",
    ),
]
