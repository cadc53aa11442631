# JustFax. `make` lists what can be done; `make run` starts everything on this machine.
# Each command sets up what it needs by itself and is quick when nothing has changed.

SHELL  := /bin/bash
PYTHON := .venv/bin/python
LOCAL  := infra/local
STATE  ?= target/stack
DENY   := PATH="$(CURDIR)/.venv/bin:$$PATH" cargo deny

.DEFAULT_GOAL := help
.PHONY: help run stop logs send test simulate model chaos bench build fmt lint advisories validate publish redrive audit hold ON OFF prove-privacy clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

run: ## build, deploy and run the whole service here; prints `ready: <address>`, Ctrl-C stops
	@python3 $(LOCAL)/setup.py run
	@exec $(PYTHON) $(LOCAL)/run.py --state $(STATE)

stop: ## stop a running service from another terminal
	@$(PYTHON) $(LOCAL)/stop.py $(STATE)

logs: ## what the functions log; FN=dispatch for one of them, FOLLOW=1 to keep watching
	@$(PYTHON) $(LOCAL)/logs.py --state $(STATE) $(if $(FOLLOW),--follow) $(FN)

send: ## send one fax to the running service: FILE=letter.pdf TO='+49 30 23125001' [LANG=de] [EMAIL=a@b.example]
	@$(PYTHON) $(LOCAL)/client.py --state $(STATE) send $(foreach v,FILE TO EMAIL,$(if $($(v)),$(v)="$($(v))")) $(if $(filter command\ line,$(origin LANG)),LANG="$(LANG)")

test: ## set up, build, check and test everything; ends with one line of counts
	@python3 $(LOCAL)/setup.py test
	@$(PYTHON) $(LOCAL)/test.py

simulate: ## the real flows in a hostile simulated world, judged from outside: JOBS=100000 SEED=7; a failing SEED replays with JOBS=1
	@cargo build --quiet --release --locked --workspace --bin justfax-simulate >&2
	@target/release/justfax-simulate "$(JOBS)" "$(SEED)"

chaos: ## faxes through a stack of their own while everything fails: JOBS=200 SEED=1; one line of JSON, minutes
	@python3 $(LOCAL)/setup.py run
	@$(PYTHON) $(LOCAL)/chaos.py $(if $(JOBS),--jobs $(JOBS)) $(if $(SEED),--seed $(SEED))

model: ## every interleaving of the real flows, within bounds: states, depth and time of each search
	@cargo build --quiet --release --locked --workspace --bin justfax-model >&2
	@target/release/justfax-model $(SECONDS_EACH)

bench: ## measure functions, pages and site on an otherwise idle machine; results in target/bench/*.json
	@python3 $(LOCAL)/setup.py bench
	@$(PYTHON) $(LOCAL)/build.py
	@$(PYTHON) $(LOCAL)/client.py --state $(STATE) bench
	@$(PYTHON) tests/samples/photographs.py target/bench/photographs
	@$(PYTHON) $(LOCAL)/client.py bench-pages
	@npm run --silent bench --prefix web

build: ## build the workspace, the site and the stack, without starting anything
	@python3 $(LOCAL)/setup.py run
	@$(PYTHON) $(LOCAL)/build.py

fmt: ## format the Rust code
	@cargo fmt --all

lint: ## format check, clippy, licences and bans, the templates
	@python3 $(LOCAL)/setup.py run
	@$(PYTHON) $(LOCAL)/test.py --only checks

advisories: ## known holes in dependencies (fetches the advisory database)
	@$(DENY) check advisories

validate: ## the templates alone
	@SAM_CLI_TELEMETRY=0 .venv/bin/sam validate --lint --region eu-central-1
	@.venv/bin/cfn-lint --ignore-checks W3002 -- infra/*.yaml

publish: ## copy the built site to a deployed stack: STACK=justfax, with AWS credentials (docs/OPERATIONS.md)
	@$(PYTHON) infra/publish.py "$(STACK)"

redrive: ## put dead letters back to work: QUEUE=dispatch, and STACK=justfax for a deployed stack
	@$(PYTHON) infra/redrive.py "$(QUEUE)" "$(STACK)" "$(STATE)/ready.json"

audit: ## everything a running stack has of one fax, asked of the resources: JOB=<id> [WORD=text to look for too]
	@$(PYTHON) $(LOCAL)/client.py --state $(STATE) audit $(foreach v,JOB WORD,$(if $($(v)),$(v)="$($(v))"))

hold: ## legal hold: JOB=<id> ON or OFF, WHY="reference", and STACK=justfax for a deployed stack (docs/OPERATIONS.md)
	@$(PYTHON) infra/hold.py "$(JOB)" "$(filter ON OFF,$(MAKECMDGOALS))" "$(WHY)" "$(STACK)"

ON OFF:
	@:

prove-privacy: ## switch off the mechanism of each privacy promise in turn and see its test fail; a line per promise
	@python3 $(LOCAL)/setup.py test
	@$(PYTHON) tests/privacy/prove.py

clean: ## forget the local stack and everything built, but not what is installed
	@-$(PYTHON) $(LOCAL)/stop.py $(STATE) 2>/dev/null
	@rm -rf target .aws-sam web/dist
