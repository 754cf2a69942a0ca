"""What notebook 11 says about its own numbers, with the embedded data and with the full ones."""

import re

import numpy as np
from claims import after


def _numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e[-+]\d+)?", text)]


# --- the valley and the ball


@after("valley")
def the_valley_is_gentle_along_the_first_weight_and_steep_along_the_second(valley, valley_gradient, start):
    moves = 1e-6 * np.eye(2)
    felt = [(valley(*(start + move)) - valley(*(start - move))) / 2e-6 for move in moves]
    assert np.allclose(felt, valley_gradient(start))
    assert valley_gradient(start).tolist() == [-5, 37.5]
    assert valley(0, 1) > 20 * valley(1, 0)


@after("zigzag")
def most_of_the_way_is_lost_in_jumps_across_the_valley(zigzag):
    along, across = np.abs(np.diff(zigzag, axis=0)).sum(axis=0)
    assert across > 1.5 * along
    assert abs(zigzag[-1][0]) > 1  # and it is not there yet


@after("zigzag")
def above_the_rate_of_8_hundredths_the_jumps_grow(valley_gradient):
    for rate, grows in ((0.079, False), (0.081, True)):
        across = valley_gradient(np.array([0.0, 1.0]))[1]
        assert (abs(1 - rate * across) > 1) == grows


@after("ball")
def the_loss_of_the_ball_is_more_than_a_hundred_times_smaller(valley, zigzag, ball):
    assert len(ball) == len(zigzag) == 21
    assert valley(*zigzag[-1]) > 100 * valley(*ball[-1])


@after("ball")
def along_the_valley_the_pushes_agree_and_the_ball_is_nearly_there(zigzag, ball):
    steps = np.diff(np.array(ball)[:, 0])
    assert (steps[:5] > 0).all() and (np.diff(steps[:3]) > 0).all()
    assert abs(ball[-1][0]) < 0.1
    assert abs(zigzag[-1][0]) > 1


@after("ball")
def across_the_valley_the_ball_swings_more_slowly_and_that_dies_away_about_as_fast_as_the_jumps(zigzag, ball, rho, eta):
    jumps, swings = (np.array(each)[:, 1] for each in (zigzag, ball))
    assert (jumps[1:] * jumps[:-1] < 0).all()
    assert 5 < np.sum(swings[1:] * swings[:-1] < 0) < 15
    assert abs(np.sqrt(rho) - abs(1 - 25 * eta)) < 0.05  # what is left of each in a step


@after("steady-slope")
def on_a_steady_slope_the_steps_become_ten_times_as_long(printed):
    velocities = [float(line.split()[-1]) for line in printed.splitlines()]
    assert velocities[0] == -0.1
    assert np.isclose(velocities[-1], -0.1 / (1 - 0.9), atol=0.01)


@after("steady-slope")
def without_friction_the_ball_never_comes_to_rest_and_with_nine_tenths_it_does(valley, valley_gradient, start, eta):
    lows = {}
    for rho in (0.9, 1.0):
        w, v, losses = start, 0.0, []
        for _ in range(400):
            v = rho * v - eta * valley_gradient(w)
            w = w + v
            losses.append(valley(*w))
        lows[rho] = max(losses[-100:])
    assert lows[0.9] < 1e-3
    assert lows[1.0] > 10


# --- a rate for each weight


@after("adagrad")
def the_first_step_of_adagrad_moves_both_weights_equally_far(adagrad):
    assert np.allclose(np.abs(adagrad[1] - adagrad[0]), 0.5)


@after("adagrad")
def the_steps_of_adagrad_become_shorter_and_shorter(adagrad):
    lengths = np.linalg.norm(np.diff(adagrad, axis=0), axis=1)
    assert (np.diff(lengths) < 0).all()


@after("fives")
def after_t_steps_the_0_still_has_the_share_of_beta_to_the_t(printed):
    means = _numbers(printed)
    assert np.allclose(means, 5 * (1 - 0.9 ** np.arange(1, len(means) + 1)), atol=0.001)
    assert max(means) < 2.5


@after("five-walks")
def the_loop_in_the_text_is_the_adam_of_the_helpers(w, optimisers, valley_gradient, start):
    own = optimisers.walk(optimisers.Adam(0.3), valley_gradient, start, 60)[-1]
    assert np.allclose(w, own, atol=1e-4)


@after("five-walks")
def adagrad_becomes_slow_and_rmsprop_arrives_and_does_not_rest(losses):
    assert losses["Adagrad"][-1] > 10 * max(losses[name][-1] for name in ("gradient descent", "momentum", "Adam"))
    assert min(losses["RMSprop"]) < 1e-6
    assert max(losses["RMSprop"][-40:]) > 0.01
    assert all(losses[name][-1] < 0.1 * losses["Adam"][-1] for name in ("momentum", "gradient descent"))
    assert losses["gradient descent"][-1] < min(losses[name][-1] for name in ("Adagrad", "RMSprop"))


@after("five-walks")
def adam_overshoots_and_a_well_chosen_momentum_is_quicker(losses):
    assert (np.diff(losses["Adam"]) > 0).sum() > 10
    assert losses["momentum"][40] < 0.01 * losses["Adam"][40]


@after("five-walks")
def adam_hardly_needs_to_be_told_how_steep_the_ground_is(optimisers, valley_gradient, start):
    ends = {}
    for steeper in (1, 50):

        def gradient(w, steeper=steeper):
            return steeper * valley_gradient(w)

        for kind, options in ((optimisers.Adam, (0.3,)), (optimisers.Momentum, (0.07, 0.6))):
            ends[kind, steeper] = optimisers.walk(kind(*options), gradient, start, 30)[-1]
    assert np.allclose(ends[optimisers.Adam, 1], ends[optimisers.Adam, 50], atol=1e-4)
    assert np.linalg.norm(ends[optimisers.Momentum, 50]) > 1e6


# --- in Keras. Ten seeds gave the ranges; each bound leaves them some room.


@after("digits")
def there_are_two_thousand_digits(images, labels):
    assert images.shape == (2000, 784)
    assert len(labels) == 2000


@after("with-adam")
def adam_learns_the_digits_in_three_epochs_with_a_quarter_kept_aside(history, model):
    losses = history.history["val_loss"]
    assert len(losses) == 3
    assert 0.3 < losses[-1] < 0.7 < losses[0]
    assert int(model.optimizer.iterations) == 3 * 47


@after("with-adam")
def the_rates_named_are_the_usual_ones(keras):
    for name, rate in (("SGD", 0.01), ("RMSprop", 0.001), ("Adam", 0.001)):
        assert np.isclose(float(getattr(keras.optimizers, name)().learning_rate), rate)


@after("rates")
def each_at_its_best_rate_they_are_about_equal(val_losses, rates):
    assert sum(map(len, val_losses.values())) == 12
    best = [min(each) for each in val_losses.values()]
    assert max(best) < 1.35 * min(best)
    assert 0.3 < min(best) < 0.7
    assert val_losses["SGD"].index(min(val_losses["SGD"])) == rates.index(0.1)


@after("rates")
def adam_does_well_at_a_thousandth_momentum_from_a_hundredth_on_sgd_at_a_tenth_only(val_losses):
    for name, first in (("Adam", 0), ("momentum", 1), ("SGD", 2)):
        lowest = min(val_losses[name])
        assert val_losses[name][first] < 1.45 * lowest
        assert all(loss > 1.8 * lowest for loss in val_losses[name][:first])


@after("rates")
def at_a_hundredth_adam_beats_sgd(val_losses, rates):
    place = rates.index(0.01)
    assert val_losses["Adam"][place] < 0.7 * val_losses["SGD"][place]


@after("range-test")
def the_loss_first_stays_then_falls_faster_and_faster_then_bursts(watch, tested_rates):
    found, at = np.array(watch.losses), np.array(tested_rates)
    tiny, small, middle, large = (found[(low <= at) & (at < 2 * low)].mean() for low in (0.0001, 0.01, 0.04, 0.15))
    assert tiny > small > middle > large
    assert tiny - small < middle - large
    assert found[at < 0.002].mean() > 0.93 * tiny
    with np.errstate(invalid="ignore"):
        burst = at[(at > 0.2) & ~(found < tiny)]
    assert 0.3 < burst[0] < 1.0  # three to ten times 0.1


@after("with-schedule")
def the_falling_rate_settles_and_the_constant_one_does_not(printed):
    always, cosine = (_numbers(line.partition("[")[2]) for line in printed.splitlines())
    assert len(always) == len(cosine) == 5
    assert cosine[-1] < 0.9 * always[-1]
    assert cosine[-1] < 1.15 * min(cosine)


# --- a good start


@after("all-zero")
def from_zeros_nothing_is_learned_but_ten_biases(zeros, zeros_history):
    first, first_bias, last, last_bias = zeros.get_weights()
    assert not first.any() and not first_bias.any() and not last.any()
    assert last_bias.any()
    assert all(abs(loss - np.log(10)) < 0.03 for loss in zeros_history.history["val_loss"])


@after("ten-layers")
def units_that_begin_alike_get_the_same_slopes(images, labels):
    from helpers import network  # noqa: PLC0415 - the notebook has it later

    net = network.mlp([784, 5, 10], np.random.default_rng(0), hidden="tanh", loss="categorical_crossentropy")
    equal = [np.full_like(each, 0.1) for each in net.weights]
    equal[2] = np.tile(net.weights[2][:1], (5, 1))
    net.set_weights(equal)
    _, slopes = net.loss_and_gradients(images[:50], labels[:50])
    assert np.abs(slopes[0]).max() > 0
    assert np.allclose(slopes[0], slopes[0][:, :1])


@after("starts")
def tiny_weights_hand_on_a_small_share_in_every_layer(spreads):
    left = np.array(spreads["within ±0.01"])
    assert (left[1:] < 0.1 * left[:-1]).all()
    assert left[-1] < 1e-11


@after("starts")
def the_standard_normal_start_is_saturated(spreads, first_signal, unscaled):
    assert min(spreads["standard normal"]) > 0.9
    assert np.mean(np.abs(np.tanh(first_signal @ unscaled[0])) > 0.99) > 0.6


@after("starts")
def glorot_keeps_the_signal_and_the_old_rule_stays_below(spreads):
    assert spreads["variance 1/n"][-1] > 0.1
    assert spreads["within ±1/√n"][-1] < 0.1 * spreads["variance 1/n"][-1]


@after("starts")
def variances_of_products_add_up(first_signal, unscaled, n):
    sums = first_signal @ unscaled[0]
    assert 0.85 * n < sums.var() < 1.15 * n


@after("he-start")
def relu_lets_half_of_the_square_through_and_he_makes_up_for_it(printed, relu, first_signal, unscaled):
    sums = first_signal @ unscaled[0]
    assert 0.42 < np.mean(relu(sums) ** 2) / np.mean(sums**2) < 0.58
    old, he = (_numbers(part.partition("[")[2]) for part in printed.split("He"))
    assert old[-1] < 0.1
    assert min(he) > 0.25


# --- slopes that vanish


@after("gradients-by-layer")
def of_sigmoid_about_a_millionth_reaches_the_first_layer_and_of_the_others_most(lengths):
    assert 1e-7 < lengths["sigmoid"][0] / lengths["sigmoid"][-1] < 2e-5
    for name in ("tanh", "relu", "leaky_relu"):
        assert 0.2 < lengths[name][0] / lengths[name][-1] < 20


@after("gradients-by-layer")
def the_slope_of_sigmoid_is_at_most_a_quarter_and_less_on_both_sides(network):
    z = np.linspace(-8, 8, 161)
    slopes = network.sigmoid(z) * (1 - network.sigmoid(z))
    assert np.isclose(slopes.max(), 0.25) and slopes.argmax() == 80
    assert (np.diff(slopes[:81]) > 0).all() and (np.diff(slopes[80:]) < 0).all()


@after("deep-training")
def the_sigmoids_guess_and_the_relus_read_most_digits(printed):
    sigmoid, relu = _numbers(printed)
    assert sigmoid < 0.2
    assert relu > 0.6


@after("deep-training")
def the_last_hidden_layer_of_sigmoids_says_almost_the_same_to_every_picture(images):
    from helpers import network  # noqa: PLC0415 - as in the notebook

    deep = network.mlp([784] + 10 * [64] + [10], np.random.default_rng(11), hidden="sigmoid")
    signal = images[:200]
    for W, b in zip(deep.weights[:-2:2], deep.weights[1:-2:2], strict=True):
        signal = network.sigmoid(signal @ W + b)
    assert signal.std(axis=0).max() < 1e-4


# --- going further


@after("schedules")
def all_three_end_near_0_and_the_warm_up_begins_there(falling):
    assert all(each[-1] < 0.01 and np.isclose(max(each), 0.2) for each in falling.values())
    assert falling["warm-up"][0] == 0


@after("as-keras")
def all_nine_take_the_steps_of_keras(printed):
    assert printed.count("True") == 9
    assert "False" not in printed


@after("racers")
def three_walk_along_both_weights_equally_fast_and_two_need_a_few_steps_first(race):
    for name in ("RMSprop", "Adadelta", "Adam", "Adagrad", "Ftrl"):
        first, second = np.abs(race[name][1] - race[name][0])
        assert (second > 0.9 * first) == (name in ("RMSprop", "Adadelta", "Adam")), name


@after("racers")
def momentum_shoots_through_the_saddle_and_descent_does_not(race):
    assert race["momentum"][:, 0].max() > 0.3
    assert race["gradient descent"][:, 0].max() < 0.01


@after("racers")
def descent_and_momentum_need_many_steps_for_the_second_weight_and_the_others_do_not(race):
    for name, path in race.items():
        if name in ("gradient descent", "momentum"):
            assert np.abs(path[:31]).min(axis=0)[0] < 0.1
            assert path[30, 1] < 0.3
        else:
            assert path[10, 1] > 0.2
            assert np.abs(path[10, 0]) > 0.02


@after("adadelta-first-step")
def the_first_step_of_adadelta_is_as_long_as_the_formula_says(printed):
    lines = printed.splitlines()
    expected = _numbers(lines[0])[-1]
    assert np.allclose(np.abs(_numbers(lines[1])), expected, rtol=0.02)


@after("sums")
def the_sums_spread_as_the_roots_say(printed):
    rows = [[float(number) for number in re.findall(r"\d+\.\d+", line)] for line in printed.splitlines()]
    expected, found = np.transpose(rows)[1:]
    assert np.allclose(expected, np.sqrt([501, 1.5]), atol=0.01)
    assert np.allclose(found, expected, rtol=0.04)


@after("sums")
def nearly_every_unit_is_saturated_by_such_a_sum(inputs_on):
    sums = np.random.default_rng(0).normal(scale=np.sqrt(inputs_on.sum() + 1), size=10_000)
    assert np.mean(np.abs(np.tanh(sums)) > 0.99) > 0.85


@after("missing-root")
def without_the_root_next_to_nothing_is_left(printed):
    tanh, relu = ([float(number) for number in re.findall(r"\d\.\d+(?:e-\d+)?", line)] for line in printed.splitlines())
    assert tanh[0] < 1e-9 and tanh[1] > 0.1
    assert relu[0] < 1e-6 and relu[1] > 0.25
