"""The exercises of notebook 12: reading curves, early stopping, penalties, dropout, a network that overfits less."""

import functools

import numpy as np

from helpers.exercises import keras_models
from helpers.exercises.exercise import Exercise, MadeExercise, Misconception, Mistake
from helpers.exercises.hints import Hint

# --- the best epoch


def best_epoch(val_losses):
    """Find the epoch after which the validation loss was smallest.

    val_losses: array of shape (epochs,), the validation loss after each epoch
    returns: one whole number, the epoch; the first epoch is number 1
    """
    return np.argmin(val_losses) + 1


def _epoch_from_zero(val_losses):
    return np.argmin(val_losses)


def _smallest_loss(val_losses):
    return np.min(val_losses)


def _last_epoch(val_losses):
    return len(val_losses)


def _worst_epoch(val_losses):
    return np.argmax(val_losses) + 1


def _before_first_rise(val_losses):
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] > val_losses[epoch - 1]:
            return epoch
    return len(val_losses)


def _every_epoch_in_order(val_losses):
    return np.argsort(val_losses) + 1


def _one_too_late(val_losses):
    return np.argmin(val_losses) + 2


def _loss_probes(rng):
    cases = [(np.array([1.2, 0.7, 0.5, 0.45, 0.5, 0.6]),), (np.array([0.9, 0.6, 0.7, 0.3, 0.35]),)]
    return [*cases, *((rng.uniform(0.2, 2, size=epochs),) for epochs in (4, 9, 15))]


# --- early stopping


def stop_early(val_losses, patience):
    """Play early stopping through: how many epochs are trained, and which of them was the best.

    val_losses: array of shape (epochs,), the validation loss after each epoch, if all of them were trained
    patience: whole number of at least 1; training stops as soon as so many epochs in a row brought no loss
        smaller than the smallest before them
    returns: two whole numbers, the number of epochs that are trained and the best of these epochs; the first
        epoch is number 1
    """
    best, waited = 1, 0
    for epoch in range(2, len(val_losses) + 1):
        if val_losses[epoch - 1] < val_losses[best - 1]:
            best, waited = epoch, 0
        else:
            waited = waited + 1
        if waited == patience:
            return epoch, best
    return len(val_losses), best


def _compares_with_the_epoch_before(val_losses, patience):
    best, waited = 1, 0
    for epoch in range(2, len(val_losses) + 1):
        if val_losses[epoch - 1] < val_losses[epoch - 2]:
            best, waited = epoch, 0
        else:
            waited = waited + 1
        if waited == patience:
            return epoch, best
    return len(val_losses), best


def _never_forgets(val_losses, patience):
    best, waited = 1, 0
    for epoch in range(2, len(val_losses) + 1):
        if val_losses[epoch - 1] < val_losses[best - 1]:
            best = epoch
        else:
            waited = waited + 1
        if waited == patience:
            return epoch, best
    return len(val_losses), best


def _one_epoch_more(val_losses, patience):
    return stop_early(val_losses, patience + 1)


def _stops_at_once(val_losses, patience):
    return stop_early(val_losses, 1)


def _counts_from_zero(val_losses, patience):
    ran, best = stop_early(val_losses, patience)
    return ran - 1, best - 1


def _keeps_the_last(val_losses, patience):
    ran, _ = stop_early(val_losses, patience)
    return ran, ran


def _best_of_all(val_losses, patience):
    ran, _ = stop_early(val_losses, patience)
    return ran, best_epoch(val_losses)


def _never_stops(val_losses, patience):
    return len(val_losses), best_epoch(val_losses)


def _turned_round(val_losses, patience):
    ran, best = stop_early(val_losses, patience)
    return best, ran


def _patience_probes(rng):
    uneven = np.array([1.0, 0.6, 0.7, 0.5, 0.55, 0.54, 0.53, 0.52, 0.4, 0.3])
    cases = [
        (np.array([1.2, 0.7, 0.5, 0.6, 0.7, 0.8, 0.9]), 2),
        (uneven, 3),
        (uneven, 2),
        (np.array([1.0, 0.9, 0.8, 0.7]), 2),
    ]
    for epochs, patience in ((12, 2), (15, 3), (20, 4)):
        falling = np.linspace(1, 0.5, epochs) + rng.normal(scale=0.1, size=epochs)
        cases.append((falling, patience))
    return cases


# --- steps with a penalty


def l2_step(w, gradient, eta, lam):
    """Take one step of gradient descent on the loss plus lam times the sum of the squared weights.

    w: array of shape (n,), the weights
    gradient: array of shape (n,), the slopes of the loss alone
    eta: one number, the learning rate
    lam: one number, the penalty's strength
    returns: array of shape (n,), the new weights
    """
    return w - eta * (gradient + 2 * lam * w)


def _l2_without_two(w, gradient, eta, lam):
    return w - eta * (gradient + lam * w)


def _l2_away_from_zero(w, gradient, eta, lam):
    return w - eta * (gradient - 2 * lam * w)


def _l2_not_times_eta(w, gradient, eta, lam):
    return w - eta * gradient - 2 * lam * w


def _l2_squares(w, gradient, eta, lam):
    return w - eta * (gradient + lam * w**2)


def _l2_signs(w, gradient, eta, lam):
    return w - eta * (gradient + lam * np.sign(w))


def _l2_sum_of_all(w, gradient, eta, lam):
    return w - eta * (gradient + lam * np.sum(w**2))


def _l2_penalty_alone(w, gradient, eta, lam):
    return w - eta * 2 * lam * w


def _l2_uphill(w, gradient, eta, lam):
    return w + eta * (gradient + 2 * lam * w)


def _l2_change(w, gradient, eta, lam):
    return -eta * (gradient + 2 * lam * w)


def l1_step(w, gradient, eta, lam):
    """Take one step of gradient descent on the loss plus lam times the sum of the weights' absolute values.

    w: array of shape (n,), the weights
    gradient: array of shape (n,), the slopes of the loss alone
    eta: one number, the learning rate
    lam: one number, the penalty's strength
    returns: array of shape (n,), the new weights
    """
    return w - eta * (gradient + lam * np.sign(w))


def _l1_proportional(w, gradient, eta, lam):
    return (1 - eta * lam) * w - eta * gradient


def _l1_twice_proportional(w, gradient, eta, lam):
    return w - eta * (gradient + 2 * lam * w)


def _l1_sizes(w, gradient, eta, lam):
    return w - eta * (gradient + lam * np.abs(w))


def _l1_same_for_all(w, gradient, eta, lam):
    return w - eta * (gradient + lam)


def _l1_away_from_zero(w, gradient, eta, lam):
    return w - eta * (gradient - lam * np.sign(w))


def _l1_not_times_eta(w, gradient, eta, lam):
    return w - eta * gradient - lam * np.sign(w)


def _l1_sign_of_gradient(w, gradient, eta, lam):
    return w - eta * (gradient + lam * np.sign(gradient))


def _l1_penalty_alone(w, gradient, eta, lam):
    return w - eta * lam * np.sign(w)


def _step_probes(rng):
    cases = [(np.array([1.0, -2.0, 0.5]), np.array([0.3, 0.1, -0.2]), 0.1, 0.5)]
    for n, eta, lam in ((2, 0.05, 0.3), (4, 0.2, 0.8), (7, 0.3, 0.02)):
        cases.append((rng.normal(size=n), rng.normal(size=n), eta, lam))
    return cases


# --- dropout


def dropout(activations, chances, rate):
    """Drop units for one training step, and make up for them.

    activations: array of shape (n, units), what the units of a layer say to n examples
    chances: array of the same shape, a random number from 0 to 1 for each of them
    rate: one number from 0 to below 1; a unit is dropped where its chance is below it
    returns: array of the same shape: 0 where a unit is dropped, and elsewhere the activation divided by the
        share of units that is kept on average, 1 - rate
    """
    kept = chances >= rate
    return activations * kept / (1 - rate)


def _drop_without_rescaling(activations, chances, rate):
    return activations * (chances >= rate)


def _drop_the_others(activations, chances, rate):
    return activations * (chances < rate) / (1 - rate)


def _divide_by_the_rate(activations, chances, rate):
    return activations * (chances >= rate) / rate


def _times_the_kept_share(activations, chances, rate):
    return activations * (chances >= rate) * (1 - rate)


def _one_mask_for_all(activations, chances, rate):
    return activations * (chances[0] >= rate) / (1 - rate)


def _mask_alone(activations, chances, rate):
    return (chances >= rate) / (1 - rate)


def _divide_by_what_was_kept(activations, chances, rate):
    kept = chances >= rate
    return activations * kept / np.mean(kept)


def _rescale_without_dropping(activations, chances, rate):
    return activations / (1 - rate)


def _chances_for_a_mask(activations, chances, rate):
    return activations * chances / (1 - rate)


def _dropout_probes(rng):
    by_hand = np.array([[1.0, 2.0, 3.0, 4.0], [-1.0, 0.5, 2.0, 1.0]])
    cases = [(by_hand, np.array([[0.1, 0.6, 0.3, 0.9], [0.7, 0.2, 0.8, 0.05]]), 0.25)]
    for n, units, rate in ((3, 5, 0.4), (4, 7, 0.2), (2, 30, 0.6)):
        cases.append((rng.normal(size=(n, units)), rng.random((n, units)), rate))
    return cases


# --- what is wrong with these trainings?

FINDINGS = ("overfitting", "learns too little", "rate too large", "validation prepared otherwise")
RIGHT = dict(zip("ABCD", (FINDINGS[2], FINDINGS[0], FINDINGS[3], FINDINGS[1]), strict=True))
WHY_NOT = {
    ("A", "overfitting"): "In A the training loss itself does not come down: nothing was learned by heart.",
    ("A", "learns too little"): "In A the loss jumps up and down; too weak a network would learn slowly and calmly.",
    ("A", "validation prepared otherwise"): "In A both curves are bad, so the validation part is not to blame alone.",
    ("B", "learns too little"): "In B the training loss goes down to nearly 0: the network learns what it is shown.",
    ("B", "rate too large"): "In B the training loss falls calmly, without a jump.",
    ("B", "validation prepared otherwise"): "In B the validation loss falls at first: what it asks was learned.",
    ("C", "overfitting"): "In C the validation loss never falls, not even at the start. Overfitting begins later.",
    ("C", "learns too little"): "In C the training loss goes down to nearly 0: the network does learn.",
    ("C", "rate too large"): "In C the training loss falls calmly, so its steps are not too large.",
    ("D", "overfitting"): "In D the two curves lie close together: there is no gap.",
    ("D", "rate too large"): "In D both curves move calmly, without a jump.",
    ("D", "validation prepared otherwise"): "In D validation is as good as training, so it is prepared well.",
}
NOT_A_FINDING = "There is an answer that is none of the four findings"
NOT_FOUR = "Hand over a dictionary with an answer for each of A, B, C and D."
FULLER = {
    "A": "What does a walk look like whose steps are too long?",
    "B": "Which gap opens, and from which epoch on?",
    "C": "What could make a network that learned its pictures well fail at the very first question?",
    "D": "Are the losses small at the end? What holds a network back that does equally badly on both parts?",
}


def _examine_diagnosis(diagnosis):
    if not isinstance(diagnosis, dict) or {str(key) for key in diagnosis} != set(RIGHT):
        return Hint(NOT_FOUR, 'It looks like this: {"A": "overfitting", "B": …}.')
    said = {str(key): " ".join(str(finding).lower().split()) for key, finding in diagnosis.items()}
    for key, finding in said.items():
        if finding not in FINDINGS:
            return Hint(f"{NOT_A_FINDING}, that for {key}.", f"They are: {', '.join(FINDINGS)}.")
    for key, finding in RIGHT.items():
        if said[key] != finding:
            return Hint(WHY_NOT[key, said[key]], FULLER[key])
    return None


def _diagnosis(**changed):
    """Code that hands over the right findings but for some."""
    return f"diagnosis = {RIGHT | changed!r}"


# --- a network of one's own

KERAS = "import keras\nfrom keras import layers"
GOAL = 0.90  # the plain network of the notebook reads some 88 % of the held-out digits


@functools.cache
def _mnist():
    """The pictures that the notebook learns from and chooses by, and those that nobody has seen."""
    from helpers import data  # noqa: PLC0415 - only who checks this exercise needs the pictures

    mnist = data.load_mnist("embedded")
    images = [part[..., np.newaxis].astype("float32") / 255 for part in (mnist.x_train, mnist.x_test)]
    return images[0], mnist.y_train, images[1], mnist.y_test


def _few_digits(rng):
    """The names that the codes use."""
    images, labels = _mnist()[:2]
    return {
        "few_images": images[:500],
        "few_labels": labels[:500],
        "val_images": images[2000:],
        "val_labels": labels[2000:],
    }


READS = "Your network reads"
TOO_FEW = f"of the digits that nobody has seen; {GOAL:.0%} are asked for."


def _examine_own_remedy(model):
    images, labels = _mnist()[2:]
    slip = (
        keras_models.form(model)
        or keras_models.output(model, classes=10)
        or keras_models.loss_fits_output(model, images[:20])
        or keras_models.accuracy_metric(model)
    )
    if slip is not None:
        return slip
    found = keras_models.accuracy(model, images, labels)
    if isinstance(found, Hint):
        return found
    if found >= GOAL:
        return None
    slip = keras_models.low_accuracy(model, images, labels, found, goal=GOAL)
    if slip.text.startswith(READS) and found > keras_models.CHANCE / 10:
        return Hint(
            f"{READS} {found:.1%} {TOO_FEW}",
            "The plain network reads some 88 %. Which of the remedies helped most in the figure? It takes more epochs "
            "than a plain training.",
        )
    return slip


COMPILE = 'compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])'
DENSE = (
    "keras.Input(shape=(28, 28, 1))",
    "layers.Flatten()",
    'layers.Dense(64, activation="relu")',
)
SOFTMAX = 'layers.Dense(10, activation="softmax")'
FIT = "fit(few_images, few_labels, verbose=0)"


def _own(*last, then=(COMPILE,), first=DENSE):
    """Code that makes a dense network with these last layers, and calls these methods of it one after the other."""
    lines = ["keras.utils.set_random_seed(1)", f"my_model = keras.Sequential([{', '.join([*first, *last])}])"]
    return "\n".join([*lines, *(f"my_model.{call}" for call in then)])


EXERCISES = [
    Exercise(
        name="best_epoch",
        task="A warm-up, one line: after which epoch was the validation loss smallest? The first epoch is number 1.",
        reference=best_epoch,
        probes=_loss_probes,
        misconceptions=[
            Misconception(
                _epoch_from_zero,
                hint="Your number is one too small: epochs are counted from 1 here.",
                fuller="np.argmin counts from 0.",
            ),
            Misconception(
                _smallest_loss,
                hint="This is the smallest loss; the epoch was asked for.",
                fuller="np.min tells the smallest number, np.argmin its place.",
            ),
            Misconception(
                _last_epoch,
                hint="This is the last epoch, whatever its loss.",
                fuller="After the best epoch the validation loss may rise again.",
            ),
            Misconception(
                _worst_epoch,
                hint="This is the epoch with the largest validation loss.",
                fuller="argmax finds the largest, argmin the smallest.",
            ),
            Misconception(
                _before_first_rise,
                hint="This is the epoch before the first rise. The loss may fall again after it.",
                fuller="Look at all epochs before you choose.",
            ),
            Misconception(
                _every_epoch_in_order,
                hint="These are all epochs, the best one first; a single number was asked for.",
                fuller="np.argmin gives the place of the smallest alone.",
            ),
            Misconception(
                _one_too_late,
                hint="Your number is too large by 1.",
                fuller="np.argmin counts from 0, so 1 is all that has to be added.",
            ),
        ],
        praise="Whoever looks at the last epoch alone may miss the best network by far.",
        setup="import numpy as np",
    ),
    Exercise(
        name="stop_early",
        task="Early stopping, played through. The validation losses of all epochs are given. Training stops as soon as "
        "`patience` epochs in a row brought no loss smaller than the smallest before them. Return two numbers: how "
        "many epochs are trained, and which of these was the best. The first epoch is number 1. A loop is all you "
        "need.",
        reference=stop_early,
        probes=_patience_probes,
        misconceptions=[
            Misconception(
                _compares_with_the_epoch_before,
                hint="You compare each loss with the one of the epoch before.",
                fuller="A loss counts as better when it is smaller than the smallest so far. Keep that one.",
            ),
            Misconception(
                _never_forgets,
                hint="You count all epochs without a new best, also those before the last best one.",
                fuller="They must come in a row: a new best sets the count back to 0.",
            ),
            Misconception(
                _one_epoch_more,
                hint="Your training is one epoch too patient.",
                fuller="It stops after the epoch with which the count reaches patience.",
            ),
            Misconception(
                _stops_at_once,
                hint="You stop at the first epoch that is no new best, whatever the patience.",
                fuller="Count such epochs, and stop when the count is patience.",
            ),
            Misconception(
                _counts_from_zero,
                hint="Both of your numbers count from 0; epochs are counted from 1 here.",
                fuller="The first entry of the array, at place 0, belongs to epoch 1.",
            ),
            Misconception(
                _keeps_the_last,
                hint="Both of your numbers are the same: you take the last epoch that was trained for the best.",
                fuller="The best one lies before it; keep its number when you meet it.",
            ),
            Misconception(
                _best_of_all,
                hint="You look for the best among all epochs, also among those that are never trained.",
                fuller="What comes after the stop is not known. Return the best so far.",
            ),
            Misconception(
                _never_stops,
                hint="All epochs are trained: your loop never stops.",
                fuller="Count the epochs since the best one, and return when there are as many as patience.",
            ),
            Misconception(
                _turned_round,
                hint="Your two numbers have changed places.",
                fuller="First the number of epochs that are trained, then the best of them.",
            ),
        ],
        praise="This is what keras.callbacks.EarlyStopping does.",
        setup="import numpy as np",
    ),
    Exercise(
        name="l2_step",
        task="The loss is to be $L + \\lambda \\sum w^2$. Write one step of gradient descent. The slope of $L$ is "
        "given; find the slope of the penalty. (`lambda` is a word of Python's own, hence `lam`.)",
        reference=l2_step,
        probes=_step_probes,
        misconceptions=[
            Misconception(
                _l2_without_two,
                hint="The pull of your penalty is half as strong as it should be.",
                fuller="The slope of w² is 2w.",
            ),
            Misconception(
                _l2_away_from_zero,
                hint="Your penalty pushes the weights away from 0.",
                fuller="Its slope is added to the gradient, and both are taken off.",
            ),
            Misconception(
                _l2_not_times_eta,
                hint="The rate is missing before the slope of your penalty.",
                fuller="The penalty is a part of the loss: its slope is multiplied by eta like the other.",
            ),
            Misconception(
                _l2_squares,
                hint="You took the penalty itself, lam · w², where its slope belongs.",
                fuller="The slope of w² is 2w; it keeps the sign of w.",
            ),
            Misconception(
                _l2_signs,
                hint="The pull of your penalty is equally strong for all weights. That is L1.",
                fuller="The slope of w² is 2w: large weights are pulled more.",
            ),
            Misconception(
                _l2_sum_of_all,
                hint="You add the whole penalty, one number, to the slope of every weight.",
                fuller="Each weight needs the slope in its own direction: 2 · lam · w.",
            ),
            Misconception(
                _l2_penalty_alone,
                hint="Your step follows the penalty alone; the gradient of the loss has no effect.",
                fuller="Add the two slopes.",
            ),
            Misconception(
                _l2_uphill,
                hint="Your step goes uphill.",
                fuller="Downhill is against the slope: minus.",
            ),
            Misconception(
                _l2_change,
                hint="This is the change of the weights; the new weights were asked for.",
                fuller="Add it to w.",
            ),
        ],
        praise="Without a gradient each step would multiply every weight by 1 − 2ηλ, a little below 1: hence the "
        "name weight decay.",
        setup="import numpy as np",
    ),
    Exercise(
        name="dropout",
        task="Write dropout for one training step. Each number of `chances` was drawn at random between 0 and 1: where "
        "it lies below `rate`, the unit is dropped, and its activation becomes 0. What is left is divided by the "
        "share of units that is kept on average.",
        reference=dropout,
        probes=_dropout_probes,
        misconceptions=[
            Misconception(
                _drop_without_rescaling,
                hint="The right units are dropped; what is left was not made larger.",
                fuller="Divide by 1 - rate, so that the next layer receives as much as before, on average.",
            ),
            Misconception(
                _drop_the_others,
                hint="You keep the units that should be dropped, and drop the others.",
                fuller="A unit is dropped where its chance is below rate, and kept from there on: >=.",
            ),
            Misconception(
                _divide_by_the_rate,
                hint="You divide by the share that is dropped.",
                fuller="The share that is kept is 1 - rate.",
            ),
            Misconception(
                _times_the_kept_share,
                hint="You made what is left smaller.",
                fuller="It has to make up for what is dropped: divide where you multiply.",
            ),
            Misconception(
                _one_mask_for_all,
                hint="You drop the same units for every example.",
                fuller="Each number of chances decides about one activation: compare the whole array with rate.",
            ),
            Misconception(
                _mask_alone,
                hint="This is the mask; the activations are missing.",
                fuller="Multiply by them.",
            ),
            Misconception(
                _divide_by_what_was_kept,
                hint="You divide by the share that happened to be kept this time.",
                fuller="Divide by 1 - rate, the share that is kept on average.",
            ),
            Misconception(
                _rescale_without_dropping,
                hint="Every activation was made larger, and none was dropped.",
                fuller="Multiply by chances >= rate, which is True, 1, where a unit is kept and False, 0, elsewhere.",
            ),
            Misconception(
                _chances_for_a_mask,
                hint="You multiply by the chances themselves, so that every unit becomes smaller and none is 0.",
                fuller="Compare them with rate first: the result is True or False for each unit.",
            ),
        ],
        praise="Keras' layer Dropout does the same, and nothing at all when the network is used.",
        setup="import numpy as np",
    ),
    MadeExercise(
        name="diagnosis",
        task="Four trainings of digit readers, drawn after real ones. What is wrong with each? Choose from "
        "`overfitting`, `learns too little`, `rate too large` and `validation prepared otherwise` (the training "
        "pictures were divided by 255 once, the validation pictures twice). Each occurs once.",
        stub='diagnosis = {"A": ..., "B": ..., "C": ..., "D": ...}',
        answer="diagnosis",
        solution=f"diagnosis = {RIGHT!r}".replace("'", '"'),
        examine=_examine_diagnosis,
        mistakes=[
            Mistake(_diagnosis(A="overfitting"), WHY_NOT["A", "overfitting"], FULLER["A"]),
            Mistake(_diagnosis(A="learns too little"), WHY_NOT["A", "learns too little"], FULLER["A"]),
            Mistake(_diagnosis(B="rate too large"), WHY_NOT["B", "rate too large"], FULLER["B"]),
            Mistake(_diagnosis(B=FINDINGS[3]), WHY_NOT["B", FINDINGS[3]], FULLER["B"]),
            Mistake(_diagnosis(C="overfitting"), WHY_NOT["C", "overfitting"], FULLER["C"]),
            Mistake(_diagnosis(C="learns too little"), WHY_NOT["C", "learns too little"], FULLER["C"]),
            Mistake(_diagnosis(D="overfitting"), WHY_NOT["D", "overfitting"], FULLER["D"]),
            Mistake(_diagnosis(D="rate too large"), WHY_NOT["D", "rate too large"], FULLER["D"]),
            Mistake(_diagnosis(D="bad"), NOT_A_FINDING, "They are: overfitting,"),
            Mistake('diagnosis = ["overfitting", "learns too little"]', NOT_FOUR),
        ],
        praise="Both curves together tell which of these it is; the training curve alone never could.",
    ),
    MadeExercise(
        name="own_remedy",
        task="Build, compile and fit a network of your own that learns from the same 500 digits (`few_images`, "
        "`few_labels`) and reads at least 90 % of digits that nobody has seen. The plain network reads some 88 % of "
        "them. Choose by the validation digits; only the check looks at the others, with pixels from 0 to 1.",
        stub="my_model = ...",
        answer="my_model",
        solution="\n".join(
            [
                "keras.utils.set_random_seed(12)",
                "my_model = keras.Sequential(",
                "    [",
                "        keras.Input(shape=(28, 28, 1)),",
                '        layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),',
                '        layers.RandomRotation(0.04, fill_mode="constant"),',
                "        layers.Flatten(),",
                '        layers.Dense(256, activation="relu"),',
                '        layers.Dense(10, activation="softmax"),',
                "    ]",
                ")",
                f"my_model.{COMPILE}",
                "my_model.fit(few_images, few_labels, batch_size=25, epochs=60, verbose=0)",
                "my_error = 100 * (1 - my_model.evaluate(val_images, val_labels, verbose=0)[1])",
            ]
        ),
        examine=_examine_own_remedy,
        mistakes=[
            Mistake(_own(SOFTMAX, then=()), hint=keras_models.NOT_COMPILED, fuller="before fit"),
            Mistake(_own(SOFTMAX, first=DENSE[1:]), hint=keras_models.NOT_BUILT, fuller="in front of the layers"),
            Mistake(
                _own(SOFTMAX, first=(DENSE[0], DENSE[2])),
                hint="The output of your network has the shape (28, 28, 10)",
                fuller="Flatten lays",
            ),
            Mistake(
                _own("layers.Dropout(0.5)", "layers.Dense(10)", then=[COMPILE, FIT]),
                hint=keras_models.SOFTMAX_MISSING,
                fuller="from_logits=True",
            ),
            Mistake(
                _own(SOFTMAX, then=[COMPILE.replace(', metrics=["accuracy"]', "")]),
                hint=keras_models.NO_ACCURACY,
                fuller="belongs into compile",
            ),
            Mistake(
                _own("layers.Dropout(0.5)", SOFTMAX), hint=keras_models.NEVER_TRAINED, fuller="then fit, then check"
            ),
            Mistake(
                _own(SOFTMAX, then=[COMPILE, "fit(few_images, few_labels[::-1], epochs=3, verbose=0)"]),
                hint=keras_models.TRAINED_IN_VAIN,
                fuller="belong together",
            ),
            Mistake(
                _own(SOFTMAX, then=[COMPILE, "fit(few_images, few_labels, epochs=3, verbose=0)"]),
                hint=TOO_FEW,
                fuller="Which of the remedies helped most in the figure?",
            ),
            Mistake(
                _own(SOFTMAX, then=[COMPILE]) + f"\nmy_model = my_model.{FIT}",
                hint="This is what fit returns, the history of the training.",
                fuller="history = model.fit(...)",
            ),
        ],
        praise="You made 500 examples go further than a plain training does, without a look at the answers.",
        setup=KERAS,
        notebook_names=_few_digits,
    ),
    Exercise(
        name="l1_step",
        task="The loss is to be $L + \\lambda \\sum |w|$. Write one step of gradient descent. To the right of 0 the "
        "slope of $|w|$ is 1, to the left of it −1; at 0 take 0.",
        reference=l1_step,
        probes=_step_probes,
        misconceptions=[
            Misconception(
                _l1_proportional,
                hint="The pull of your penalty grows with the weight, as it does with squares.",
                fuller="The slope of |w| is 1 or −1, however large w is: np.sign.",
                errata=("XD2",),
            ),
            Misconception(
                _l1_twice_proportional,
                hint="You took the step of L2: this is the slope of w², 2w.",
                fuller="The slope of |w| is 1 or −1: np.sign.",
            ),
            Misconception(
                _l1_sizes,
                hint="You took the penalty itself, lam · |w|, where its slope belongs.",
                fuller="The slope of |w| is the sign of w: np.sign.",
            ),
            Misconception(
                _l1_same_for_all,
                hint="You push every weight to the left, also those below 0.",
                fuller="Weights below 0 must be pulled to the right: multiply lam by the sign of w.",
            ),
            Misconception(
                _l1_away_from_zero,
                hint="Your penalty pushes the weights away from 0.",
                fuller="Its slope is added to the gradient, and both are taken off.",
            ),
            Misconception(
                _l1_not_times_eta,
                hint="The rate is missing before the slope of your penalty.",
                fuller="The penalty is a part of the loss: its slope is multiplied by eta like the other.",
            ),
            Misconception(
                _l1_sign_of_gradient,
                hint="You took the sign of the gradient in place of that of the weight.",
                fuller="The penalty knows the weights alone: np.sign(w).",
            ),
            Misconception(
                _l1_penalty_alone,
                hint="Your step follows the penalty alone; the gradient of the loss has no effect.",
                fuller="Add the two slopes.",
            ),
        ],
        praise="A steady pull takes a small weight all the way to 0, where a pull in proportion would fade.",
        setup="import numpy as np",
    ),
]
