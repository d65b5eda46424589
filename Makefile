# What a person types. `make run` shows the product, `make test` is everything CI does.
# Each target works from a clean clone with nothing prepared, as root and as an ordinary user.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

target := $(or $(CARGO_TARGET_DIR),target)
data   ?= ./data
listen ?= 127.0.0.1:8080
# Cargo itself: a wrapper (a lock, a remote builder) may be put in front of it.
CARGO  ?= cargo

assets_dir     := templates/assets
assets_stamp   := $(assets_dir)/dist/.stamp
assets_sources := $(shell find $(assets_dir) \( -name node_modules -o -name dist \) -prune -o -type f -print 2>/dev/null)
browser_dir    := tests/browser

.PHONY: help run build test fmt lint suite browser assets bench load crash clean tools test-tools

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: tools build ## build, load the demonstration show when the database is empty, serve http://127.0.0.1:8080
	@mkdir -p $(data)
	@FAIRLEAD_DATA=$(data) FAIRLEAD_LISTEN=$(listen) $(target)/release/fairlead demo --if-empty
	@FAIRLEAD_DATA=$(data) FAIRLEAD_LISTEN=$(listen) exec $(target)/release/fairlead serve

build: tools assets ## the release binary
	@$(CARGO) build --release

test: tools test-tools assets fmt lint suite browser ## everything: format, lints, suite on SQLite and PostgreSQL, browser

fmt:
	@$(CARGO) fmt --all --check

lint:
	@$(CARGO) clippy --workspace --all-targets -- -D warnings

suite: ## the Rust tests of every crate, each store test on both databases
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
		$(CARGO) nextest run --workspace --no-fail-fast; \
	else \
		$(CARGO) test --workspace --no-fail-fast -- --test-threads=2; \
	fi

browser: assets ## pages in a real browser: journeys, accessibility, both languages and themes
	@if [ -f $(browser_dir)/package.json ]; then \
		$(CARGO) build --bin fairlead; \
		cd $(browser_dir) && npm ci --silent && \
		FAIRLEAD_BINARY="$$(cd $(CURDIR) && realpath $(target))/debug/fairlead" npm test; \
	fi

assets: tools $(assets_stamp) ## style sheets, scripts, icons and fonts, from pinned npm packages

$(assets_stamp): $(assets_sources)
	@if [ -f $(assets_dir)/package.json ]; then \
		cd $(assets_dir) && npm ci --silent && npm run --silent build; \
	fi
	@mkdir -p $(@D) && touch $@

bench: tools assets ## micro-benchmarks, one figure a line
	@$(CARGO) bench -p fairlead --bench admission --bench plan --bench risk --bench space

load: build ## load test against the release binary: 10,000 to 1,000,000 registrations, 1 to 128 connections, bulk upload, both databases
	@$(CARGO) run --release --example load -- --binary $(target)/release/fairlead

crash: assets ## kills the server 100 times under load on each database, and counts what was acknowledged
	@FAIRLEAD_CRASH_KILLS=$(or $(kills),100) $(CARGO) test --test suite crash:: -- --test-threads=1 --nocapture

clean: ## what was built; the database in ./data stays
	@$(CARGO) clean
	@rm -rf $(assets_dir)/dist $(assets_dir)/node_modules $(browser_dir)/node_modules

tools:
	@tests/prepare build

test-tools:
	@tests/prepare test
