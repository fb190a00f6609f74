"""Merges one weight of Noto Sans and Noto Sans SC into a face for Counterbell.

    build.py STYLE LATIN.ttf HAN.ttf OUT.ttf

Which characters, and why:
- everything of GB 2312 (6,763 characters, kana, full-width forms, signs);
- the 8,105 characters of the Table of General Standard Chinese Characters
  (2013), by the Unihan property kTGH: given names are registered from it, and
  GB 2312 lacks many that are common today (the fourth row of NAMES);
- the traditional forms of its 3,500 everyday characters (kTraditionalVariant),
  because customers from Hong Kong, Taiwan and overseas write names in them;
- Latin with Extended-A, -B and Additional (Vietnamese), Greek, Cyrillic,
  punctuation, currency, arrows and the signs that the screens use.
Where both families have a character, Noto Sans wins.
"""

import bz2
import os
import sys
import tempfile

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

UNIHAN = "/usr/share/unicode/"

# Characters of names that must be there whatever the tables say; the build
# fails without them.
NAMES = (
    "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗"
    "陳張黃劉楊趙吳孫馬羅鄭許謝鄧馮蕭葉蘇盧蔣賴"
    "欣怡子涵梓萱浩宇诗琪嘉懿沐宸芷若"
    "喆堃镕玥珺瑄祎昇淼犇翀祺頔暄曈旻晟煊炜"
)

LATIN = [
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x02B0, 0x036F), (0x0370, 0x03FF), (0x0400, 0x052F),
    (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20C0), (0x2100, 0x218F),
    (0x2190, 0x21FF), (0x2200, 0x22FF), (0xFB00, 0xFB04), (0xFFFC, 0xFFFD),
]
HAN = [(0x3000, 0x303F), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x2460, 0x2473), (0x2500, 0x257F), (0x25A0, 0x25FF), (0x2600, 0x267F), (0x2700, 0x27BF)]


def spans(ranges):
    return {c for first, last in ranges for c in range(first, last + 1)}


def gb2312():
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return found


def unihan(file, prop):
    with bz2.open(UNIHAN + file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, name, value = line.rstrip("\n").split("\t")
                if name == prop:
                    yield int(code[2:], 16), value


def standard():
    """Character to its number in the table of 2013; 1 to 3,500 are the everyday ones."""
    return {code: int(value.split(":")[1].split()[0]) for code, value in unihan("Unihan_OtherMappings.txt.bz2", "kTGH")}


def traditional(everyday):
    found = set()
    for code, value in unihan("Unihan_Variants.txt.bz2", "kTraditionalVariant"):
        if code in everyday:
            found.update(int(v.split("<")[0][2:], 16) for v in value.split())
    return found


def cut(path, wanted, features):
    options = subset.Options()
    options.hinting = False
    options.layout_features = features
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["DSIG", "STAT", "VORG", "vhea", "vmtx", "BASE", "MATH"]
    font = subset.load_font(path, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    return font


def main():
    style, latin_path, han_path, out = sys.argv[1:]
    table = standard()
    if len(table) != 8105:
        sys.exit(f"the standard table has {len(table)} characters, expected 8105")
    everyday = {c for c, n in table.items() if n <= 3500}
    han = gb2312() | set(table) | traditional(everyday) | spans(HAN) | {ord(c) for c in NAMES}
    wanted = han | spans(LATIN)

    original = TTFont(latin_path)
    has_latin = set(original.getBestCmap())
    latin_font = cut(latin_path, wanted & has_latin, ["kern", "mark", "mkmk", "ccmp"])
    han_font = cut(han_path, wanted - has_latin, [])
    for tag in ("GSUB", "GPOS", "GDEF"):
        if tag in han_font:
            del han_font[tag]

    with tempfile.TemporaryDirectory() as folder:
        parts = [os.path.join(folder, "latin.ttf"), os.path.join(folder, "han.ttf")]
        latin_font.save(parts[0])
        han_font.save(parts[1])
        merged = Merger().merge(parts)

    # Lines are as high as Noto Sans alone makes them; SC would add 6 %.
    for tag, fields in {
        "hhea": ("ascent", "descent", "lineGap"),
        "OS/2": ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
    }.items():
        for field in fields:
            setattr(merged[tag], field, getattr(original[tag], field))
    rename(merged, style)

    cmap = set(merged.getBestCmap())
    missing = [c for c in NAMES if ord(c) not in cmap]
    if missing:
        sys.exit("no glyph for " + " ".join(missing))
    merged["head"].created = merged["head"].modified = original["head"].modified
    merged.recalcTimestamp = False
    merged.save(out)
    print(f"{os.path.basename(out)}: {len(cmap)} characters, {os.path.getsize(out) / 1e6:.1f} MB,",
          f"{len(set(table) - cmap)} of the standard table missing")


def rename(font, style):
    """The face is a modified version, so it wears its own name."""
    names = font["name"]
    names.names = []
    for number, text in {
        0: "Copyright 2022 The Noto Project Authors (https://github.com/notofonts/latin-greek-cyrillic). "
           "Copyright 2014-2021 Adobe (http://www.adobe.com/). Merged and reduced from Noto Sans and Noto Sans SC.",
        1: "Counterbell Sans", 2: style, 3: f"Counterbell Sans {style}", 4: f"Counterbell Sans {style}",
        5: "Version 1.0", 6: f"CounterbellSans-{style}",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
    }.items():
        names.setName(text, number, 3, 1, 0x409)


main()
