#!/bin/sh
# Resolves pyproject.toml into two lock files with hashes. No registry is named in them, so that any mirror will do.
set -eu
cd "$(dirname "$0")/.."
uv=uv; command -v uv >/dev/null 2>&1 || uv=.tools/uv/bin/uv
compile() { "$uv" pip compile --quiet --generate-hashes --python-version 3.12 --no-emit-index-url --custom-compile-command "make lock" "$@"; }
compile pyproject.toml --extra postgres -o requirements.txt
compile pyproject.toml --extra postgres --extra encoder --group dev -c requirements.txt -o requirements-dev.txt
echo uv | compile - -o scripts/requirements-uv.txt
