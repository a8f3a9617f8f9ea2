PYTHON ?= python3
BIN = .venv/bin
READY = .venv/.ready
PO = $(wildcard kindertui/locale/*/LC_MESSAGES/*.po)

.PHONY: demo test lint bench bench-all docs lock

demo: $(READY) $(PO:.po=.mo)
	@$(BIN)/kindertui demo

# Compiled once: the tests start the program some hundred times. Four at a time, on two cores as well: a screen's test
# waits half its time for the screen to be quiet.
test: $(READY) $(PO:.po=.mo)
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 4 --dist loadscope

lint: $(READY)
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

bench: $(READY) $(PO:.po=.mo)
	$(BIN)/python -m benchmarks

bench-all: $(READY) $(PO:.po=.mo)
	$(BIN)/python -m benchmarks --all

docs: $(READY) $(PO:.po=.mo)
	$(BIN)/python -m docs

# A lock without hosts: every file by its hash, from whichever index pip is set up with.
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --extra dev -o requirements.lock pyproject.toml

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

%.mo: %.po $(READY)
	@$(BIN)/pybabel -q compile -i $< -o $@
