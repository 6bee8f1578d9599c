#!/usr/bin/env bash
# Installs what other people know of the Bot API, for the tests: their types as a JSON Schema, two other bot frameworks,
# and another server with its people. Everything goes into .oracles, which git ignores; nothing is done when it is there
# already. package-lock.json pins what npm installs by hash and names no address; to renew it:
# npm install --package-lock-only --omit-lockfile-registry-resolved
# PYTHON names the interpreter for the aiogram environment (default: the project's, else python3).
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
folder="$root/.oracles"
aiogram="aiogram==3.31.0 aiogram-dialog==2.6.0"
python="${PYTHON:-$root/.venv/bin/python}"
[ -x "$python" ] || python="python3"

wanted="$(cat "$here/oracles/package.json" "$here/oracles/package-lock.json" "$here/oracles/generate.mjs" "$0" | sha256sum | cut -d' ' -f1)"
if [ "$(cat "$folder/installed" 2>/dev/null)" = "$wanted" ]; then
  echo "oracles: already installed"
  exit 0
fi

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "oracles: installing nodejs and npm"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null
  else
    echo "oracles: Node.js and npm are needed (for example: apt-get install nodejs npm)" >&2
    exit 1
  fi
fi

rm -rf "$folder"
mkdir -p "$folder"
cp "$here/oracles/package.json" "$here/oracles/package-lock.json" "$here/oracles/generate.mjs" "$folder/"
cd "$folder"
npm ci --no-audit --no-fund --loglevel=error
node generate.mjs

"$python" -m venv "$folder/aiogram"
"$folder/aiogram/bin/python" -m pip install --quiet --disable-pip-version-check $aiogram

echo "$wanted" > "$folder/installed"
echo "oracles: installed in $folder"
