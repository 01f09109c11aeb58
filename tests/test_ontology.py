"""The ontology folder is sound, and one that isn't is refused with the place of the fault."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import namespace

from ecograph.errors import OntologyError, UndeclaredTerm
from ecograph.ontology import NS, RDF, RDFS, SKOS, Ontology

OWN = Ontology()
ROOT = OWN.root
SRC = Path(__file__).parents[1] / "src" / "ecograph"
TERMS = sorted(OWN.terms)
# Published vocabularies: those that rdflib carries as closed lists, and what we use of the two that it lacks.
CLOSED = (namespace.DCTERMS, namespace.FOAF, namespace.ORG, namespace.OWL, namespace.PROV, namespace.RDF, namespace.SDO, namespace.SKOS)
LISTED = {
    "http://data.europa.eu/eli/ontology#": {"LegalResource", "amends", "applies", "passed_by"},
    "http://www.w3.org/ns/oa#": {"TextPositionSelector", "exact"},
}
KINDS = {
    f"http://www.w3.org/2002/07/owl#{k}" for k in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "SymmetricProperty")
}


def objects(subject: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    """What ecograph.ttl says of a term."""
    quads = ox.parse(path=str(ROOT / "ecograph.ttl"), format=ox.RdfFormat.TURTLE)
    return [q.object for q in quads if q.subject.value == subject and q.predicate.value == predicate]


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def published(iri: str) -> bool:
    """Whether a published vocabulary has this term."""
    for vocabulary in CLOSED:
        if iri.startswith(str(vocabulary)):
            return iri in vocabulary
    return any(iri.removeprefix(base) in names for base, names in LISTED.items() if iri.startswith(base))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the ontology folder to spoil."""
    return shutil.copytree(ROOT, tmp_path / "ontology")


def spoil(path: Path, old: str, new: str) -> None:
    """Replace a passage that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_it_has_the_classes_and_predicates_of_the_annotation() -> None:
    """17 of each."""
    assert (len(OWN.classes), len(OWN.predicates)) == (17, 17)


@pytest.mark.parametrize("name", TERMS)
def test_every_term_has_label_and_comment_in_both_languages(name: str) -> None:
    """One label and one comment in Chinese and one in English, each with words in it."""
    for part in ("label", "comment"):
        found = objects(NS + name, RDFS + part)
        assert sorted(o.language for o in found) == ["en", "zh"]
        assert all(o.value.strip() == o.value != "" for o in found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_are_unique(language: str) -> None:
    """No two terms are called the same."""
    labels = Counter(o.value for name in TERMS for o in objects(NS + name, f"{RDFS}label") if o.language == language)
    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("name", sorted(OWN.classes))
def test_colours_are_readable_on_white(name: str) -> None:
    """WCAG 2: at least 3:1 against white, and #RRGGBB."""
    colour = OWN.classes[name].colour
    assert re.fullmatch("#[0-9A-F]{6}", colour)
    assert 1.05 / (luminance(colour) + 0.05) >= 3


def test_colours_tell_classes_apart() -> None:
    """No two classes have the same colour."""
    assert len({c.colour for c in OWN.classes.values()}) == len(OWN.classes)


def test_luminance_knows_black_white_and_grey() -> None:
    """The measure itself: 21:1 for black, 1:1 for white, 4.54:1 for #767676."""
    ratios = [round(1.05 / (luminance(c) + 0.05), 2) for c in ("#000000", "#FFFFFF", "#767676")]
    assert ratios == [21.0, 1.0, 4.54]


@pytest.mark.parametrize("name", TERMS)
def test_super_terms_are_declared_or_published(name: str) -> None:
    """Whatever a term narrows or inverts exists."""
    above = [
        o.value
        for predicate in (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf", "http://www.w3.org/2002/07/owl#inverseOf", f"{RDFS}domain")
        for o in objects(NS + name, predicate)
    ]
    assert [iri for iri in above if not (iri.removeprefix(NS) in OWN.terms if iri.startswith(NS) else published(iri))] == []


def test_what_is_not_published_is_noticed() -> None:
    """The check above can fail."""
    assert published("https://schema.org/ResearchOrganization")
    assert not published("https://schema.org/ReserchOrganization")
    assert not published("http://data.europa.eu/eli/ontology#LegalResorce")


def test_every_entity_class_narrows_a_published_one() -> None:
    """Directly or through its superclass."""
    for name, c in OWN.classes.items():
        assert [o for a in c.ancestors for o in objects(NS + a, f"{RDFS}subClassOf") if not o.value.startswith(NS)], name


def test_every_term_in_the_file_is_of_a_known_kind() -> None:
    """A misspelt owl:Clas would silently declare nothing."""
    quads = list(ox.parse(path=str(ROOT / "ecograph.ttl"), format=ox.RdfFormat.TURTLE))
    subjects = {q.subject.value for q in quads if q.subject.value.startswith(NS)}
    kinds = {q.object.value for q in quads if q.predicate.value == f"{RDF}type" and q.subject.value.startswith(NS)}
    assert subjects == {NS + name for name in OWN.terms}
    assert kinds <= KINDS


def test_every_own_attribute_is_declared() -> None:
    """Schemes, shapes and queries use no eco: term that ecograph.ttl lacks."""
    files = [
        ROOT / "shapes.ttl",
        ROOT / "ecograph.ttl",
        *(ROOT / "schemes").glob("*.ttl"),
        *(ROOT / "queries").glob("*.rq"),
        *SRC.rglob("*.rq"),
    ]
    used = {name for file in files for name in re.findall(r"\beco:(\w+)", file.read_text(encoding="utf-8"))}
    assert len(used) > 30
    assert used <= OWN.terms


def test_every_role_that_the_code_asks_for_is_given() -> None:
    """with_role("…") in src/ finds a class."""
    asked = {role for path in SRC.rglob("*.py") for role in re.findall(r'with_role\("(\w+)"\)', path.read_text(encoding="utf-8"))}
    assert asked
    assert all(OWN.with_role(role) in OWN.classes for role in asked)


def test_concepts_hang_together() -> None:
    """Each broader concept exists in the same scheme, and no concept stands above itself."""
    for concept in OWN.concepts.values():
        seen, todo = set(), list(concept.broader)
        while todo:
            above = OWN.concepts[todo.pop()]
            assert above.scheme == concept.scheme
            if above.iri not in seen:
                seen.add(above.iri)
                todo.extend(above.broader)
        assert concept.iri not in seen


def test_statuses_say_which_are_facts() -> None:
    """Done and ongoing are, planned and denied are not."""
    assert OWN.statuses == {"done": True, "ongoing": True, "planned": False, "denied": False}


@pytest.mark.parametrize("path", sorted((ROOT / "patterns").glob("*.jsonl")), ids=lambda p: p.stem)
def test_pattern_records_are_sound(path: Path) -> None:
    """Every file of patterns loads, with its classes and predicates declared and its ids unique."""
    assert OWN.records(path.stem)


def test_domain_and_range_include_subclasses() -> None:
    """A company may do what an organization may; the other way round it may not."""
    assert OWN.allows("operatesIn", "Company", "Industry")
    assert not OWN.allows("operatesIn", "Industry", "Company")
    assert not OWN.allows("endorses", "Company", "Platform")
    assert OWN.is_a("Company", "Organization")
    assert not OWN.is_a("Organization", "Company")


def test_an_undeclared_term_is_refused() -> None:
    """By every door, with the name in the message."""
    for ask in (OWN.cls, OWN.predicate, OWN.iri, OWN.with_role):
        with pytest.raises(UndeclaredTerm, match="Compnay"):
            ask("Compnay")
    assert OWN.iri("evidence") == f"{NS}evidence"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('rdfs:label "企业"@zh, "Company"@en', 'rdfs:label "企业"@zh', r"Company: needs .*label in language 'en'"),
        ('eco:colour "#1F6FB2"', 'eco:colour "#1F6FB2", "#000000"', r"Company: needs exactly one .*colour, has 2"),
        (
            "rdfs:subClassOf eco:Organization, schema:Corporation",
            "rdfs:subClassOf eco:Organisation",
            r"Company: .*Organisation, which is no declared class",
        ),
        ("schema:rangeIncludes eco:Industry .", "schema:rangeIncludes eco:Industri .", r"operatesIn: schema:rangeIncludes names Industri"),
        (
            "schema:rangeIncludes eco:Industry .",
            "rdfs:seeAlso eco:Industry .",
            r"operatesIn: needs at least one class as schema:rangeIncludes, has 0",
        ),
        ("eco:Company a owl:Class ;", "eco:Company a [ ] ;", r"blank nodes are not allowed"),
        ("eco:Company a owl:Class ;", "eco:Company a owl:Class", r"ecograph\.ttl: not Turtle: "),
    ],
)
def test_a_wrong_entry_is_named(root: Path, old: str, new: str, message: str) -> None:
    """The model checks itself on loading."""
    spoil(root / "ecograph.ttl", old, new)
    with pytest.raises(OntologyError, match=message):
        Ontology(root)


def test_a_folder_without_an_ontology_says_what_is_wanted(tmp_path: Path) -> None:
    """--ontology with the wrong folder."""
    with pytest.raises(OntologyError, match=r"ecograph\.ttl: not found; --ontology wants the folder"):
        Ontology(tmp_path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "wants an object with an id"),
        ('{"class": "Company"}', "wants an object with an id"),
        ('{"id": "x", "class": "Compnay"}', "x: Compnay: no declared class"),
        ('{"id": "x", "classes": ["Company", "Compnay"]}', "x: Compnay: no declared class"),
        ('{"id": "x", "predicate": "likes"}', "x: likes: no declared predicate"),
    ],
)
def test_a_wrong_record_is_named_with_file_and_line(root: Path, line: str, message: str) -> None:
    """The second line is the second line, behind a line for people."""
    (root / "patterns" / "odd.jsonl").write_text(f"# for people\n{line}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=rf"odd\.jsonl:2: {re.escape(message)}"):
        Ontology(root).records("odd")


def test_an_id_used_twice_is_refused(root: Path) -> None:
    """Ids stand on mentions and statements, so they must tell one record."""
    (root / "patterns" / "odd.jsonl").write_text(json.dumps({"id": "x"}) + "\n" + json.dumps({"id": "x"}), encoding="utf-8")
    with pytest.raises(OntologyError, match=r"odd\.jsonl: id 'x' is used twice"):
        Ontology(root).records("odd")


def test_a_concept_in_two_schemes_is_refused(root: Path) -> None:
    """The second file is named."""
    (root / "schemes" / "zz.ttl").write_bytes((root / "schemes" / "statuses.ttl").read_bytes())
    with pytest.raises(OntologyError, match=r"zz\.ttl: .*stands in another scheme too"):
        _ = Ontology(root).concepts


def test_a_concept_without_a_label_is_refused(root: Path) -> None:
    """skos:prefLabel in Chinese is needed."""
    spoil(root / "schemes" / "statuses.ttl", '"已完成"@zh, ', "")
    with pytest.raises(OntologyError, match=f"{re.escape(SKOS)}prefLabel in language 'zh'"):
        _ = Ontology(root).concepts


def test_a_row_with_a_cell_missing_is_named(root: Path, tmp_path: Path) -> None:
    """The gazetteers are checked by line."""
    names = tmp_path / "names"
    names.mkdir()
    (names / "odd.tsv").write_text("name\tkind\n甲\tx\n乙\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"odd\.tsv:3: 1 columns, the head has 2"):
        Ontology(root, names).table("odd")


def test_the_fingerprint_changes_with_the_content_only(root: Path) -> None:
    """The same bytes elsewhere give the same hash; one more byte gives another."""
    ours, theirs = Ontology(), Ontology(root)
    assert ours.fingerprint("schemes", "ecograph.ttl") == theirs.fingerprint("ecograph.ttl", "schemes")
    spoil(root / "schemes" / "statuses.ttl", "已完成", "完成")
    assert ours.fingerprint("schemes") != theirs.fingerprint("schemes")
