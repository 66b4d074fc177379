# Two commands for everyone: `make run`, `make test`. The rest is for people who work on chipwatch.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.PHONY: run test check ui docs bench schema lock

run: $(VENV)/ready
	$(BIN)/chipwatch run
test: $(VENV)/ready
	$(BIN)/python -m pytest -n auto --dist loadfile
check: $(VENV)/ready
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
ui: $(VENV)/ready
	$(BIN)/chipwatch ui
docs: run schema
	$(BIN)/python -m tests.readme
bench: $(VENV)/ready
	$(BIN)/python -m tests.bench
schema: $(VENV)/ready
	$(BIN)/python -m warehouse.schema

lock:
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -q -o requirements.lock

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@
