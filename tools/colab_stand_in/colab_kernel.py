"""Start a kernel as Colab does: `google.colab` is imported before the first cell."""

import importlib
import sys

# At the end, so that nothing of ours hides anything of Colab's; `google` is looked up in every folder.
sys.path.append(sys.path.pop(0))
importlib.import_module("google.colab")

from ipykernel import kernelapp  # noqa: E402  (after google.colab, as in Colab)

kernelapp.launch_new_instance()
