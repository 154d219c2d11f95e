# Every target rests on `setup`, which leaves .venv ready; nothing else has to be installed.
# The first Python that runs and is new enough (a name on PATH may be a shim without a version behind it).
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
# The tests start the bot some hundred times; compiled once is enough.
unexport PYTHONDONTWRITEBYTECODE
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
AUDIT  := .cache/audit
# Many tests wait for a process or a browser: one worker more than there are cores.
WORKERS = $$($(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)')
CONTAINER ?= docker
CODE   := bot cogs sandbox tests migrations bench

.DEFAULT_GOAL := help
.PHONY: help setup run demo test soak container faults bench gallery fuzz audit cover lint format check words lock clean

help: ## Show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | awk -F: '{printf "  %-9s %s\n", $$1, $$2}'

setup: $(STAMP) ## Make .venv ready (done by every other target)

$(STAMP): requirements/dev.txt
	@test -n "$(PYTHON)" || { echo "Gondola needs Python 3.11 or newer. Install it, or set PYTHON=…"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { echo "Could not make $(VENV). On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing the locked dependencies into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		-r requirements/dev.txt
	@touch $(STAMP)

run: setup ## Start the bot; without credentials, the demo
	@$(BIN)/python -m bot

demo: setup ## Start the demo in the browser, credentials or not
	@$(BIN)/python -m bot demo

test: setup ## Run the whole test suite
	@$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder

soak: setup ## Kill the bot 200 times in the midst of its work (docs/soak.md); vote on five million votes
	@$(BIN)/python -m pytest -q -m soak
	@THOROUGHNESS=10 $(BIN)/python -m pytest -q --numprocesses=$(WORKERS) --dist=loadfile tests/storage
	@$(BIN)/python -m tests.wire.crash.soak
	@$(BIN)/python -m bench.votes 5000000

container: setup ## Build the image and try it; CONTAINER=podman for another engine
	@$(CONTAINER) build --tag gondola .
	@CONTAINER="$(CONTAINER)" $(BIN)/python -m pytest -q -m container

faults: setup ## Play every fault of Venice and Discord; writes docs/faults.md
	@$(BIN)/python -m tests.wire.faults.page

bench: setup ## Measure, each figure against a floor taken in the same run
	@$(BIN)/python -m bench.client
	@$(BIN)/python -m bench.terms
	@$(BIN)/python -m bench.quota
	@$(BIN)/python -m bench.library
	@$(BIN)/python -m bench.votes
	@$(BIN)/python -m bench.wire
	@$(BIN)/python -m bench.battles

gallery: setup ## Take the screenshots of docs/gallery.md from the demo
	@$(BIN)/python -m tests.browser.gallery

fuzz: setup ## Give each parser a minute of hostile inputs
	@$(BIN)/python -W ignore::UserWarning -m tests.fuzz

audit: setup ## Look the dependencies up among known vulnerabilities
	@test -x $(AUDIT)/bin/python || $(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		-r requirements/audit.txt
	@$(AUDIT)/bin/python tests/operation/dependency_audit.py

cover: setup ## Run the tests and show the coverage of each room
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m coverage run -m pytest -q
	@$(BIN)/python -m coverage combine --quiet || true
	@$(BIN)/python -m coverage report
	@$(BIN)/python -m coverage report --include='bot/domain/*' --fail-under=95 >/dev/null
	@$(BIN)/python -m coverage report --include='bot/venice/*' --fail-under=95 >/dev/null
	@$(BIN)/python -m coverage report --include='bot/services/*' --fail-under=95 >/dev/null
	@$(BIN)/python -m coverage report --include='bot/storage/*' --fail-under=95 >/dev/null

lint: setup ## Lint, types and the table of rooms
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: setup ## Format and fix what can be fixed
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)

check: lint audit test ## What CI runs

words: setup ## Bring the translation files in step with the sentences in the code
	@$(BIN)/python -m bot.text.extract

lock: setup ## Resolve the ranges of pyproject.toml into requirements/*.txt, with hashes
	@sh requirements/lock.sh $(BIN)/uv

clean: ## Remove what setup and the tools made
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage htmlcov
