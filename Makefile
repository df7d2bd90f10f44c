# `make demo` and `make test` do everything, set-up included, where there is python3 (3.11 to 3.14),
# make and a way to install packages. Nothing is written outside this folder but what pip and the
# demo's crawl keep in the user's cache.

.DEFAULT_GOAL := help
.PHONY: help setup setup-run demo witnesses peers test lint types pytest fuzz kill-test bench train \
	lock clean

VENV ?= .venv
PYTHON ?=
# Tests and checks in two processes: what the smallest machine of ours has.
JOBS ?= 2
bin := $(VENV)/bin

# The interpreter is looked for when a recipe needs it, not at every `make help`.
bootstrap = python="$(PYTHON)"; [ -n "$$python" ] || python=$$(sh scripts/find_python.sh) || exit 2; \
	"$$python" scripts/bootstrap.py --environment "$(VENV)"

help:  ## Say what there is to make.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20

setup:  ## Make .venv with everything for development; nothing to do where it is there.
	@$(bootstrap) dev

setup-run:
	@$(bootstrap) run

demo: setup-run  ## Crawl a bundled sample site on this machine and show what came of it.
	@"$(bin)/archiater" demo

test: setup lint types pytest  ## Check style and types, run every test.

witnesses: setup  ## Set up other people's tools (.witnesses/), by which tests check our files.
	@"$(bin)/python" -m scripts.witnesses

peers: setup  ## Set up other people's extractors (.peers/), for benchmarks.text and benchmarks.review.
	@"$(bin)/python" -m scripts.peers

lint: setup  ## Check style and form with ruff.
	"$(bin)/ruff" check .
	"$(bin)/ruff" format --check .

types: setup  ## Check the types with mypy.
	"$(bin)/mypy"

pytest: setup  ## Run every test and doctest, the documentation's commands included.
	"$(bin)/pytest" -n $(JOBS)

fuzz: setup  ## Try the extractor on FUZZ (20000) mutated pages; `make test` tries 50.
	ARCHIATER_FUZZ_EXAMPLES=$(or $(FUZZ),20000) "$(bin)/pytest" --timeout 0 tests/articles/fuzzing

kill-test: setup  ## Kill the archive's writer and its recovery at every step, and 200 times at random.
	@"$(bin)/python" -m tests.archive.killing boundaries power recovery faults random sqlite --rounds 200

bench: setup  ## Run every benchmark in benchmarks/; each prints its table.
	@"$(bin)/python" -m benchmarks

train: setup  ## Train the block model again on a folder of pages: make train PAGES=folder.
	@"$(bin)/python" -m scripts.training $(if $(PAGES),"$(PAGES)",$(error say where the pages are: make train PAGES=folder))

lock:  ## Pin the dependencies of pyproject.toml again, with hashes.
	@python="$(PYTHON)"; [ -n "$$python" ] || python=$$(sh scripts/find_python.sh) || exit 2; \
	"$$python" scripts/lock.py $(LOCK)

clean:  ## Take away the environment and everything that was made.
	rm -rf "$(VENV)" .witnesses .peers build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
