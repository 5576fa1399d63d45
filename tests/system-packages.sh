#!/bin/sh
# Installs what the tests use beside Python where the system lets us: Chromium plays the films, the
# YAML language server answers an editor's questions, faad is a decoder of AAC that is not FFmpeg's,
# openh264 one of H.264 (its package for developers brings it under one name everywhere). Tests that miss one say so
# and are skipped.
export DEBIAN_FRONTEND=noninteractive

apt() {
    command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] || return 0
    apt-get update -qq >/dev/null 2>&1
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

command -v chromium >/dev/null 2>&1 || apt chromium
command -v faad >/dev/null 2>&1 || apt faad
ldconfig -p 2>/dev/null | grep -q libopenh264 || apt libopenh264-dev
command -v npm >/dev/null 2>&1 || apt nodejs npm
if command -v npm >/dev/null 2>&1 && [ ! -d .venv/node ]; then
    npm install --silent --no-audit --no-fund --prefix .venv/node "yaml-language-server@>=1.15 <3" \
        >/dev/null 2>&1
fi
exit 0
