"""Markdown and HTML → text, a line for each paragraph, heading, list item or table row.

The parsers are imported inside the functions: most folders hold plain text, and `import ecograph.reading` must stay cheap.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence

from ecograph.reading.encoding import decode

DROPPED = ("head", "script", "style", "nav", "noscript", "template", "iframe", "footer", "aside", "select", "button", "svg", "object")
BLOCKS = (
    *(
        "address",
        "article",
        "blockquote",
        "center",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "header",
    ),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ),
)
# Names that sites give to what surrounds a text; only short elements are taken for that.
AROUND = re.compile(
    r"(?:^|[-_])(?:bread)?crumbs?|^(?:top|main|site|sub|bottom)?[-_]?nav(?:bar|igation)?$|share|pagination|toolbar|sidebar|footer|copyright",
    re.IGNORECASE,
)
SHORT = 300  # characters: longer than any breadcrumb or row of buttons, shorter than a reply's body
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f\v]+")


def read_markdown(content: bytes) -> str:
    """The text content: no marks of headings, emphasis, links or tables; numbers of lists stay."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - see the module's docstring
    from markdown_it.token import Token  # noqa: PLC0415

    def inline(children: Sequence[Token]) -> str:
        breaks = {"softbreak": "\n", "hardbreak": "\n"}
        return "".join(breaks.get(t.type, t.content if t.type in {"text", "code_inline"} else "") for t in children)

    lines: list[str] = []
    row: list[str] = []
    prefix, in_row = "", False
    for token in MarkdownIt().enable("table").parse(decode(content)):
        match token.type:
            case "list_item_open":
                prefix = token.info + token.markup if token.info else ""
            case "tr_open":
                row, in_row = [], True
            case "tr_close":
                lines.append("\t".join(row))
                in_row = False
            case "inline" if in_row:
                row.append(inline(token.children or []))
            case "inline":
                lines.append(prefix + inline(token.children or []))
                prefix = ""
            case "code_block" | "fence":
                lines.append(token.content)
            case "html_block":
                lines.append(_html_text(token.content))
    return "\n\n".join(lines)


def read_html(content: bytes) -> str:
    """The body's text in reading order without menus, breadcrumbs, scripts and hidden parts; a table's row is a line."""
    return _html_text(decode(content))


def _html_text(markup: str) -> str:
    from bs4 import BeautifulSoup  # noqa: PLC0415 - see the module's docstring
    from bs4.element import NavigableString  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 warns of XHTML declarations and of texts that look like file names
        soup = BeautifulSoup(markup, "lxml")
    for element in soup.find_all(DROPPED):
        element.extract()
    for element in soup.find_all(True):
        names = [*element.get_attribute_list("class"), element.get("id")]
        around = any(isinstance(n, str) and AROUND.search(n) for n in names) and element.name != "body"
        if HIDDEN.search(str(element.get("style") or "")) or (around and len(element.get_text(strip=True)) <= SHORT):
            element.extract()
    for string in soup.find_all(string=True):
        if string.find_parent("pre") is None and type(string) is NavigableString:
            string.replace_with(SPACE.sub(" ", string))
    for element in soup.find_all("br"):
        element.replace_with("\n")
    for row in soup.find_all("tr"):
        cells = [" ".join(cell.get_text(" ").split()) for cell in row.find_all(("td", "th"), recursive=False)]
        if row.find("table") is None and sum(map(len, cells)) <= SHORT:  # longer rows lay out a page, their cells hold paragraphs
            row.string = "\t".join(cells)
    for element in soup.find_all(BLOCKS):
        element.insert_before("\n")
        element.append("\n")
    return soup.get_text()
