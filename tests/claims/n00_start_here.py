"""What notebook 00 says about its own numbers."""

import numpy as np
from claims import after


@after("how-good")
def it_reads_about_nine_new_pictures_of_ten(accuracy):
    assert 0.88 < accuracy < 0.96


@after("read-it")
def it_reads_the_seven_that_is_drawn_there(shares, printed):
    assert shares.argmax() == 7 and "reads it as a 7," in printed


@after("read-it")
def it_can_be_quite_sure_of_a_wrong_answer(model, mnist):
    probabilities = np.asarray(model(mnist.x_test))
    wrong = probabilities.argmax(axis=1) != mnist.y_test
    assert probabilities[wrong].max() > 0.9


@after("somebodys-attempt")
def the_hint_speaks_of_the_weights(printed):
    assert "weights" in printed and "inputs" not in printed


@after("how-good")
def the_network_has_more_than_a_hundred_thousand_weights(model):
    assert model.count_params() > 100_000
