"""ecograph: an RDF graph of an innovation ecosystem, read from replies to deputies' suggestions."""

__version__ = "0.1.0"
