#!/usr/bin/env python3
"""Make data/names/words.tsv from the dictionary of jieba 0.42.1 (MIT): common words of one to five Chinese characters.

python training/make_words.py --output data/names/words.tsv
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import jieba

LEAST, WORD = 5, re.compile("[\u4e00-\u9fff]{1,5}")


def main() -> None:
    """Write word, frequency and part of speech, sorted by word."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    source = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8")
    entries = (line.split(" ") for line in source.splitlines())
    kept = sorted((w, int(f), p) for w, f, p in entries if int(f) >= LEAST and WORD.fullmatch(w))
    rows = (f"{word}\t{frequency}\t{part}" for word, frequency, part in kept)
    given.output.write_text("\n".join(["word\tfrequency\tpart", *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
