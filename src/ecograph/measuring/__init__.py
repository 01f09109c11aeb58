"""Numbers and dates of a reply: how many of what (Quantity), and when a policy was issued, in force, ended (Term).

Everything Chinese stands in records: patterns/quantities.jsonl (numerals, units, bounds, what is counted, whom it is said
of), patterns/terms.jsonl (dates of policies), patterns/times.jsonl and patterns/statuses.jsonl (shared with relating); each file
tells its kinds at its head.
"""

from ecograph.measuring.dating import Dater
from ecograph.measuring.measurer import Measurer
from ecograph.measuring.series import Series, Value, series

__all__ = ["Dater", "Measurer", "Series", "Value", "series"]
