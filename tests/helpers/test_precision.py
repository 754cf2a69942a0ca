"""Full precision: on in the block and off behind it, whatever the backend, and on for good where a notebook asks."""

import sys
import types

import pytest
from fresh_python import run_python

from helpers import course, precision

course.start_keras()

import keras  # noqa: E402 - after the quiet start

BACKEND = keras.backend.backend()


def settings():
    """Whether products may be rounded to TF32 on the backend that runs, and what Keras makes of float64."""
    if BACKEND == "tensorflow":
        import tensorflow as tf  # noqa: PLC0415

        tf32 = tf.config.experimental.tensor_float_32_execution_enabled()
    elif BACKEND == "jax":
        import jax  # noqa: PLC0415

        tf32 = jax.config.jax_default_matmul_precision != "highest"
    else:
        import torch  # noqa: PLC0415

        tf32 = torch.get_float32_matmul_precision() != "highest" or torch.backends.cudnn.allow_tf32
    return tf32, keras.backend.result_type("float64", "float64")


def test_it_holds_inside_the_block_only():
    before = settings()
    assert before[0], "TF32 is on unless somebody switches it off"
    with precision.full_precision():
        assert settings() == (False, "float64")
    assert settings() == before
    with pytest.raises(ZeroDivisionError), precision.full_precision():
        raise ZeroDivisionError
    assert settings() == before


def test_a_block_inside_a_block_does_not_end_the_outer_one():
    before = settings()
    with precision.full_precision():
        with precision.full_precision():
            pass
        assert settings() == (False, "float64")
    assert settings() == before


def test_float64_is_kept_where_keras_would_make_it_float32(monkeypatch):
    """As on JAX and PyTorch, whatever runs here: Keras' table of what becomes of 64-bit types."""
    from keras.src.backend.common import dtypes  # noqa: PLC0415 - Keras has no public switch

    table = {"float64": "float32", "int64": "int32"}
    monkeypatch.setattr(dtypes, "BIT64_TO_BIT32_DTYPE", table, raising=False)
    with precision.full_precision():
        assert table == {"int64": "int32"}
    assert table == {"float64": "float32", "int64": "int32"}


def test_it_begins_for_good_with_the_start_of_keras():
    """Also after everything that nobody holds was thrown away."""
    code = (
        "import gc; from helpers import course; course.start_keras(seed=0, full_precision=True); gc.collect()\n"
        "import tensorflow as tf, keras\n"
        "print(tf.config.experimental.tensor_float_32_execution_enabled(), keras.backend.result_type('float64'))"
    )
    done = run_python(code, KERAS_BACKEND="tensorflow")
    assert done.stdout.split() == ["False", "float64"] and done.stderr == ""


def test_it_does_not_begin_unasked():
    code = (
        "from helpers import course; course.start_keras(seed=0)\n"
        "import tensorflow as tf; print(tf.config.experimental.tensor_float_32_execution_enabled())"
    )
    assert run_python(code, KERAS_BACKEND="tensorflow").stdout.strip() == "True"


class Setting(types.SimpleNamespace):
    """A stand-in for `jax.config`."""

    def update(self, name, value):
        setattr(self, name, value)


@pytest.mark.parametrize("before", [None, "tensorfloat32"])
def test_jax_is_told_and_gets_its_own_setting_back(monkeypatch, before):
    config = Setting(jax_default_matmul_precision=before)
    monkeypatch.setitem(sys.modules, "jax", types.SimpleNamespace(config=config))
    switch_back = precision._SWITCH_TF32_OFF["jax"]()
    assert config.jax_default_matmul_precision == "highest"
    switch_back()
    assert config.jax_default_matmul_precision == before


@pytest.mark.parametrize(("products", "convolutions"), [("high", True), ("medium", False)])
def test_pytorch_is_told_and_gets_its_own_settings_back(monkeypatch, products, convolutions):
    now = {"products": products}
    cudnn = types.SimpleNamespace(allow_tf32=convolutions)
    torch = types.SimpleNamespace(
        get_float32_matmul_precision=lambda: now["products"],
        set_float32_matmul_precision=lambda level: now.update(products=level),
        backends=types.SimpleNamespace(cudnn=cudnn),
    )
    monkeypatch.setitem(sys.modules, "torch", torch)
    switch_back = precision._SWITCH_TF32_OFF["torch"]()
    assert now["products"] == "highest" and cudnn.allow_tf32 is False
    switch_back()
    assert now["products"] == products and cudnn.allow_tf32 is convolutions


def test_the_module_alone_imports_no_keras():
    code = "import sys; from helpers import precision; print({'keras', 'numpy'} & set(sys.modules))"
    assert run_python(code).stdout.strip() == "set()"
