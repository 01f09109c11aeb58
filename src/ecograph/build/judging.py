"""What data/decisions.jsonl makes of each reply, kept as a shard of its own beside what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from ecograph.build.keys import judged_key
from ecograph.build.pipeline import graph_of
from ecograph.build.shards import Shard, Shards
from ecograph.build.storing import Reply
from ecograph.commitments import Ledger
from ecograph.decisions import Decisions, load_decisions
from ecograph.extraction import Extraction
from ecograph.ontology import Ontology


class Judge:
    """Applies decisions to replies. `digest` is over all of them; DecisionError when the file is faulty."""

    def __init__(self, path: Path | None, ontology: Ontology, shards: Shards, *, contacts: bool) -> None:
        self.decisions = load_decisions(path) if path else Decisions()
        self.digest = " ".join(decision.id for decision in self.decisions.lines)
        self.contacts = contacts
        self._ontology = ontology
        self._shards = shards

    def judged(self, key: str, shard: Shard) -> tuple[str, Shard]:
        """Key and shard of a reply as decided; what was given when no decision touches it."""
        names = frozenset(shard.names)
        if not self.decisions.touching(shard.id, names):
            return key, shard
        own = judged_key(key, self.decisions.digest(shard.id, names))
        return own, self._shards.get(own) or self._amended(own, self._shards.reply(key).extraction)

    def notes(self, extractions: Iterable[Extraction]) -> Iterator[str]:
        """What must be known of decisions and takes all replies to be told, a line each."""
        if self.decisions.lines:
            yield from (conflict.message for conflict in self.decisions.conflicts())
            yield from (report.line for report in self.decisions.reports_across(extractions, self._ontology))

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self._ontology)

    def _amended(self, key: str, extraction: Extraction) -> Shard:
        notes = [report.line for report in self.decisions.reports_on(extraction, self._ontology)]
        e = self.decisions.amend(extraction, self._ontology)
        reply = Reply(e, self._ledger.account(e))
        return self._shards.put(key, reply, graph_of(e, self._ontology, contacts=self.contacts), notes)
