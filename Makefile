# Everything that one does here, as verbs. On a fresh machine with Python and git, each installs what it needs.
.DEFAULT_GOAL := help
.PHONY: help demo run test test-sqlite test-postgres check format lock bench screenshots clean ready ready-dev
SHELL := /bin/sh
PY := .venv/bin/python
SERVE ?= 1
PORT ?= 8000
JOBS ?= 2

help:  ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

ready:
	@scripts/ready.sh requirements.txt
ready-dev:
	@scripts/ready.sh requirements-dev.txt

demo: ready  ## play the example campaign and serve it (SERVE=0: play only)
	@if [ "$(SERVE)" = 0 ]; then PLAIDOYER_HOME=$${PLAIDOYER_HOME:-var/demo} .venv/bin/plaidoyer demo --no-serve; \
	else PLAIDOYER_HOME=$${PLAIDOYER_HOME:-var/demo} .venv/bin/plaidoyer demo --port $(PORT); fi

run: ready  ## serve your own installation (var/)
	@.venv/bin/plaidoyer serve --port $(PORT)

test: ready-dev test-sqlite test-postgres  ## the whole suite, on SQLite and on PostgreSQL

test-sqlite: ready-dev
	@echo "== SQLite"
	@$(PY) -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder

test-postgres: ready-dev
	@echo "== PostgreSQL"
	@$(PY) scripts/with_postgres.py $(PY) -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "not anydb and not browser"

check: ready-dev  ## style, types, floor plan, migrations, templates
	@.venv/bin/ruff format --check -q .
	@.venv/bin/ruff check -q .
	@said=$$(.venv/bin/lint-imports --no-cache 2>&1) || { echo "$$said"; exit 1; }
	@.venv/bin/mypy
	@PLAIDOYER_HOME=var/check $(PY) -W error manage.py makemigrations --check --dry-run
	@PLAIDOYER_HOME=var/check $(PY) manage.py check --fail-level WARNING
	@git ls-files 'src/plaidoyer/*.html' | grep -v -F -f scripts/templates_with_exact_words.txt | xargs .venv/bin/djlint --quiet --check --extension html
	@.venv/bin/djlint --quiet --lint src/plaidoyer --extension html
	@echo "check: everything holds"

format: ready-dev  ## put code and templates into shape
	@.venv/bin/ruff format -q . && .venv/bin/ruff check -q --fix . ; git ls-files 'src/plaidoyer/*.html' | grep -v -F -f scripts/templates_with_exact_words.txt | xargs .venv/bin/djlint --quiet --reformat --extension html || true

bench: ready-dev  ## the reader's scoreboard, the speeds of letters and of mail
	@$(PY) -m bench.reading --formats --ablation
	@$(PY) -m bench.letters
	@$(PY) -m bench.mail
	@$(PY) -m bench.arrival 500

screenshots: ready-dev  ## retake the pictures of the guide from the example campaign
	@$(PY) scripts/take_screenshots.py

lock: ready-dev  ## resolve the dependencies again, with hashes
	@scripts/lock.sh

clean:  ## forget what can be made again (never var/)
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist
