"""What notebook 12 says about its own numbers. It always has the 5,000 embedded digits, whichever data are at hand."""

import re

import numpy as np
from claims import after

# Ten seeds on TensorFlow gave the ranges; each bound leaves them some room. Errors are in per cent of 2,000 digits, so
# one digit more or less is 0.05.


def _percents(text):
    return [float(number) for number in re.findall(r"(\d+\.\d+) ?%", text)]


def _final_error(history):
    return 100 * (1 - history.history["val_accuracy"][-1])


# --- seen


@after("digits")
def five_hundred_digits_are_learned_from_and_two_thousand_others_judge(few_images, val_images, images):
    assert (len(few_images), len(val_images)) == (500, 2000)
    assert len(images) == 4000


@after("plain-network")
def there_are_more_than_100_000_weights_for_500_digits(plain):
    assert plain.count_params() > 100_000


@after("curves-plain")
def no_digit_that_was_learned_is_misread_and_about_one_in_eight_of_the_others(seen_error, new_error):
    assert seen_error == 0
    assert 11 < new_error < 14.5


@after("curves-plain")
def the_training_loss_falls_to_almost_0_and_the_validation_loss_rises_after_a_few_epochs(history):
    training, validation = history.history["loss"], history.history["val_loss"]
    assert training[-1] < 0.01
    assert (np.diff(training[:10]) < 0).all()
    assert 3 <= np.argmin(validation) + 1 <= 10
    assert validation[-1] > 1.12 * min(validation)


@after("curves-plain")
def the_validation_accuracy_does_not_fall(history):
    accuracy = np.array(history.history["val_accuracy"])
    assert accuracy[-1] > accuracy[np.argmin(history.history["val_loss"])] - 0.005
    assert accuracy[-1] > accuracy.max() - 0.012


@after("curves-plain")
def where_it_is_wrong_it_is_sure(plain, val_images, val_labels, keras):
    probabilities = keras.ops.convert_to_numpy(plain(val_images))
    wrong = probabilities.argmax(axis=1) != val_labels
    assert np.mean(probabilities[wrong].max(axis=1)) > 0.6


@after("error")
def the_error_is_the_one_of_the_last_epoch(plain_error, new_error):
    assert abs(plain_error - new_error) < 0.06


# --- remedies


@after("more-data")
def four_times_as_many_digits_leave_about_a_quarter_fewer_mistakes(more_error, plain_error, many_images, few_images):
    assert len(many_images) == 4 * len(few_images)
    assert 0.6 < more_error / plain_error < 0.87


@after("stopped")
def most_of_the_work_is_saved_and_the_best_epoch_is_early(stop, stopped_history):
    assert len(stopped_history.epoch) < 16
    assert len(stopped_history.epoch) - (stop.best_epoch + 1) == stop.patience


@after("stopped")
def the_loss_is_better_without_the_late_epochs_and_the_error_hardly_moves(printed, lowest, last):
    assert lowest < last / 1.1
    stopped, plain = _percents(printed)
    assert abs(stopped - plain) < 1.2


@after("curves-l2")
def with_l2_about_as_many_digits_are_misread(printed):
    with_penalty, without = _percents(printed)
    assert abs(with_penalty - without) < 1.2


@after("curves-l2")
def with_l2_the_validation_loss_no_longer_runs_away(both):
    without, with_l2 = both["without"], both["with L2"]
    assert with_l2[-1] < without[-1] - 0.03
    assert with_l2[-1] < 1.1 * min(with_l2)


@after("curves-l2")
def keras_adds_the_penalty_to_both_losses(l2_history, cross_entropy):
    recorded = {name: np.array(values) for name, values in l2_history.history.items()}
    assert (recorded["loss"] > recorded[cross_entropy] + 0.05).all()
    assert (recorded["val_loss"] > recorded["val_" + cross_entropy] + 0.05).all()


@after("weights-l2")
def with_l2_most_weights_become_tiny(first_weights, plain, small_weights):
    without, with_l2 = (np.abs(first_weights(network)) for network in (plain, small_weights))
    assert np.median(with_l2) < 0.3 * np.median(without)


@after("drop-by-hand")
def what_is_left_is_twice_as_bright_and_about_half_of_the_units_are(hidden, steps):
    for step in steps:
        left = step != 0
        assert np.allclose(step[left], 2 * hidden[left])
        assert 0.25 < left[hidden != 0].mean() < 0.75
    assert not np.array_equal(steps[0], steps[1])


@after("why-rescale")
def the_mean_over_the_masks_is_as_large_as_without_dropout(hidden, sums):
    error_of_mean = np.std(sums) / np.sqrt(len(sums))
    assert abs(np.mean(sums) - hidden.sum()) < 4.5 * error_of_mean
    assert error_of_mean < 0.01 * hidden.sum()


@after("fit-dropout")
def with_dropout_it_is_a_little_better(printed):
    with_dropout, without = _percents(printed)
    assert -0.2 < without - with_dropout < 2.5


@after("copies")
def the_copies_differ_from_each_other_and_keep_the_background(copies, few_images):
    assert copies.shape[1:] == (28, 28)
    assert len(np.unique(copies.reshape(len(copies), -1), axis=0)) == len(copies)
    assert np.median(copies) == 0
    assert 0.4 < copies.sum() / len(copies) / few_images[0].sum() < 2


@after("fit-augmented")
def with_augmentation_it_is_far_better(printed):
    augmented, without = _percents(printed)
    assert augmented < without - 2


@after("ensemble")
def the_ensemble_makes_fewer_mistakes_than_its_members_on_average(singles, together_error):
    assert together_error < np.mean(singles) - 0.1


@after("ensemble")
def the_members_make_about_as_many_mistakes_but_not_the_same_ones(members, singles, val_labels, plain_error):
    wrong = np.array([each.argmax(axis=1) != val_labels for each in members])
    assert np.ptp([*singles, plain_error]) < 3
    assert wrong.all(axis=0).mean() < 0.8 * wrong.mean() < wrong.any(axis=0).mean()


# --- all of them


def _means(measured):
    return {name: errors.mean() for name, errors in measured.errors.items()}
