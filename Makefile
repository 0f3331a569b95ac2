# make run: the site on this machine.   make test: everything.   make quick: the part for daily work.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run dev test quick pythons lint types checks test-sqlite test-postgresql test-browser \
	test-programs messages bench figures screenshots lock

PORT ?= 8000
VAR := var
# Some images forbid it; compiling everything for each command takes longer than the command.
unexport PYTHONDONTWRITEBYTECODE
PYTHON := .venv/bin/python
PYTEST := .venv/bin/pytest
# One process for each core. With a browser they are four at most: each has one of its own.
PARALLEL := -n auto --dist worksteal
QUICK := "not browser and not gettext and not programs and not slow"
BROWSERS := $(PARALLEL) --maxprocesses 4
# A lock is whole, so nothing is resolved and nothing built while installing: what was locked is what
# comes, whatever was released since.
INSTALL := --quiet --disable-pip-version-check install --require-hashes --no-deps --only-binary :all:
LOCK := UV_PYTHON_DOWNLOADS=never uv pip compile --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --no-annotate --quiet
LOCAL := CANTING_SECRET_KEY_FILE=$(VAR)/secret-key CANTING_SITE_URL=http://127.0.0.1:$(PORT)
TESTING := DJANGO_SETTINGS_MODULE=scorecard_site.settings_test

help:
	@echo "make run          the site with demo data, on http://127.0.0.1:$(PORT) (PORT=… for another)"
	@echo "make dev          the same with debug pages and reloading"
	@echo "make test         every check and test, PostgreSQL and Chromium included"
	@echo "make quick        lint, types and the tests for daily work, on SQLite"
	@echo "make pythons      the tests of make quick on newer Pythons that are on this machine"
	@echo "make messages     extract and compile the translations"
	@echo "make bench        speed, printed"
	@echo "make figures      what the site promises under kills, crowds and guesses (a quarter of an hour)"
	@echo "make screenshots  pictures of the main pages in $(VAR)/screenshots"
	@echo "make lock         resolve the dependencies again (needs uv)"

# -- Set-up. Each step leaves a file, so that it is done again only when what it is made from changes.

.venv/bin/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; python3 is $$(python3 --version)." >&2; exit 1; }
	@python3 -m venv .venv || \
		{ rm -rf .venv; echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }

.venv/runtime: requirements.txt | .venv/bin/python
	@echo "Installing the dependencies…"
	@.venv/bin/pip $(INSTALL) -r requirements.txt
	@touch $@

# It holds the runtime's packages in the same versions, so both are done.
.venv/dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing the dependencies and the tools for development…"
	@.venv/bin/pip $(INSTALL) -r requirements-dev.txt
	@touch $@ .venv/runtime

$(VAR)/secret-key: | .venv/bin/python
	@mkdir -p -m 700 $(VAR)
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

$(VAR)/static/collected: .venv/runtime $(shell find static -type f 2>/dev/null) | $(VAR)/secret-key
	@$(LOCAL) $(PYTHON) manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@

# -- Running

run: .venv/runtime $(VAR)/secret-key $(VAR)/static/collected
	@export $(LOCAL) CANTING_BIND=127.0.0.1:$(PORT); \
	$(PYTHON) manage.py migrate --verbosity 0; \
	$(PYTHON) manage.py createcachetable --verbosity 0; \
	$(PYTHON) manage.py load_demo --if-empty; \
	echo; echo "Canting is on http://127.0.0.1:$(PORT)/ (Ctrl-C ends it)"; \
	exec .venv/bin/gunicorn -c python:scorecard_site.server

dev: .venv/dev $(VAR)/secret-key
	@export $(LOCAL) CANTING_DEBUG=1; \
	$(PYTHON) manage.py migrate --verbosity 0; \
	$(PYTHON) manage.py createcachetable --verbosity 0; \
	$(PYTHON) manage.py load_demo --if-empty; \
	exec $(PYTHON) manage.py runserver 127.0.0.1:$(PORT)

# -- Checking

test: lint types checks test-sqlite test-postgresql test-browser test-programs
	@echo "Everything passed."

quick: lint types checks
	$(PYTEST) -q $(PARALLEL) -m $(QUICK)

pythons:
	.ci/pythons 3.12 3.13 -- pytest -q $(PARALLEL) -p no:cacheprovider -m $(QUICK)

lint: .venv/dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 --check

types: .venv/dev
	.venv/bin/mypy

# Migrations, architecture, translations and documents are checked by the tests themselves.
checks: .venv/dev
	CANTING_SITE_URL=https://canting.example \
	CANTING_SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

test-sqlite: .venv/dev
	.ci/need "msgfmt --version" gettext
	$(PYTEST) -q $(PARALLEL) -m "not browser and not programs"

# Without the methods, which know of no database.
test-postgresql: .venv/dev
	$(PYTHON) tests/with_postgresql.py $(PYTEST) -q $(PARALLEL) --ignore-glob 'tests/*/methods' \
		-m "not browser and not gettext and not programs"

test-browser: .venv/dev
	.ci/need "chromium --version" chromium fonts-liberation
	$(PYTEST) -q $(BROWSERS) -m browser

# What other programs compute from our files.
test-programs: .venv/dev .venv-bench/done
	.ci/need "soffice --version" libreoffice-calc-nogui
	.ci/need "pspp --version" pspp
	$(PYTEST) -q -m programs

# -- Now and then

messages: .venv/dev
	.ci/need "msgfmt --version" gettext
	$(TESTING) $(PYTHON) manage.py makemessages --locale id --locale en --no-location --no-obsolete \
		--extension html,txt,py,svg \
		--ignore '.venv' --ignore 'var' --ignore 'tests' --ignore 'benchmarks'
	$(TESTING) $(PYTHON) manage.py compilemessages --ignore '.venv'

.venv-bench/done: benchmarks/packages.txt
	@echo "Installing the packages that the methods are measured beside…"
	@python3 -m venv .venv-bench
	@.venv-bench/bin/pip $(INSTALL) -r benchmarks/packages.txt
	@touch $@

bench: .venv/dev .venv-bench/done
	$(PYTHON) -m benchmarks --packages-python .venv-bench/bin/python

figures: .venv/dev
	.ci/need "chromium --version" chromium fonts-liberation
	$(PYTHON) -m benchmarks figures

screenshots: .venv/dev
	.ci/need "chromium --version" chromium fonts-liberation
	CANTING_SCREENSHOTS=$(VAR)/screenshots $(PYTEST) -q $(BROWSERS) -m browser

lock:
	@command -v uv > /dev/null || { echo "uv is needed: pipx install uv" >&2; exit 1; }
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	$(LOCK) --group pyproject.toml:beside -o benchmarks/packages.txt
