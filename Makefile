# Two commands to start with: `make run` and `make test`. Needs Python 3.11 or newer with venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check bench faults diagram lock lint types clean

run: $(VENV)/run.stamp
	$(BIN)/python -m bot $(ARGS)

test: $(VENV)/test.stamp lint types
	$(BIN)/python -m pytest -n auto

check: $(VENV)/run.stamp
	$(BIN)/python -m bot check

bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.bench

# Long: FAULTS of them for each way of running the bot.
faults: $(VENV)/test.stamp
	$(BIN)/python -m tests.faults $(or $(FAULTS),200)

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.stamp
	$(BIN)/mypy

diagram: $(VENV)/run.stamp
	$(BIN)/python -m bot diagram > bot/dialogue.mmd

$(VENV)/run.stamp: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	touch $@

$(VENV)/test.stamp: requirements-test.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-test.lock
	touch $@

# Pins every dependency by name, version and hash, and nothing else.
lock: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra pictures --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--all-extras --output-file requirements-test.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra postgres --extra pictures --output-file deploy/requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
