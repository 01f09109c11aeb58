"""How ecograph mints IRIs: deterministic and readable, `{base}id/{group}/{name}` for entities."""

from __future__ import annotations

import re
from urllib.parse import quote

BASE = "https://ecograph.example/"

# Whatever is no iunreserved, sub-delims, ":" or "@" of RFC 3987. Private use and noncharacters are among it:
# PDF extraction produces them.
_FORBIDDEN = re.compile(
    r"[^A-Za-z0-9._~!$&'()*+,;=:@\-\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF"
    r"\U00010000-\U0001FFFD\U00020000-\U0002FFFD\U00030000-\U0003FFFD]"
)


def segment(name: str) -> str:
    """`name` as one segment of an IRI's path: only what RFC 3987 forbids there is percent-encoded."""
    return _FORBIDDEN.sub(lambda match: quote(match[0], safe=""), name)


def entity_iri(group: str, name: str) -> str:
    """The IRI of the entity of that name; `group` is its class's (Class.group)."""
    return f"{BASE}id/{group}/{segment(name)}"
