# Everything happens in $(VENV), installed from the locks: nothing unpinned is fetched, nothing outside this folder is touched.
VENV ?= .venv
ifeq ($(origin HOST),environment)
HOST := # csh and conda set it to something else
endif

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)

.PHONY: help run web test test-spark check lint types bench bench-insights soak audit sbom released locks clean

help: ## say what there is to make
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null \
	  || sed -nE 's/^([a-z-]+):[^#]*## (.*)/make \1: \2/p' Makefile

BUILD_WEB := $(BIN)/python setup.py --quiet build_web --inplace

run: $(VENV)/.run ## serve the graph at http://127.0.0.1:8000; HOST=, PORT= for elsewhere
	@$(BUILD_WEB) || true # what needs no script is served all the same
	@exec $(BIN)/interlock serve $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

web: $(VENV)/.run ## build the map and the console from server/web; ARGS=--dev installs the tools for their tests too
	@$(BUILD_WEB) $(ARGS)

test: $(VENV)/.dev ## run the tests, warnings being errors; ARGS="-k names" for some of them
	@$(BUILD_WEB) --dev || true # then the tests that need it are skipped, and say so
	$(BIN)/pytest $(ARGS)

test-spark: $(VENV)/.spark ## run the tests of the job for Spark on a cluster of its own (needs Java 17; installs pyspark, 400 MB)
	$(BIN)/pytest tests/test_spark_job.py $(ARGS)

check: lint test ## all that must pass: ruff, mypy --strict and the tests

lint: $(VENV)/.dev types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

types: ## let type checkers see the folders as interlock.* (.typing/interlock)
	@mkdir -p .typing && ln -sfn .. .typing/interlock

bench: $(VENV)/.bench ## measure Interlock beside its peers, into tests/benchmarks/RESULTS.md; ARGS="--size small" for less
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.run $(ARGS)

bench-insights: $(VENV)/.bench ## measure interlocks, coincidences, loops, brokers …, into tests/benchmarks/INSIGHTS.md
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.insights $(ARGS)

soak: $(VENV)/.dev ## ask a server everything for half an hour, with reloads, and see whether it grows; ARGS=5 for other minutes
	@$(BIN)/python tests/benchmarks/soak.py $(ARGS)

audit: $(VENV)/.dev ## compare the locks with the databases of known vulnerabilities; exit code 1 if some are known, 2 if they can't be reached
	@$(BIN)/python .ci/audit.py

sbom: $(VENV)/.run ## list what is locked, as CycloneDX, in dist/sbom.cdx.json
	@mkdir -p dist && $(BIN)/python .ci/sbom.py dist/sbom.cdx.json

released: ## take the schema as it is for the released one (see CONTRIBUTING)
	cp schema/schema.graphql schema/released.graphql

RESOLVE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-config --no-header --no-annotate
LOCK := $(RESOLVE) pyproject.toml

locks: ## resolve the locks anew, after a change of dependencies (needs uv); ARGS=--upgrade for newer releases
	$(LOCK) --group build $(ARGS) --output-file requirements.lock
	$(LOCK) --group build --group dev --constraint requirements.lock $(ARGS) --output-file requirements-dev.lock
	$(LOCK) --group build --group dev --group bench --constraint requirements-dev.lock $(ARGS) --output-file requirements-bench.lock
	$(RESOLVE) --group pyproject.toml:spark --constraint requirements-dev.lock $(ARGS) --output-file requirements-spark.lock

clean: ## remove what was made
	rm -rf .venv .venv-* .typing server/static/built server/web/node_modules build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/pyvenv.cfg:
	@for python in $(PYTHONS); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  echo "Making $(VENV) with $$("$$python" --version)"; \
	  "$$python" -m venv $(VENV) && exit 0; \
	  rm -rf $(VENV); \
	  echo "$$python can't make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	done; \
	echo "Interlock needs Python 3.11 or later; tried: $(PYTHONS). Name one: make PYTHON=/path/to/python3" >&2; exit 1

# The project itself is installed in place: code and data are read from this folder. A stamp is renewed when a lock or pyproject.toml changes.
$(VENV)/.run: requirements.lock
$(VENV)/.dev: requirements-dev.lock
$(VENV)/.bench: requirements-bench.lock
$(VENV)/.spark: requirements-spark.lock $(VENV)/.dev # which has setuptools, and that makes the wheel that pyspark comes without
$(VENV)/.run $(VENV)/.dev $(VENV)/.bench $(VENV)/.spark: $(VENV)/pyvenv.cfg pyproject.toml
	@echo "Installing $(filter %.lock,$^)"
	@$(PIP) --require-hashes $(if $(filter %.spark,$@),--no-build-isolation) --requirement $(filter %.lock,$^)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
