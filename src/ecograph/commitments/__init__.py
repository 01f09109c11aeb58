"""Commitments: what a reply promises, and what later replies tell of it.

patterns/commitments.jsonl says how a promise is worded, patterns/outcomes.jsonl how its end is; their heads tell the
formats. schemes/outcomes.ttl has the states.
"""

from __future__ import annotations

from ecograph.commitments.ledger import Ledger
from ecograph.commitments.places import Account
from ecograph.commitments.promises import Promises

__all__ = ["Account", "Ledger", "Promises"]
