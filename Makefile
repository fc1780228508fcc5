# make run      start everything: web, worker, beat; Ctrl-C ends it    (PORT, HOST, VAR_DIR, DEMO=0)
# make test     the whole suite on the embedded default
# make check    what CI runs, without installing anything
# make coverage the suite with a report of branches that no test takes
# make bench    the benchmarks
# make faults   kill, freeze and stop what messages need, and print what was lost
# make docs     write the generated pages of docs/ anew
# make messages bring the words of other languages to what is to be said, and compile them
# make format   put code in its form

PYTHON ?= python3
BIN := .venv/bin
UV := uv==0.13.9
PYTEST := $(BIN)/python -m pytest -q

# Images set this to stay small; each process would compile Django and all tests anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-quick test-processes test-browser check coverage bench faults docs messages format lint types lock
.DEFAULT_GOAL := run

run: .venv/.runtime
	@echo "Preparing database, pages and, the first time, the demo …"
	@exec env END_WITH_PARENT=1 $(BIN)/python -P config/run.py

# Tests with real processes mostly wait; they do so beside the quick ones, and then beside the browser's.
test: .venv/.test
	@$(MAKE) --no-print-directory -j 2 --output-sync=target test-processes test-quick test-browser

test-quick: .venv/.test
	$(PYTEST) -n 2 --ignore=tests/browser -m "not browser and not processes"

# To read all files for the sake of a few costs more than the few.
test-processes: .venv/.test
	$(PYTEST) -n 2 -m "processes and not browser" $$(grep -rl --include="test_*.py" "mark\.processes" tests)

test-browser: .venv/.test
	$(PYTEST) -n 2 -m browser tests/browser

check: .venv/.dev
	$(MAKE) lint types
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py write_docs --check
	APP_ENV=production SECRET_KEY=only-for-this-check-0a1b2c3d4e5f6g7h8i9j-KLMNOP-qrstuv \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/kubernetes-validate --strict --quiet $(filter-out %/kustomization.yaml,$(wildcard deploy/kubernetes/*.yaml))
	$(MAKE) test

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates

types: .venv/.dev
	$(BIN)/mypy .

coverage: .venv/.test
	$(PYTEST) -n 2 -m "not browser and not processes" --cov --cov-report term-missing

bench: .venv/.test
	$(BIN)/python -m benchmarks

# Takes some minutes, most of them waiting for leases.
faults: .venv/.test
	FAULTS=full $(PYTEST) -p no:cacheprovider tests/faults

docs: .venv/.runtime
	$(BIN)/python manage.py write_docs

messages: .venv/.test
	$(BIN)/python manage.py write_messages

format: .venv/.dev
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

# Resolve every pin anew, after a change of requirements/*.in.
lock: .venv/.runtime
	for part in runtime s3 otel test dev; do \
		$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header requirements/$$part.in -o requirements/$$part.txt || exit 1; \
	done

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "OpStatus needs Python 3.11 or newer; name one with make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv

# uv installs in a fraction of pip's time; where it cannot be had, pip does.
define install
	@echo "Installing $(1) ..."
	@{ $(BIN)/python -m pip install -q --disable-pip-version-check "$(UV)" \
		&& $(BIN)/uv pip install -q --python $(BIN)/python -r $(1); } \
		|| $(BIN)/python -m pip install -q --disable-pip-version-check -r $(1)
	@touch $@
endef

.venv/.runtime: requirements/runtime.txt | .venv/bin/python
	$(call install,$<)

.venv/.test: requirements/test.txt requirements/runtime.txt | .venv/.runtime
	$(call install,requirements.txt)

.venv/.dev: requirements/dev.txt | .venv/.test
	$(call install,$<)
