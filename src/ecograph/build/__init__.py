"""A folder of replies → the output folder, only what changed; and one file → what it says.

`build` is a pure function of the replies, the ontology, the names and the decisions, remembered by content. `extract` is one
reply without a graph. Beside them stands
`ecograph.build.check`, which holds a built graph against its shapes and the replies' texts (and loads pySHACL).
"""

from ecograph.build.folder import build
from ecograph.build.making import Source
from ecograph.build.outputs import GRAPH
from ecograph.build.pipeline import Pipeline, extract
from ecograph.build.report import Failure, Report

__all__ = ["GRAPH", "Failure", "Pipeline", "Report", "Source", "build", "extract"]
