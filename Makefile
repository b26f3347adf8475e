# SPDX-License-Identifier: GPL-3.0-or-later
# make run and make test do all of the set-up on a Debian machine that has Swift.

SWIFT ?= swift
PREFIX ?= /usr/local
CHECKED := --explicit-target-dependency-import-check error
BENCHMARK := $(SWIFT) run -c release
PACKAGES := libgsl-dev libyaml-dev libexpat1-dev zlib1g-dev libzstd-dev pkg-config python3
SCENARIO ?= Scenarios/national-day.yaml
STUDY ?= Scenarios/studies/saturation.yaml
# For how long the swarm and the fuzzers look.
SECONDS ?= 60
# In how many processes the swarm looks, and where it leaves scenarios that fail.
JOBS ?= 1
SWARM_OUT ?= /tmp
SWARM := .build/release/swarm
# How many scenarios each planted fault gets.
COUNT ?= 500

# The fuzzer to run; all of them where none is named.
TARGET ?=
# libFuzzer is a library of the compiler, which SwiftPM does not link to a program that has a main of
# its own; the fuzzer asks for its entry by name when it runs.
LIBFUZZER = $(shell $(SWIFT)c -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')/clang/lib/linux/libclang_rt.fuzzer_no_main-$(shell uname -m).a
WITH_LIBFUZZER = -Xlinker --undefined=LLVMFuzzerRunDriver -Xlinker --export-dynamic-symbol=LLVMFuzzerRunDriver \
	-Xlinker $(LIBFUZZER) -Xlinker -lstdc++
# All checks that a debug build has, at the speed of a release build, and what libFuzzer is led by.
WATCHED := --sanitize address -Xswiftc -assert-config -Xswiftc Debug -Xswiftc -enforce-exclusivity=checked \
	-Xswiftc -sanitize-coverage=edge,trace-cmp,inline-8bit-counters,pc-table

.DEFAULT_GOAL := all
.NOTPARALLEL:
.PHONY: all run study test build debug format lint golden swarm swarm-faults fuzz fuzz-briefly asan tsan bench bench-peers bench-queueing bench-plans check-docs check-evalys check-formats check-pages check-policies kill-policies static test-slurm ci install setup clean

all: build test

## run: simulate a national scenario and print its results
run: build
	.build/release/cpnsim run $(SCENARIO)

## study: run a study of the national backbone, from its first load to saturation, and print its summary
study: build
	.build/release/cpnsim sweep $(STUDY) --out results/$$(basename $(STUDY) .yaml)

## test: run all tests
test: setup
	$(SWIFT) build --build-tests $(CHECKED)
	$(WITHIN) $(SWIFT) test --skip-build

## build: build the program for use, .build/release/cpnsim
build: setup
	$(SWIFT) build -c release --product cpnsim $(CHECKED)

debug: setup
	$(SWIFT) build $(CHECKED)

## format: lay out all sources as .swift-format says
format:
	$(SWIFT) format -i -r -p Package.swift Sources Tests Benchmarks/Sources

## lint: check the layout without changing anything
lint:
	$(SWIFT) format lint --strict -r -p Package.swift Sources Tests Benchmarks/Sources

## golden: write the expected outputs of Scenarios/ and Results/transports.md anew; review the diff
golden: debug
	CPNSIM_UPDATE_GOLDEN=1 $(SWIFT) test --filter "ScenarioGoldenTests|TransportTableTests"

## swarm: run random scenarios for SECONDS and check each; with SEED one alone, made as small as fails
swarm: setup
	$(SWIFT) build -c release --product swarm $(CHECKED)
ifdef SEED
	@$(SWARM) repeat --seed $(SEED) --out $(SWARM_OUT)
else
	@first=$$(date +%s); pids=; code=0; \
	for job in $$(seq $(JOBS)); do \
	  $(SWARM) search --seconds $(SECONDS) --seed $$((first * 1000 + job)) --step $(JOBS) --out $(SWARM_OUT) & pids="$$pids $$!"; \
	done; \
	for pid in $$pids; do wait $$pid || code=1; done; exit $$code
endif

## swarm-faults: plant 42 faults in a copy, and see which of them COUNT scenarios each find
swarm-faults: setup
	$(SWIFT) build -c release --product swarm $(CHECKED)
	.ci/swarm-faults $(SWARM) $(COUNT)

## fuzz: look for SECONDS for inputs that break a reader, with TARGET for those of one; .ci/fuzz says more
fuzz: setup
	$(SWIFT) build -c release --product fuzz --scratch-path .build/fuzz $(WATCHED) $(WITH_LIBFUZZER)
	.ci/fuzz .build/fuzz/release/fuzz $(SECONDS) $(TARGET)

# The fuzzer from the modules of the release build. Nothing leads it, so it changes what the corpus has.
fuzz-briefly: setup
	$(SWIFT) build -c release --product fuzz $(CHECKED) $(WITH_LIBFUZZER)
	.ci/fuzz .build/release/fuzz 320 "$(TARGET)" -keep_seed=1 -seed=1 -runs=2000

# Leaks are not looked for: Swift keeps what it makes once, such as metadata of types, in places where
# the search does not look, and XCTest never frees what it begins with. Wrong addresses are left to the
# program, which says of which run they are.
## asan: run all tests and all scenarios under AddressSanitizer
asan: export ASAN_OPTIONS = detect_leaks=0:handle_segv=0:use_sigaltstack=0:suppressions=$(CURDIR)/.ci/asan-suppressions
asan: setup
	$(SWIFT) build --build-tests --scratch-path .build/asan --sanitize address
	$(SWIFT) test --skip-build --scratch-path .build/asan --sanitize address
	rm -rf .build/asan/results && mkdir .build/asan/results
	for scenario in Scenarios/*.yaml; do \
	  echo "$$scenario"; \
	  .build/asan/debug/cpnsim run "$$scenario" --quiet --out ".build/asan/results/$$(basename "$$scenario")" || exit 1; \
	done

# Of the processes that tests end by a signal, which is to be that signal; where one may have no memory,
# ThreadSanitizer has none either.
## tsan: run what works on several threads, and its tests, under ThreadSanitizer
tsan: export TSAN_OPTIONS = handle_segv=0:handle_sigill=0:use_sigaltstack=0
tsan: setup
	$(SWIFT) build --build-tests --scratch-path .build/tsan --sanitize thread
	$(SWIFT) test --skip-build --scratch-path .build/tsan --sanitize thread \
	  --skip 'aLackOfMemoryNamesNoRun|aStackThatIsFullNamesItsRun' \
	  --filter 'LocksTests|StudiesTests|PlanningTests|SessionTests|PoliciesTests|TracesTests|ResultsTests|CommandLineTests|EventKernelTests'
	.build/tsan/debug/cpnsim compare Scenarios/dci-ring-upgrade.yaml --set-b light.grid.channels=48 --seeds 8 \
	  --jobs 2 --quiet
	.build/tsan/debug/cpnsim plan Scenarios/national-day.yaml --failures single --top 3 --jobs 2 --quiet \
	  --set 'duration=1 h'

## bench: measure the event queue, the flow solver, the lightpath router, loss, readers, queues, services, studies
bench: build
	$(BENCHMARK) hold
	$(BENCHMARK) flows
	$(BENCHMARK) progress
	$(BENCHMARK) growth
	$(BENCHMARK) rwa
	$(BENCHMARK) loss
	$(BENCHMARK) traces
	$(BENCHMARK) training
	$(BENCHMARK) queues
	$(BENCHMARK) serving
	$(BENCHMARK) studies --program .build/release/cpnsim

## bench-peers: run the same work here and in SimGrid, and print the ratios
bench-peers: build
	Benchmarks/peers/compare

## bench-queueing: waiting on pools beside exact values of queueing theory, with intervals of 99.9 %
bench-queueing: build
	Benchmarks/queueing/compare

## bench-plans: plans for two networks of SNDlib beside what HiGHS proves, and small ones beside the best of all (python3 with topohub and highspy)
bench-plans: build
	Benchmarks/planning/compare .build/release/cpnsim
	Benchmarks/planning/exhaust .build/release/cpnsim

## check-docs: run the commands of README and CONTRIBUTING as they stand there
check-docs: build
	.ci/check-docs

## check-formats: have junitparser and kubernetes-validate of PyPI read what is written for them
check-formats: build
	.ci/check-formats .build/release/cpnsim

## check-policies: compare this project's own policies with Results/baselines/policies.json
check-policies: build
	.build/release/cpnsim check Scenarios/suites/policies.yaml

# How many runs are ended at random.
KILLS ?= 10000
## kill-policies: end KILLS runs at random, and look for processes of their policies that are left
kill-policies: build
	.ci/kill-policies .build/release/cpnsim $(KILLS)

# One file without libraries, for machines and images that have none. It calls no resolver and loads no
# module at run time, which is what a static glibc can't do.
## static: build the program as one file that needs no library, .build/static/release/cpnsim
static: setup
	$(SWIFT) build -c release --product cpnsim --scratch-path .build/static --static-swift-stdlib -Xswiftc -static-executable
	.ci/check-static .build/static/release/cpnsim

## test-slurm: send a study through a real Slurm of one node, which is installed where it is missing
test-slurm: build
	.ci/test-slurm .build/release/cpnsim

## check-pages: look at pages of runs in headless Chromium, which is installed where it is missing
check-pages: build
	.ci/install-chromium
	.ci/check-pages .build/release/cpnsim

## check-evalys: have evalys read jobs.csv, where it can be had from PyPI
check-evalys: build
	.ci/check-evalys .build/release/cpnsim

## ci: exactly what continuous integration runs
ci: WITHIN = .ci/within 1200
ci: setup lint test build fuzz-briefly
	.build/release/cpnsim run $(SCENARIO) --quiet
	.build/release/cpnsim check Scenarios/suites/policies.yaml
	$(SWIFT) build -c release --product flows $(CHECKED)
	$(SWIFT) build -c release --product swarm $(CHECKED)
	$(SWARM) search --seconds 0 --count 500 --seed 1 --out $(SWARM_OUT)
	.ci/check-docs
	.ci/check-formats .build/release/cpnsim
	.ci/install-chromium
	.ci/check-pages .build/release/cpnsim
	.ci/check-evalys .build/release/cpnsim
	.ci/kill-policies .build/release/cpnsim 200
	.ci/test-slurm .build/release/cpnsim

## install: copy the program to $(PREFIX)/bin
install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build/release/cpnsim $(DESTDIR)$(PREFIX)/bin/cpnsim

## setup: install the system packages that are missing
setup:
	@command -v $(SWIFT) >/dev/null || { echo "error: Swift 6.2 or later is needed; see https://www.swift.org/install" >&2; exit 1; }
	@pkg-config --exists gsl yaml-0.1 expat zlib libzstd 2>/dev/null && command -v python3 >/dev/null && exit 0; \
	missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	if ! command -v apt-get >/dev/null || { [ -n "$$sudo" ] && ! command -v sudo >/dev/null; }; then \
	  echo "error: these packages are missing and may not be installed from here:$$missing" >&2; \
	  echo "       ask your administrator for: apt-get install$$missing" >&2; exit 1; \
	fi; \
	[ -z "$$sudo" ] || [ -t 0 ] || sudo="sudo -n"; \
	echo "Installing$$missing" >&2; \
	$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null || { \
	  echo "error: could not install$$missing; install them by hand and try again" >&2; exit 1; }

clean:
	rm -rf .build
