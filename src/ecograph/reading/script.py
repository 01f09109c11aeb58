"""Which language and script a text is in, judged by its beginning."""

from __future__ import annotations

import re

from ecograph.errors import ReadError
from ecograph.ontology import Ontology
from ecograph.reading.patterns import characters

SAMPLE = 50_000  # characters: enough to tell a script by, and a long file costs no more
HAN = re.compile(r"[\u3400-\u9fff]")
LETTER = re.compile(r"[^\W\d_]")
LEAST = 0.2  # share of letters that are Chinese; names and abbreviations of a reply leave far more


class ScriptCheck:
    """Refuses what isn't Simplified Chinese; the characters that tell are data (patterns/layout.jsonl)."""

    def __init__(self, ontology: Ontology) -> None:
        self._traditional = re.compile(f"[{characters(ontology, 'traditional')}]")
        self._simplified = re.compile(f"[{characters(ontology, 'simplified')}]")

    def check(self, text: str) -> None:
        """ReadError when the text is empty, or in another language or script."""
        sample = text[:SAMPLE]
        if not sample.strip():
            raise ReadError("holds no text; take it out of the folder or replace it by the reply")
        chinese = len(HAN.findall(sample))
        if chinese < LEAST * len(LETTER.findall(sample)) or not chinese:
            raise ReadError("no Chinese text; ecograph reads replies in Simplified Chinese")
        traditional, simplified = len(self._traditional.findall(sample)), len(self._simplified.findall(sample))
        if traditional > simplified and traditional >= 0.03 * chinese:
            raise ReadError("in Traditional Chinese; convert it to Simplified Chinese first (OpenCC: opencc -c t2s -i FILE -o NEW)")
