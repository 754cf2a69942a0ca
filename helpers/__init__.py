"""The tools of a first course on neural networks: data, figures, exercises and set-up.

Nothing is imported here, so that ``import helpers`` costs next to nothing; each notebook imports the
module that it uses (``from helpers import data``).
"""

# The set-up cell of every notebook looks for this name: PyPI holds an unrelated package called "helpers".
COURSE = "neural-networks-first-course"
