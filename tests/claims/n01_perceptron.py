"""What notebook 01 says about its own numbers."""

import itertools

import numpy as np
from claims import after

# --- the party, the bias


@after("all-evenings")
def three_facts_make_eight_evenings_and_the_one_without_a_reason_has_the_sum_zero(weights, evenings, sums):
    assert len(weights) == 3
    assert len(set(evenings)) == len(sums) == 8
    assert evenings[0] == (0, 0, 0)
    assert sums[0] == 0


@after("biases")
def a_larger_bias_sends_the_neuron_to_the_party_on_more_evenings(printed):
    parties = [int(line.split("party on ")[1].split()[0]) for line in printed.splitlines()]
    assert parties == sorted(set(parties))


@after("biases")
def a_threshold_of_two_is_a_bias_of_minus_two_and_not_of_two(sums):
    above = [z > 2 for z in sums]
    assert above == [z - 2 > 0 for z in sums]
    assert above != [z + 2 > 0 for z in sums]


# --- a line


@after("line-by-hand")
def the_line_by_hand_is_right_about_every_animal_and_calls_the_unknown_one_a_cat(
    step, animals, is_dog, unknown, hand_w, hand_b
):
    assert (step(animals @ hand_w + hand_b) == is_dog).all()
    assert step(unknown @ hand_w + hand_b) == 0


@after("line-by-hand")
def a_sum_of_exactly_zero_is_answered_zero(step):
    assert step(0) == 0
    assert step(np.array([-1e-9, 0, 1e-9])).tolist() == [0, 0, 1]


@after("line-by-hand")
def a_bias_of_minus_thirty_shifts_the_line_and_a_weight_of_two_turns_it(hand_w, hand_b):
    def slope_and_height(w, b):
        return -w[0] / w[1], -b / w[1]

    slope, height = slope_and_height(hand_w, hand_b)
    assert slope_and_height(hand_w, -30)[0] == slope
    assert slope_and_height(hand_w, -30)[1] != height
    assert slope_and_height((2, hand_w[1]), hand_b)[0] != slope


@after("gates-by-hand")
def weights_of_one_do_for_both_gates_and_only_the_bias_differs(step, corners, AND, OR, and_line, or_line):
    assert AND.tolist() == [0, 0, 0, 1]
    assert OR.tolist() == [0, 1, 1, 1]
    for (w, b), answers in ((and_line, AND), (or_line, OR)):
        assert w == [1, 1]
        assert (step(corners @ w + b) == answers).all()
    assert and_line[1] != or_line[1]


# --- learning from mistakes


@after("one-round")
def one_round_is_not_enough_for_and(step, corners, AND, w, b):
    assert (step(corners @ w + b) != AND).any()


@after("one-round")
def who_only_adds_lowers_no_sum(corners):
    assert (corners @ corners.T + 1 >= 0).all()  # what one added corner does to the sum of each


@after("train")
def the_sixth_round_is_the_first_without_a_mistake(gate_mistakes):
    assert len(gate_mistakes) == 6
    assert gate_mistakes[-1] == 0 < min(gate_mistakes[:-1])


@after("train")
def each_correction_moves_the_sum_of_its_example_in_the_right_direction_and_may_spoil_another(
    step, corners, AND, gate_lines
):
    spoilt = 0
    for (w, b), (new_w, new_b) in itertools.pairwise(gate_lines):
        sign = new_b - b
        (example,) = [k for k, x in enumerate(corners) if np.array_equal(new_w - w, sign * x)]
        assert sign == 2 * AND[example] - 1
        assert sign * (corners[example] @ (new_w - w) + sign) > 0
        was_right, is_right = (step(corners @ v + c) == AND for v, c in ((w, b), (new_w, new_b)))
        spoilt += (was_right & ~is_right).any()
    assert spoilt > 0


@after("learning-and")
def the_line_swings_to_and_fro_until_it_is_right_everywhere(step, corners, AND, gate_lines):
    fired = [int(step(corners @ w + b).sum()) for w, b in gate_lines]
    changes = np.sign(np.diff(fired))
    changes = changes[changes != 0]
    assert np.count_nonzero(np.diff(changes)) >= 4  # more fire, fewer, more, fewer, …
    w, b = gate_lines[-1]
    assert (step(corners @ w + b) == AND).all()


@after("learning-and")
def the_rule_learned_and_with_a_corner_exactly_on_the_line(corners, gate_lines):
    w, b = gate_lines[-1]
    assert (corners @ w + b == 0).any()


@after("animals-learned")
def the_learned_line_is_another_one_right_about_all_animals_that_disagrees_about_the_unknown_one(
    step, animals, is_dog, unknown, hand_w, hand_b, learned_w, learned_b, animal_mistakes
):
    assert not np.allclose(np.array(learned_w) / learned_b, np.array(hand_w) / hand_b)
    assert animal_mistakes[-1] == 0
    assert (step(animals @ learned_w + learned_b) == is_dog).all()
    assert step(unknown @ learned_w + learned_b) != step(unknown @ hand_w + hand_b)


@after("animals-learned")
def the_learned_line_passes_narrowly(animals, is_dog, hand_w, hand_b, learned_w, learned_b):
    def gap(w, b):
        return np.min((2 * is_dog - 1) * (animals @ w + b)) / np.linalg.norm(w)

    assert gap(learned_w, learned_b) < gap(hand_w, hand_b) / 5


@after("animals-learned")
def from_zeros_the_rate_makes_no_difference_to_the_mistakes(step, animals, animal_lines):
    for w, b in animal_lines:  # with another rate each line has all its numbers times that rate
        for rate in (0.25, 4):
            assert (step(animals @ (rate * w) + rate * b) == step(animals @ w + b)).all()


# --- how sure, and what no line can do


@after("sigmoid-drawn")
def the_sigmoid_is_one_half_at_zero_rises_and_is_above_one_half_exactly_when_z_is_above_zero(sigmoid, z_values):
    assert sigmoid(0) == 0.5
    assert (np.diff(sigmoid(z_values)) > 0).all()
    assert ((sigmoid(z_values) > 0.5) == (z_values > 0)).all()


@after("sigmoid-drawn")
def a_step_gives_a_small_and_a_large_sum_the_same_answer_and_a_sigmoid_does_not(step, sigmoid):
    assert step(0.001) == step(100) == 1
    assert sigmoid(0.001) < 0.51
    assert sigmoid(100) > 0.99


@after("xor-mistakes")
def a_hundred_rounds_are_not_enough_for_xor(XOR, xor_mistakes):
    assert XOR.tolist() == [0, 1, 1, 0]
    assert len(xor_mistakes) == 100
    assert min(xor_mistakes) > 0


@after("xor-mistakes")
def no_line_of_very_many_is_right_about_xor(step, corners, XOR):
    rng = np.random.default_rng(0)
    w, b = rng.normal(size=(2, 20_000)), rng.normal(size=20_000)
    right = (step(corners @ w + b) == XOR[:, np.newaxis]).sum(axis=0)
    assert right.max() == 3


@after("xor-drawn")
def both_lines_drawn_for_xor_get_a_corner_wrong(step, corners, XOR, or_line, xor_lines):
    for w, b in (or_line, xor_lines[-1]):
        assert (step(corners @ w + b) != XOR).any()


# --- Going further


@after("hebb")
def hebbs_rule_ends_with_a_neuron_that_says_yes_to_everything(printed):
    lines = printed.splitlines()
    assert [line.split()[0] for line in lines] == ["AND", "OR"]
    assert all(line.endswith("[1 1 1 1]") for line in lines)


@after("flowers")
def three_flowers_have_the_same_petals_and_two_of_them_are_virginica(flowers):
    same = (flowers.x == [4.8, 1.8]).all(axis=1)
    assert flowers.y[same].tolist() == [0, 1, 1]


@after("flowers")
def the_mistakes_fall_at_first_then_go_up_and_down_and_never_reach_zero(flower_mistakes):
    assert len(flower_mistakes) == 100
    assert min(flower_mistakes) > 0
    assert flower_mistakes[0] > max(flower_mistakes[20:])
    late = np.array(flower_mistakes[50:])
    assert np.ptp(late) >= 5
    changes = np.sign(np.diff(late))
    assert {-1, 1} <= set(changes.tolist())


@after("flowers")
def between_setosa_and_versicolor_there_is_a_gap(data):
    pair = data.load_iris_pair("setosa", "versicolor")
    length = pair.x[:, 0]
    assert length[pair.y == 0].max() + 1 < length[pair.y == 1].min()


@after("bound-drawn")
def every_task_needs_fewer_corrections_than_the_bound_and_most_far_fewer(corrections, bounds):
    share = np.array(corrections) / np.array(bounds)
    assert share.max() <= 1
    assert np.median(share) < 0.1


@after("activations")
def the_slope_is_zero_on_a_whole_half_for_the_step_and_for_relu_only(axis, slopes):
    left, right = axis < -0.02, axis > 0.02  # beside the kink
    flat = {name for name, slope in slopes.items() if any((slope[half] == 0).all() for half in (left, right))}
    assert flat == {"step", "ReLU"}


@after("activations")
def the_slope_of_the_sigmoid_is_the_formula(axis, functions, slopes):
    a = functions["sigmoid"]
    assert np.allclose(slopes["sigmoid"][1:-1], (a * (1 - a))[1:-1], rtol=0, atol=1e-4)


@after("activations")
def tanh_and_the_sigmoid_have_the_same_shape(axis, functions, sigmoid):
    assert np.allclose(functions["tanh"], 2 * sigmoid(2 * axis) - 1, rtol=0, atol=1e-12)


@after("happiness")
def two_relu_units_follow_the_wish_exactly_and_the_best_line_does_not(wish, best_line, two_units):
    assert np.allclose(two_units, wish, rtol=0, atol=1e-12)
    assert np.abs(best_line - wish).max() > 0.5
