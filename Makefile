# pico2-benchmark: `make demo` shows the result, `make test` checks everything. `make help` lists the rest.

PREFIX ?= /usr/local
LOGS ?= logs/*.txt

.PHONY: help demo test build install data goldens format lint bench man clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: ## install what is missing, build, and run analyze on the example logs
	@Scripts/install-dependencies build
	@echo '==> swift build -c release --product analyze'
	@swift build -c release --product analyze
	@echo '==> analyze $(LOGS)'
	@.build/release/analyze $(LOGS)
	@echo
	@echo '==> next: .build/release/analyze YOUR.log -o report   (see README.md)'

test: ## install what the tests need and run them all
	@Scripts/install-dependencies test
	@Scripts/test

build: ## release build only
	swift build -c release --product analyze

install: build man ## copy the program, its manual and completions to PREFIX
	install -d $(PREFIX)/bin $(PREFIX)/share/man/man1
	install -m 755 .build/release/analyze $(PREFIX)/bin/analyze
	install -m 644 build/man/*.1 $(PREFIX)/share/man/man1/
	@for shell in bash zsh fish; do \
	  mkdir -p $(PREFIX)/share/pico2-benchmark/completions && \
	  .build/release/analyze --generate-completion-script $$shell \
	    > $(PREFIX)/share/pico2-benchmark/completions/analyze.$$shell; done

man: ## manual pages into build/man
	@mkdir -p build/man
	swift package --allow-writing-to-directory build/man generate-manual --output-directory build/man

data: ## renew the copies of data/ and of the default report that are compiled in
	Scripts/embed

goldens: ## renew golden files and the results in README.md
	Scripts/renew-goldens

format: ## format all sources
	swift format -i -r Package.swift Sources Tests Fuzzing/Package.swift Fuzzing/Sources Benchmarks/FigureTimes

lint: ## check the format
	swift format lint --strict -r Package.swift Sources Tests Fuzzing/Package.swift Fuzzing/Sources Benchmarks/FigureTimes

bench: ## time analyze on the example logs, and its figures
	Benchmarks/startup
	Benchmarks/figures

clean: ## remove what was built
	rm -rf .build build
