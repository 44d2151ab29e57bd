#!/usr/bin/env python3
"""Makes the two embedded fonts from Noto Sans CJK SC.

Needs fontTools (`pip install fonttools`) and the two collections of the Debian
package `fonts-noto-cjk`, version 1:20220127+repack1-1 (Noto Sans CJK 2.004):

    python3 subset.py [folder with NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc]

The files are written beside this script. The same input gives the same bytes.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
HERE = Path(__file__).resolve().parent
FAMILY = "Indicator Sans SC"
SIMPLIFIED_CHINESE = 2  # the place of the SC fonts in the collections

# Whatever of these blocks the source has is taken.
SYMBOL_BLOCKS = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x02B0, 0x02FF),  # modifier letters
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x218F),  # letter-like symbols, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2300, 0x23FF),  # technical, with the signs of keys
    (0x2460, 0x24FF),  # enclosed numbers
    (0x2500, 0x259F),  # boxes
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x26FF),  # miscellaneous symbols
    (0x2700, 0x27BF),  # dingbats
    (0x3000, 0x303F),  # CJK punctuation, with 〇
    (0x3040, 0x30FF),  # kana
    (0x3100, 0x312F),  # bopomofo
    (0x3200, 0x33FF),  # enclosed CJK, squared units
    (0xFE30, 0xFE4F),  # vertical and wavy punctuation
    (0xFE50, 0xFE6F),  # small forms
    (0xFF00, 0xFFEF),  # full-width and half-width forms
]
IDEOGRAPHS = (0x4E00, 0x9FFF)


def encodable(encoding: str, leads: range, trails: range) -> set[int]:
    """The code points of a double-byte character set."""
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                found.add(ord(bytes((lead, trail)).decode(encoding)))
            except UnicodeDecodeError:
                continue
    return found


def symbols() -> set[int]:
    """Everything but ideographs, and what GBK encodes outside the basic block."""
    blocks = {point for first, last in SYMBOL_BLOCKS for point in range(first, last + 1)}
    gbk = encodable("gbk", range(0x81, 0xFF), range(0x40, 0xFF))
    return blocks | {point for point in gbk if not IDEOGRAPHS[0] <= point <= IDEOGRAPHS[1]}


def all_ideographs() -> set[int]:
    return set(range(IDEOGRAPHS[0], IDEOGRAPHS[1] + 1))


def common_ideographs() -> set[int]:
    """The 6,763 of GB 2312."""
    return encodable("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))


def rename(font: TTFont, style: str) -> None:
    """Gives the font its own name and keeps the notices of copyright and licence."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    version = str(font["name"].getDebugName(5)).split(";")[0].removeprefix("Version ")
    own = {
        1: FAMILY,
        2: style,
        3: f"{version};{postscript}",
        4: FAMILY if style == "Regular" else f"{FAMILY} {style}",
        5: f"Version {version}",
        6: postscript,
    }
    kept = {number: font["name"].getDebugName(number) for number in (0, 13, 14)}
    font["name"].names = []
    for number, words in sorted((own | kept).items()):
        font["name"].setName(words, number, 3, 1, 0x409)

    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FullName = own[4]
    top.FamilyName = FAMILY
    for part in top.FDArray:
        part.FontName = part.FontName.replace(part.FontName.split("-")[0], postscript.split("-")[0])


def make(source: Path, style: str, points: set[int]) -> None:
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]

    font = TTFont(
        source / f"NotoSansCJK-{style}.ttc", fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False, lazy=True
    )
    family = font["name"].getDebugName(1)
    if family != "Noto Sans CJK SC":
        sys.exit(f"{source}: font {SIMPLIFIED_CHINESE} of the collection is {family}, not Noto Sans CJK SC")
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    rename(font, style)

    target = HERE / f"{FAMILY.replace(' ', '')}-{style}.otf"
    font.save(target)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size} bytes")


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    make(source, "Regular", symbols() | all_ideographs())
    make(source, "Bold", symbols() | common_ideographs())


if __name__ == "__main__":
    main()
