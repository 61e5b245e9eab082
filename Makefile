# make warehouse      environment, checks, build and publication: warehouse/current/pdu_inspections.duckdb
# make environment    what the warehouse needs, in .venv
# make check          the quick loop while you work: style, types, fast tests, dbt where its files changed
# make test           every test, dbt's and Python's
# make lint           style and types of Python, SQL and YAML; documentation and keys of every model
# make format         rewrite Python in the project's style
# make campaigns      the slow tests of robustness: damaged reports, faults in a build, mutations of the data
# make docs           the generated pages of docs/, and dbt's own documentation in target/
# make locks          compile the lock files again from pyproject.toml; UPGRADE=1 takes the newest versions
# make test-clients   read the current release with other versions of DuckDB and other tools
# make test-postgres  build on PostgreSQL and compare every mart with DuckDB's; also test-ducklake, test-spark, test-dbt2
# make test-metrics   ask the metrics command line (mf) and compare its answers with plain SQL
# make superset       Superset with a dashboard over the current release, on 127.0.0.1; PORT=8088
# make test-superset  compare the dashboard's charts with plain SQL, before and after a new release
# make notebook       a marimo notebook over the current release
# make scale-benchmark  time the project beside pandas and Spark; SIZES="6 1002" keeps it short
# make clean          remove the environment and every cache
# Needs Python 3.11 or later, git, make and a package index. Everything is installed into .venv.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
PORT := 8088
SIZES := 6 1002 10002 100002
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal
PIP_INSTALL := -m pip install -qq --disable-pip-version-check --no-input --no-deps
# The first Python that runs and is new enough.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)
# Settings of the caller's shell that would change what is built or where pip installs; where to find packages stays.
unexport PYTHONHOME PYTHONPATH $(filter DBT_%,$(.VARIABLES)) $(filter PIP_%COMPILE PIP_%DEPS PIP_%BINARY \
	PIP_TARGET PIP_PREFIX PIP_ROOT PIP_USER PIP_DRY_RUN PIP_REQUIREMENT PIP_PYTHON PIP_REQUIRE_VIRTUALENV,$(.VARIABLES))
export DO_NOT_TRACK := 1

# An environment works only in the place and with the Python it was made for: elsewhere it is removed and made again.
MADE_FOR := $(BIN)/python -c 'import os, sys; print(os.path.realpath(sys.prefix), *sys.version_info[:2])' 2>/dev/null
$(if $(shell test ! -e .venv/made-for || test "`cat .venv/made-for`" = "`$(MADE_FOR)`" || { rm -rf .venv; echo gone; }), \
	$(info The environment was made for another place or another Python: it is made again.))

.PHONY: help environment warehouse check test lint format campaigns docs locks test-clients test-postgres test-ducklake test-spark \
	test-dbt2 test-metrics superset test-superset notebook scale-benchmark clean release-exists
help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile
environment: .venv/warehouse.stamp
warehouse: environment
	@$(BIN)/pdu build
release-exists: environment
	@$(BIN)/pdu build --if-changed

# In the targets that run several tools, each runs whatever the others found.
check: .venv/dev.stamp
	@status=0; $(BIN)/ruff check . || status=1; $(BIN)/ruff format --check . || status=1; $(BIN)/mypy || status=1; \
	$(PYTEST) -m 'not slow and not campaign' || status=1; exit $$status
test: .venv/dev.stamp
	@$(PYTEST)
lint: .venv/dev.stamp
	@status=0; $(BIN)/ruff check . || status=1; $(BIN)/ruff format --check . || status=1; $(BIN)/mypy || status=1; \
	$(BIN)/yamllint --strict . || status=1; \
	$(BIN)/dbt --quiet parse --profiles-dir profiles && $(BIN)/dbt-bouncer run || status=1; \
	$(BIN)/python -m lint.rule_list || status=1; \
	$(BIN)/python -m lint.check_portable || status=1; \
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 models tests analyses || status=1; exit $$status
format: .venv/dev.stamp
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
campaigns: .venv/dev.stamp
	@$(PYTEST) -m campaign tests/campaigns
docs: environment
	@$(BIN)/dbt build --full-refresh --exclude-resource-type unit_test --profiles-dir profiles
	@$(BIN)/python -m pdu_inspections.docs warehouse/dev/pdu_inspections.duckdb
	@$(BIN)/dbt --quiet docs generate --profiles-dir profiles

test-clients: release-exists .venv/clients.stamp .venv/previous.stamp .venv/next.stamp
	@status=0; for environment in . previous next; do \
	.venv/$$environment/bin/python tests/clients/read_release.py || status=1; done; \
	.venv/clients/bin/python tests/clients/read_forms.py || status=1; \
	for file in CITATION.cff warehouse/current/CITATION.cff; do \
	.venv/previous/bin/cffconvert --validate --infile $$file || status=1; done; exit $$status
test-postgres: .venv/dev.stamp
	@$(BIN)/python -m tests.engines postgres
test-ducklake test-spark: test-%: .venv/engines.stamp
	@.venv/engines/bin/python -m tests.engines $*
test-dbt2: .venv/dev.stamp .venv/next.stamp
	@$(BIN)/python -m tests.engines dbt2
test-metrics: .venv/dev.stamp release-exists
	@$(BIN)/dbt --quiet parse --profiles-dir profiles
	@$(BIN)/python tests/metrics/compare_with_sql.py
superset: release-exists .venv/superset.stamp
	@$(BIN)/python -m bi.superset.server --port $(PORT)
test-superset: release-exists .venv/superset.stamp
	@$(BIN)/python tests/superset/compare_with_sql.py
notebook: release-exists .venv/clients.stamp
	@.venv/clients/bin/marimo run bi/notebook.py
scale-benchmark: .venv/dev.stamp .venv/clients.stamp .venv/engines.stamp
	@$(BIN)/python -m benchmarks.scale $(SIZES)

# pyproject.toml says what belongs into which lock. warehouse.lock holds a part of dev.lock at the same versions.
LOCK = .venv/locks/bin/uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-emit-index-url \
	--no-emit-find-links --no-header $(if $(UPGRADE),--upgrade)
locks: .venv/made-for
	@$(BIN)/python -m venv .venv/locks && .venv/locks/bin/python $(PIP_INSTALL) uv
	@$(LOCK) pyproject.toml --extra review --extra postgres --group dev -o requirements/dev.lock
	@$(LOCK) pyproject.toml --extra review --group build -c requirements/dev.lock -o requirements/warehouse.lock
	@for group in clients engines previous next superset; do $(LOCK) --group $$group -o requirements/$$group.lock || exit 1; done
clean:
	rm -rf .venv target logs build .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/made-for:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later found: install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Creating .venv with `$(PYTHON) --version` ..."
	@$(PYTHON) -m venv .venv || { echo "Could not create .venv: Debian and Ubuntu need the package python3-venv" >&2; exit 1; }
	@$(MADE_FOR) > $@
# pip is told not to compile: compileall uses every core, and writes even where PYTHONDONTWRITEBYTECODE is set.
.venv/warehouse.stamp .venv/dev.stamp: .venv/%.stamp: requirements/%.lock pyproject.toml | .venv/made-for
	@echo "Installing $< into .venv ..."
	@$(BIN)/python $(PIP_INSTALL) --no-compile --require-hashes -r $<
	@$(BIN)/python $(PIP_INSTALL) --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 .venv/lib pdu_inspections >/dev/null 2>&1 || true
	@touch $(if $(filter dev,$*),.venv/warehouse.stamp) $@
.venv/%.stamp: requirements/%.lock | .venv/made-for
	@echo "Installing $< into .venv/$* ..."
	@$(BIN)/python -m venv .venv/$* && .venv/$*/bin/python $(PIP_INSTALL) --require-hashes -r $<
	@touch $@
