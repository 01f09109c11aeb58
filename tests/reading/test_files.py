"""Kinds of files, encodings, and what can't be read."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ecograph.errors import ReadError
from ecograph.model import Document
from ecograph.reading import READERS, Reader

Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write bytes to a file of that name."""

    def call(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return call


def paragraphs(text: str) -> list[str]:
    """The lines of a text that hold anything."""
    return [line for line in text.split("\n") if line]


def word_file(text: str, *, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word file with a paragraph for each line, and a table at its end."""
    document = docx.Document()
    for line in paragraphs(text):
        document.add_paragraph(line)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_file(text: str, *, key: str | None = None, width: int = 27) -> bytes:
    """A PDF of lines of `width` characters, 30 a page, with page numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption(key) if key else None)
    lines = [line[i : i + width] for line in paragraphs(text) for i in range(0, len(line), width)]
    for page, start in enumerate(range(0, len(lines), 30), 1):
        canvas.setFont("STSong-Light", 14)
        for i, line in enumerate(lines[start : start + 30]):
            canvas.drawString(80, 780 - 24 * i, line)
        canvas.drawString(290, 40, f"— {page} —")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def html_file(text: str) -> str:
    """A page as offices publish them: menu, breadcrumbs, table of metadata, body, footer."""
    body = "".join(f"<p>　　{line}</p>\n" for line in paragraphs(text))
    return f"""<!DOCTYPE html><html><head><title>北湖区</title><style>p {{ color: red }}</style></head><body>
    <nav><a>首页</a><a>政务公开</a></nav><div class="breadcrumb">您当前的位置：首页 &gt; 建议提案</div>
    <table><tr><td>索引号：</td><td>BH-2031-7</td></tr><tr><td><p>发布机构：</p></td><td><p>北湖区数据局</p></td></tr></table>
    <div class="content">{body}</div><p style="display: none">隐藏的字</p><script>var a = "脚本";</script>
    <footer>版权所有：北湖区</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_text(reader: Reader, invented: str, write: Write, encoding: str) -> None:
    """UTF-8 with and without mark, GB18030, and UTF-16 with its mark."""
    assert reader.read(write("a.txt", invented.encode(encoding))).text == reader.parse(invented, "a.txt").text


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.md", "a.pdf"])
def test_the_reply_is_the_same_in_every_kind_of_file(reader: Reader, invented: str, write: Write, name: str) -> None:
    """Word, HTML, Markdown and PDF give the words and the header of the plain text."""
    whole = reader.parse(invented, "a.txt")
    contents = {
        "a.docx": word_file(whole.text),
        "a.html": html_file(whole.text).encode("gb18030"),
        "a.md": "\n\n".join(f"**{line}**" if line.startswith("一、") else line for line in whole.text.split("\n")).encode(),
        "a.pdf": pdf_file(whole.text),
    }
    document = reader.read(write(name, contents[name]))
    assert document.text.endswith(whole.text)
    for field in ("title", "number", "outcome", "signatory", "suggestion", "date", "jurisdiction"):
        assert getattr(document.header, field).value == getattr(whole.header, field).value
    assert document.id == "a"


def test_a_web_pages_surroundings_are_dropped_and_its_table_stays(reader: Reader, write: Write) -> None:
    """Menus, breadcrumbs, scripts, styles, hidden parts and footers are no text; a row of the table is a line."""
    document = reader.read(write("a.html", html_file("北湖区数据产业快速发展。").encode()))
    assert document.text.split("\n") == ["索引号：BH-2031-7", "发布机构：北湖区数据局", "北湖区数据产业快速发展。"]


def test_breadcrumbs_in_plain_markup_are_dropped_by_their_words(reader: Reader, write: Write) -> None:
    """Sites that give no class to their breadcrumbs say 当前位置."""
    page = "<div>您当前的位置：首页 > 建议提案</div><div>浏览次数：12</div><div>北湖区数据产业快速发展。</div>"
    assert reader.read(write("a.htm", page.encode())).text == "北湖区数据产业快速发展。"


def test_tables_of_word_stand_where_they_stand(reader: Reader, write: Write) -> None:
    """Cells of a row share a line."""
    content = word_file("北湖区数据产业快速发展。", table=(("联系人", "方以南"), ("联系电话", "0999-5550123")))
    document = reader.read(write("a.docx", content))
    assert document.text.split("\n") == ["北湖区数据产业快速发展。", "联系人 方以南", "联系电话 0999-5550123"]
    assert [c.kind for c in document.contacts] == ["person", "telephone"]


def test_markdown_keeps_numbers_and_drops_marks(reader: Reader, write: Write) -> None:
    """Headings, emphasis, links and tables give their words; the numbers of a list stay."""
    source = "# 北湖区的成效\n\n建成**北湖智算**中心，见[公告](https://example.org)。\n\n1. 第一批企业落户。\n2. 第二批企业签约。\n\n"
    source += "| 企业 | 行业 |\n|--|--|\n| 蓝鲸智能 | 人工智能 |\n"
    document = reader.read(write("a.md", source.encode()))
    expected = ["北湖区的成效", "建成北湖智算中心，见公告。", "1.第一批企业落户。", "2.第二批企业签约。", "企业 行业", "蓝鲸智能 人工智能"]
    assert document.text.split("\n") == expected


def zip_bomb() -> bytes:
    """A small archive that is named like a Word file and would unpack to 400 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("word/document.xml", "w") as part:
            for _ in range(400):
                part.write(b" " * 1_000_000)
        archive.writestr("[Content_Types].xml", "<Types/>")
    return stream.getvalue()


def plain_zip() -> bytes:
    """An archive with a text in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("reply.txt", "北湖区")
    return stream.getvalue()


def scanned_pdf() -> bytes:
    """A PDF whose page holds lines and no letters."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.line(0, 0, 500, 500)
    canvas.save()
    return stream.getvalue()


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.txt", lambda: b"", "empty"),
    "white space only": ("a.txt", "\n \u3000\n".encode, "no text"),
    "too large": ("a.txt", lambda: "北湖区。".encode() * 2_000_000, "24 MB is more than the 20 MB"),
    "binary": ("a.txt", lambda: bytes(range(256)) * 40, "UTF-8 nor GB18030|binary"),
    "binary that decodes": ("a.txt", lambda: b"\x01\x02\x03\x04text" * 50, "binary"),
    "zeros": ("a.txt", lambda: "北湖区".encode() + b"\0" * 50, "binary"),
    "English": ("a.txt", lambda: b"The district has attracted forty companies.\n" * 5, "no Chinese text"),
    "Traditional": ("a.txt", "臨江縣與企業簽訂協議，產業發展迅速，經濟總量增長。".encode, "Traditional Chinese; convert it"),
    "unknown kind": ("a.xls", lambda: b"1", r"unknown kind of file \.xls.*\.txt.*\.pdf"),
    "no suffix": ("README", lambda: b"1", "no suffix"),
    "zip bomb": ("a.docx", zip_bomb, "unpack to 400 MB"),
    "zip without Word": ("a.docx", plain_zip, "no Word file"),
    "no zip": ("a.docx", lambda: "北湖区".encode() * 99, "no Word file"),
    "cut off": ("a.docx", lambda: word_file("北湖区。")[:-900], "Word file"),
    "old Word": ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password or in the old Word format"),
    "password": ("a.pdf", lambda: pdf_file("北湖区。", key="secret"), "under a password"),
    "scan": ("a.pdf", scanned_pdf, "no OCR"),
    "no PDF": ("a.pdf", lambda: "北湖区".encode() * 99, "no PDF"),
    "damaged PDF": ("a.pdf", lambda: b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 9 0 R", "PDF"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_gets_one_clear_line(reader: Reader, write: Write, case: str) -> None:
    """The message names the file, says what is wrong and what to do."""
    name, content, message = BAD[case]
    path = write(name, content())
    with pytest.raises(ReadError, match=message) as caught:
        reader.read(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    assert re.search(r"; \w+", said)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_a_folder_and_a_missing_file_are_no_replies(reader: Reader, tmp_path: Path, suffix: str) -> None:
    """Whatever the operating system refuses is said in its words."""
    folder = tmp_path / f"folder{suffix}"
    folder.mkdir()
    for path in (folder, tmp_path / f"missing{suffix}"):
        with pytest.raises(ReadError, match="can't be opened"):
            reader.read(path)


def test_simplified_text_may_quote_a_traditional_name(reader: Reader) -> None:
    """A name in Traditional script doesn't make the reply unreadable."""
    assert (
        "臺灣"
        in reader.parse("北湖区引进“臺灣電子產業”协会，推动两岸企业在数据服务、智能制造等领域开展务实合作，发展势头良好。", "a.txt").text
    )


def test_an_id_is_the_name_without_its_ending_unless_given(reader: Reader, write: Write) -> None:
    """`a.b.txt` is a.b; the caller may know better."""
    path = write("a.b.txt", "北湖区数据产业快速发展。".encode())
    first, second = reader.read(path), reader.read(path, id="2031/7")
    assert (first.id, first.name, second.id) == ("a.b", "a.b.txt", "2031/7")
    assert isinstance(first, Document)


def test_reading_loads_no_parser_before_it_is_needed() -> None:
    """`import ecograph.reading` is cheap: the parsers of Word, PDF and HTML load with their first file."""
    code = "import sys, ecograph.reading; print([m for m in ('docx', 'pdfminer', 'bs4', 'lxml', 'markdown_it') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
