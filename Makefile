# All that it takes is Go and make, save where a target says so.

GO       ?= go
GOFMT    ?= gofmt
FUZZTIME ?= 1m
BENCH    ?= .

# Set to nothing to leave staticcheck out.
STATICCHECK ?= honnef.co/go/tools/cmd/staticcheck@v0.8.2

# Annotated articles and corpora that are not part of the project; CONTRIBUTING.md names them.
SHARED ?= ../shared

# No C compiler; CGO_ENABLED=1 may be set for the race detector.
CGO_ENABLED ?= 0
export CGO_ENABLED

# bin/pipeline is built by the profile cmd/pipeline/default.pgo, which makes it 8% faster and its build slower; tests do without.
PLAIN := -pgo=off

# The version is the latest tag, v0.1.0-3-g1a2b3c4 after three commits more; without tags it is the program's own.
VERSION := $(patsubst v%,%,$(shell git describe --tags --dirty 2>/dev/null))
LDFLAGS := $(if $(VERSION),-X main.version=$(VERSION))

.PHONY: build
build: ## build bin/pipeline
	$(GO) build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o bin/pipeline ./cmd/pipeline

.PHONY: run
run: build ## score the example articles into out/tone, report on them in out/report.html, explain one sentence
	bin/pipeline run testdata/articles --out out/tone
	@echo
	bin/pipeline report out/tone --out out/report.html --before 2018-03..2018-05 --after 2018-06..2018-12 --min-documents 2
	@echo
	bin/pipeline explain --published 2014-01-30 \
		"In March 2013 Venezuela expelled two American diplomats; on Tuesday President Maduro said he welcomed talks with the United States."

.PHONY: test
test: ## vet, run all tests, then each fuzz target for 3 s
	$(GO) vet ./...
	$(GO) test $(PLAIN) ./...
	@$(MAKE) --no-print-directory fuzz FUZZTIME=3s

# Before Go 1.27 the end of FUZZTIME may itself be reported as a failure (go.dev/issue/75804); such a target, without a failing input, is run again.
.PHONY: fuzz
fuzz: ## run each fuzz target for FUZZTIME (1m)
	@list=$$($(GO) test $(PLAIN) -list '^Fuzz' ./...) || { echo "$$list"; exit 1; }; \
	echo "$$list" | \
	awk '/^Fuzz/ { name[n++] = $$1 } /^ok/ { while (n > 0) print $$2, name[--n] }' | \
	while read -r package name; do \
		echo "$$package $$name for $(FUZZTIME)"; \
		for attempt in 1 2 3; do \
			if out=$$($(GO) test $(PLAIN) -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$package" </dev/null 2>&1); then break; fi; \
			echo "$$out"; \
			case $$attempt,$$out in \
			3,* | *"Failing input"*) exit 1 ;; \
			*"context deadline exceeded"*) echo "no input fails: the time ran out; once more" ;; \
			*) exit 1 ;; \
			esac; \
		done; \
		echo "$$out" | tail -n 3; \
	done

# An input to take articles from; without it the project's own articles are taken.
CORPUS ?= $(wildcard $(SHARED)/corpora/reuters21578.jsonl.zst)
# A Python with the packages of testdata/readers/requirements.txt; without it Go alone reads.
PYTHON ?=
N      ?= 20

.PHONY: crash-test
crash-test: ## kill N (20) runs at random moments while readers read, and compare what they leave with whole runs
	CRASH_N=$(N) CRASH_CORPUS=$(abspath $(CORPUS)) CRASH_PYTHON=$(PYTHON) \
		$(GO) test $(PLAIN) -count 1 -timeout 2h -run '^TestCrash$$' -v ./cmd/pipeline

.PHONY: bench
bench: ## measure MB/s and allocations of each stage and of the whole; BENCH=Stage for some
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 1h ./stages/... ./lexicons/... ./output/... ./cmd/pipeline

.PHONY: measure-dedup
measure-dedup: ## precision and recall of near-duplicates on the corpora in ../shared, where they are
	$(GO) test $(PLAIN) -count=1 -run TestCorpora -v ./stages/dedup -corpora

.PHONY: bench-windows
bench-windows: ## measure compare and series on 5 million tones: seconds and peak memory
	$(GO) test $(PLAIN) -run '^$$' -bench Windows -benchtime 1x -timeout 1h ./cmd/pipeline

.PHONY: verify-statistics
verify-statistics: ## false positives, coverage and false alarms on simulated documents
	$(GO) test $(PLAIN) -run Verify -v -timeout 1h ./stages/window -simulations 2000

.PHONY: turning-points
turning-points: ## known changes of tone in four corpora: direction and significance; needs SHARED
	$(GO) test $(PLAIN) -run TurningPoints -v -timeout 1h ./cmd/pipeline -turning-points $(abspath $(SHARED))/gold/turning-points.tsv

.PHONY: lint
lint: ## gofmt, vet and, where it can be fetched, staticcheck
	@files=$$($(GOFMT) -l .) || exit 1; \
	if [ -n "$$files" ]; then echo "to be formatted with gofmt -w:"; echo "$$files"; exit 1; fi
	$(GO) vet ./...
	@if [ -z "$(STATICCHECK)" ]; then exit 0; fi; \
	if $(GO) run $(STATICCHECK) -version; then $(GO) run $(STATICCHECK) ./...; \
	else echo "staticcheck is skipped: it cannot be fetched"; fi

.PHONY: report-assets
report-assets: ## bundle the chart library of the report anew; needs npm
	output/report/assets/build.sh output/report/assets

.PHONY: verify-report
verify-report: ## make a report of a million tones: below 10 MB, statements everywhere
	$(GO) test $(PLAIN) -run TestReportSize -v -timeout 30m ./cmd/pipeline -args -tones 1000000

.PHONY: model
model: ## fit the weights of the sentiment model, then those of the blend; needs the data in SHARED
	@mkdir -p bin/model
	$(TRAIN) -without 1 -o bin/model/half1
	$(TRAIN) -without 2 -o bin/model/half2
	$(TRAIN) -dev $(SHARED)/gold/newsmtsc-dev.jsonl -o stages/sentiment/news.model
	$(GO) run ./cmd/train -models bin/model/half1,bin/model/half2 -o stages/tone/blend.json \
		$(SHARED)/gold/news-dev.jsonl $(SHARED)/gold/plover-dev.jsonl $(SHARED)/gold/seed-article.jsonl testdata/gold/articles.jsonl testdata/gold/held-out.jsonl

TRAIN = $(GO) run ./cmd/trainsentiment -newsmtsc $(SHARED)/gold/newsmtsc-train.jsonl -plover $(SHARED)/gold/plover-dev.jsonl

# The texts that the parser learns from: news three times, then publications of the US government without transcripts.
PARSER_NEWS = $(SHARED)/gold/newsmtsc-train.jsonl $(SHARED)/gold/quotes-gum.jsonl stages/tone/train/statements-*.tsv testdata/articles
PARSER_GOV  = $(SHARED)/corpora/state_pr_2021_2022.jsonl.zst $(SHARED)/corpora/wh_2021_2026.jsonl.zst
PYTHON     ?= python3

.PHONY: parser-model
parser-model: ## fit the weights of the parser; needs the data in SHARED and the teacher in PYTHON
	@mkdir -p bin/model
	$(GO) build $(PLAIN) -o bin/model/trainparser ./cmd/trainparser
	bin/model/trainparser -sentences $(PARSER_NEWS) >bin/model/news.jsonl
	bin/model/trainparser -sentences -skip 'speeches|briefings|remarks' -limit 50000 $(PARSER_GOV) >bin/model/gov.jsonl
	$(PYTHON) cmd/trainparser/silver.py <bin/model/news.jsonl >bin/model/news.silver.jsonl
	$(PYTHON) cmd/trainparser/silver.py <bin/model/gov.jsonl >bin/model/gov.silver.jsonl
	bin/model/trainparser -weight 3 -o stages/parse/parser.model bin/model/news.silver.jsonl bin/model/gov.silver.jsonl

.PHONY: profile
profile: ## measure the profile that bin/pipeline is built by
	$(GO) test $(PLAIN) -run '^$$' -bench Whole -benchtime 6x -cpuprofile cmd/pipeline/default.pgo -o bin/profile.test ./cmd/pipeline
	rm bin/profile.test

.PHONY: lexicons-readme
lexicons-readme: build ## write lexicons/README.md from the headers of the lexicons
	bin/pipeline lexicon readme >bin/lexicons-readme
	mv bin/lexicons-readme lexicons/README.md

.PHONY: clean
clean: ## remove what the other targets made
	rm -rf bin out

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
