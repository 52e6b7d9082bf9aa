# 慎独 Shendu. `make run` starts it, `make test` proves it; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# The steps share target folders: in order, one at a time.
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/shendu
export CARGO_TARGET_DIR ?= $(CACHE)/native
export PATH := $(CACHE)/npm/node_modules/.bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
T := server/tools
STEP := $(T)/step.sh

.PHONY: help run build test setup setup-test fmt fmt-fix boundaries spa lint unit counts doc wasm server e2e e2e-postgres lighthouse contract-test pictures bench sizes clean

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

run: ## build what changed and serve a demo school on http://localhost:8080
	@$(T)/run.sh

build: setup spa server ## build client and server, in release

test: setup-test fmt boundaries spa lint unit counts doc wasm server e2e e2e-postgres contract-test ## everything CI runs
	@echo "✓ all tests passed"

setup: ## install what the build needs and is missing
	@$(T)/setup.sh build

setup-test: ## the same, and what the tests need
	@$(T)/setup.sh test

fmt: ## check the formatting
	@$(STEP) "formatting" cargo fmt --all --check

fmt-fix: ## format the Rust code
	@cargo fmt --all

boundaries: ## prove who imports whom
	@$(STEP) "boundaries between the crates" $(T)/boundaries.sh

spa: ## build the client into app/dist, within its size limit
	@$(T)/build_client.sh

# The server embeds app/dist, so whatever compiles the server needs the client first.
lint: spa ## clippy on both sides, warnings are errors
	@$(STEP) "clippy, server side" cargo clippy --locked --all-targets -- -D warnings
	@$(STEP) "clippy, measurements" cargo clippy --locked -p bench -- -D warnings
	@$(STEP) "clippy, client" $(T)/with_client.sh cargo clippy --locked -p app --all-targets --target wasm32-unknown-unknown -- -D warnings

unit: spa ## unit and API tests, on SQLite and PostgreSQL
	@$(STEP) "tests of the server side" $(T)/with_postgres.sh cargo nextest run --locked

counts: ## count the instructions of the hot steps under valgrind; more than 5 % off what is kept fails
	@$(T)/counts.sh

doc: spa ## the examples in the documentation
	@$(STEP) "documentation examples" cargo test --locked --doc -p contract -p guard -p store -p server

wasm: ## the client's tests, in a headless browser
	@$(STEP) "tests of the client" $(T)/wasm_test.sh

server: spa
	@$(STEP) "building the server" cargo build --locked --release -p server

e2e: server ## the browser tests, on SQLite
	@$(STEP) "browser tests on SQLite" $(T)/e2e.sh

e2e-postgres: server ## the browser tests, on PostgreSQL
	@$(STEP) "browser tests on PostgreSQL" $(T)/with_postgres.sh $(T)/e2e.sh

lighthouse: server ## ask Lighthouse about sign-in, list and portal; the list on a phone lacks the name of one button still
	@$(STEP) "Lighthouse" $(T)/e2e.sh --config lighthouse.config.ts

contract-test: server ## hold the server to its OpenAPI document
	@$(STEP) "the API against its own document" $(T)/contract_test.sh

pictures: server ## take the pictures of the README anew
	@$(STEP) "pictures" env SHENDU_SHOTS="$(CURDIR)/server/docs/pictures" $(T)/e2e.sh --config pictures.config.ts readme

bench: setup spa ## measure speed beside PocketBase and beside the machine; takes half an hour
	@$(T)/bench.sh

sizes: setup ## say what the programs of the client are made of, in target/sizes
	@$(T)/setup.sh sizes
	@$(T)/sizes.sh

clean: ## remove what was built; the data folder and the installed tools stay
	rm -rf app/dist app/.style e2e/test-results e2e/report "$(CACHE)/native" "$(CACHE)/client"
