"""The texts of a built output folder's replies, as the last build read them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from ecograph.build.folder import CACHE
from ecograph.build.outputs import Manifest
from ecograph.build.shards import Shards


def texts_of(output: Path) -> Callable[[str], str | None]:
    """A function that gives a reply's text by its document id; None where the folder doesn't hold it (any more).

    Private details are masked as the build was told to. Only the last few texts are held.
    """
    manifest, shards = Manifest.load(output), Shards(output / CACHE)
    keys = manifest.replies if manifest else {}

    @lru_cache(maxsize=16)
    def text(document: str) -> str | None:
        key = keys.get(document)
        try:
            return shards.extraction(key).document.text if key is not None and shards.get(key) else None
        except (LookupError, TypeError, ValueError):  # kept by another version of ecograph, in another shape
            return None

    return text
