#!/bin/sh
# Makes Counterbell-Regular.ttf and Counterbell-Bold.ttf: Noto Sans for Latin,
# Greek and Cyrillic, Noto Sans SC for Chinese, merged into one face a weight.
# Needs npm, and from Debian python3-fonttools and unicode-data.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm pack --silent @expo-google-fonts/noto-sans@0.4.2 @expo-google-fonts/noto-sans-sc@0.4.3 >/dev/null
sha256sum -c "$here/sources.sha256"
for pack in *.tgz; do
	mkdir "${pack%.tgz}"
	tar xzf "$pack" -C "${pack%.tgz}" --strip-components=1
done
latin=expo-google-fonts-noto-sans-0.4.2
han=expo-google-fonts-noto-sans-sc-0.4.3

/usr/bin/python3 "$here/build.py" Regular \
	"$latin/400Regular/NotoSans_400Regular.ttf" "$han/400Regular/NotoSansSC_400Regular.ttf" "$here/Counterbell-Regular.ttf"
/usr/bin/python3 "$here/build.py" Bold \
	"$latin/700Bold/NotoSans_700Bold.ttf" "$han/700Bold/NotoSansSC_700Bold.ttf" "$here/Counterbell-Bold.ttf"
{
	head -n 1 "$latin/LICENSE_FONT"
	cat "$han/LICENSE_FONT"
} >"$here/OFL.txt"
chmod 644 "$here/OFL.txt" "$here"/Counterbell-*.ttf
