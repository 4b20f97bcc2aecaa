# The front door: each target sets up a fresh machine first, which costs nothing once it is done.
.PHONY: book watch test test-all test-long test-edits mutants docs bench setup browser lint lock

# The tests' and Snakemake's modules lie in this folder; where nothing can be written at home, so do their caches.
unexport PYTHONSAFEPATH
CACHES := $(shell folder="$${XDG_CACHE_HOME:-$$HOME/.cache}"; mkdir -p "$$folder" 2>/dev/null && [ -w "$$folder" ] || echo "$$PWD/.snakemake/cache")
ifneq ($(CACHES),)
export XDG_CACHE_HOME := $(CACHES)
endif
# `make test BOOK=/some/where/mine`: another book's folder; so do all commands have it in the environment
BOOK ?= book

book: setup  ## both editions, build/book-dark.pdf and build/book-light.pdf
	@.venv/bin/snakemake all --config book='$(BOOK)'

watch: setup  ## a page that shows what you are editing, as it is made
	@.venv/bin/python -m pipeline.watch --open --book '$(BOOK)'

test: setup browser  ## the tests, but for the slow ones
	@.venv/bin/pytest -n auto --dist worksteal -m "not slow and not long and not edits" -o book='$(BOOK)'

test-all: setup browser  ## all tests, but for the next two; one builds a German book
	@BOOK=tests/books/everything sh pipeline/setup/setup.sh
	@.venv/bin/pytest -n auto --dist worksteal -m "not long and not edits" -o book='$(BOOK)'

test-long: setup browser  ## what takes long: all that the documents tell one to type, dense plots both ways, set-up, kills, a cluster
	@.venv/bin/pytest -n auto --dist worksteal -m long

test-edits: setup  ## an edit of each file, built upon what is there and from nothing: ten minutes and more
	@.venv/bin/pytest -n auto tests/engine/test_mutations.py

mutants: book  ## which errors in the book's code its own tests notice, into docs/trust.md; half an hour on two cores
	@.venv/bin/python tests/mutants.py --book '$(BOOK)' --into docs/trust.md

docs: setup  ## golden pictures: those of docs/reference.md, from the reference's book, of the minimal book, and of README.md
	@.venv/bin/snakemake all --config book=tests/books/reference
	@.venv/bin/snakemake figures previews --config book=tests/books/minimal
	@.venv/bin/snakemake figures
	@.venv/bin/python tests/drawn.py

bench: setup  ## benchmarks/RESULTS.md; more than an hour, on a machine that does nothing else
	@.venv/bin/python -m benchmarks

setup:  ## Python packages in .venv, TeX from the system's packages
	@BOOK='$(BOOK)' sh pipeline/setup/setup.sh

browser:  ## the browser in which tests look at a page
	@sh pipeline/setup/setup.sh browser

lint: setup  ## what a change must pass; of the wishes of Snakemake's linter, all but one (see the Snakefile)
	.venv/bin/ruff check . && .venv/bin/ruff format --check .
	.venv/bin/snakefmt --check Snakefile pipeline/rules
	.venv/bin/mypy
	.venv/bin/actionlint
	@wishes=$$(.venv/bin/snakemake --lint 2>&1 | sed -n 's/^ *\* //p' | sort -u); \
	[ "$$wishes" = 'Specify a conda environment or container for each rule.:' ] || { echo "snakemake --lint: $$wishes"; exit 1; }

lock:  ## requirements.lock from pyproject.toml, by a new environment
	@sh pipeline/setup/setup.sh renew
