# The one door to tooling. `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench docs pictures conformance lock format clean
PYTHON ?= python3
export PORT ?= 8000
BIN := .venv/bin

help: ## What each word does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: .venv/ready throughline/web/static/vendor/ready ## Everything this project needs, in .venv

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Throughline needs Python 3.11 or newer: name one with make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

throughline/web/static/vendor/ready: .venv/ready package-lock.json tools/assets.py
	$(BIN)/python tools/assets.py
	@touch $@

demo: setup ## A running system with a believable authority in it (PORT=8000)
	$(BIN)/throughline demo

test: setup ## Every test, in a real database and a real browser
	$(BIN)/python tools/browser.py
	$(BIN)/pytest

check: setup ## Lint, types, layers, access, templates, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/lint_access.py
	$(BIN)/djhtml --tabwidth 2 --check throughline
	$(BIN)/python manage.py makemigrations --check --dry-run

format: setup ## Put code and templates in order
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	-$(BIN)/djhtml --tabwidth 2 throughline

bench: setup ## Medians beside a floor, with the data size
	$(BIN)/python -m bench

docs: setup ## The documentation site, in build/docs
	$(BIN)/mkdocs build --strict --quiet --site-dir build/docs

pictures: ## Put the pictures that the browser tests took into the documentation
	cp build/pictures/tutorial-*-desk.png build/pictures/child-desk.png build/pictures/child-phone.png docs/pictures/

conformance: setup ## Our rules against the peers' own tests
	$(BIN)/python -m tools.conformance

lock: ## Write requirements.lock anew: hashes, and no index addresses
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --universal --quiet -o requirements.lock

clean: ## Remove what was built (not the data in .throughline)
	rm -rf build site .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
