"""What the ledger says about its own numbers."""

import numpy as np
from claims import after

# --- lecture A


@after("xa10")
def step_and_sigmoid_stay_between_zero_and_one_and_the_others_do_not(ranges):
    for name in ("step", "sigmoid"):
        assert ranges[name].min() >= 0 and ranges[name].max() <= 1
    assert ranges["tanh"].min() < 0
    assert ranges["ReLU"].max() > 22.5


@after("xa12")
def the_cost_falls_most_along_minus_the_gradient_and_the_gradient_changes_most_straight_across(down, steepest, bent):
    assert steepest @ down > np.cos(np.radians(1))
    assert abs(bent[1]) > np.cos(np.radians(1))
    assert abs(bent @ down) < np.cos(np.radians(10))


@after("xa14")
def the_weights_do_not_depend_on_how_many_examples_enter(X, W):
    assert len(X) == 300
    assert W.size == 8


@after("xa23")
def strengthening_alone_answers_one_to_everything_and_the_whole_rule_learns_both_gates(learned, gates):
    for gate, targets in gates.items():
        assert learned[gate, False].all()
        assert learned[gate, True].tolist() == targets


@after("xa24")
def both_ways_of_writing_the_sum_give_one_number(with_bias, from_zero):
    assert with_bias == from_zero


@after("xa27")
def the_slope_of_the_start_leads_to_the_bottom_in_five_steps_and_then_up_the_other_side(printed, kept, new):
    assert "after  5 steps: slope of the start kept  0.00" in printed
    assert np.isclose(kept, -5)
    assert 0 < new < 1


# --- lecture B


@after("xb11")
def the_plus_climbs_and_the_minus_goes_down(reached):
    assert round(reached["printed"], 2) == 9.25
    assert round(reached["right"], 2) == 1.88


@after("xb15")
def the_mean_arrives_and_the_sum_leaves(ends):
    assert abs(ends["mean"] - 3) < 1e-3
    assert abs(ends["sum"]) > 1e6


@after("xb16")
def fixed_masks_train_few_networks_and_without_rescaling_a_layer_gets_twice_as_much_in_use(networks, gets):
    assert networks["15 fixed masks"] == 15
    assert networks["fresh masks"] > 990
    assert np.isclose(gets["in use"], 2 * gets["in training, as printed"], rtol=0.02)
    assert np.isclose(gets["in use"], gets["rescaled"], rtol=0.02)


@after("xb17")
def of_small_start_values_nothing_is_left_and_their_own_formula_keeps_most(left):
    assert left["±0.01"] < 1e-11
    assert left["±1/√n"] < 0.01
    assert left["±√6/√(n + n)"] > 0.15


@after("xb19")
def two_evaluations_for_every_weight(weights, printed):
    assert weights == 79_510
    assert "159,020" in printed


# --- lecture C


@after("xc6")
def along_the_gradient_the_cost_rises_and_against_it_it_falls(along, against, cost, place):
    assert against < cost(place) < along


@after("xc7")
def the_smaller_the_batch_the_more_it_scatters_and_the_whole_batch_does_not(scatter):
    assert scatter[1] > scatter[5] > 1
    assert scatter[10] < 1e-9


@after("xc8")
def the_sigmoid_is_as_flat_at_minus_5_as_at_5_and_ten_of_its_slopes_leave_next_to_nothing(flat):
    assert np.isclose(flat[-5.0], flat[5.0])
    assert round(flat[5.0], 4) == 0.0066
    assert flat[0.0] == 0.25


@after("xc14")
def a_stride_of_two_computes_a_quarter(places):
    assert places["pooling"] == 4 * places["stride 2"]


# --- lecture D


@after("xd1")
def the_right_side_is_the_sigmoid_and_not_tanh(off):
    assert off["tanh"] > 1
    assert off["sigmoid"] < 1e-12


@after("xd2")
def the_printed_step_is_that_of_l2_and_ends_in_ridge_regression(ends, ridge):
    assert np.allclose(ends["printed"], ends["L2"], rtol=0, atol=1e-12)
    assert np.allclose(ends["printed"], ridge, atol=1e-6)


@after("xd2")
def l1_holds_what_nobody_needs_at_zero_up_to_the_length_of_a_step(ends, eta, penalty, n):
    assert np.abs(ends["L1"][3:]).max() <= 2 * eta * penalty / n
    assert np.abs(ends["printed"][3:]).max() > 0.01


@after("xd7")
def the_threshold_becomes_a_bias_of_minus_itself(same, sums):
    assert same[-2] == len(sums) > same[2]


@after("xd8")
def only_the_evening_without_anything_has_the_sum_zero(on_zero):
    assert on_zero == ["000"]


@after("xd8")
def the_date_changes_the_answer_to_the_second_question_only(answers):
    first, second = answers.values()
    assert min(first) > 0
    assert min(second) < 0 < max(second)


@after("xd9")
def the_sigmoid_above_one_half_is_the_perceptron(differ, full):
    assert differ == 0
    assert full == 37


@after("xd17")
def three_measures_give_three_marks(marks):
    assert len({round(mark, 2) for mark in marks.values()}) == 3


@after("xd11")
def friction_and_momentum_walk_one_way(w, ball):
    assert np.isclose(w, ball, rtol=1e-12)


@after("xd19")
def both_roots_need_the_bias(spread):
    (without, having), (scaled_without, scaled_having) = spread.values()
    assert np.isclose(without, np.sqrt(500), rtol=0.02) and np.isclose(having, np.sqrt(501), rtol=0.02)
    assert np.isclose(scaled_without, np.sqrt(0.5), rtol=0.02) and np.isclose(scaled_having, np.sqrt(1.5), rtol=0.02)


@after("xd20")
def scaling_adds_no_example_and_noise_on_weights_drops_no_unit(x, scaled, moved, together, W):
    assert len(scaled) == len(x) < len(moved)
    assert together == {"dropout": len(W), "noise on weights": 0}


# --- lecture E


@after("xe3")
def read_as_standard_deviations_the_formulas_leave_nothing(signal):
    assert signal["tanh", "SD 1/n"] < 1e-9
    assert 0.15 < signal["tanh", "SD 1/√n"] < 0.3
    assert signal["ReLU", "SD 2/n"] < 1e-7
    assert 0.2 < signal["ReLU", "SD √(2/n)"] < 2


@after("xe3")
def n_counts_the_inputs_of_a_neuron(z):
    assert np.isclose(z["its 10 inputs"], 1, rtol=0.02)
    assert np.isclose(z["1,000 neurons"], 0.1, rtol=0.02)


@after("xe12")
def the_first_step_of_adadelta_is_007_whatever_the_gradient(first_steps):
    assert all(round(step, 2) == 0.07 for step in first_steps.values())


@after("xe15")
def small_and_large_rates_differ_by_hardly_anything(trapped):
    assert min(trapped.values()) > 0.45
    assert max(trapped.values()) - min(trapped.values()) < 0.015


@after("all-entries")
def every_entry_stands_in_the_table(ledger):
    assert len(ledger) == 35
