# JustFax. `make` lists what can be done; `make run` starts everything on this machine.
# Each command sets up what it needs by itself and is quick when nothing has changed.

SHELL  := /bin/bash
PYTHON := .venv/bin/python
LOCAL  := infra/local
STATE  ?= target/stack
DENY   := PATH="$(CURDIR)/.venv/bin:$$PATH" cargo deny

.DEFAULT_GOAL := help
.PHONY: help run stop logs send test chaos bench build fmt lint advisories validate publish redrive clean

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

chaos: ## faxes through a stack of their own while everything fails: JOBS=200 SEED=1; one line of JSON, minutes
	@python3 $(LOCAL)/setup.py run
	@$(PYTHON) $(LOCAL)/chaos.py $(if $(JOBS),--jobs $(JOBS)) $(if $(SEED),--seed $(SEED))

bench: ## measure functions, pages and site on an otherwise idle machine; results in target/bench/*.json
	@python3 $(LOCAL)/setup.py bench
	@$(PYTHON) $(LOCAL)/build.py
	@$(PYTHON) $(LOCAL)/client.py --state $(STATE) bench
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

clean: ## forget the local stack and everything built, but not what is installed
	@-$(PYTHON) $(LOCAL)/stop.py $(STATE) 2>/dev/null
	@rm -rf target .aws-sam web/dist
