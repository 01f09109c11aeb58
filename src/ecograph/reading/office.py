"""Word (.docx) and PDF → text.

The parsers are imported inside the functions: most folders hold plain text, and `import ecograph.reading` must stay cheap.
"""

from __future__ import annotations

import io
import logging
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from ecograph.errors import ReadError

UNPACKED = 100_000_000  # bytes: five times the largest file that is read; pictures hardly shrink, text of that size is no reply
RATIO = 200  # Word's XML shrinks to a tenth, very repetitive tables to a hundredth
SMALL = 1_000_000  # bytes below which a high ratio harms nobody
PARTS = 5_000
OLE = b"\xd0\xcf\x11\xe0"  # how old Word files begin, and new ones under a password
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WRAPPERS = frozenset(WORD + tag for tag in ("sdt", "sdtContent", "ins", "customXml"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What the parsers raise on damaged files; they promise nothing narrower.
DAMAGED = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    RecursionError,
    NotImplementedError,
    struct.error,
    zlib.error,
    EOFError,
)


def read_docx(content: bytes) -> str:
    """Paragraphs, table rows and text boxes in document order; tracked insertions count, deletions don't.

    Numbers that Word puts before list items itself are no text and are missing.
    """
    _check_zip(content)
    import docx  # noqa: PLC0415 - see the module's docstring
    from docx.opc.exceptions import OpcError  # noqa: PLC0415

    try:
        body = docx.Document(io.BytesIO(content)).element.body
        return "\n".join(_blocks(body))
    except (*DAMAGED, OpcError, SyntaxError, zipfile.BadZipFile, RuntimeError) as error:
        raise ReadError("damaged, or no Word file; open it in Word and save it again as .docx") from error


def _check_zip(content: bytes) -> None:
    """Refuse what isn't a Word file or would unpack to more than a reply can hold, before anything is unpacked."""
    if content.startswith(OLE):
        raise ReadError("under a password or in the old Word format; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, *DAMAGED) as error:
        raise ReadError("no Word file, though its name says .docx; save it as .docx in Word") from error
    if not any(part.filename == "word/document.xml" for part in parts):
        raise ReadError("a zip archive, but no Word file; save the reply as .docx in Word")
    size = sum(part.file_size for part in parts)
    dense = any(part.file_size > SMALL and part.file_size > RATIO * max(1, part.compress_size) for part in parts)
    if size > UNPACKED or dense or len(parts) > PARTS:
        raise ReadError(f"would unpack to {size / 1e6:.0f} MB, far more than a reply holds; it isn't opened, save the reply anew as .docx")


def _blocks(element: Any) -> Iterator[str]:
    """Lines of a body, cell or text box."""
    for child in _children(element):
        if child.tag == WORD + "p":
            for box in child.iter(WORD + "txbxContent"):
                if next(box.iterancestors(FALLBACK), None) is None:  # the same box again, drawn for old versions of Word
                    yield from _blocks(box)
            yield _paragraph(child)
        elif child.tag == WORD + "tbl":
            for row in _children(child):
                yield "\t".join(" ".join(filter(None, _blocks(cell))) for cell in _children(row) if cell.tag == WORD + "tc")


def _children(element: Any) -> Iterator[Any]:
    """What stands in an element, content controls and tracked insertions opened."""
    for child in element:
        if child.tag in WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _paragraph(paragraph: Any) -> str:
    texts = {WORD + "tab": "\t", WORD + "br": "\n", WORD + "cr": "\n", WORD + "noBreakHyphen": "-"}
    own = (
        n for n in paragraph.iter(WORD + "t", *texts) if next(n.iterancestors(WORD + "p")) is paragraph and n.getparent().tag == WORD + "r"
    )
    return "".join((node.text or "") if node.tag == WORD + "t" else texts[node.tag] for node in own)


def read_pdf(content: bytes) -> str:
    """The text layer, pages parted by form feeds. ReadError when there is none, or a password."""
    if b"%PDF-" not in content[:1024]:
        raise ReadError("no PDF, though its name says .pdf; give it the suffix of its kind")
    from pdfminer.high_level import extract_text  # noqa: PLC0415 - see the module's docstring
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfminer.psparser import PSException  # noqa: PLC0415

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font; the analyst can do nothing about it
    try:
        text = extract_text(io.BytesIO(content))
    except PDFPasswordIncorrect as error:
        raise ReadError("a PDF under a password; save a copy without it") from error
    except (PSException, *DAMAGED) as error:
        raise ReadError("a damaged PDF; print it to a new PDF or save its text as .txt") from error
    if not text.strip():
        raise ReadError("a PDF without text layer (a scan); ecograph does no OCR, run an OCR program over it first")
    return text
