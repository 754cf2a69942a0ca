# The course's commands. Each sets itself up from nothing: it makes .venv and installs what is missing.
PY := .venv/bin/python
NBVAL := --nbval-current-env --nbval-cell-timeout=300 --nbval-sanitize-with tests/nbval_sanitize.cfg
# Whole files go to one worker: nbval needs one kernel per notebook.
WORKERS ?= auto
XDIST := -n $(WORKERS) --dist loadscope
NOTEBOOKS ?= notebooks
# For programs that take all notebooks unless some are named.
CHOSEN = $(filter-out notebooks,$(NOTEBOOKS))
# What make soak adds to the seeds of the notebooks; and the notebooks that claim something about their numbers.
SHIFTS = $(or $(SEEDS),1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)
CLAIMING = $(patsubst tests/claims/n%.py,notebooks/%.ipynb,$(wildcard tests/claims/n*.py))
FULL := COURSE_DATA=full KERAS_HOME="$${KERAS_HOME:-$$HOME/.keras}"

.PHONY: help lab test test-edits test-everything test-weekly test-full test-gpu test-lab test-colab test-backends soak bench bench-full render lock lint publish-url setup-lab setup-test setup-backends

help: ## list the targets, a line each (the default)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' Makefile

lab: setup-lab ## open your own copies of the notebooks, in my_course/, in JupyterLab
	$(PY) -m helpers.lab

test: setup-test lint ## run every test and compare every notebook, small embedded data, no network
	COURSE_DATA=embedded $(PY) -m pytest --nbval $(NBVAL) $(XDIST) $(PYTEST) tests $(NOTEBOOKS)

test-everything: test test-edits test-weekly test-full test-backends test-lab test-colab ## all of these on all notebooks: hours

test-weekly: setup-test ## plant many mistakes in helpers, one at a time: a check must notice each
	COURSE_DATA=embedded $(PY) -m pytest -m weekly $(XDIST) tests

test-edits: setup-test ## change the notebooks as a learner would: no cell may stop (SEEDS="1 2", BUDGET=seconds)
	$(PY) tools/edit_notebooks.py $(CHOSEN) $(if $(SEEDS),--seed $(SEEDS)) $(if $(BUDGET),--seconds $(BUDGET))

test-full: setup-test ## run every notebook on the full data sets (from KERAS_HOME, or downloaded)
	$(FULL) $(PY) -c 'from helpers import data; print(data.load_mnist(), data.load_boston(), sep="\n")'
	$(FULL) $(PY) -m pytest --nbval-lax $(NBVAL) $(XDIST) tests/helpers/data $(NOTEBOOKS)

test-gpu: setup-test ## run every notebook on a GPU, small data; fails where there is none
	COURSE_REQUIRE_GPU=1 $(PY) -c 'from helpers import course; print(course.require_gpu())'
	COURSE_REQUIRE_GPU=1 $(PY) -m pytest --nbval-lax $(NBVAL) $(NOTEBOOKS)

test-lab: setup-test ## work through every notebook in a real JupyterLab in headless Chromium
	$(PY) tools/rehearse_lab.py $(CHOSEN)

test-colab: setup-test ## run every notebook alone in an environment with Colab's versions
	$(PY) tools/rehearse_colab.py $(CHOSEN)

test-backends: setup-backends ## run helpers' tests and notebooks on TensorFlow, JAX, PyTorch (ON="jax torch" for some)
	$(PY) tools/run_backends.py $(ON) $(CHOSEN) --nbval-lax $(NBVAL) $(XDIST)

soak: setup-test ## check what the notebooks claim with other seeds: each of SEEDS is added to all of theirs
	@failed=; for k in $(SHIFTS); do \
		echo "=== seeds + $$k"; \
		COURSE_SOAK=$$k COURSE_DATA=embedded $(PY) -m pytest --nbval-lax $(NBVAL) $(XDIST) $(or $(CHOSEN),$(CLAIMING),notebooks) \
			|| failed="$$failed $$k"; \
	done; \
	test -z "$$failed" || { echo "make soak: claims fail where this is added to the seeds:$$failed"; exit 1; }

bench: setup-test ## measure the claims about speed side by side, full data (BENCH=... for one)
	$(FULL) $(PY) -m benchmarks $(BENCH)

bench-full: setup-test ## train every remedy of notebook 12 with five seeds, and store what it reached in data/
	COURSE_DATA=embedded $(PY) -m benchmarks.remedies

render: setup-test ## run all notebooks and store their outputs (NOTEBOOKS=... for some)
	COURSE_DATA=embedded $(PY) tools/render.py $(NOTEBOOKS)

lock: setup-test ## write constraints.txt: the newest versions for every Python and system
	$(PY) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate \
		--custom-compile-command 'make lock' --extra test --extra jax --extra torch \
		--output-file constraints.txt pyproject.toml
	@# pyproject.toml has the version of torch. What its CUDA build needs is left out: these lines would bind the
	@# CUDA libraries of the other backends, too.
	grep -Ev '^(torch|triton|cuda-[a-z]+|nvidia-[a-z0-9-]+)==' constraints.txt >constraints.new
	mv constraints.new constraints.txt

lint: setup-test ## check the style of helpers, tools, tests and notebooks
	$(PY) -m ruff check --quiet .
	$(PY) -m ruff format --check --quiet .

publish-url: setup-test ## write the public address everywhere: make publish-url URL=https://github.com/OWNER/REPO
	$(PY) tools/publish_url.py "$(URL)"

setup-lab:
	@tools/bootstrap.sh lab

setup-test:
	@tools/bootstrap.sh test

setup-backends:
	@tools/bootstrap.sh backends
