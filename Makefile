# make warehouse   environment, gate, build, audit, publish: warehouse/current/pdu_inspections.duckdb
# make test        every test, dbt's and Python's
# make docs        pages that show data (README.md, docs/), and dbt's own documentation in target/
# make test-clients  the release read by the other DuckDB lines it is written for and by other tools
# make scale-benchmark  the project beside its alternatives, from five inspections to a million; SIZES="5 1000" keeps it short
# make metrics     the metrics command line (mf) asked of the current release, its answers compared with plain SQL
# make superset    Superset with the dashboard over the current release, on 127.0.0.1; PORT=8088
# make test-superset  its charts compared with plain SQL, before and after a new release while it is connected
# make notebook    a marimo notebook over the current release
# make postgres    the project built and tested on a PostgreSQL server of its own, every mart compared with DuckDB's
# make test-postgres  the same, skipped without failing where no server is to be had
# make ducklake    the same in a DuckLake, whose data are Parquet files
# make spark       the same on Apache Spark; needs Java 17
# make locks     the lock files compiled anew from requirements/*.in, after a version there was changed
# make lint        ruff, mypy, sqlfluff, yamllint, documentation and key tests of every model, SQL every engine reads
# Needs Python 3.11 or later, git, make and a package index; everything else goes into .venv.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
WAREHOUSE_ENV := $(VENV)/warehouse.stamp
DEV_ENV := $(VENV)/dev.stamp

# Python to make the environment with: the first of these that runs and is new enough.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)

export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DO_NOT_TRACK := 1

.PHONY: help warehouse environment dev-environment test test-clients test-postgres postgres ducklake spark metrics \
	superset superset-python test-superset notebook scale-benchmark docs locks lint clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

warehouse: $(WAREHOUSE_ENV)
	@$(BIN)/pdu build

environment: $(WAREHOUSE_ENV)

dev-environment: $(DEV_ENV)

# Each goes through to its end, so that one failure does not hide another.

test: $(DEV_ENV)
	@status=0; \
	$(BIN)/dbt build --full-refresh --profiles-dir profiles || status=1; \
	$(BIN)/python -m pytest || status=1; \
	exit $$status

CLIENTS := 1.4 2.0
CLIENT_ENVS := $(CLIENTS) forms citation

test-clients: $(WAREHOUSE_ENV) $(CLIENT_ENVS:%=$(VENV)/client-%.stamp)
	@$(BIN)/pdu build --if-changed
	@status=0; \
	for python in $(BIN) $(CLIENTS:%=$(VENV)/client-%/bin); do \
		$$python/python tests/clients/read_release.py || status=1; \
	done; \
	$(VENV)/client-forms/bin/python tests/clients/read_forms.py || status=1; \
	for file in CITATION.cff warehouse/current/CITATION.cff; do \
		$(VENV)/client-citation/bin/cffconvert --validate --infile $$file || status=1; \
	done; \
	exit $$status

SIZES := 5 1000 10000 100000 1000000

scale-benchmark: $(DEV_ENV) $(VENV)/rival-pandas.stamp $(VENV)/rival-sqlmesh.stamp
	@$(BIN)/python -m benchmarks.scale $(SIZES)

metrics: $(WAREHOUSE_ENV) $(VENV)/metrics.stamp
	@$(BIN)/pdu build --if-changed
	@$(BIN)/dbt --quiet parse --profiles-dir profiles
	@$(VENV)/metrics/bin/python tests/metrics/compare_with_sql.py

PORT := 8088

superset: $(WAREHOUSE_ENV) $(VENV)/superset.stamp
	@$(BIN)/pdu build --if-changed
	@$(BIN)/python -m bi.superset.server --port $(PORT)

test-superset: $(WAREHOUSE_ENV) $(VENV)/superset.stamp
	@$(BIN)/pdu build --if-changed
	@$(BIN)/python tests/superset/compare_with_sql.py

notebook: $(WAREHOUSE_ENV) $(VENV)/notebook.stamp
	@$(BIN)/pdu build --if-changed
	@$(VENV)/notebook/bin/marimo run bi/notebook.py

test-postgres: $(DEV_ENV) $(VENV)/postgres.stamp
	@$(BIN)/python -m tests.engines postgres --may-skip

postgres: $(DEV_ENV) $(VENV)/postgres.stamp
	@$(BIN)/python -m tests.engines postgres

# With its own DuckDB: an extension loads only into the version it was built for.
ducklake: $(VENV)/ducklake.stamp
	@$(VENV)/ducklake/bin/python -m tests.engines ducklake

spark: $(DEV_ENV) $(VENV)/spark.stamp
	@$(BIN)/python -m tests.engines spark

docs: $(WAREHOUSE_ENV)
	@$(BIN)/dbt build --full-refresh --exclude-resource-type unit_test --profiles-dir profiles
	@$(BIN)/python -m pdu_inspections.docs warehouse/dev/pdu_inspections.duckdb
	@$(BIN)/dbt --quiet docs generate --profiles-dir profiles

# Extras are kept: pip refuses a lock without them. warehouse first, because dev is to hold the same.
locks: | $(VENV)/bin/python
	@$(BIN)/python -m venv $(VENV)/locks
	@$(VENV)/locks/bin/python -m pip install -qq --disable-pip-version-check --no-input uv
	@for input in requirements/warehouse.in requirements/dev.in $$(ls requirements/*.in); do \
		$(VENV)/locks/bin/uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-emit-index-url \
			--no-header "$$input" --output-file "$${input%.in}.lock" || exit 1; \
	done

lint: $(DEV_ENV)
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/yamllint --strict . || status=1; \
	$(BIN)/dbt --quiet parse --profiles-dir profiles && $(BIN)/python -m lint.check_models || status=1; \
	$(BIN)/python -m lint.check_portable || status=1; \
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 models tests analyses || status=1; \
	exit $$status

clean:
	rm -rf $(VENV) target logs .pytest_cache .mypy_cache .ruff_cache

# ---------------------------------------------------------------- the environment

# install,<lock>: the lock's packages, their bytecode (compiled here because pip may be told not to, and Python may be
# told not to cache it later), and the project itself by path, which needs no build tools.
define install
	@echo "Installing $(1) into $(VENV) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --no-compile --require-hashes -r $(1)
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib pdu_inspections >/dev/null 2>&1 || true
	@echo '$(CURDIR)' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/pdu_inspections.pth"
	@printf '#!/bin/sh\nexec "%s/$(BIN)/python" -m pdu_inspections "$$@"\n' '$(CURDIR)' > $(BIN)/pdu
	@chmod +x $(BIN)/pdu
endef

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later found: install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Could not create $(VENV): Debian and Ubuntu need the package python3-venv" >&2; exit 1; }

$(WAREHOUSE_ENV): requirements/warehouse.lock | $(VENV)/bin/python
	$(call install,requirements/warehouse.lock)
	@touch $@

$(VENV)/client-%.stamp: requirements/client-%.lock | $(VENV)/bin/python
	@$(BIN)/python -m venv $(VENV)/client-$*
	@$(VENV)/client-$*/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

$(VENV)/rival-%.stamp: requirements/rival-%.lock | $(VENV)/bin/python
	@$(BIN)/python -m venv $(VENV)/rival-$*
	@$(VENV)/rival-$*/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

$(VENV)/superset.stamp: | superset-python

# Superset's pandas has no wheels for later ones.
superset-python: | $(VENV)/bin/python
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info >= (3, 13))' || \
		{ echo "Superset needs Python 3.11 or 3.12: make clean, then make PYTHON=/path/to/python3.12 superset" >&2; exit 1; }

$(VENV)/ducklake.stamp $(VENV)/metrics.stamp $(VENV)/superset.stamp $(VENV)/notebook.stamp: $(VENV)/%.stamp: requirements/%.lock | $(VENV)/bin/python
	@echo "Installing $< into $(VENV)/$* ..."
	@$(BIN)/python -m venv $(VENV)/$*
	@$(VENV)/$*/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

# Adapters of other engines, beside what is there already.
$(VENV)/postgres.stamp $(VENV)/spark.stamp: $(VENV)/%.stamp: requirements/%.lock | $(DEV_ENV)
	@echo "Installing $< into $(VENV) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

# dev.lock holds everything warehouse.lock holds, at the same versions.
$(DEV_ENV): requirements/dev.lock requirements/warehouse.lock | $(VENV)/bin/python
	$(call install,requirements/dev.lock)
	@touch $(WAREHOUSE_ENV) $@
