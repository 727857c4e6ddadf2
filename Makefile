# pico2-benchmark: `make demo` shows the result, `make test` checks it. `make help` lists the rest.

PREFIX ?= /usr/local
LOGS ?= logs/*.txt

SOURCES = Package.swift Sources Firmware Tests Fuzzing/Package.swift Fuzzing/Sources Benchmarks/FigureTimes \
  Benchmarks/InterpreterTimes/Package.swift Benchmarks/InterpreterTimes/Sources Benchmarks/CoverageTable

.PHONY: help demo check test test-all test-spark build install models firmware emulate baseline data goldens format lint bench \
  bench-read man clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: ## install what is missing, build, and run analyze on the example logs
	@Scripts/install-dependencies build
	@Scripts/build analyze
	@echo '==> analyze $(LOGS)'
	@.build/release/analyze $(LOGS)
	@echo
	@echo '==> next: .build/release/analyze YOUR.log -o report   (see README.md)'

check: ## before every commit: format, build, unit tests; under 3 minutes from a built tree
	@Scripts/install-dependencies check
	@Scripts/test check

test: ## what CI runs: install what the tests need, and check all but what takes long; 17 minutes of CPU
	@Scripts/install-dependencies test
	@Scripts/test

test-all: ## the same, and fuzzing, long simulations, a fresh machine (root); an hour
	@Scripts/install-dependencies test-all
	@Scripts/test all

test-spark: ## run examples/spark on a cluster of this machine, and kill a worker: installs Java, and Spark into .build
	@Scripts/install-dependencies test-spark
	@Scripts/test-spark

build: ## release build only
	@Scripts/install-dependencies build
	@Scripts/build analyze modelgen

install: build man ## copy the programs, their manuals and completions to PREFIX
	install -d $(PREFIX)/bin $(PREFIX)/share/man/man1
	install -s -m 755 .build/release/analyze .build/release/modelgen $(PREFIX)/bin/
	install -m 644 build/man/*.1 $(PREFIX)/share/man/man1/
	install -d $(PREFIX)/share/pico2-benchmark/completions
	@for program in analyze modelgen; do for shell in bash zsh fish; do \
	  .build/release/$$program --generate-completion-script $$shell \
	    > $(PREFIX)/share/pico2-benchmark/completions/$$program.$$shell || exit 1; done; done

models: build ## make the twins of the five MLPerf Tiny models in build/models
	.build/release/modelgen tinyml --twins -o build/models

firmware: ## build the firmware: BOARD=qemu, pico2 or another of data/boards.csv, MODELS='ad kws', ...
	@Scripts/install-dependencies firmware
	@Scripts/firmware

emulate: ## run the firmware under QEMU, logs into build/logs; UPDATE=1 renews those in logs/
	@Scripts/install-dependencies emulate
	@Scripts/emulate

baseline: ## count what the tree computes and show what moved; UPDATE=1 renews Tests/Baseline/baseline.tsv
	@Scripts/install-dependencies baseline
	@Scripts/baseline $(if $(UPDATE),--update)

man: ## manual pages into build/man
	@mkdir -p build/man
	swift package --allow-writing-to-directory build/man generate-manual --output-directory build/man

data: ## renew the copies of data/ and of the default report that are compiled in
	Scripts/embed

goldens: ## renew golden files and the results in README.md
	Scripts/renew-goldens

format: ## format all sources
	swift format -i -r $(SOURCES)

lint: ## check the format
	swift format lint --strict -r $(SOURCES)

bench: ## time analyze on the example logs, its figures, its growth, the interpreter and conversions; count the engine
	@Scripts/install-dependencies bench
	Benchmarks/startup
	Benchmarks/figures
	Benchmarks/interpreter
	Benchmarks/convert
	Benchmarks/instructions
	Benchmarks/growth --quick

bench-read: ## time analyze on long logs beside grep, mawk, polars, DuckDB and pandas: SIZE=500 (MB), REPEATS, DIALECTS
	@Scripts/install-dependencies bench-read
	@Benchmarks/read

clean: ## remove what was built
	rm -rf .build build
