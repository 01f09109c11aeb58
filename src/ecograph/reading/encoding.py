"""Bytes → text in the encodings that replies come in."""

from __future__ import annotations

import codecs
import re

from ecograph.errors import ReadError

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
SAMPLE = 20_000  # characters that are looked at for control characters
STRAY = 5  # control characters that a text may hold anyway, beside 2 % of it: remains of an old word processor


def decode(content: bytes) -> str:
    """UTF-8 with or without byte order mark, else GB18030, or UTF-16 with byte order mark. ReadError when it is none."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(content, "utf-16")
    else:
        text = _decoded(content, "utf-8-sig")
        text = _decoded(content, "gb18030") if text is None else text
    if text is None:
        raise ReadError("neither UTF-8 nor GB18030 text; save it as UTF-8")
    sample = text[:SAMPLE]
    if "\x00" in text or len(CONTROL.findall(sample)) > 0.02 * len(sample) + STRAY:
        raise ReadError("binary data, not text; give it the suffix of its kind")
    return text


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
