PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
Q ?= Where were the talks of 29 March held?
export Q

.PHONY: search test check serve bench compare train

search: $(VENV)/.installed
	@$(BIN)/dragoman search "$$Q"

serve: $(VENV)/.installed
	$(BIN)/dragoman serve

test: $(VENV)/.installed-test
	$(BIN)/pytest

check: $(VENV)/.installed-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: $(VENV)/.installed-test
	$(BIN)/python tests/benchmarks/run.py $(if $(DATA),--data $(DATA))

compare: $(VENV)/.installed-compare
	$(BIN)/python tests/benchmarks/comparison.py $(DATA)

# Threads that spin while they wait halve the rate where other programs run too.
train: $(VENV)/.installed
	OMP_WAIT_POLICY=passive $(BIN)/python -m dragoman.search.training $(DATA) $(if $(SQUAD),--squad $(SQUAD)) $(OPTIONS)

$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Installing into $(VENV); this takes a minute or two…"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --constraint constraints.txt --editable ".[test]"
	@touch $@

$(VENV)/.installed-check: $(VENV)/.installed-test
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --constraint constraints.txt --editable ".[test,check]"
	@touch $@

$(VENV)/.installed-compare: $(VENV)/.installed
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --constraint constraints.txt --editable ".[compare]"
	@touch $@
