# Voldaan. A machine needs Python 3.11 or newer and make; `make setup` brings the rest, into .venv.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup setup-tests demo demo-postgres test lint types unit e2e bench year faults load proof format pages lock clean

# The first Python on the path that is new enough; `make PYTHON=/path/to/python …` chooses another.
FIND_PYTHON = for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done
PYTHON ?= $(or $(shell $(FIND_PYTHON)),$(error Voldaan needs Python 3.11 or newer, and none was found))
BIN := .venv/bin
CODE := billing dashboard tests tools rxconfig.py

help:            ## this list
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 16

setup:           ## the environment in .venv, exactly as locked
	@$(PYTHON) -m tools.setup

setup-tests:
	@$(PYTHON) -m tools.setup --browser

demo: setup      ## everything on this machine; PORT=3000 SANDBOX_PORT=3100, RESET=1 starts afresh
	@$(BIN)/python -m tools.demo

demo-postgres: setup   ## the same on PostgreSQL and Redis; WEB=2 WORKERS=2 processes, DATABASE_URL=postgresql://… of yours
	@ENGINE=postgresql $(BIN)/python -m tools.demo

test: setup-tests lint pages   ## lint, types and all tests
	$(BIN)/python -m pytest

lint: setup types    ## style and types
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: setup     ## types alone
	$(BIN)/mypy

unit: setup      ## all tests but those in a browser
	$(BIN)/python -m pytest --ignore=tests/e2e

e2e: setup-tests pages   ## the journeys in a browser
	$(BIN)/python -m pytest tests/e2e

bench: setup pages   ## the benchmarks, each beside the limit of this machine; ARGS='P2 P4 --size full'
	@$(BIN)/python -m tools.bench $(ARGS)

year: setup      ## a simulated year of 500 accounts, minutes to an hour; ARGS='--accounts 100 --days 90 --seed 3'
	@$(BIN)/python -m tests.year $(ARGS)

faults: setup pages   ## payments, orders and runs while everything fails at random; ARGS='--seed 7 --minutes 3'
	@$(BIN)/python -m tests.faults_harness $(ARGS)

load: setup pages   ## open dashboards, a storm of pushes and an invoice run at once; ARGS='--dashboards 300 --minutes 10'
	@$(BIN)/python -m tests.load $(ARGS)

proof: setup     ## every document of the demo and 2000 random ones by the official rules; ARGS='--documents 200 --seed 3'
	@$(BIN)/python -m tests.proof $(ARGS)

format: setup    ## put the code in the one style
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

pages: setup
	@$(BIN)/python -m dashboard.serve --build-only

lock:            ## newest versions of all dependencies into the lock files
	@$(PYTHON) -m tools.lock

clean:           ## remove everything that the other commands made, the demo's data included
	rm -rf .venv .web .states var build dist __pycache__ .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
