"""The exercises of notebook 09: one patch, borders, sizes, pooling, and the parameters of a convolution."""

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception

# --- one patch


def convolve_patch(patch, kernel, b):
    """Compute the answer of a filter to one patch of a picture, before any activation.

    patch: array of shape (k, k), the part of the picture below the filter
    kernel: array of shape (k, k), the filter's weights
    b: one number, the filter's bias
    returns: one number, the pre-activation z
    """
    return np.sum(patch * kernel) + b


def _flipped(patch, kernel, b):
    return np.sum(patch * kernel[::-1, ::-1]) + b


def _transposed(patch, kernel, b):
    return np.sum(patch * kernel.T) + b


def _matrix_product(patch, kernel, b):
    return patch @ kernel + b


def _sum_of_matrix_product(patch, kernel, b):
    return np.sum(patch @ kernel) + b


def _no_bias(patch, kernel, b):
    return np.sum(patch * kernel)


def _bias_for_each_pixel(patch, kernel, b):
    return np.sum(patch * kernel + b)


def _not_added_up(patch, kernel, b):
    return patch * kernel + b


def _mean_of_products(patch, kernel, b):
    return np.mean(patch * kernel) + b


def _sums_multiplied(patch, kernel, b):
    return np.sum(patch) * np.sum(kernel) + b


def _divided_by_kernel(patch, kernel, b):
    return np.sum(patch * kernel) / np.sum(np.abs(kernel)) + b


def _already_activated(patch, kernel, b):
    return max(np.sum(patch * kernel) + b, 0)


def _columns_only(patch, kernel, b):
    return np.sum(patch * kernel, axis=0) + b


def _patch_probes(rng):
    cases = [(np.arange(9.0).reshape(3, 3), np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]]), 0.5)]
    for k in (2, 3, 4, 5):
        cases.append((rng.normal(size=(k, k)), rng.normal(size=(k, k)), float(rng.normal())))
    return cases


# --- a reflected border


def reflect_pad(row, width):
    """Extend one row of a picture on both sides by its mirror image; the pixel at the border is not repeated.

    row: array of shape (n,)
    width: whole number from 0 to n - 1, how many pixels to add on each side
    returns: array of shape (n + 2 * width,)
    """
    left = row[1 : width + 1][::-1]
    right = row[len(row) - 1 - width : len(row) - 1][::-1]
    return np.concatenate([left, row, right])


def _symmetric(row, width):
    return np.pad(row, width, mode="symmetric")


def _edge_repeated(row, width):
    return np.pad(row, width, mode="edge")


def _zeros_around(row, width):
    return np.pad(row, width)


def _wrapped(row, width):
    return np.pad(row, width, mode="wrap")


def _not_mirrored(row, width):
    return np.concatenate([row[1 : width + 1], row, row[len(row) - 1 - width : len(row) - 1]])


def _left_only(row, width):
    return np.concatenate([row[1 : width + 1][::-1], row])


def _sides_swapped(row, width):
    left, right = row[1 : width + 1][::-1], row[len(row) - 1 - width : len(row) - 1][::-1]
    return np.concatenate([right, row, left])


def _row_probes(rng):
    cases = [(np.array([1.0, 2.0, 3.0, 4.0]), 2), (np.array([5.0, 7.0]), 1), (np.array([5.0, 7.0, 6.0]), 0)]
    for n in (4, 5, 7):
        cases.append((rng.normal(size=n), int(rng.integers(2, n))))
    return cases


# --- the size of the result


def output_size(n, k, p, s):
    """Compute how many places a filter has along one side of a picture.

    n: whole number, pixels along that side
    k: whole number, the filter's width
    p: whole number, pixels added on each of the two ends
    s: whole number, the stride
    returns: a whole number
    """
    return (n + 2 * p - k) // s + 1


def _padding_once(n, k, p, s):
    return (n + p - k) // s + 1


def _first_place_forgotten(n, k, p, s):
    return (n + 2 * p - k) // s


def _not_rounded(n, k, p, s):
    return (n + 2 * p - k) / s + 1


def _rounded_up(n, k, p, s):
    return -((k - n - 2 * p) // s) + 1


def _stride_ignored(n, k, p, s):
    return n + 2 * p - k + 1


def _padding_ignored(n, k, p, s):
    return (n - k) // s + 1


def _stride_after_counting(n, k, p, s):
    return (n + 2 * p - k + 1) // s


def _filter_ignored(n, k, p, s):
    return (n + 2 * p) // s


def _filters_side_by_side(n, k, p, s):
    return (n + 2 * p) // k


def _border_on_the_result(n, k, p, s):
    return (n - k) // s + 1 + 2 * p


def _size_probes(rng):
    cases = [(28, 3, 0, 1), (28, 3, 1, 1), (28, 3, 1, 2), (28, 2, 0, 2), (28, 5, 2, 3), (7, 7, 0, 1), (10, 3, 0, 2)]
    for _ in range(6):
        k = int(rng.integers(1, 8))
        cases.append((int(rng.integers(k, 40)), k, int(rng.integers(0, 4)), int(rng.integers(1, 5))))
    return cases


# --- max pooling


def max_pool(image, size):
    """Keep the largest number of each block; the blocks lie side by side.

    image: array of shape (height, width)
    size: whole number, height and width of a block; rows and columns that fill no whole block are left out
    returns: array of shape (height // size, width // size)
    """
    height, width = image.shape[0] // size, image.shape[1] // size
    blocks = image[: height * size, : width * size].reshape(height, size, width, size)
    return blocks.max(axis=(1, 3))


def _average_pool(image, size):
    height, width = image.shape[0] // size, image.shape[1] // size
    return image[: height * size, : width * size].reshape(height, size, width, size).mean(axis=(1, 3))


def _min_pool(image, size):
    height, width = image.shape[0] // size, image.shape[1] // size
    return image[: height * size, : width * size].reshape(height, size, width, size).min(axis=(1, 3))


def _wrong_reshape(image, size):
    height, width = image.shape[0] // size, image.shape[1] // size
    return image[: height * size, : width * size].reshape(height, width, size, size).max(axis=(2, 3))


def _overlapping(image, size):
    return np.lib.stride_tricks.sliding_window_view(image, (size, size)).max(axis=(2, 3))


def _first_of_each_block(image, size):
    height, width = image.shape[0] // size, image.shape[1] // size
    return image[: height * size : size, : width * size : size]


def _rows_only(image, size):
    height = image.shape[0] // size
    return image[: height * size].reshape(height, size, image.shape[1]).max(axis=1)


def _largest_by_amount(image, size):
    return max_pool(np.abs(image), size)


def _rest_kept(image, size):
    height, width = -(-image.shape[0] // size), -(-image.shape[1] // size)
    grown = np.full((height * size, width * size), -np.inf)
    grown[: image.shape[0], : image.shape[1]] = image
    return max_pool(grown, size)


def _never_below_zero(image, size):
    return np.maximum(max_pool(image, size), 0)


def _pool_transposed(image, size):
    return max_pool(image, size).T


def _pool_probes(rng):
    cases = [(np.arange(16.0).reshape(4, 4), 2), (-np.ones((2, 4)), 2)]
    for height, width, size in ((4, 6, 2), (6, 9, 3), (5, 7, 2), (7, 8, 3), (3, 4, 1)):
        cases.append((rng.normal(size=(height, width)), size))
    return cases


# --- parameters of a layer


def count_parameters(channels, filters, k):
    """Count the numbers that a convolutional layer learns.

    channels: whole number, how many channels its input has (1 for a grey picture)
    filters: whole number, how many filters the layer has
    k: whole number, height and width of each filter
    returns: a whole number, weights and biases together
    """
    return filters * (channels * k * k + 1)


def _biases_forgotten(channels, filters, k):
    return filters * channels * k * k


def _one_bias(channels, filters, k):
    return filters * channels * k * k + 1


def _channels_forgotten(channels, filters, k):
    return filters * (k * k + 1)


def _not_squared(channels, filters, k):
    return filters * (channels * k + 1)


def _bias_for_each_channel(channels, filters, k):
    return filters * channels * (k * k + 1)


def _one_filter(channels, filters, k):
    return channels * k * k + 1


def _channels_and_filters_added(channels, filters, k):
    return (channels + filters) * k * k + filters


def _bias_for_each_weight(channels, filters, k):
    return 2 * filters * channels * k * k


def _layer_probes(rng):
    cases = [(1, 1, 3), (1, 16, 5), (16, 32, 5), (3, 8, 1)]
    for _ in range(4):
        cases.append(tuple(int(number) for number in rng.integers((2, 2, 2), (9, 65, 8))))
    return cases


EXERCISES = [
    Exercise(
        name="convolve_patch",
        task="A filter lies on one patch of a picture. Write what it answers: every pixel times the weight "
        "above it, all of "
        "them added up, and the bias. No activation yet, and the filter is not turned round: do as neural networks do.",
        reference=convolve_patch,
        probes=_patch_probes,
        misconceptions=[
            Misconception(
                _flipped,
                hint="Your filter is turned round by 180 degrees before it is laid on the patch.",
                fuller="That is convolution in the sense of mathematics. Networks leave the filter as it is: "
                "the top left weight "
                "meets the top left pixel.",
                errata=("XC16",),
            ),
            Misconception(
                _transposed,
                hint="Rows and columns of your filter have changed places.",
                fuller="kernel[0, 1] belongs on patch[0, 1], so no transpose is needed.",
            ),
            Misconception(
                _matrix_product,
                hint="You get a whole matrix: `@` is the matrix product, which multiplies rows by columns.",
                fuller="Here each pixel meets one weight only, the one above it: that is `*`. Then everything "
                "is added up.",
            ),
            Misconception(
                _sum_of_matrix_product,
                hint="You add up a matrix product, in which a pixel meets several weights.",
                fuller="Use `*`, which multiplies each pixel by the one weight above it, and then add up.",
            ),
            Misconception(
                _no_bias,
                hint="The bias makes no difference to your answer.",
                fuller="Add b once, after the sum.",
            ),
            Misconception(
                _bias_for_each_pixel,
                hint="Your answer holds the bias once for every pixel.",
                fuller="Add up first, and add b to the sum, once.",
            ),
            Misconception(
                _not_added_up,
                hint="You return one number for each pixel; the filter gives one number for the whole patch.",
                fuller="Add up all products with np.sum, then add b.",
            ),
            Misconception(
                _mean_of_products,
                hint="You take the mean of the products, so larger filters answer more weakly.",
                fuller="A neuron adds up and divides by nothing.",
            ),
            Misconception(
                _sums_multiplied,
                hint="You add up the pixels and the weights separately, so it does not matter which pixel meets "
                "which weight.",
                fuller="Multiply pixel by weight first, and add up afterwards.",
            ),
            Misconception(
                _divided_by_kernel,
                hint="You divide by the size of the filter's weights.",
                fuller="Some programs for pictures do so to keep the brightness; a neuron does not.",
            ),
            Misconception(
                _already_activated,
                hint="Negative answers have become 0: an activation is in it already.",
                fuller="z is asked for, before the activation.",
            ),
            Misconception(
                _columns_only,
                hint="You added up along one axis only, so a row of numbers is left.",
                fuller="np.sum without axis adds up everything.",
            ),
        ],
        praise="This is a neuron: it sees nine pixels or twenty-five instead of the whole picture, and a "
        "convolution asks it everywhere.",
        setup="import numpy as np",
    ),
    Exercise(
        name="reflect_pad",
        task="Extend a row of pixels by its mirror image, as *reflect* does: (1, 2, 3, 4) with width 2 becomes "
        "(3, 2, 1, 2, 3, 4, 3, 2). Try it without np.pad.",
        reference=reflect_pad,
        probes=_row_probes,
        misconceptions=[
            Misconception(
                _symmetric,
                hint="Your mirror repeats the pixel at the border: (1, 2, 3, 4) becomes (2, 1, 1, 2, 3, 4, 4, 3).",
                fuller="That is symmetric padding. For reflect, begin one pixel further in: row[1], not row[0].",
                errata=("XC12",),
            ),
            Misconception(
                _edge_repeated,
                hint="You repeat the border's pixel again and again.",
                fuller="That is edge padding. A mirror image takes the pixels that follow: row[1], row[2] and so on.",
                errata=("XC12",),
            ),
            Misconception(
                _zeros_around,
                hint="You added zeros, which is zero padding.",
                fuller="Take the pixels next to the border instead, in reverse order.",
            ),
            Misconception(
                _wrapped,
                hint="Your left side shows the end of the row: the picture is repeated like wallpaper.",
                fuller="On the left belong the pixels that follow row[0], in reverse order.",
            ),
            Misconception(
                _not_mirrored,
                hint="These are the right pixels, but not in the order of a mirror.",
                fuller="Reverse each of the two pieces with [::-1].",
            ),
            Misconception(
                _left_only,
                hint="Only one side has grown.",
                fuller="The result has the length n + 2 * width.",
            ),
            Misconception(
                _sides_swapped,
                hint="Left and right have changed places.",
                fuller="A mirror at the left border shows the pixels that are near the left border.",
            ),
        ],
        praise="A mirrored border keeps edges from appearing where the picture only ends.",
        setup="import numpy as np",
    ),
    Exercise(
        name="output_size",
        task="A picture has n pixels along one side, p more are added on each end, the filter is k wide, and it "
        "moves on by s. "
        "In how many places does it fit?",
        reference=output_size,
        probes=_size_probes,
        misconceptions=[
            Misconception(
                _padding_once,
                hint="You added the padding on one end only.",
                fuller="p pixels on each of two ends make the side longer by 2p.",
            ),
            Misconception(
                _first_place_forgotten,
                hint="Your answer is one too small: a filter as wide as the picture fits once, not never.",
                fuller="(n + 2p − k) // s counts the steps; there is one place more than there are steps.",
            ),
            Misconception(
                _not_rounded,
                hint="With n = 10, k = 3, s = 2 you get a fraction of a place.",
                fuller="A last step that would leave the picture is not made: round down with //.",
            ),
            Misconception(
                _rounded_up,
                hint="You count a last place at which the filter would stick out of the picture.",
                fuller="Round down: // does.",
            ),
            Misconception(
                _stride_ignored,
                hint="The stride makes no difference to your answer.",
                fuller="The filter makes (n + 2p − k) // s steps.",
            ),
            Misconception(
                _padding_ignored,
                hint="The padding makes no difference to your answer.",
                fuller="The side has n + 2p pixels.",
            ),
            Misconception(
                _stride_after_counting,
                hint="You divide the number of places by the stride; divide the number of steps.",
                fuller="The first place needs no step, so add 1 after the division.",
            ),
            Misconception(
                _filter_ignored,
                hint="The width of the filter makes no difference to your answer.",
                fuller="The filter starts at the left end and stops when its right end meets that of the "
                "picture: n + 2p − k pixels "
                "further on.",
            ),
            Misconception(
                _filters_side_by_side,
                hint="You lay filters side by side, as if the stride were their width.",
                fuller="The filter moves on by s pixels, and neighbouring places may overlap.",
            ),
            Misconception(
                _border_on_the_result,
                hint="You add the border to the result.",
                fuller="It is added to the input, before the filter runs: n becomes n + 2p.",
                errata=("XC17",),
            ),
        ],
        praise="With this formula you can follow a picture's size through any network, and it stands on no "
        "slide of the lectures.",
    ),
    Exercise(
        name="max_pool",
        task="Write max pooling: cut the picture into blocks of size × size pixels side by side, and keep the "
        "largest number of each. "
        "What fills no whole block at the right and at the bottom is left out, as in Keras.",
        reference=max_pool,
        probes=_pool_probes,
        misconceptions=[
            Misconception(
                _average_pool,
                hint="You take the mean of each block: that is average pooling.",
                fuller="Take the maximum of each block.",
            ),
            Misconception(_min_pool, hint="You keep the smallest number of each block.", fuller="Take the largest."),
            Misconception(
                _wrong_reshape,
                hint="Shape and type are right, but your blocks are made of pixels that do not lie together.",
                fuller="reshape fills the last axis first. Reshape to (height, size, width, size), and take the "
                "maximum over "
                "the axes 1 and 3.",
            ),
            Misconception(
                _overlapping,
                hint="Your blocks overlap: they begin at every pixel.",
                fuller="Here the stride is the size of the block.",
            ),
            Misconception(
                _first_of_each_block,
                hint="You keep the first pixel of each block and never look at the others.",
                fuller="That is a stride without pooling. Take the maximum over the block.",
            ),
            Misconception(
                _rows_only,
                hint="Only the height has shrunk.",
                fuller="A block has size rows and size columns.",
            ),
            Misconception(
                _largest_by_amount,
                hint="You ignore the sign, so a strong minus wins.",
                fuller="Pooling compares the numbers as they are: 1 is larger than −3.",
            ),
            Misconception(
                _rest_kept,
                hint="You keep the incomplete blocks at the right and at the bottom.",
                fuller="Cut the picture to whole blocks first; the result has height // size rows.",
            ),
            Misconception(
                _never_below_zero,
                hint="You return no number below 0, but a block may hold negative numbers only.",
                fuller="Do not start from 0: take the maximum of the block itself.",
            ),
            Misconception(
                _pool_transposed,
                hint="Rows and columns of your result have changed places.",
                fuller="The result has the shape (height // size, width // size).",
            ),
        ],
        praise="Pooling has learned nothing and has no weights: it passes on that something was there, and "
        "forgets exactly where.",
        setup="import numpy as np",
    ),
    Exercise(
        name="count_parameters",
        task="Count what a convolutional layer learns. Each of its filters is k × k × channels large and has "
        "one bias. The size of "
        "the picture does not matter.",
        reference=count_parameters,
        probes=_layer_probes,
        misconceptions=[
            Misconception(
                _biases_forgotten,
                hint="You count the weights only.",
                fuller="Each filter has a bias as well: one filter of 3 × 3 on a grey picture has 10 parameters.",
            ),
            Misconception(
                _one_bias,
                hint="You count one bias for the whole layer.",
                fuller="Each filter has a bias of its own.",
            ),
            Misconception(
                _channels_forgotten,
                hint="The number of channels makes no difference to your answer.",
                fuller="A filter has k × k weights for each channel of its input.",
            ),
            Misconception(
                _not_squared,
                hint="Your filters have one row only.",
                fuller="A filter is k pixels high and k pixels wide.",
            ),
            Misconception(
                _bias_for_each_channel,
                hint="You count a bias for each channel of a filter.",
                fuller="A filter adds up over all channels and then adds one bias.",
            ),
            Misconception(
                _one_filter,
                hint="This is one filter; the layer has several.",
                fuller="Multiply by the number of filters.",
            ),
            Misconception(
                _channels_and_filters_added,
                hint="You add channels and filters.",
                fuller="Each filter looks at each channel: multiply.",
            ),
            Misconception(
                _bias_for_each_weight,
                hint="You count as many biases as weights.",
                fuller="A filter has many weights and one bias.",
            ),
        ],
        praise="The picture's size is missing from this formula: that is what sharing weights means.",
    ),
]
