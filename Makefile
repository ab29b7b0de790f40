# Everything a newcomer needs: `make run` to see it work, `make test` to check it.
# python3 (with venv) and make are enough; the rest installs itself into .venv.

PYTHON ?= python3
BIN := .venv/bin
SOURCES := scheduler solver calendars deploy docs tests

.DEFAULT_GOAL := help
.PHONY: help setup run test coverage test-on-both test-postgresql test-peers soak soak-api soak-machines \
	soak-sync soak-whole soak-year lint lint-api format bench bench-planner pictures wheel release audit lock clean

help: ## Show what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.ready ## Install everything into .venv (done by the others too)

.venv/.ready: requirements.lock pyproject.toml scheduler/web/front/package-lock.json scheduler/web/front/build.py
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv; the first time this takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python scheduler/web/front/build.py
	@touch $@

run: setup ## Show the province of Drenthe at work (PORT=8000)
	@$(BIN)/aantafel demo --if-empty
	@exec $(BIN)/aantafel serve

test: setup ## Run every test
	@$(BIN)/python -m pytest -n auto

coverage: setup ## Run every test with branch coverage, which costs half as much time again
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term

# What can differ from SQLite: types and locks, claims, workers, publishing, copies, mail.
SHARED := db jobs machines flows/publishing flows/recovery flows/mail/test_delivering.py \
	flows/outside/test_writing.py web/test_stand_in_race.py web/test_status.py

test-on-both: setup ## Run on PostgreSQL the tests in which it can differ (needs its server)
	@$(BIN)/python -m pytest -n auto --postgresql $(addprefix tests/scheduler/,$(SHARED))

test-postgresql: setup ## Run every test of the database again on PostgreSQL (needs its server)
	@$(BIN)/python -m pytest -n auto --postgresql tests/scheduler

soak: setup ## Prove the planner on thousands of tiny problems (some minutes)
	@$(BIN)/python -m pytest tests/solver -n auto -q -o python_files='soak_*.py'

soak-machines: setup ## Kill, pause and cut off workers on PostgreSQL, forty times (some 15 minutes)
	@AANTAFEL_MACHINES_ROUNDS=$(or $(ROUNDS),40) $(BIN)/python -m pytest --postgresql -q tests/scheduler/machines

test-peers: setup ## Try calendars against Debian's DAViCal, Cyrus and SOGo (as root)
	@$(BIN)/python tests/peers/debian.py $(BIN)/python -m pytest tests/calendars/stores tests/peers

soak-sync: setup ## Keep calendars true through 100,000 operations on bad lines (SERVERS=all as root)
	@AANTAFEL_SOAK_OPERATIONS=$(or $(OPERATIONS),100000) $(if $(SERVERS),$(BIN)/python tests/peers/debian.py) \
		$(BIN)/python -m pytest tests/peers/test_soak.py -s

lint: setup ## Check style, types, layers, dependencies and migrations
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .

soak-whole: setup ## The whole application, 10,000 steps of everybody at once (STEPS=10000)
	@AANTAFEL_SOAK_STEPS=$(or $(STEPS),10000) $(BIN)/python -m pytest -q tests/scheduler/test_whole.py

soak-year: setup ## Play a whole year of Drenthe through: 400 meetings, twelve organisations (half an hour)
	@AANTAFEL_WHOLE_YEAR=1 $(BIN)/python -m pytest -q tests/scheduler/year

soak-api: setup ## Try the API out at length: 500 documents an operation, a year of 400 requests
	@AANTAFEL_API_EXAMPLES=500 AANTAFEL_YEAR_REQUESTS=400 $(BIN)/python -m pytest -q \
		tests/scheduler/web/api/test_contract.py tests/scheduler/web/api/test_a_year.py

lint-api: setup ## Hold the API's description against the published API Design Rules (fetches them)
	@$(BIN)/python tests/lint_api.py

format: setup ## Put the code into its house style
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

bench: setup ## Measure speed against the stated bounds
	@$(BIN)/python -m pytest tests/benchmarks tests/peers -o python_files='bench_*.py' -s

bench-planner: setup ## Measure the planner beside its rivals; writes docs/benchmarks.md
	@$(BIN)/python tests/benchmarks/planner/report.py $(SIZES)

pictures: setup ## Take the pictures of the README anew (needs Debian's chromium)
	@$(BIN)/python docs/pictures/take.py

wheel: setup ## Build the wheel, with its assets, into dist/
	@$(BIN)/python deploy/release.py --wheel

release: setup ## Make a release in dist/ and tag it (VERSION=1.2.0)
	@$(BIN)/python deploy/release.py $(VERSION)

audit: setup ## Look for known weaknesses in what we build on; writes sbom.json (needs the network)
	@test -x .venv-audit/bin/pip-audit || ($(PYTHON) -m venv .venv-audit && .venv-audit/bin/python -m pip install --quiet pip-audit cyclonedx-bom)
	@.venv-audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip
	@$(BIN)/python scheduler/web/front/build.py --audit
	@.venv-audit/bin/cyclonedx-py requirements requirements.lock --output-file sbom.json
	@echo "sbom.json lists every library of a release."

lock: ## Write requirements.lock anew from pyproject.toml (with the uv of .venv, or any)
	@PATH="$(BIN):$$PATH" uv pip compile pyproject.toml --group dev --group front --group build --universal \
		--python-version 3.11 --no-strip-extras --generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean: ## Take away .venv and everything that was built
	@rm -rf .venv .venv-audit sbom.json scheduler/web/static/vendor scheduler/web/front/node_modules .mypy_cache .ruff_cache .pytest_cache
