# coop: two commands do everything: make, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COOP := $(BIN)/coop

.DEFAULT_GOAL := all
.PHONY: all setup check build pdf site test lint bench quality fuzz lock wheels clean help

all: setup ## 准备环境，检查 agreements/（样例学校），生成文书和网站到 build/
	@$(COOP) make

setup: $(VENV)/ready ## 只准备环境（.venv）

check: setup ## 只检查 agreements/
	@$(COOP) check

build: setup ## 只生成文书
	@$(COOP) build

site: setup ## 只生成网站（build/site/index.html）
	@$(COOP) site

pdf: setup ## 生成 Word 和 PDF（要装 LibreOffice）
	@$(COOP) build --to docx,pdf

test: $(VENV)/ready-to-test ## 准备测试环境，运行全部测试
	@$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/ready-to-test ## 检查程序的写法和类型
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: $(VENV)/ready-to-test ## 测量速度（只比倍数，不比秒数）
	@$(BIN)/python -m tests.bench

quality: $(VENV)/ready-to-test ## 测量条文读得准不准：按种类列出查出、误报（ARGS=-v 列出判错的）
	@$(BIN)/python -m tests.quality $(ARGS)

fuzz: $(VENV)/ready-to-test ## 用随机变异的文件试读取程序（默认 60 秒；SECONDS=600 多试一会儿；只在 Linux 上）
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock
	@$(BIN)/python -m tests.fuzz $(or $(SECONDS),60)

lock: $(VENV)/ready ## 按 pyproject.toml 的范围重新锁定依赖版本
	@$(BIN)/pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --extra make pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --extra make --extra test pyproject.toml -o requirements-test.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --extra fuzz pyproject.toml -o requirements-fuzz.lock

wheels: setup ## 做一个 wheels/ 文件夹，供没有外网的电脑安装（别的系统：PLATFORM=win_amd64 PYTHON_VERSION=3.12）
	@rm -rf wheels
	@$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation . -w wheels
	@$(BIN)/pip download --quiet --disable-pip-version-check --only-binary=:all: -d wheels \
		$(if $(PLATFORM),--platform $(PLATFORM)) $(if $(PYTHON_VERSION),--python-version $(PYTHON_VERSION)) "$$(ls wheels/*.whl)[desk,lsp]" \
		$(if $(findstring win,$(PLATFORM)),colorama)
	@echo "wheels/ 做好了：拷到用的电脑上，运行 pip install --no-index --find-links wheels coop-college"

clean: ## 删除生成的文书（环境留着）
	@rm -rf build

help: ## 列出全部命令
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
		printf '%-14s %s\n' "$$name" "$$text"; done

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更高版本；可以用 make PYTHON=python3.12 指定。"; exit 4; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "建不了 .venv：请先安装 Python 的 venv 组件（Debian、Ubuntu：apt install python3-venv）。"; exit 4; }

$(VENV)/ready: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "准备环境（只在第一次和依赖变化时需要）……"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready requirements-test.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@
