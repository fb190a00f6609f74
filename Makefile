# Counterbell. `make run` starts it, `make test` checks it, `make help` lists the rest.
# Each target first gets the machine ready (.ci/setup), so a fresh one needs Go, make and bash alone.

TAGS := -tags migrated_fynedo
# The window needs cgo; everything else builds and is tested without a C compiler, but on macOS, where Fyne always asks for it.
CGO := $(if $(filter Darwin,$(shell uname -s)),1,0)
PLAIN = $$(CGO_ENABLED=$(CGO) go list ./... | grep -v '/cmd/counterbell$$')
WINDOWLESS = ./data/... ./sender/... ./cmd/bell ./cmd/relay
# Fyne reads the language of the system, and complains about the bare C locale.
GOTEST = LC_ALL=en_US.UTF-8 go test $(TAGS)

GOLANGCI_VERSION := v2.15.0
GOLANGCI := .tools/$(GOLANGCI_VERSION)/golangci-lint

BENCH ?= .
BENCHTIME ?= 1s

.DEFAULT_GOAL := help
.PHONY: help run demo build app bell relay test race bench lint fmt e2e contract windows wine clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## build and start Counterbell; without a display, show the demo in the terminal
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display here, so this is the demo without a window."; \
		$(MAKE) --no-print-directory demo; \
	else \
		$(MAKE) --no-print-directory app && ./out/counterbell; \
	fi

demo: bell ## the whole job through the practice provider, in the terminal
	@rm -rf out/demo
	./out/bell demo --out out/demo
	@echo
	@echo "The report is out/demo/report.xlsx, and the pictures are:"
	@ls out/demo/*.png

build: app bell relay ## all three programs, into out/

app: ## the desktop app
	.ci/setup build
	CGO_ENABLED=1 go build $(TAGS) -o out/counterbell ./cmd/counterbell

bell: ## the engine's command line
	.ci/setup bell
	CGO_ENABLED=$(CGO) go build $(TAGS) -o out/bell ./cmd/bell

relay: ## the public link relay, one static binary
	.ci/setup bell
	CGO_ENABLED=0 go build -ldflags '-s -w' -o out/relay ./cmd/relay

test: app ## all tests
	CGO_ENABLED=$(CGO) $(GOTEST) -timeout 15m $(PLAIN)
	CGO_ENABLED=1 $(GOTEST) -timeout 5m ./cmd/counterbell

race: ## the race detector over everything that needs no window
	.ci/setup race
	CGO_ENABLED=1 $(GOTEST) -race -timeout 18m $(WINDOWLESS)

bench: ## import, outbox, search, redirect and the window beside their floors; BENCH=name for one
	.ci/setup bell
	CGO_ENABLED=$(CGO) $(GOTEST) -p 1 -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) -timeout 30m $(PLAIN)
	@if [ "$$(uname -s)" = Linux ]; then .ci/setup e2e && BENCH="$(BENCH)" .ci/e2e bench; fi

lint: $(GOLANGCI) ## golangci-lint and shellcheck
	.ci/setup lint
	CGO_ENABLED=1 $(GOLANGCI) run
	@if command -v shellcheck >/dev/null; then shellcheck -S warning $$(grep -l '^#!.*bash' .ci/*); else echo "shellcheck is not here: .ci was not checked."; fi

fmt: $(GOLANGCI) ## format the code as lint wants it
	$(GOLANGCI) fmt

$(GOLANGCI):
	.ci/setup bell
	CGO_ENABLED=0 GOBIN="$(CURDIR)/$(dir $@)" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

e2e: ## use a real window on a screen that nobody sees
	.ci/setup e2e
	.ci/e2e

contract: ## the provider adapters against the providers' own API descriptions
	.ci/contract

windows: ## cross-build for Windows
	.ci/setup windows
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
		go build $(TAGS) -trimpath -ldflags '-H windowsgui -s -w' -o out/windows/counterbell.exe ./cmd/counterbell
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 \
		go build $(TAGS) -trimpath -ldflags '-s -w' -o out/windows/bell.exe ./cmd/bell

wine: windows ## start the Windows programs under Wine, on a screen that nobody sees
	.ci/setup wine
	.ci/wine

clean: ## remove what the targets above have made
	rm -rf out .tools
