# Every target makes its own .venv and works from relative paths, so the folder may have a space in its name.
PYTHON ?= python3
WORKERS ?= 2
RUN := .venv/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check -qq
COMPILE := build/pins/bin/python -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types imports docs bench fit durability pins clean
.NOTPARALLEL:

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: .venv/run.stamp ## run the shipped case, from scenario to briefing
	@$(RUN) -m parley demo

test: .venv/check.stamp ## run all tests, doctests in the code and the pages of docs among them
	@$(RUN) -m pytest -n $(WORKERS) --dist loadfile -p no:benchmark

check: .venv/check.stamp ## everything that must pass before a change is taken
	@for target in lint types imports docs test; do \
	    $(MAKE) --no-print-directory $$target || { echo "make check: failed at 'make $$target'" >&2; exit 1; }; \
	done
	@echo "make check: all passed"

lint: .venv/check.stamp ## style and format of the code (ruff), and whether the generated reference is current
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check
	@$(RUN) scripts/reference.py --check

types: .venv/check.stamp ## strict types (mypy)
	@$(RUN) -m mypy

imports: .venv/check.stamp ## which part of the package may import which (import-linter)
	@$(RUN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo

docs: .venv/check.stamp ## build the documentation into build/docs, warnings are errors
	@$(RUN) -m sphinx -W --keep-going -q -b html docs build/docs
	@echo "The documentation lies in build/docs/index.html"

bench: .venv/check.stamp ## measure speed and memory
	@$(RUN) -m pytest benchmarks --benchmark-only

fit: .venv/check.stamp ## fit the settlement distribution anew, and write what it is worth
	@$(RUN) scripts/fit_settlement.py

durability: .venv/check.stamp ## derive the record of past truces anew: make durability DATA=folder
	@$(RUN) scripts/durability_tables.py "$(DATA)"

pins: ## pin the requirements anew from requirements/*.in
	@echo "Pinning the requirements ..."
	@$(PYTHON) -m venv build/pins
	@build/pins/bin/python -m pip --disable-pip-version-check -qq install 'uv>=0.9'
	@UV_CUSTOM_COMPILE_COMMAND="make pins" $(COMPILE) $(UPGRADE) requirements/run.in -o requirements/run.txt
	@UV_CUSTOM_COMPILE_COMMAND="make pins" $(COMPILE) $(UPGRADE) -c requirements/run.txt requirements/check.in -o requirements/check.txt

clean: ## remove .venv and everything that was built
	rm -rf .venv build dist parley-demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find src tests docs benchmarks -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Parley needs Python 3.11 or newer; name one: make PYTHON=python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Setting up (about 2 minutes the first time): what the demo needs ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# The check requirements contain the run requirements at the same versions: whoever has these has those.
.venv/check.stamp: requirements/check.txt pyproject.toml | .venv/bin/python
	@echo "Setting up (about 3 minutes the first time): what the tests and checks need ..."
	@$(PIP) install --require-hashes -r requirements/check.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch .venv/run.stamp $@
