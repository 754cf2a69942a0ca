"""What notebook 12 says about its own numbers. It always has the 5,000 embedded digits, whichever data are at hand."""

import re

import numpy as np
from claims import after

# Ten seeds on TensorFlow gave the ranges; each bound leaves them some room. Errors are in per cent of 2,000 digits, so
# one digit more or less is 0.05.
FAR_LEFT = ("more data", "augmentation")


def _percents(text):
    return [float(number) for number in re.findall(r"(\d+\.\d+) ?%", text)]


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
    assert 10.5 < new_error < 14.5


@after("curves-plain")
def the_training_loss_falls_to_almost_0_and_the_validation_loss_rises_after_a_few_epochs(history):
    training, validation = history.history["loss"], history.history["val_loss"]
    assert training[-1] < 0.01
    assert (np.diff(training[:10]) < 0).all()
    assert 3 <= np.argmin(validation) + 1 <= 10
    assert validation[-1] > 1.12 * min(validation)


@after("curves-plain")
def the_validation_accuracy_hardly_falls(history):
    accuracy = np.array(history.history["val_accuracy"])
    assert accuracy[-1] > accuracy[np.argmin(history.history["val_loss"])] - 0.005
    assert accuracy[-1] > accuracy.max() - 0.012


def _sureness_where_wrong(network, images, labels, keras):
    probabilities = keras.ops.convert_to_numpy(network(images))
    wrong = probabilities.argmax(axis=1) != labels
    return np.mean(probabilities[wrong].max(axis=1))


@after("stopped")
def where_it_is_wrong_it_becomes_surer_after_the_best_epoch(plain, stopped, val_images, val_labels, keras):
    late, early = (_sureness_where_wrong(each, val_images, val_labels, keras) for each in (plain, stopped))
    assert late > 0.6
    assert late > early + 0.05


@after("error")
def the_error_is_the_one_of_the_last_epoch(plain_error, new_error):
    assert abs(plain_error - new_error) < 0.06


# --- remedies


@after("more-data")
def four_times_as_many_digits_leave_fewer_mistakes_by_a_quarter_or_more(
    more_error, plain_error, many_images, few_images
):
    assert len(many_images) == 4 * len(few_images)
    assert 0.55 < more_error / plain_error < 0.8


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
    assert abs(with_penalty - without) < 1.5


@after("curves-l2")
def with_l2_the_validation_loss_rises_far_less(both):
    without, with_l2 = both["without"], both["with L2"]
    assert with_l2[-1] - min(with_l2) < 0.7 * (without[-1] - min(without))


@after("curves-l2")
def keras_adds_the_penalty_to_both_losses(l2_history, cross_entropy):
    recorded = {name: np.array(values) for name, values in l2_history.history.items()}
    assert (recorded["loss"] > recorded[cross_entropy] + 0.05).all()
    assert (recorded["val_loss"] > recorded["val_" + cross_entropy] + 0.05).all()


@after("weights-l2")
def with_l2_most_weights_become_tiny(printed):
    without, with_l2 = (float(line.split()[-1]) for line in printed.splitlines())
    assert with_l2 < 0.3 * without


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
    assert len(sums) == 2000


@after("fit-dropout")
def with_dropout_the_difference_is_small(printed):
    with_dropout, without = _percents(printed)
    assert abs(without - with_dropout) < 2.2


@after("copies")
def the_copies_differ_from_each_other_and_keep_the_background(copies, few_images):
    assert copies.shape[1:] == (28, 28)
    assert len(np.unique(copies.reshape(len(copies), -1), axis=0)) == len(copies)
    assert np.median(copies) == 0
    assert 0.4 < copies.sum() / len(copies) / few_images[0].sum() < 2


@after("fit-augmented")
def with_augmentation_it_is_clearly_better(printed):
    augmented, without = _percents(printed)
    assert augmented < without - 1.5


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


@after("all-remedies")
def more_data_and_augmentation_are_far_left_and_take_nearly_a_third_of_the_mistakes(measured):
    means = _means(measured)
    for name in FAR_LEFT:
        assert 0.66 < means[name] / means["none"] < 0.72
        assert measured.errors[name].max() < min(e.min() for k, e in measured.errors.items() if k not in FAR_LEFT)


@after("all-remedies")
def dropout_noise_on_the_inputs_and_the_ensemble_help_a_little(measured):
    means = _means(measured)
    for name in ("dropout", "noise on inputs", "ensemble"):
        assert 0.5 < means["none"] - means[name] < 1.2
        assert measured.errors[name].max() < means["none"]


@after("all-remedies")
def six_remedies_change_hardly_anything_less_than_a_third_of_a_point(measured):
    means = _means(measured)
    for name in ("early stopping", "L2", "L1", "noise on weights", "bagging", "ten fixed masks"):
        assert abs(means["none"] - means[name]) < 1 / 3


@after("all-remedies")
def batch_normalisation_is_worse(measured):
    means = _means(measured)
    assert measured.errors["batch normalisation"].min() > means["none"]
    assert means["batch normalisation"] - means["none"] > 0.5


@after("measure-one")
def what_is_measured_anew_lies_near_the_stored_dots(own, measured, name):
    stored = measured.errors[name]
    assert stored.min() - 1.5 < own < stored.max() + 1.5


# --- going further


@after("two-pulls")
def l1_arrives_and_jumps_across_0_and_l2_only_comes_closer(printed):
    pairs = [[float(number) for number in re.findall(r"[+-]\d\.\d+", line)] for line in printed.splitlines()]
    by_l1, by_l2 = np.transpose(pairs)
    assert abs(by_l1[-1]) < 0.03 < by_l2[-1]
    assert min(by_l1) < 0 < max(by_l1[-2:]) < 0.03
    assert (np.diff(by_l2) < 0).all()


@after("zeros")
def with_l1_many_weights_are_near_0_and_hardly_one_is_0(few_weights, plain, keras):
    def sizes(network):
        return np.abs(keras.ops.convert_to_numpy(network.layers[1].kernel))

    assert np.mean(sizes(few_weights) == 0) < 0.001
    assert np.mean(sizes(few_weights) < 0.001) > 0.5 > 10 * np.mean(sizes(plain) < 0.001)


@after("zeros")
def nearly_all_weights_of_pixels_that_are_black_in_every_picture_are_near_0(few_weights, few_images, keras):
    near_0 = np.abs(keras.ops.convert_to_numpy(few_weights.layers[1].kernel)) < 0.001
    black = few_images.reshape(len(few_images), -1).max(axis=0) == 0
    assert near_0[black].mean() > 0.95
    assert black.mean() > 0.2


@after("zeros")
def the_error_gains_nothing_from_l1(printed, plain_error):
    assert _percents(printed)[-1] > plain_error - 1.5


@after("curves-misled")
def the_wrong_labels_are_learned_late_and_the_error_rises(misled_history):
    validation = np.array(misled_history.history["val_accuracy"])
    assert misled_history.history["accuracy"][-1] > 0.98
    assert misled_history.history["accuracy"][int(np.argmax(validation))] < 0.85
    assert validation.max() - validation[-1] > 0.03


@after("curves-misled")
def with_wrong_labels_early_stopping_is_a_real_remedy(measured):
    late, early = measured.errors["wrong labels"], measured.errors["wrong labels, early stopping"]
    assert early.max() < late.min()
    assert early.mean() < late.mean() - 4


@after("norm-and-masks")
def batch_normalisation_does_not_help_and_fresh_masks_are_clearly_better_than_fixed_ones(measured):
    means = _means(measured)
    assert means["batch normalisation"] > means["none"]
    assert abs(means["none"] - means["ten fixed masks"]) < 0.3 < means["ten fixed masks"] - means["dropout"]


@after("bagging")
def a_sample_holds_about_63_percent_of_the_digits_and_the_plain_ensemble_is_better(rows, measured):
    assert 0.57 < len(np.unique(rows)) / len(rows) < 0.69
    means = _means(measured)
    assert means["ensemble"] < means["bagging"] < means["none"]


@after("boston-remedies")
def on_house_prices_l2_is_best_and_lies_left_of_every_dot_without_a_remedy(houses):
    errors = houses.errors
    assert min(_means(houses), key=_means(houses).get) == "L2"
    assert errors["L2"].max() < errors["none"].min()


@after("boston-remedies")
def early_stopping_helps_four_times_the_ensemble_always_and_dropout_hardly(houses):
    errors, line = houses.errors, houses.errors["none"].mean()
    assert np.sum(errors["early stopping"] < line) == 4
    assert (errors["ensemble"] < line).all()
    assert 0 < line - errors["dropout"].mean() < 0.1
    assert sum(line - errors[name].mean() < 0.2 for name in errors if name != "none") >= 3
