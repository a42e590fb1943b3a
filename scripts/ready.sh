#!/bin/sh
# Makes .venv hold exactly what the given lock says, and Plaidoyer itself. Quick when there is nothing to do.
# Needs: Python 3.12 or later somewhere on this machine (any Python 3.9+ is enough to start with, when the network can bring one).
set -eu
# The machine's own certificates: many associations sit behind a proxy that re-signs what passes.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
cd "$(dirname "$0")/.."
lock="$1"
stamp=".venv/.ready-$(basename "$lock" .txt)"
want="$(cat "$lock" pyproject.toml | cksum)"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && [ -x .venv/bin/plaidoyer ]; then exit 0; fi

say() { printf '%s\n' "$*" >&2; }

works() { "$@" >/dev/null 2>&1; }

if works uv --version; then uv=uv
elif works .tools/uv/bin/uv --version; then uv=.tools/uv/bin/uv
else
  say "· uv n'est pas là : installation dans .tools/"
  for python in python3 python3.13 python3.12 python; do works "$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' && break; python=; done
  [ -n "$python" ] || { say "Il faut Python 3.12 ou plus récent. Installez-le, puis recommencez."; exit 1; }
  if works "$python" -m venv .tools/uv; then .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r scripts/requirements-uv.txt
  else "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --target .tools/uv -r scripts/requirements-uv.txt; fi
  uv=.tools/uv/bin/uv
fi

if ! works .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))'; then
  say "· préparation de l'environnement Python (.venv)"
  "$uv" venv --quiet --clear --python 3.13 .venv 2>/dev/null || "$uv" venv --quiet --clear --python '>=3.12' .venv || {
    say "Aucun Python 3.12 ou plus récent n'a été trouvé. Installez-le (paquet python3.13 ou python3.12), puis recommencez."; exit 1; }
fi
say "· installation des paquets de $lock"
"$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
"$uv" pip install --quiet --python .venv/bin/python --no-deps -e .
printf '%s' "$want" > "$stamp"
