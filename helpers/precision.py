"""Full precision: Keras keeps all digits, so that two computations can be compared to the last of them.

Only the standard library is imported here; Keras and its backend are, once they are asked to change their ways.
"""

from contextlib import contextmanager


@contextmanager
def full_precision():
    """Let Keras keep all digits inside the block: no TF32 on a GPU, and float64 remains float64.

    GPUs since 2020 round the factors of a matrix product in float32 to 10 bits (TF32) unless told otherwise. On JAX
    and PyTorch, Keras from 3.12 on quietly computes most operations on float64 in float32. Either hides the last
    digits. On a CPU float32 is never rounded so. Functions compiled before the block, such as those of ``fit``, stay
    as they are.

    A notebook whose comparisons are spread over many cells says ``course.start_keras(full_precision=True)`` instead:
    no block can stand around cells.

    Source: https://github.com/keras-team/keras/pull/21604 and https://github.com/keras-team/keras/issues/23704.
    """
    end = begin_full_precision()
    try:
        yield
    finally:
        end()


def begin_full_precision():
    """Begin what :func:`full_precision` does, and leave it on.

    Returns:
        A function without arguments that ends it: everything is then as it was before this call.
    """
    import keras  # noqa: PLC0415
    from keras.src.backend.common import dtypes  # noqa: PLC0415 - Keras has no public switch

    switch_back = _SWITCH_TF32_OFF[keras.backend.backend()]()
    # What becomes of each 64-bit type; where a version has no such table there is nothing to put right.
    table = getattr(dtypes, "BIT64_TO_BIT32_DTYPE", {})
    before = dict(table)
    table.pop("float64", None)

    def end():
        switch_back()
        table.update(before)

    return end


def _switch_tf32_off_in_tensorflow():
    import tensorflow as tf  # noqa: PLC0415

    before = tf.config.experimental.tensor_float_32_execution_enabled()
    tf.config.experimental.enable_tensor_float_32_execution(False)
    return lambda: tf.config.experimental.enable_tensor_float_32_execution(before)


def _switch_tf32_off_in_jax():
    import jax  # noqa: PLC0415

    before = jax.config.jax_default_matmul_precision
    jax.config.update("jax_default_matmul_precision", "highest")
    return lambda: jax.config.update("jax_default_matmul_precision", before)


def _switch_tf32_off_in_torch():
    import torch  # noqa: PLC0415

    products, convolutions = torch.get_float32_matmul_precision(), torch.backends.cudnn.allow_tf32
    torch.set_float32_matmul_precision("highest")
    torch.backends.cudnn.allow_tf32 = False

    def switch_back():
        torch.set_float32_matmul_precision(products)
        torch.backends.cudnn.allow_tf32 = convolutions

    return switch_back


_SWITCH_TF32_OFF = {
    "tensorflow": _switch_tf32_off_in_tensorflow,
    "jax": _switch_tf32_off_in_jax,
    "torch": _switch_tf32_off_in_torch,
}
