# Plain `make` lists the targets. Linux, Python 3.11 or newer; everything else is installed into .venv from the locks.
.DEFAULT_GOAL := help
.PHONY: help setup run test proof check fix bench chaos lock messages
PYTHON ?= python3
PY := .venv/bin/python
UV := .venv/bin/uv

help:  ## list the targets
	@sed -nE 's/^([a-z]+):.*  ## (.*)$$/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name said; do printf '  make %-9s %s\n' "$$name" "$$said"; done

setup: .venv/.dev  ## install everything for running and testing into .venv

run: .venv/.run  ## start the whole centre on one address (PORT=8000); Ctrl-C stops it
	@exec $(PY) manage.py up

test: .venv/.dev  ## every test, on SQLite and on PostgreSQL, Redis and Chromium where they are (ROOM=cases: one room)
	@$(PY) .ci/lanes.py $(if $(ROOM),--room $(ROOM))

proof: .venv/.dev  ## what is too long for every commit: the marked tests, then the whole chaos run
	@$(PY) .ci/lanes.py --proof
	@$(PY) -m bench.chaos

check: .venv/.dev  ## lint, format, types, import contracts, templates, migrations, catalogues, words, docs, locks
	@$(PY) .ci/checks.py

fix: .venv/.dev  ## repair what lint, format and templates can repair by themselves
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	-.venv/bin/djlint --reformat --quiet panoh

bench: .venv/.dev  ## print the tables of speed, each against a baseline of the same run
	@$(PY) -m bench

chaos: .venv/.dev  ## kill the processes at random under load and count: lost, doubled, out of order
	@$(PY) -m bench.chaos

lock: .venv/.dev  ## renew requirements/*.txt and sbom.json from pyproject.toml
	echo "uv==$$($(UV) --version | cut -d' ' -f2)" | $(UV) pip compile $(LOCK) - -o requirements/uv.txt
	$(UV) pip compile $(LOCK) pyproject.toml -o requirements/run.txt
	$(UV) pip compile $(LOCK) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(PY) .ci/sbom.py

messages: .venv/.dev  ## collect the interface's strings into locale/, derive Uzbek Cyrillic, compile
	$(PY) manage.py catalogues make
	$(PY) manage.py catalogues derive
	$(PY) manage.py catalogues compile

LOCK := --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11
INSTALL = $(UV) pip install --quiet --require-hashes --python $(PY)

# A virtual environment without pip of its own: the pip that comes with Python brings uv, uv brings the rest.
.venv/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit("Panoh needs Python 3.11 or newer; try: make PYTHON=python3.11 $(MAKECMDGOALS)" if sys.version_info < (3, 11) else 0)'
	@echo "Making .venv …"
	@$(PYTHON) -m venv --without-pip .venv
	@pip=$$($(PYTHON) -c 'import ensurepip, pathlib; d = getattr(ensurepip, "_WHEEL_PKG_DIR", None) or pathlib.Path(ensurepip.__file__).parent / "_bundled"; print(next(map(str, pathlib.Path(d).glob("pip-*.whl")), ""))'); \
	if [ -n "$$pip" ]; then $(PY) "$$pip/pip" --disable-pip-version-check install --quiet --require-hashes -r $<; \
	else $(PYTHON) -m pip --python $(PY) --disable-pip-version-check install --quiet --require-hashes -r $<; fi
	@touch $@

.venv/.run: .venv/.uv requirements/run.txt
	@echo "Installing the locked requirements …"
	@$(INSTALL) -r requirements/run.txt
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	@$(INSTALL) -r requirements/dev.txt
	@touch $@
