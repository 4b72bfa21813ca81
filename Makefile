# Every command sets itself up: a .venv with pinned requirements, made once.
PYTHON ?= python3
STACK ?= dev
AGAINST ?= main
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help setup preview who-can compare test check verify test-engine bench pack diagram constraints clean
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

.venv/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit(f"Python 3.11 or later is needed; $(PYTHON) is {v[0]}.{v[1]}. Write: make PYTHON=python3.12 preview")'
	@$(PYTHON) -m venv .venv

.venv/.runtime: .venv/bin/python requirements.txt constraints.txt pyproject.toml
	@echo "setting up .venv (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.development: .venv/.runtime requirements-dev.txt
	@echo "adding what tests and checks need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: .venv/.development ## make the .venv with everything in it

preview: .venv/.runtime ## run the program through the pack without a cloud (STACK=dev)
	@$(BIN)/python -m preview --stack $(STACK)

who-can: .venv/.runtime ## say who can do something: ACTION=s3:GetObject RESOURCE=arn:aws:s3:::… (STACK=dev)
	@$(BIN)/python -m tools.access who-can --stack $(STACK) '$(ACTION)' '$(RESOURCE)'

compare: .venv/.runtime ## say what the program newly allows or refuses against a version (AGAINST=main STACK=dev)
	@$(BIN)/python -m tools.access compare --stack $(STACK) --against '$(AGAINST)'

test: .venv/.development ## the tests of all day, under two minutes
	@$(BIN)/python -m pytest -n 2 -m "not verify and not engine"

check: .venv/.development ## lint, format, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@cd policy_pack && MYPYPATH=.. ../$(BIN)/mypy --config-file ../pyproject.toml .
	@$(BIN)/lint-imports

verify: .venv/.development ## the long tests: sabotage, robustness, every stack
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m verify
	@$(MAKE) --no-print-directory test-engine

test-engine: .venv/.development ## hold the preview against the real Pulumi engine (built once where go is there)
	@$(BIN)/python -m preview_parity
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m engine

bench: .venv/.development ## measure, print and write docs/benchmarks.md
	@$(BIN)/python -m bench

pack: .venv/.runtime ## write dist/policy_pack: the pack alone, for other programs
	@$(BIN)/python tools/standalone_pack.py

diagram: .venv/.runtime ## draw docs/network.svg and renew the tables of docs/network.md
	@$(BIN)/python -m tools.network_page

constraints: ## renew constraints.txt from what the requirements resolve to today
	@rm -rf .cache/constraints && $(PYTHON) -m venv .cache/constraints
	@sed '/^-c /d;/^-e /d' requirements.txt requirements-dev.txt | grep -v '^-r' > .cache/constraints/wanted.txt
	@.cache/constraints/bin/python -m pip install --quiet --disable-pip-version-check -r .cache/constraints/wanted.txt
	@{ echo "# Exact versions of everything, direct or not; renew with: make constraints"; .cache/constraints/bin/python -m pip freeze; } > constraints.txt

clean: ## remove what these commands made
	@rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info build dist
