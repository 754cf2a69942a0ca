"""What notebook 03 says about its own numbers."""

import itertools
import re

import numpy as np
from claims import after


def _numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e[-+]\d+)?", text)]


# --- the bowl, the slope, the step


@after("bowl")
def the_loss_falls_has_one_lowest_point_and_rises_again(losses):
    lowest = int(np.argmin(losses))
    assert 0 < lowest < len(losses) - 1
    assert (np.diff(losses[: lowest + 1]) < 0).all()
    assert (np.diff(losses[lowest:]) > 0).all()


@after("felt-slope")
def the_dashed_line_is_as_steep_as_the_bowl_where_we_stand(many, losses, tangent, start, loss):
    assert np.isclose(np.interp(start, many, tangent), loss(start))
    assert (tangent <= np.array(losses) + 1e-4).all()  # the slope was felt with a step that is not quite tiny


@after("slope")
def the_slope_is_negative_before_the_lowest_point_and_positive_behind_it(slope, many, losses):
    lowest = many[np.argmin(losses)]
    assert all(slope(w) < 0 for w in many if w < lowest - 0.01)
    assert all(slope(w) > 0 for w in many if w > lowest + 0.01)


@after("slope")
def the_formula_agrees_with_what_we_felt(slope, start, felt):
    assert abs(slope(start) - felt) < 0.005


@after("slope")
def at_the_bottom_the_slope_is_0(slope, x, y):
    assert abs(slope(x @ y / (x @ x))) < 1e-9


@after("two-steps")
def the_two_steps_lead_down(loss, w_0, w_1, w_2):
    assert loss(w_0) > loss(w_1) > loss(w_2)


@after("walk-in-the-bowl")
def the_steps_become_shorter_where_the_slope_becomes_gentle(path, slope):
    steps, slopes = np.abs(np.diff(path)), np.abs([slope(w) for w in path])
    assert (np.diff(steps) < 0).all()
    assert (np.diff(slopes) < 0).all()


# --- two weights


@after("bowl-steps")
def the_first_step_leads_to_4_and_4_by_a_tenth_of_the_gradient(place_0, place_1, bowl_gradient):
    assert np.allclose(place_1, [4, 4])
    assert bowl_gradient(place_0).tolist() == [10, 10]


@after("map-of-the-bowl")
def on_the_round_bowl_every_step_leads_straight_to_the_middle(walk):
    steps = np.diff(walk, axis=0)
    for place, step in zip(walk, steps, strict=False):
        assert np.isclose(place @ step, -np.linalg.norm(place) * np.linalg.norm(step))


@after("uphill")
def along_the_gradient_the_loss_rises_from_the_first_step_and_a_smaller_rate_only_makes_it_slower(
    uphill, descend, bowl_gradient
):
    slower = descend(bowl_gradient, [5, 5], eta=-0.01, steps=6)
    rises, slow_rises = (np.diff(np.sum(walk**2, axis=1)) for walk in (uphill, slower))
    assert (rises > slow_rises).all()
    assert (slow_rises > 0).all()


# --- the learning rate


@after("rate-nine-tenths")
def the_rate_of_nine_tenths_jumps_from_side_to_side_and_comes_closer(printed):
    places = np.array(_numbers(printed))
    assert len(places) == 7
    assert (places[1:] * places[:-1] < 0).all()
    assert (np.diff(np.abs(places)) < 0).all()


@after("five-rates")
def every_step_multiplies_by_the_factor_and_the_table_says_what_then_happens(walks):
    kinds = set()
    for name, walk in walks.items():
        factor = 1 - 2 * float(name.removeprefix("η = "))
        assert np.allclose(walk[1:], factor * walk[:-1])
        distance, sides = np.diff(np.abs(walk)), walk[1:] * walk[:-1]
        if np.isclose(factor, 0):
            assert np.allclose(walk[1:], 0)
        elif np.isclose(factor, -1):
            assert np.allclose(distance, 0) and (sides < 0).all()
        else:
            assert ((sides > 0) == (factor > 0)).all()
            assert ((distance < 0) == (abs(factor) < 1)).all()
        kinds.add((np.sign(round(factor, 9)), np.sign(round(abs(factor) - 1, 9))))
    assert len(kinds) == 5


@after("no-number-left")
def a_rate_a_hundred_times_too_large_leaves_no_number(far, taken):
    assert not np.isfinite(far)
    assert taken < 1000


@after("three-rates-in-a-valley")
def in_the_valley_one_rate_creeps_one_comes_near_and_one_leaves(paths):
    creeps, near, leaves = (panel["walk"] for panel in paths.values())
    ends = [np.linalg.norm(walk[-1]) for walk in (creeps, near, leaves)]
    assert ends[1] < min(ends[0], ends[2])
    assert abs(creeps[-1, 1]) < 0.01
    assert creeps[-1, 0] > 1
    assert (np.diff(np.abs(leaves[:, 1])) > 0).all()
    assert (leaves[1:, 1] * leaves[:-1, 1] < 0).all()


@after("three-rates-in-a-valley")
def in_the_flat_direction_the_largest_rate_is_the_quickest(paths):
    left = [abs(panel["walk"][-1, 0]) for panel in paths.values()]
    assert left == sorted(left, reverse=True)


# --- all examples, one, or a few


@after("line-gradient")
def the_gradient_holds_the_slopes_of_the_loss_in_the_weight_and_in_the_bias(line_loss, line_gradient, x):
    place, tiny = np.array([0.2, 0.1]), 1e-5
    felt = [(line_loss(place + move) - line_loss(place - move)) / (2 * tiny) for move in tiny * np.eye(2)]
    assert np.allclose(line_gradient(place, np.arange(len(x))), felt)


@after("pulls-on-the-map")
def the_gradient_of_the_loss_is_the_mean_of_the_gradients_of_the_flowers(line_gradient, here, everyone):
    own = [line_gradient(here, [row]) for row in everyone]
    assert np.allclose(np.mean(own, axis=0), line_gradient(here, everyone))


@after("pulls-on-the-map")
def two_of_the_three_flowers_pull_against_each_other(pulls):
    steps = {name: line[1] - line[0] for name, line in pulls.items()}
    one, two = steps["flower 55"], steps["flower 98"]
    assert one @ two < -0.9 * np.linalg.norm(one) * np.linalg.norm(two)


@after("three-walks")
def the_whole_batch_ends_farthest_from_the_star(three, best):
    whole, ten, single = (np.linalg.norm(panel["walk"][-1] - best) for panel in three.values())
    assert whole > max(ten, single)


@after("three-walks")
def the_whole_batch_has_just_reached_the_floor_of_the_valley(three, line_gradient, everyone):
    walk = next(iter(three.values()))["walk"]
    slopes = [np.linalg.norm(line_gradient(place, everyone)) for place in walk]
    assert slopes[-1] < 0.05 * slopes[0]
    assert slopes[3] > 0.05 * slopes[0]


@after("three-walks")
def ten_flowers_a_step_get_most_of_the_way(three, best):
    walk = list(three.values())[1]["walk"]
    assert np.linalg.norm(walk[-1] - best) < 0.3 * np.linalg.norm(walk[0] - best)


@after("three-walks")
def single_flowers_get_to_the_star_and_stagger_around_it_more_than_ten_at_a_time(three, best):
    ten, single = (panel["walk"] for panel in list(three.values())[1:])
    assert np.linalg.norm(single[-100:] - best, axis=1).min() < 0.02
    lengths = [np.linalg.norm(np.diff(walk[-len(walk) // 20 :], axis=0), axis=1).mean() for walk in (ten, single)]
    assert lengths[1] > 1.5 * lengths[0]


@after("batch-sizes")
def with_large_batches_the_walk_is_not_there_yet(above):
    for left in above.values():
        assert left[-1] > left[-2] > left[-3]


@after("batch-sizes")
def a_larger_rate_has_a_larger_best_batch_size(above, sizes):
    best_sizes = [sizes[int(np.argmin(left))] for left in above.values()]
    assert best_sizes == sorted(set(best_sizes))


@after("batch-sizes")
def with_too_large_a_rate_the_curve_turns_up_on_the_left(above):
    _, middle, large = above.values()
    assert middle[0] > 2 * min(middle)
    assert large[0] > 2 * min(large)


@after("batch-sizes")
def even_with_its_best_rate_the_whole_batch_stays_behind_small_batches(above, sizes):
    best = np.min(list(above.values()), axis=0)
    assert best[-1] > 2 * best[: sizes.index(20)].max()


@after("summed")
def the_sum_of_ten_gradients_makes_the_loss_grow_without_end(summed, line_loss):
    assert len(summed) - 1 < 200
    assert line_loss(summed[-1]) > 1e6


# --- going further


@after("all-directions")
def the_loss_falls_most_against_the_gradient(printed):
    assert "towards 225 degrees" in printed


@after("all-directions")
def the_gradient_of_the_bowl_changes_equally_in_all_directions(around, bowl_gradient):
    change = np.linalg.norm(bowl_gradient(around) - bowl_gradient(np.array([5, 5])), axis=1)
    assert np.ptp(change) < 1e-9


@after("curvatures")
def lengths_from_their_mean_give_nearly_a_round_bowl(x):
    def narrow(lengths):
        inputs = np.column_stack([lengths, np.ones(len(lengths))])
        flat, steep = np.linalg.eigvalsh(inputs.T @ inputs)
        return steep / flat

    assert narrow(x - x.mean()) < 3
    assert narrow(x) > 50


@after("curvatures")
def from_the_largest_rate_on_the_walk_leaves(steep, descend, x, y):
    inputs = np.column_stack([x - x.mean(), np.ones(len(x))])

    def gradient(weights):
        return 2 * inputs.T @ (inputs @ weights - y) / len(x)

    bottom = np.linalg.lstsq(inputs, y, rcond=None)[0]
    start = bottom + np.ones(2)
    below, above = (
        np.linalg.norm(descend(gradient, start, share * 2 / steep, 300)[-1] - bottom) for share in (0.95, 1.05)
    )
    assert below < 0.01
    assert above > 100


@after("noise")
def four_times_as_many_examples_halve_the_noise(printed):
    noises = [float(noise) for noise in re.findall(r"noise ([\d.]+)", printed)]
    assert len(noises) == 4
    assert all(0.4 < more / few < 0.6 for few, more in itertools.pairwise(noises))


@after("n03-067")
def a_hundred_examples_cost_far_less_than_a_hundred_times_one(printed):
    one, hundred, all_of_them = (float(each) for each in re.findall(r"([\d.]+) ms", printed))
    assert hundred < 20 * one
    assert all_of_them > 5 * hundred


@after("n03-045")
def the_shallower_valley_is_on_the_right(two_valleys, across):
    left, right = (two_valleys(part).min() for part in (across[across < 0], across[across > 0.5]))
    assert left < right < two_valleys(0.0)


@after("many-walkers")
def nearly_half_are_trapped_with_each_rate(printed):
    shares = [int(share) for share in re.findall(r"(\d+)%", printed)]
    assert len(shares) == 3
    assert all(40 <= share < 50 for share in shares)


@after("noise-as-a-way-out")
def most_have_left_and_are_in_the_deeper_valley(walkers):
    assert np.mean(walkers > 0) < 0.5
    assert np.mean(walkers[walkers < 0] > -2) > 0.9


@after("noise-as-a-way-out")
def without_noise_nobody_leaves(descend, two_valleys_slope):
    assert (descend(two_valleys_slope, 0.96, eta=0.05, steps=3000) > 0.9).all()


@after("n03-075")
def both_errors_shrink_at_first_and_grow_in_the_end(printed):
    errors = np.array([_numbers(line)[1:] for line in printed.splitlines()])
    one_side, both_sides = errors.T
    assert one_side.argmin() not in (0, len(errors) - 1)
    assert both_sides.argmin() not in (0, len(errors) - 1)
    assert both_sides[1] / both_sides[0] < 0.1 * one_side[1] / one_side[0]  # at first it shrinks much faster
