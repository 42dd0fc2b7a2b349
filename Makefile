# The developer's shorthands; `make` lists them. Everything else goes through start.py.
PYTHON ?= python3
VENV := .venv/bin/
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help start demo test coverage lint types layers bench readme lock

help: ## list these shorthands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

start: ## set up if need be, then serve
	$(PYTHON) start.py

demo: ## the same with the demo trust
	$(PYTHON) start.py demo

test: ## the whole test suite
	$(PYTHON) start.py test

coverage: ## the tests of the rules and permissions, every branch of which must be walked
	$(VENV)python -m pytest --cov --cov-report=term-missing tests/registry

lint: ## style and likely mistakes
	$(VENV)ruff check .

types: ## mypy, strict
	$(VENV)mypy

layers: ## which folder may import which
	$(VENV)lint-imports

bench: ## measure the speed, beside the goals
	$(PYTHON) start.py bench

readme: ## write the README's tables of settings and permissions anew
	$(VENV)python -m tools.readme

lock: ## lock the newest packages that the .in files allow; add UPGRADE=--upgrade to move on
	$(COMPILE) $(UPGRADE) requirements.in -o requirements.txt
	$(COMPILE) $(UPGRADE) --constraints requirements.txt requirements-s3.in -o requirements-s3.txt
	$(COMPILE) $(UPGRADE) --constraints requirements.txt --constraints requirements-s3.txt requirements-dev.in -o requirements-dev.txt
	$(COMPILE) $(UPGRADE) requirements-node.in -o requirements-node.txt
	cd frontend && npm install --package-lock-only
