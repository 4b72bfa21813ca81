# Every command sets itself up: a .venv with pinned requirements, made once.
PYTHON ?= python3
STACK ?= dev
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help setup preview test check verify bench pack clean
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
