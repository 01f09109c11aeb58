"""The replies' texts as the page holds them: each once, and every sentence a place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

ROOM = 3_000_000  # characters of all whole texts together; a page of more replies holds the passages that it quotes

Text = Callable[[str], str | None]  # of the IRI's last part, which is the document's id
Quoted = tuple[int, int, str]  # start, end, words
Piece = tuple[int, str]  # where in the reply's text it begins, and the words


def pieces_of(name: str, quoted: Iterable[Quoted], text: Text | None) -> list[Piece]:
    """The whole text as one piece if it is known and the quotes stand in it, else the quotes, overlapping ones joined."""
    quoted = sorted(set(quoted))
    whole = text(name) if text else None
    if whole is not None and all(whole[start:end] == words for start, end, words in quoted):
        return [(0, whole)]
    return _joined(quoted)


def _joined(quoted: Sequence[Quoted]) -> list[Piece]:
    pieces: list[Piece] = []
    for start, end, words in quoted:
        if pieces and start <= pieces[-1][0] + len(pieces[-1][1]):
            first, held = pieces[-1]
            pieces[-1] = (first, held + words[first + len(held) - start :] if end > first + len(held) else held)
        else:
            pieces.append((start, words))
    return pieces
