# `make book` and `make test` do all their own set-up and are safe to repeat.

PYTHON ?= python3
BIN := .venv/bin
PAGE := _build/html/index.html
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# One thread per process: the suite runs several processes side by side.
export OMP_NUM_THREADS := 1
# Both cores, test by test (tests/spread.py).
# Three share two cores: a browser often waits for its next picture.
PYTEST := pytest -n 3
# What needs Node, and neither a browser nor the book.
NODE_TESTS := tests/web/test_javascript.py tests/web/test_practice_parity.py
# What `make lab` opens: a copy that is the reader's own. JupyterLab's settings for it live
# in the clone, not in your home.
DESK := my-copy
LAB := JUPYTER_CONFIG_DIR="$(CURDIR)/.jupyter" jupyter lab --ServerApp.root_dir="$(CURDIR)/$(DESK)"
# An environment and a book of its own.
NEWEST := _build/newest
# What a release hands out.
OUT := _build/release
# The book once more, built without Jupyter Book: see MAINTAINING.md.
NEXT := _build/next
SOURCES := chapters emblems ce_lib bookext index.md _toc.yml _config.yml pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help book book-next test release-check hosts browsers newest weekly release-list release publish check lab slides labs students course zip pdf epub grade key bank exam class bets bench explorers lint format clean current-book browser other-browsers bubblewrap java

help:  ## list these commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: .venv/ready  ## build the book and print the page to open
	jupyter-book build . -W -n --keep-going
	@echo
	@touch $(PAGE)
	@echo "The book is ready. Open $(CURDIR)/$(PAGE)"

book-next: $(NEXT)/env/ready  ## build it with plain Sphinx 9 instead of Jupyter Book, in _build/next
	$(NEXT)/env/bin/python -m sphinx -b html -W -n --keep-going \
	  -c tools/next -d $(NEXT)/doctrees . $(NEXT)/html

test: lint browser bubblewrap book  ## prove that everything works
	$(PYTEST)
	@python tools/release_list.py passed test

release-check: node_modules/ready browser other-browsers bubblewrap java book book-next  ## prove what takes too long for that: environments, a class
	pytest -s tests/release
	pytest -n 3 --in-full -m in_turn
	@python tools/release_list.py passed release-check

hosts: browser book  ## of this, the explorers in other hosts, with pictures
	pytest -s tests/release/test_hosts.py

browsers: other-browsers book  ## of this, the whole book in Firefox and WebKit
	$(PYTEST) tests/release/browsers

check: lint  ## the everyday part of it: style, types, spelling, the library, the JavaScript
	$(PYTEST) tests/lib $(NODE_TESTS)

lab: current-book  ## open your own copy of the chapters and labs: make lab OPTIONS="--port 9000"
	@python tools/desk.py $(DESK)
	$(LAB) --LabApp.default_url=/lab/tree/chapters $(OPTIONS)

slides: current-book  ## make slides of every chapter, and print the page to open
	@python tools/slides.py

pdf: current-book browser  ## print the whole book: one PDF
	@python tools/pdf.py

epub: current-book browser  ## the whole book for a reader's device: one EPUB
	@python tools/epub.py

labs: .venv/ready  ## make the labs' student versions
	@python tools/labs.py release

students: .venv/ready  ## pack them with the library and instructions: make students LABS="floor-and-excess"
	@python tools/students.py $(LABS)

course: .venv/ready  ## lay the labs out as a course for nbgrader
	@python tools/labs.py course

grade: .venv/ready  ## grade handed-in labs: make grade SUBMISSIONS=folder ROSTER=class.csv JOBS=2
	@python tools/labs.py grade "$$SUBMISSIONS" $(if $(ROSTER),--roster "$$ROSTER") $(if $(JOBS),-j $(JOBS))

zip: current-book  ## pack the built book: for a stick, or for a server's folder
	@python tools/archive.py

key: current-book  ## for the teacher: all that the book asks, solved, with the known mistakes
	@python tools/teaching.py key

bank: current-book  ## for the teacher: sixty questions for Moodle and Canvas
	@python tools/teaching.py bank

exam: .venv/ready  ## for the teacher: an exam of sixty minutes, and its solutions
	@python tools/teaching.py exam

class: .venv/ready  ## what a class's bets say together: make class RECORDS=folder ROSTER=class.csv NAMES=no
	@python tools/bets.py class "$$RECORDS" $(if $(ROSTER),--roster "$$ROSTER") $(if $(NAMES),--names "$$NAMES")

bets: .venv/ready  ## make every bet a slide
	@python tools/bets.py slides

bench: .venv/ready node_modules/ready browser book  ## measure what the README quotes
	python benchmarks/run.py

newest:  ## the library and the book with the newest of what they need, in an environment of its own
	@rm -rf $(NEWEST)
	$(PYTHON) -m venv $(NEWEST)
	@# Jupyter Book 2 is another program: it reads neither _config.yml nor _toc.yml.
	@sed -E '/^-[ce] /d; s/==[^ ]*//; s/^jupyter-book/jupyter-book<2/' requirements.txt \
	  > $(NEWEST)/requirements.txt
	$(NEWEST)/bin/pip install --requirement $(NEWEST)/requirements.txt --editable .
	$(NEWEST)/bin/python -m pytest tests/lib
	PATH="$(CURDIR)/$(NEWEST)/bin:$$PATH" jupyter-book build . -W -n --keep-going --path-output $(NEWEST)

# The builder of tomorrow has a folder of its own.
weekly: test newest $(if $(wildcard tools/next),book-next)  ## all that time can break: make -k weekly

release-list: .venv/ready  ## what is ready for a release, and what is still open
	@python tools/release_list.py

release: current-book  ## put book, wheel and notes into one folder: make release TAG=v1.2.3
	@python tools/release.py $(if $(TAG),"$$TAG")

publish:  ## hand it out as GitHub's release of the tag, with gh: make publish TAG=v1.2.3
	gh release create "$$TAG" --verify-tag --title "$$TAG" --notes-file $(OUT)/notes.md \
	  $(OUT)/*.zip $(OUT)/*.whl

explorers: .venv/ready node_modules/ready  ## bundle the explorers' JavaScript
	python tools/write_specs.py
	npm run --silent build

lint: .venv/ready node_modules/ready  ## check style, types and spelling
	ruff check .
	ruff format --check .
	mypy
	npm run --silent lint
	npm run --silent workflows
	@rm -rf _build/prose
	@python tools/prose.py _build/prose
	npm run --silent spelling

format: .venv/ready node_modules/ready  ## tidy Python, JavaScript and CSS
	ruff check --fix .
	ruff format .
	python tools/labs.py tidy
	npm run --silent format

# The built book, built anew if its sources are newer.
current-book: .venv/ready
	@test -f $(PAGE) && test -z "$$(find $(SOURCES) -newer $(PAGE) \
	  -type f -not -path '*__pycache__*')" || $(MAKE) --no-print-directory book

clean:  ## remove what was built (not the environment)
	rm -rf _build

browser: .venv/ready
	@python tools/browser.py

other-browsers: .venv/ready
	@python tools/other_browsers.py

bubblewrap: .venv/ready
	@python tools/bubblewrap.py

java: .venv/ready
	@python tools/java.py

.venv/ready: requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "This book needs Python 3.11 or newer as '$(PYTHON)'."; \
	  echo "Install it, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo "Python's venv module is missing (Debian: apt install python3-venv)."; exit 1; }
	@echo "Setting up the environment in .venv: a few minutes and about 2 GB, once."
	@echo "(Where PyTorch brings its CUDA libraries along, several GB more.)"
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --requirement requirements.txt
	@# nbgrader serves `make labs`; JupyterLab stays as it is without it.
	@$(BIN)/jupyter labextension disable --level=sys_prefix @jupyter/nbgrader >/dev/null 2>&1
	@for part in assignment_list course_list formgrader validate_assignment; do \
	  $(BIN)/jupyter server extension disable --sys-prefix \
	    nbgrader.server_extensions.$$part >/dev/null 2>&1 || exit 1; done
	@touch $@

$(NEXT)/env/ready: requirements.txt constraints.txt pyproject.toml tools/next/requirements.txt tools/next/environment.py
	@echo "Setting up the environment in $(NEXT)/env: a few minutes and about 2 GB, once."
	$(PYTHON) tools/next/environment.py $(NEXT)/env
	@touch $@

node_modules/ready: package.json package-lock.json | .venv/ready
	@# Not `npm ci`: it refuses a lock without every other platform's binaries.
	npm install --no-save --ignore-scripts --silent
	@touch $@
