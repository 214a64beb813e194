# `make run` and `make test` are all that a fresh machine with Python needs. `make help` lists the rest.
# ARGS goes to the command: make run ARGS="find bert"   make test ARGS="tests/papers -x"

ifeq ($(OS),Windows_NT)
PYTHON_HERE := .venv/Scripts/python.exe
HAS_DISPLAY := yes
else
PYTHON_HERE := .venv/bin/python
HAS_DISPLAY := $(or $(filter Darwin,$(shell uname)),$(DISPLAY),$(WAYLAND_DISPLAY))
endif
ENVIRONMENT := sh requirements/make_environment.sh

# Without a display there is no window to open: the tour shows the same steps in words.
RUN := $(if $(ARGS),$(ARGS),$(if $(HAS_DISPLAY),,tour))

UV_VERSION := 0.13.9
UV := .scratch/uv/bin/uv
COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

.PHONY: help run test format bench screenshots lock package

help:
	@echo "make run          open the window (without a display: the tour)"
	@echo "make test         run all tests and checks"
	@echo "make format       put the code into its one shape"
	@echo "make bench        measure the program's speed"
	@echo "make screenshots  make the pictures of the README again"
	@echo "make lock         renew requirements/*.lock from pyproject.toml"
	@echo "make package      build the program for this system into dist/"

run:
	@$(ENVIRONMENT) run
	@$(PYTHON_HERE) -m readinglist $(RUN)

test:
	@$(ENVIRONMENT) test
	@$(PYTHON_HERE) -m pytest --numprocesses auto --dist loadfile $(ARGS)

format:
	@$(ENVIRONMENT) test
	@$(PYTHON_HERE) -m ruff check --fix .
	@$(PYTHON_HERE) -m ruff format .

bench:
	@$(ENVIRONMENT) test
	@$(PYTHON_HERE) -m tests.benchmarks $(ARGS)

screenshots:
	@$(ENVIRONMENT) test
	@$(PYTHON_HERE) -m tests.screenshots $(ARGS)

$(UV):
	python3 -m venv .scratch/uv
	.scratch/uv/bin/python -m pip install --quiet uv==$(UV_VERSION)

lock: $(UV)
	$(COMPILE) pyproject.toml --group build -o requirements/run.lock
	$(COMPILE) pyproject.toml --group build --group test -c requirements/run.lock -o requirements/test.lock
	$(COMPILE) pyproject.toml requirements/package.in --group build -c requirements/run.lock -o requirements/package.lock

package:
	@$(ENVIRONMENT) package
	@$(PYTHON_HERE) -m PyInstaller --noconfirm packaging/readinglist.spec
