# Tenggat's tasks. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh

# Builds must not depend on git: a copied folder has none.
GO := go
BUILD := $(GO) build -buildvcs=false
# A test that passed once may fail in another time zone, and Go's cache of
# results does not see the zone.
TEST := $(GO) test -count=1 -timeout 40m

# The packages that compute with days, or show them. The whole program runs in the second zone in e2e.
ZONED := ./internal/metrics/... ./internal/i18n/... ./internal/postgres/... ./web/view/...

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

.PHONY: run
run: ## start the dashboard with the demo, on http://127.0.0.1:8080 (ARGS="--addr … --data …")
	@scripts/setup.sh run
	@$(BUILD) -o bin/dashboard ./cmd/dashboard
	@exec bin/dashboard demo $(ARGS)

.PHONY: build
build: ## build bin/dashboard
	@scripts/setup.sh run
	$(BUILD) -o bin/dashboard ./cmd/dashboard

.PHONY: test
test: ## every test, on a real database and in a real browser
	@scripts/setup.sh test
	$(GO) vet -tags e2e ./...
	@$(BUILD) -o bin/with ./internal/pgserver/pgtest/with
	@bin/with $(MAKE) --no-print-directory tests

# Runs beside the test database that bin/with has started. In the second zone tests that try a thing many times do it a few times.
.PHONY: tests
tests:
	TZ=UTC $(TEST) ./...
	TZ=America/Los_Angeles $(TEST) -short $(ZONED)
	TZ=America/Los_Angeles $(TEST) -tags e2e ./e2e/...

.PHONY: check
check: ## every check: generated files, layout, vet, lint, tests with the race detector, browser
	@scripts/setup.sh check
	@$(MAKE) --no-print-directory generate
	git diff --exit-code -- '*_templ.go'
	@test -z "$$(git ls-files --others --exclude-standard -- '*_templ.go')" || \
		{ echo 'generated files that are not in git:' >&2; git ls-files --others --exclude-standard -- '*_templ.go' >&2; exit 1; }
	$(GO) tool templ fmt -fail web
	@test -z "$$(gofmt -l cmd internal web sql static e2e bench)" || { echo 'not in gofmt layout:' >&2; gofmt -l cmd internal web sql static e2e bench >&2; exit 1; }
	$(GO) vet -tags e2e ./...
	$(GO) tool -modfile=tools/go.mod golangci-lint run
	@$(BUILD) -o bin/with ./internal/pgserver/pgtest/with
	@bin/with $(MAKE) --no-print-directory TEST='$(TEST) -race' tests

.PHONY: pictures
pictures: ## pictures of every page and state in every look, in e2e/artifacts
	@scripts/setup.sh test
	@$(BUILD) -o bin/with ./internal/pgserver/pgtest/with
	bin/with $(TEST) -tags e2e -run 'TestPages|TestStyleguide' ./e2e -pictures

.PHONY: bench
bench: ## measure against the goals, each beside its baseline (ARGS="…")
	@scripts/setup.sh run
	$(GO) run -buildvcs=false ./bench $(ARGS)

.PHONY: generate
generate: ## make the generated files anew
	$(GO) tool templ generate -path web
