#!/usr/bin/env python3
"""Make data/names/brands.txt and toponyms.txt from companynameparser 0.1.8 (Apache-2.0), whose data hold THUOCL's place names (MIT).

python training/make_brands.py companynameparser-0.1.8.tar.gz --words data/names/words.tsv --output data/names

Both are one name a line, sorted: what the recogniser may take for a sign of a firm or place, never a name to match. What is a common
word as well (words.tsv), or not of two to five Chinese characters, is left out.
"""

from __future__ import annotations

import argparse
import re
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path

NAME = re.compile("[\u4e00-\u9fff]{2,5}")
COMMON, PLACE = 30, "ns"  # a brand met so often in jieba's dictionary is a word; a place has this part of speech there, or stands not in it
Words = Mapping[str, tuple[int, str]]


def main() -> None:
    """Read the package, write the lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the source distribution of companynameparser 0.1.8")
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    rows = (line.split("\t") for line in given.words.read_text(encoding="utf-8").splitlines()[1:])
    words = {word: (int(frequency), part) for word, frequency, part in rows}
    with tarfile.open(given.package) as package:
        brands = (n for n in _lines(package, "brand.txt") if words.get(n, (0, ""))[0] < COMMON)
        places = (n.split("\t")[0].strip() for n in _lines(package, "THUOCL_diming.txt"))
        _write(given.output / "brands.txt", brands)
        _write(given.output / "toponyms.txt", (n for n in places if words.get(n, (0, PLACE))[1].startswith(PLACE)))


def _lines(package: tarfile.TarFile, name: str) -> list[str]:
    member = next(m for m in package.getmembers() if m.name.endswith(f"/data/{name}"))
    opened = package.extractfile(member)
    return opened.read().decode("utf-8-sig").splitlines() if opened else []


def _write(path: Path, names: Iterable[str]) -> None:
    kept = sorted({n.strip() for n in names if NAME.fullmatch(n.strip())})
    path.write_text("".join(f"{name}\n" for name in kept), encoding="utf-8")


if __name__ == "__main__":
    main()
