#!/bin/sh
# Makes the icons listed in icons.tsv from Lucide's icon font. The font holds
# filled outlines, which Fyne can draw and recolour; the SVG files are strokes,
# which it cannot. Needs npm and Debian's python3-fonttools.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm pack --silent lucide-static@1.62.0 >/dev/null
sha256sum -c "$here/sources.sha256"
tar xzf lucide-static-1.62.0.tgz
/usr/bin/python3 "$here/build.py" package/font "$here"
cp package/LICENSE "$here/LICENSE-lucide.txt"
chmod 644 "$here/LICENSE-lucide.txt"
gofmt -w "$here/names.go"
