# The commands a newcomer, a developer and CI type. `make demo` and `make test` need Python >= 3.11 and nothing else prepared.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
PEOPLE ?= 20000

.PHONY: demo serve test fast check fix bench docs lock clean

demo: .venv/ready
	$(BIN)/datong demo --people $(PEOPLE) --port $(PORT)

serve: .venv/ready
	$(BIN)/datong serve --port $(PORT)

test: .venv/ready-dev
	$(BIN)/pytest

fast: .venv/ready-dev  ## unit + spec + sweep, under half a minute
	$(BIN)/pytest tests/unit tests/spec tests/sweep

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m docs.check

fix: .venv/ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/ready-dev
	$(BIN)/python -m benchmarks

docs: .venv/ready-dev  ## rewrites docs/reference from the code
	$(BIN)/python -m docs.reference

lock: .venv/ready-dev  ## needs uv; records versions and hashes, never an address
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q pyproject.toml --extra build -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q pyproject.toml --extra build --extra dev -o requirements-dev.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	touch $@
