"""What can go wrong, as a tree.

EcographError                 anything ecograph reports to the analyst (exit code 1)
├── UsageError                a command was called with something it can't use (exit code 2)
├── ReadError                 a document can't be read: which file, and why
├── OntologyError             a file under ontology/ or data/names/ is wrong: which entry, and why
│   └── UndeclaredTerm        a class, predicate or status that ontology/ecograph.ttl doesn't declare
├── DecisionError             a judgement can't be read or made: which file and line, and why
├── QueryError                a query is wrong: line, and what was expected
├── StoreError                the graph on disk is missing or damaged
└── BuildError                a build could not finish

Every message is one line that names the thing, the place and what would be right.
"""


class EcographError(Exception):
    """Root of the tree. `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageError(EcographError):
    """Catch this when you pass on what a person typed."""

    exit_code = 2


class ReadError(EcographError):
    """Catch this when one bad document must not stop the others."""


class OntologyError(EcographError):
    """Catch this when the ontology folder is edited while you run."""


class UndeclaredTerm(OntologyError):
    """A name was used that the ontology does not declare."""


class DecisionError(EcographError):
    """Catch this when the file of judgements may have been edited by hand."""


class QueryError(EcographError):
    """Catch this when the query text comes from outside."""


class StoreError(EcographError):
    """Catch this when the output folder may not have been built yet."""


class BuildError(EcographError):
    """Catch this around a whole build."""
