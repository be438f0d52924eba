# `make demo` and `make test` set up everything they need first; see `make help`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Where the virtual environment is: VENV=… puts it elsewhere. PYTHON=… makes it with another Python.
VENV ?= .venv
PYTHON ?=
BIN := $(VENV)/bin
# Torch's threads soon sleep while they wait, as the program itself makes them.
export GOMP_SPINCOUNT ?= 1000

# pytest says 5 when no test was selected; that is never what was meant.
pytest = $(BIN)/python -m pytest -q -m $(1) || { code=$$?; \
	[ $$code -ne 5 ] || echo "No test was selected: are the markers right?"; exit $$code; }

.PHONY: help setup run demo test check-format check-lint check-types test-engine test-window test-demo
.PHONY: format lint types api screenshots sample translations wheel clean distclean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: ## install everything into $(VENV), once
	@bash .ci/setup "$(VENV)" $(PYTHON)

run: setup ## open the window
	@$(BIN)/pue-desktop gui

demo: setup ## the whole way on the sample images: demo-export/ holds images and certificate
	@$(BIN)/pue-desktop demo

test: setup ## every check, in order, stopping at the first failure
	@$(MAKE) check-format
	@$(MAKE) check-lint
	@$(MAKE) check-types
	@$(MAKE) test-engine
	@$(MAKE) test-window
	@$(MAKE) test-demo

check-format:
	@echo "== format"
	@$(BIN)/ruff format --check

check-lint:
	@echo "== lint"
	@$(BIN)/ruff check

check-types:
	@echo "== types"
	@$(BIN)/mypy

test-engine:
	@echo "== tests without Qt"
	@$(call pytest,"not gui")

test-window:
	@echo "== tests with Qt, without a screen"
	@export QT_QPA_PLATFORM=offscreen; $(call pytest,gui)

test-demo:
	@echo "== the sample images, end to end"
	@bash .ci/end-to-end "$(BIN)"

format: setup ## put the source into its form
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

lint: setup check-format check-lint ## look for mistakes

types: setup check-types ## check the types

api: setup ## write docs/api.md anew, from docstrings and settings
	@$(BIN)/python docs/make_api.py

wheel: setup ## build a wheel into dist/
	@$(BIN)/python -m pip --disable-pip-version-check wheel --quiet --no-deps --wheel-dir dist .
	@ls dist

translations: setup ## collect the texts to translate, and build what was translated
	@$(BIN)/python resources/make_translations.py

screenshots: setup ## the documentation's pictures again; ALL=folder makes every page in every state there
	@$(BIN)/python docs/make_screenshots.py $(if $(ALL),--all --out "$(ALL)") $(if $(RUN),--run "$(RUN)")

sample: setup ## make the sample images again: WHEEL=scikit_image-0.26.0-….whl
	@$(BIN)/python resources/make_sample.py $(WHEEL)

clean: ## remove what tools left behind
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist *.egg-info
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

distclean: clean ## remove .venv too
	@rm -rf .venv
