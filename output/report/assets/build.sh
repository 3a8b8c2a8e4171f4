#!/bin/sh
# Bundles FOLDER/plot.min.js, its licences at its head, from the npm packages
# that package-lock.json pins by version and hash: the same bytes on every
# machine. It needs npm; the result is checked in, so that "go build" does not.
#
#	build.sh FOLDER
set -eu
into=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/plot.js" "$here/licences.js" "$work"
cd "$work"
npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
npx --no-install esbuild plot.js --bundle --minify --format=iife --global-name=Plot --target=es2020 \
	--legal-comments=none --metafile=meta.json --log-level=warning --outfile=bundle.js
node licences.js meta.json >licences.txt
cat licences.txt bundle.js >"$into/plot.min.js"
