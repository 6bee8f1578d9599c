#!/usr/bin/env bash
# Installs Chromium for the tests of the browser playground, where it is missing and Debian's packages can be installed.
set -euo pipefail

if command -v chromium >/dev/null; then
  echo "browser: already installed"
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "browser: installing chromium"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu fonts-noto-color-emoji >/dev/null
else
  echo "browser: Chromium is needed at /usr/bin/chromium (for example: apt-get install chromium)" >&2
  exit 1
fi
