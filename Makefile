# `make video` and `make test` need Python 3.11 or newer and nothing else.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: video test lint types soak schema coverage gallery bench audit clean

video: .venv/installed
	$(BIN)/render projects/topic.yaml -o output/topic.mp4

test: .venv/tested lint types
	$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder -m "not soak"

soak: .venv/tested
	$(BIN)/python -m pytest -q -m soak

schema: .venv/installed
	$(BIN)/render schema > schemas/spec.json
	$(BIN)/render schema --markdown > docs/reference.md

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/tested
	$(BIN)/mypy

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	sh tests/system-packages.sh
	touch $@

coverage: .venv/installed
	$(BIN)/python docs/coverage.py

gallery: .venv/installed
	$(BIN)/python docs/gallery.py

# MoviePy takes eight minutes for motion-60; EXCERPT=0 has it make all of it.
WORKS ?= still-120,karaoke-120,motion-60,limits,edit-1
RUNS ?= 3
EXCERPT ?= 6

bench: .venv/installed
	$(BIN)/python benchmarks --works "$(WORKS)" --runs $(RUNS) --excerpt $(EXCERPT)

audit: .venv/tested
	$(BIN)/pip-audit --skip-editable

clean:
	rm -rf .venv .render output projects/.render
