"""The exercises of notebook 08: the answer, softmax, three cross-entropies, and the gradient that all of them share."""

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception

# --- from scores to an answer


def predicted_class(scores):
    """Tell for each example which class has the largest score.

    scores: array of shape (n, k), one example per row, one score for each class
    returns: array of shape (n,), whole numbers: the classes, counted from 0
    """
    return np.argmax(scores, axis=1)


def _largest_value(scores):
    return np.max(scores, axis=1)


def _masked_maximum(scores):
    return np.where(scores == scores.max(axis=1, keepdims=True), scores, 0)


def _one_hot_answer(scores):
    return (scores == scores.max(axis=1, keepdims=True)).astype(int)


def _best_example_of_each_class(scores):
    return np.argmax(scores, axis=0)


def _of_all_scores(scores):
    return np.argmax(scores)


def _counted_from_one(scores):
    return np.argmax(scores, axis=1) + 1


def _largest_size(scores):
    return np.argmax(np.abs(scores), axis=1)


def _smallest_score(scores):
    return np.argmin(scores, axis=1)


def _above_one_half(scores):
    return np.argmax(scores > 0.5, axis=1)


def _whole_ranking(scores):
    return np.argsort(scores, axis=1)


def _last_of_ranks(scores):
    return np.argsort(np.argsort(scores, axis=1), axis=1)[:, -1]


def _answer_probes(rng):
    cases = [(np.array([[0.25, 10, 2, 4.02], [3, -9, 1, 0]]),)]
    for n, k in ((3, 3), (6, 4), (2, 5)):
        cases.append((rng.normal(scale=3, size=(n, k)),))
    return cases


# --- softmax


def softmax_rows(scores):
    """Turn each row of scores into probabilities; any size of score must do.

    scores: array of shape (n, k), one example per row, one score for each class
    returns: array of shape (n, k), numbers from 0 to 1; each row sums to 1
    """
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _over_examples(scores):
    e = np.exp(scores - scores.max(axis=0))
    return e / e.sum(axis=0)


def _over_examples_unshifted(scores):
    e = np.exp(scores)
    return e / e.sum(axis=0)


def _over_everything(scores):
    e = np.exp(scores - scores.max())
    return e / e.sum()


def _over_everything_unshifted(scores):
    e = np.exp(scores)
    return e / e.sum()


def _no_shift(scores):
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


def _one_shift_for_all(scores):
    e = np.exp(scores - scores.max())
    return e / e.sum(axis=1, keepdims=True)


def _shift_by_mean(scores):
    e = np.exp(scores - scores.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _shares_of_scores(scores):
    return scores / scores.sum(axis=1, keepdims=True)


def _divided_by_largest(scores):
    return np.exp(scores - scores.max(axis=1, keepdims=True))


def _not_divided(scores):
    return np.exp(scores)


def _axes_forgotten(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum()


def _shift_undone(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / np.exp(scores).sum(axis=1, keepdims=True)


def _sigmoids(scores):
    e = np.exp(-np.abs(scores))
    return np.where(scores >= 0, 1, e) / (1 + e)


def _logarithms(scores):
    z = scores - scores.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def _smallest_wins(scores):
    e = np.exp(scores.min(axis=1, keepdims=True) - scores)
    return e / e.sum(axis=1, keepdims=True)


def _powers_of_two(scores):
    e = 2 ** (scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _softmax_twice(scores):
    for _ in range(2):
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores = e / e.sum(axis=1, keepdims=True)
    return scores


def _standardised_scores(scores):
    z = (scores - scores.mean(axis=1, keepdims=True)) / scores.std(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def _shift_in_place(scores):
    scores -= scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


def _softmax_probes(rng):
    # One case has scores that overflow, one has rows that are far apart, so that a common shift would underflow.
    cases = [(np.array([[0.25, 10, 2, 4.02], [1, 1, 1, 1.5]]),)]
    for n, k in ((3, 3), (2, 4), (5, 3)):
        cases.append((rng.normal(scale=2, size=(n, k)),))
    cases.append((np.array([[1000.0, 1001, 999], [1000, 1000, 1003]]),))
    cases.append((np.array([[2.0, 1, 0], [-1000, -1001, -1002]]),))
    cases.append((np.array([[3.0, 2, -3000], [1, 0, 0.5]]),))
    return cases


# --- cross-entropy of several classes


def cross_entropy(y, p):
    """Compute the mean cross-entropy of predicted probabilities.

    y: array of shape (n, k), the targets, one example per row: 0 or 1 (one-hot), or shares that sum to 1
    p: array of shape (n, k), the predicted probabilities; where y is 0, p may be 0 as well
    returns: one number, in nats: the mean over the examples
    """
    counted = np.where(y > 0, p, 1)  # ln 1 = 0: what the target does not ask for costs nothing
    return np.mean(-np.sum(y * np.log(counted), axis=1))


def _mean_over_classes(y, p):
    return np.mean(-y * np.log(np.where(y > 0, p, 1)))


def _sum_over_examples(y, p):
    return -np.sum(y * np.log(np.where(y > 0, p, 1)))


def _one_loss_for_each(y, p):
    return -np.sum(y * np.log(np.where(y > 0, p, 1)), axis=1)


def _log_of_zero(y, p):
    return np.mean(-np.sum(y * np.log(p), axis=1))


def _binary_for_several(y, p):
    right, wrong = np.where(y > 0, p, 1), np.where(y < 1, 1 - p, 1)
    return np.mean(-np.sum(y * np.log(right) + (1 - y) * np.log(wrong), axis=1))


def _binary_mean_over_classes(y, p):
    right, wrong = np.where(y > 0, p, 1), np.where(y < 1, 1 - p, 1)
    return np.mean(-(y * np.log(right) + (1 - y) * np.log(wrong)))


def _minus_forgotten(y, p):
    return np.mean(np.sum(y * np.log(np.where(y > 0, p, 1)), axis=1))


_GUARD = "Where y is 0, keep the logarithm away from p = 0: np.where(y > 0, p, 1)."


def _mean_over_classes_unguarded(y, p):
    return -np.mean(y * np.log(p))


def _sum_over_examples_unguarded(y, p):
    return -np.sum(y * np.log(p))


def _binary_unguarded(y, p):
    return -np.mean(np.sum(y * np.log(p) + (1 - y) * np.log(1 - p), axis=1))


def _binary_mean_unguarded(y, p):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def _minus_forgotten_unguarded(y, p):
    return np.mean(np.sum(y * np.log(p), axis=1))


def _in_bits(y, p):
    return np.mean(-np.sum(y * np.log2(np.where(y > 0, p, 1)), axis=1))


def _changed_places(y, p):
    return np.mean(-np.sum(p * np.log(np.clip(y, 1e-7, 1)), axis=1))


def _entropy_of_predictions(y, p):
    return np.mean(-np.sum(p * np.log(np.where(p > 0, p, 1)), axis=1))


def _log_outside(y, p):
    return -np.log(np.mean(np.sum(y * p, axis=1)))


def _target_not_used(y, p):
    return np.mean(-np.sum(np.log(np.where(p > 0, p, 1)), axis=1))


def _largest_probability(y, p):
    return np.mean(-np.log(p.max(axis=1)))


def _squared_error(y, p):
    return np.mean(np.sum((y - p) ** 2, axis=1))


def _divergence(y, p):
    entropy = -np.sum(y * np.log(np.where(y > 0, y, 1)), axis=1)
    return np.mean(-np.sum(y * np.log(np.where(y > 0, p, 1)), axis=1) - entropy)


def _probabilities_once_more(y, p):
    e = np.exp(p)
    return np.mean(-np.sum(y * np.log(e / e.sum(axis=1, keepdims=True)), axis=1))


def _cross_entropy_probes(rng):
    cases = [(np.array([[0.0, 1, 0]]), np.array([[0.3, 0.6, 0.1]]))]
    for n, k in ((4, 3), (3, 5)):
        cases.append((np.eye(k)[rng.integers(k, size=n)], rng.dirichlet(np.full(k, 3), size=n)))
    cases.append((rng.dirichlet(np.full(4, 3), size=3), rng.dirichlet(np.full(4, 3), size=3)))
    cases.append((np.array([[0.0, 1, 0], [0, 0, 1]]), np.array([[0.0, 0.6, 0.4], [0.2, 0, 0.8]])))
    return cases


# --- cross-entropy of yes or no


def yes_no_loss(y, a):
    """Compute the mean binary cross-entropy of the outputs of one sigmoid neuron.

    y: array of shape (n,), targets, 1 for yes and 0 for no
    a: array of shape (n,), outputs, the probabilities of yes, above 0 and below 1
    returns: one number, in nats: the mean over the examples
    """
    return np.mean(-(y * np.log(a) + (1 - y) * np.log(1 - a)))


def _yes_term_only(y, a):
    return np.mean(-y * np.log(a))


def _no_term_only(y, a):
    return np.mean(-(1 - y) * np.log(1 - a))


def _terms_changed(y, a):
    return np.mean(-((1 - y) * np.log(a) + y * np.log(1 - a)))


def _binary_sign(y, a):
    return np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


def _first_sign_only(y, a):
    return np.mean(-y * np.log(a) + (1 - y) * np.log(1 - a))


def _binary_sum(y, a):
    return -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))


def _binary_each(y, a):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def _binary_bits(y, a):
    return np.mean(-(y * np.log2(a) + (1 - y) * np.log2(1 - a)))


def _sigmoid_again(y, a):
    s = 1 / (1 + np.exp(-a))
    return np.mean(-(y * np.log(s) + (1 - y) * np.log(1 - s)))


def _rounded_first(y, a):
    s = np.clip(np.round(a), 1e-7, 1 - 1e-7)
    return np.mean(-(y * np.log(s) + (1 - y) * np.log(1 - s)))


def _one_minus_log(y, a):
    return np.mean(-(y * np.log(a) + (1 - y) * (1 - np.log(a))))


def _binary_squares(y, a):
    return np.mean((y - a) ** 2)


def _halved(y, a):
    return np.mean(-(y * np.log(a) + (1 - y) * np.log(1 - a))) / 2


def _log_of_the_mean(y, a):
    return -np.log(np.mean(np.where(y == 1, a, 1 - a)))


def _yes_no_probes(rng):
    cases = [(np.array([1.0, 0.0]), np.array([0.8, 0.1])), (np.array([0.0, 0, 1]), np.array([0.99, 0.3, 0.6]))]
    for n in (4, 5, 7):
        y = rng.integers(2, size=n).astype(float)
        y[:2] = 1, 0
        cases.append((y, rng.uniform(0.05, 0.95, size=n)))
    return cases


# --- the gradient by the logits


def softmax_delta(p, labels):
    """Compute δ = ∂L/∂z for the mean cross-entropy L of a softmax output.

    p: array of shape (n, k), the probabilities, softmax of the logits z, one example per row
    labels: array of shape (n,), whole numbers: the right classes, counted from 0
    returns: array of shape (n, k), the derivative of L with respect to each logit
    """
    return (p - np.eye(p.shape[1])[labels]) / len(p)


def _added_up(p, labels):
    return p - np.eye(p.shape[1])[labels]


def _uphill(p, labels):
    return (np.eye(p.shape[1])[labels] - p) / len(p)


def _times_slope(p, labels):
    return (p - np.eye(p.shape[1])[labels]) * p * (1 - p) / len(p)


def _by_the_probabilities(p, labels):
    return -np.eye(p.shape[1])[labels] / p / len(p)


def _right_class_only(p, labels):
    one_hot = np.eye(p.shape[1])[labels]
    return (p - 1) * one_hot / len(p)


def _labels_as_numbers(p, labels):
    return (p - labels[:, np.newaxis]) / len(p)


def _mean_over_all_numbers(p, labels):
    return (p - np.eye(p.shape[1])[labels]) / p.size


def _divided_by_classes(p, labels):
    return (p - np.eye(p.shape[1])[labels]) / p.shape[1]


def _twice_the_error(p, labels):
    return 2 * (p - np.eye(p.shape[1])[labels]) / len(p)


def _all_columns_of_the_labels(p, labels):
    delta = p.copy()
    delta[:, labels] -= 1
    return delta / len(p)


def _labels_from_one(p, labels):
    return (p - np.eye(p.shape[1])[labels - 1]) / len(p)


def _target_forgotten(p, labels):
    return p / len(p)


def _delta_in_place(p, labels):
    p[np.arange(len(p)), labels] -= 1
    return p / len(p)


def _mean_of_deltas(p, labels):
    return (p - np.eye(p.shape[1])[labels]).mean(axis=0)


def _delta_probes(rng):
    cases = [(np.array([[0.5, 0.3, 0.2], [0.1, 0.6, 0.3]]), np.array([0, 2]))]
    for n, k in ((3, 3), (4, 2), (5, 4)):
        labels = rng.integers(k, size=n)
        labels[:2] = 0, 1
        cases.append((rng.dirichlet(np.full(k, 3), size=n), labels))
    return cases


# --- cross-entropy from logits


def loss_from_logits(z, labels):
    """Compute the mean cross-entropy from logits and labels; any size of logit must do.

    z: array of shape (n, k), the logits: the scores before softmax, one example per row
    labels: array of shape (n,), whole numbers: the right classes, counted from 0
    returns: one number, in nats: the mean over the examples
    """
    z = z - z.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(z).sum(axis=1))
    return np.mean(log_sum - z[np.arange(len(z)), labels])


def _logits_for_probabilities(z, labels):
    return np.mean(-np.log(z[np.arange(len(z)), labels]))


def _logits_clipped(z, labels):
    return np.mean(-np.log(np.clip(z, 1e-7, 1)[np.arange(len(z)), labels]))


def _logits_made_shares(z, labels):
    return np.mean(-np.log((z / z.sum(axis=1, keepdims=True))[np.arange(len(z)), labels]))


def _exp_overflows(z, labels):
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels])


def _log_of_softmax(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return np.mean(-np.log(p[np.arange(len(z)), labels]))


def _log_of_clipped_softmax(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = np.clip(e / e.sum(axis=1, keepdims=True), 1e-7, 1)
    return np.mean(-np.log(p[np.arange(len(z)), labels]))


def _log_of_barely_clipped_softmax(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = np.clip(e / e.sum(axis=1, keepdims=True), 1e-12, 1)
    return np.mean(-np.log(p[np.arange(len(z)), labels]))


def _log_of_careless_softmax(z, labels):
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    return np.mean(-np.log(p[np.arange(len(z)), labels]))


def _loss_over_examples(z, labels):
    z = z - z.max(axis=0)
    return np.mean(np.log(np.exp(z).sum(axis=0))[labels] - z[np.arange(len(z)), labels])


def _softmax_of_softmax(z, labels):
    for _ in range(2):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        z = e / e.sum(axis=1, keepdims=True)
    return np.mean(-np.log(z[np.arange(len(z)), labels]))


def _labels_off_by_one(z, labels):
    z = z - z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels - 1])


def _every_pair(z, labels):
    z = z - z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1, keepdims=True)) - z[:, labels])


def _logits_added_up(z, labels):
    z = z - z.max(axis=1, keepdims=True)
    return np.sum(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels])


def _one_loss_per_example(z, labels):
    z = z - z.max(axis=1, keepdims=True)
    return np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels]


def _mean_of_all_numbers(z, labels):
    z = z - z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels]) / z.shape[1]


def _sign_turned(z, labels):
    z = z - z.max(axis=1, keepdims=True)
    return np.mean(z[np.arange(len(z)), labels] - np.log(np.exp(z).sum(axis=1)))


def _log_sum_left_out(z, labels):
    return np.mean(-z[np.arange(len(z)), labels])


def _shift_not_given_back(z, labels):
    shifted = z - z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - z[np.arange(len(z)), labels])


def _hinge(z, labels):
    return np.mean(z.max(axis=1) - z[np.arange(len(z)), labels])


def _loss_in_bits(z, labels):
    z = z - z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels]) / np.log(2)


def _logits_probes(rng):
    # All logits of the first case are positive, so that whoever takes them for probabilities gets a number. In the
    # last two cases an exponential overflows, or the probability of a right class is 0 in the machine's numbers.
    cases = [(np.array([[0.25, 10, 2, 4.02], [3, 1, 2, 5]]), np.array([1, 2]))]
    for n, k in ((3, 3), (4, 3), (2, 5)):
        labels = rng.integers(k, size=n)
        labels[:2] = 0, 1
        cases.append((rng.uniform(0.1, 3, size=(n, k)), labels))
    cases.append((np.array([[1000.0, 1001, 999], [998, 1000, 1003]]), np.array([1, 0])))
    cases.append((np.array([[0.0, 900, 1], [3, 2, -1000]]), np.array([0, 2])))
    return cases


EXERCISES = [
    Exercise(
        name="predicted_class",
        task="Turn scores into answers: for each example, the *position* of its largest score, counted from 0.",
        reference=predicted_class,
        probes=_answer_probes,
        misconceptions=[
            Misconception(
                _largest_value,
                hint="You return the largest scores themselves.",
                fuller="Asked is where they stand: np.argmax gives the position, np.max the value.",
                errata=("XE2",),
            ),
            Misconception(
                _masked_maximum,
                hint="You return whole rows, with the largest score kept and the others set to 0.",
                fuller="That is what the lecture's column prints. The answer is one whole number for each row.",
                errata=("XE2",),
            ),
            Misconception(
                _one_hot_answer,
                hint="You return the answers one-hot: rows of zeros with a single 1.",
                fuller="That is a fair way to write an answer; here, return the position of the 1 in each row.",
            ),
            Misconception(
                _best_example_of_each_class,
                hint="You look down the columns and find, for each class, the example with the largest score.",
                fuller="One example is one row: go along the rows, axis=1.",
            ),
            Misconception(
                _of_all_scores,
                hint="You return one position for the whole table.",
                fuller="Without an axis np.argmax lays all rows end to end. Give it axis=1.",
            ),
            Misconception(
                _counted_from_one,
                hint="All your answers are too large by 1.",
                fuller="Classes are counted from 0, as positions are in Python.",
            ),
            Misconception(
                _largest_size,
                hint="You take the score that is farthest from 0, also when it is negative.",
                fuller="A score of −9 says that this class is most unlikely. Leave out the absolute value.",
            ),
            Misconception(
                _smallest_score,
                hint="You return the class with the smallest score.",
                fuller="The larger the score, the better for the class: argmax.",
            ),
            Misconception(
                _above_one_half,
                hint="You return the first class whose score is above 0.5.",
                fuller="Scores are no probabilities, and several can be above 0.5, or none: which is largest counts.",
            ),
            Misconception(
                _whole_ranking,
                hint="You return the order of all classes.",
                fuller="Only the last place of that order is asked for; np.argmax gives it directly.",
            ),
            Misconception(
                _last_of_ranks,
                hint="You return which rank the last class has.",
                fuller="Sorting once gives an order, sorting twice gives ranks. np.argmax is all you need.",
            ),
        ],
        praise="An answer is a position, and it is all that accuracy looks at: how sure the network was is gone.",
        setup="import numpy as np",
    ),
    Exercise(
        name="softmax_rows",
        task="Write softmax for a batch: each row becomes numbers from 0 to 1 that sum to 1. Scores of a thousand, "
        "or of minus a thousand, must not break it. Try it without looking it up.",
        reference=softmax_rows,
        probes=_softmax_probes,
        misconceptions=[
            Misconception(
                _over_examples,
                hint="Your columns sum to 1, not your rows.",
                fuller="Each example shares out its own probability: sum along axis=1, and with keepdims=True so that "
                "the sums stand beside their rows.",
            ),
            Misconception(
                _over_examples_unshifted,
                hint="Your columns sum to 1, not your rows; and large scores overflow.",
                fuller="Sum along axis=1 with keepdims=True, and take the largest score of each row off first.",
            ),
            Misconception(
                _over_everything,
                hint="All numbers of your table together sum to 1.",
                fuller="Each row must sum to 1 by itself: give max and sum axis=1 and keepdims=True.",
            ),
            Misconception(
                _over_everything_unshifted,
                hint="All numbers of your table together sum to 1; and large scores overflow.",
                fuller="Each row must sum to 1 by itself: axis=1 and keepdims=True. Take the largest score of each row "
                "off first.",
            ),
            Misconception(
                _axes_forgotten,
                hint="The exponentials are right, and all rows together are divided by one sum.",
                fuller="Each row has its own sum: e.sum(axis=1, keepdims=True).",
            ),
            Misconception(
                _no_shift,
                hint="Right for small scores. For large ones e to their power overflows, or all powers become 0.",
                fuller="Take the largest score of each row off before np.exp: the probabilities stay the same.",
            ),
            Misconception(
                _one_shift_for_all,
                hint="You take the same number off every row: the largest of the whole table.",
                fuller="A row that lies a thousand below it then has nothing left but zeros. Each row needs its own "
                "maximum.",
            ),
            Misconception(
                _shift_by_mean,
                hint="You shift each row by its mean; what lies far above the mean may still overflow, and what is "
                "far below pulls the mean along.",
                fuller="With the maximum of the row no exponent is above 0, and one of them is exactly 0.",
            ),
            Misconception(
                _shift_undone,
                hint="You shift above the fraction line and not below it, so your rows do not sum to 1.",
                fuller="Both must use the same exponentials: compute e once, and divide it by its own sum.",
            ),
            Misconception(
                _shares_of_scores,
                hint="You divide the scores themselves by their sum, without the exponential.",
                fuller='With negative scores that gives negative "probabilities". First e to the power of the score.',
            ),
            Misconception(
                _divided_by_largest,
                hint="Your largest number is 1 in each row: the exponentials are not yet divided by their sum.",
                fuller="Divide by e.sum(axis=1, keepdims=True).",
            ),
            Misconception(
                _not_divided,
                hint="Your numbers are positive, but they do not sum to 1.",
                fuller="Divide each row by its sum, and mind large scores.",
            ),
            Misconception(
                _sigmoids,
                hint="You apply the sigmoid to every score by itself.",
                fuller="Then nothing makes the row sum to 1. In softmax every score acts on its whole row.",
            ),
            Misconception(
                _logarithms,
                hint="You return the logarithms of the probabilities.",
                fuller="They are useful for a loss; here take e to their power.",
            ),
            Misconception(
                _smallest_wins,
                hint="The smallest score gets the largest probability.",
                fuller="A sign has got lost: e to the power of plus the score.",
            ),
            Misconception(
                _powers_of_two,
                hint="Your rows sum to 1, but the probabilities are too equal: you use powers of 2.",
                fuller="Softmax uses powers of e, np.exp.",
            ),
            Misconception(
                _softmax_twice,
                hint="The order is right, but the probabilities of a row are far too equal: softmax was applied twice.",
                fuller="Return the first result as it is.",
            ),
            Misconception(
                _standardised_scores,
                hint="You bring each row to mean 0 and spread 1 first.",
                fuller="Taking something off changes nothing, dividing does: the size of the differences is how sure "
                "the network is.",
            ),
            Misconception(
                _shift_in_place,
                hint="The result is right, but you have changed the scores that were handed to you.",
                fuller="scores -= ... writes into the caller's array; scores - ... makes a new one.",
            ),
        ],
        praise="The libraries compute it so: shift, exponential, share. Only the differences within a row matter.",
        setup="import numpy as np",
    ),
    Exercise(
        name="cross_entropy",
        task="Write the cross-entropy of several classes, $-\\sum_k y_k \\ln p_k$ for each example, and its mean over "
        "the examples. Where the target is 0, the probability may be 0 too, and that must cost nothing.",
        reference=cross_entropy,
        probes=_cross_entropy_probes,
        misconceptions=[
            Misconception(
                _mean_over_classes,
                hint="You divide by the number of classes as well as by the number of examples.",
                fuller="Over the classes it is a sum, over the examples a mean.",
                errata=("XE7",),
            ),
            Misconception(
                _sum_over_examples,
                hint="Your result grows with the number of examples.",
                fuller="Over the classes it is a sum, over the examples a mean.",
            ),
            Misconception(
                _mean_over_classes_unguarded,
                hint="You divide by the number of classes as well; and a probability of 0 makes 0 · ln 0, nan.",
                fuller=f"Over the classes it is a sum, over the examples a mean. {_GUARD}",
                errata=("XE7", "XD18"),
            ),
            Misconception(
                _sum_over_examples_unguarded,
                hint="Your result grows with the number of examples; and a probability of 0 makes 0 · ln 0, nan.",
                fuller=f"Over the classes it is a sum, over the examples a mean. {_GUARD}",
                errata=("XD18",),
            ),
            Misconception(
                _one_loss_for_each,
                hint="You return one loss for each example.",
                fuller="Asked is their mean, one number.",
            ),
            Misconception(
                _log_of_zero,
                hint="Right, until a probability is 0 where the target is 0: there 0 · ln 0 becomes nan.",
                fuller="Keep the logarithm away from it: np.where(y > 0, p, 1) makes it ln 1, which is 0; or clip p to "
                "at least 1e-12.",
                errata=("XD18",),
            ),
            Misconception(
                _binary_for_several,
                hint="You also add (1 − y) ln(1 − p): the formula for yes or no, applied to every class.",
                fuller="With softmax the probabilities of the other classes are already in p of the right one. The sum "
                "is −Σ y ln p and nothing else.",
                errata=("XE7",),
            ),
            Misconception(
                _binary_mean_over_classes,
                hint="You take the formula for yes or no at every class, and then a mean over the classes.",
                fuller="That is the loss of several independent yes-or-no questions. For one question with several "
                "answers it is −Σ y ln p, then the mean over the examples.",
                errata=("XE7",),
            ),
            Misconception(
                _binary_unguarded,
                hint="You also add (1 − y) ln(1 − p), the formula for yes or no; and a probability of 0 makes "
                "0 · ln 0, nan.",
                fuller=f"For one question with several answers it is −Σ y ln p and nothing else. {_GUARD}",
                errata=("XE7", "XD18"),
            ),
            Misconception(
                _binary_mean_unguarded,
                hint="You take the mean of the formula for yes or no over all numbers; and a probability of 0 makes "
                "0 · ln 0, nan.",
                fuller="For one question with several answers it is −Σ y ln p, then the mean over the examples. "
                f"{_GUARD}",
                errata=("XE7", "XD18"),
            ),
            Misconception(
                _minus_forgotten_unguarded,
                hint="Your loss is negative, where it is a number: a probability of 0 makes 0 · ln 0, nan.",
                fuller=f"Surprise is *minus* the logarithm. {_GUARD}",
                errata=("XD18",),
            ),
            Misconception(
                _minus_forgotten,
                hint="Your loss is negative: the logarithm of a probability is never above 0.",
                fuller="Surprise is *minus* the logarithm.",
            ),
            Misconception(
                _in_bits,
                hint="Your result is in bits, too large by the factor 1/ln 2 = 1.443.",
                fuller="In nats the logarithm is the natural one, np.log.",
            ),
            Misconception(
                _changed_places,
                hint="Targets and probabilities have changed places.",
                fuller="The logarithm is taken of the prediction, and weighted with the target.",
            ),
            Misconception(
                _entropy_of_predictions,
                hint="You compute −Σ p ln p, in which the targets do not occur.",
                fuller="Weight ln p with the target y.",
            ),
            Misconception(
                _log_outside,
                hint="You average the probabilities first and take the logarithm at the end.",
                fuller="Every example has its own surprise; the mean comes last.",
            ),
            Misconception(
                _target_not_used,
                hint="You add up −ln p of all classes.",
                fuller="Only what the target asks for counts: multiply by y.",
            ),
            Misconception(
                _largest_probability,
                hint="You take −ln of the largest probability, whether that class is right or not.",
                fuller="The loss asks for the probability of the right class; the target says which it is.",
            ),
            Misconception(
                _squared_error,
                hint="That is the squared error.",
                fuller="The cross-entropy needs a logarithm: −Σ y ln p.",
            ),
            Misconception(
                _divergence,
                hint="Right for one-hot targets. For targets that are shares you take their own entropy off.",
                fuller="What you have then is the Kullback-Leibler divergence; the cross-entropy keeps that part.",
                errata=("XE9",),
            ),
            Misconception(
                _probabilities_once_more,
                hint="You apply softmax to the probabilities.",
                fuller="p is softmax's result already: take its logarithm as it is.",
            ),
        ],
        praise="Over the classes a sum, over the examples a mean: of a one-hot row only the right class is left.",
        setup="import numpy as np",
    ),
    Exercise(
        name="yes_no_loss",
        task="For a yes-or-no question one sigmoid neuron is enough. Write its cross-entropy, the mean over the "
        "examples. Both kinds of error must cost something.",
        reference=yes_no_loss,
        probes=_yes_no_probes,
        misconceptions=[
            Misconception(
                _yes_term_only,
                hint="Examples with the target 0 cost nothing, whatever the neuron says.",
                fuller="The probability of no is 1 − a: add (1 − y) ln(1 − a) inside the bracket.",
                errata=("XC9",),
            ),
            Misconception(
                _no_term_only,
                hint="Examples with the target 1 cost nothing, whatever the neuron says.",
                fuller="Add y ln a inside the bracket.",
            ),
            Misconception(
                _terms_changed,
                hint="Your loss is small where the neuron is wrong.",
                fuller="y belongs to ln a, and 1 − y to ln(1 − a).",
            ),
            Misconception(
                _binary_sign,
                hint="Your loss is negative: the logarithm of a probability is never above 0.",
                fuller="A minus belongs in front of the bracket.",
            ),
            Misconception(
                _first_sign_only,
                hint="For a target of 0 your loss is negative: only the first term has its minus.",
                fuller="Add the two terms inside brackets, and put one minus in front.",
            ),
            Misconception(
                _binary_sum,
                hint="Your result grows with the number of examples.",
                fuller="Take the mean.",
            ),
            Misconception(
                _binary_each,
                hint="You return one loss for each example.",
                fuller="Asked is their mean, one number.",
            ),
            Misconception(
                _binary_bits,
                hint="Your result is in bits, too large by the factor 1/ln 2 = 1.443.",
                fuller="In nats the logarithm is the natural one, np.log.",
            ),
            Misconception(
                _sigmoid_again,
                hint="You apply the sigmoid to a, which is the sigmoid's result already.",
                fuller="Take the logarithms of a and 1 − a as they are.",
            ),
            Misconception(
                _rounded_first,
                hint="You round the outputs to 0 or 1 first.",
                fuller="How sure the neuron was is what this loss measures: use a itself.",
            ),
            Misconception(
                _one_minus_log,
                hint="You write 1 − ln a where ln(1 − a) belongs.",
                fuller="The probability of no is 1 − a; its logarithm is np.log(1 - a).",
            ),
            Misconception(
                _binary_squares,
                hint="That is the squared error.",
                fuller="The cross-entropy needs logarithms: y ln a and (1 − y) ln(1 − a).",
            ),
            Misconception(
                _halved,
                hint="Your result is half as large as it should be.",
                fuller="Divide by the number of examples only: each is one question, and for y = 0 or 1 one of its two "
                "terms is 0.",
            ),
            Misconception(
                _log_of_the_mean,
                hint="You average the probabilities first and take the logarithm at the end.",
                fuller="Every example has its own surprise; the mean comes last.",
            ),
        ],
        praise="One term for yes, one for no: of each example exactly one of them counts.",
        setup="import numpy as np",
    ),
    Exercise(
        name="softmax_delta",
        task="Write the derivative of the *mean* cross-entropy with respect to the logits, from the probabilities "
        "and the labels. Try it without looking it up.",
        reference=softmax_delta,
        probes=_delta_probes,
        misconceptions=[
            Misconception(
                _added_up,
                hint="Your numbers are too large by a factor: the number of examples.",
                fuller="The loss is a mean over the batch, so each example has a share of 1/n in it.",
            ),
            Misconception(
                _uphill,
                hint="All your signs are turned round.",
                fuller="The derivative is probability minus target; a step of gradient descent subtracts it.",
            ),
            Misconception(
                _times_slope,
                hint="You multiply by p (1 − p), as for squared error with a sigmoid.",
                fuller="With cross-entropy that factor has cancelled: what is left is probability minus target.",
            ),
            Misconception(
                _by_the_probabilities,
                hint="You have the derivative with respect to the probabilities, −y / p.",
                fuller="Asked is the one with respect to the logits; the chain rule through softmax makes it p − y.",
                errata=("XD16",),
            ),
            Misconception(
                _right_class_only,
                hint="Right for the right class, and 0 for the others.",
                fuller="The other logits must fall, too: their derivative is their probability.",
            ),
            Misconception(
                _labels_as_numbers,
                hint="You subtract the label, as if it were a quantity.",
                fuller="Label 2 means: a 1 in column 2. np.eye(k)[labels] makes the labels one-hot.",
            ),
            Misconception(
                _mean_over_all_numbers,
                hint="Your numbers are too small by a factor: the number of classes.",
                fuller="The loss is a sum over the classes and a mean over the examples: divide by n only.",
            ),
            Misconception(
                _divided_by_classes,
                hint="You divide by the number of classes.",
                fuller="It is the number of examples, len(p), that the mean divides by.",
            ),
            Misconception(
                _twice_the_error,
                hint="Your numbers are twice as large as they should be.",
                fuller="The factor 2 belongs to the derivative of a square; there is none here.",
            ),
            Misconception(
                _all_columns_of_the_labels,
                hint="You take 1 off in every row, for the labels of all examples.",
                fuller="delta[:, labels] means whole columns. One entry in each row is delta[np.arange(n), labels].",
            ),
            Misconception(
                _labels_from_one,
                hint="You take the 1 off one column too far to the left (for label 0, in the last one).",
                fuller="Labels are counted from 0: use them as they are.",
            ),
            Misconception(
                _target_forgotten,
                hint="The target does not occur in your result: every logit would fall.",
                fuller="Take 1 off at the right class.",
            ),
            Misconception(
                _delta_in_place,
                hint="The result is right, but you have changed the probabilities that were handed to you.",
                fuller="Work on p.copy(), or subtract a one-hot table.",
            ),
            Misconception(
                _mean_of_deltas,
                hint="You average over the examples and lose the rows.",
                fuller="Every example has its own δ: divide by n, and keep the shape of p.",
            ),
        ],
        praise="Probability minus target: the error itself, and no slope in front of it that could vanish.",
        setup="import numpy as np",
    ),
    Exercise(
        name="loss_from_logits",
        task="Write the mean cross-entropy straight from the logits and the labels, so that no logit is too large or "
        "too small for it. The probability of the right class may be so small that the machine takes it for 0.",
        reference=loss_from_logits,
        probes=_logits_probes,
        misconceptions=[
            Misconception(
                _logits_for_probabilities,
                hint="You take the logarithm of the logits, as if they were probabilities.",
                fuller="A logit can be 10, or −1000. −ln p of the right class is ln Σ eᶻ minus its own logit.",
            ),
            Misconception(
                _logits_clipped,
                hint="You clip the logits to 0…1 and take them for probabilities.",
                fuller="Clipping hides the mistake and does not repair it. −ln p of the right class is ln Σ eᶻ minus "
                "its own logit.",
            ),
            Misconception(
                _logits_made_shares,
                hint="You divide the logits by their sum and take the result for probabilities.",
                fuller="The exponential is missing: −ln p of the right class is ln Σ eᶻ minus its own logit.",
            ),
            Misconception(
                _exp_overflows,
                hint="The formula is right, but e to the power of a large logit overflows.",
                fuller="Take the largest logit of each row off first: it cancels in ln Σ eᶻ minus the logit.",
            ),
            Misconception(
                _log_of_softmax,
                hint="Right, until a probability is so small that it becomes 0: then its logarithm is infinite.",
                fuller="Never form the probability. Its logarithm is the logit minus ln Σ eᶻ.",
                errata=("XD18",),
            ),
            Misconception(
                _log_of_clipped_softmax,
                hint="You clip the probabilities, so a very surprising example costs 16.1 at most.",
                fuller="Never form the probability. Its logarithm is the logit minus ln Σ eᶻ, and needs no clipping.",
            ),
            Misconception(
                _log_of_barely_clipped_softmax,
                hint="You clip the probabilities, so a very surprising example costs 27.6 at most.",
                fuller="Never form the probability. Its logarithm is the logit minus ln Σ eᶻ, and needs no clipping.",
            ),
            Misconception(
                _log_of_careless_softmax,
                hint="Right for small logits. For large ones e to their power overflows, and infinity over infinity is "
                "nan.",
                fuller="Never form the probability: its logarithm is the logit minus ln Σ eᶻ, with the largest logit "
                "of each row taken off first.",
            ),
            Misconception(
                _loss_over_examples,
                hint="Your sum goes down the columns, over the examples.",
                fuller="Each example has its own sum over its classes: axis=1.",
            ),
            Misconception(
                _softmax_of_softmax,
                hint="You apply softmax twice.",
                fuller="Even a perfect answer then costs something. Once is enough, and it is inside the formula.",
            ),
            Misconception(
                _labels_off_by_one,
                hint="You read the logit to the left of the right one (for label 0, the last one).",
                fuller="Labels are counted from 0: use them as they are.",
            ),
            Misconception(
                _every_pair,
                hint="z[:, labels] takes, in every row, the logits of all examples' labels.",
                fuller="One logit of each row is z[np.arange(len(z)), labels].",
            ),
            Misconception(
                _logits_added_up,
                hint="Your result grows with the number of examples.",
                fuller="Take the mean.",
            ),
            Misconception(
                _one_loss_per_example,
                hint="You return one loss for each example.",
                fuller="Asked is their mean, one number.",
            ),
            Misconception(
                _mean_of_all_numbers,
                hint="You divide by the number of classes as well.",
                fuller="There is one loss for each example, whatever the number of classes: a mean over the examples.",
                errata=("XE7",),
            ),
            Misconception(
                _sign_turned,
                hint="Your sign is turned round: the logarithm of a probability is never above 0.",
                fuller="It is ln Σ eᶻ minus the logit of the right class.",
            ),
            Misconception(
                _log_sum_left_out,
                hint="You return minus the logit of the right class; the other logits do not occur.",
                fuller="Add ln Σ eᶻ, the part that makes the probabilities sum to 1.",
            ),
            Misconception(
                _shift_not_given_back,
                hint="You shift the logits inside the sum, and subtract the unshifted one.",
                fuller="Use the shifted logits in both places, or add the largest one back.",
            ),
            Misconception(
                _hinge,
                hint="You return how far the right logit is below the largest; right by a hair and right by far both "
                "cost 0.",
                fuller="In place of the largest logit put ln Σ eᶻ, which is a little larger.",
            ),
            Misconception(
                _loss_in_bits,
                hint="Your result is in bits, too large by the factor 1/ln 2 = 1.443.",
                fuller="In nats the logarithm is the natural one: no division.",
            ),
        ],
        praise="This is what from_logits=True does inside Keras, and why it is the safer of the two.",
        setup="import numpy as np",
    ),
]
