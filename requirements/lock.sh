#!/bin/sh
# Resolves pyproject.toml into locked files with hashes and without index addresses.
# runtime: the bot alone; demo: the bot, the wallet extra and the browser demo; dev: all that tests
# need; audit: what looks the others up among known vulnerabilities, kept apart from them.
set -eu
uv=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")"
compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header ../pyproject.toml "$@"
}
compile -o runtime.txt
compile --extra wallet --extra demo -c runtime.txt -o demo.txt
compile --extra wallet --extra demo --group ../pyproject.toml:dev -c demo.txt -o dev.txt
"$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header --group ../pyproject.toml:audit -o audit.txt
