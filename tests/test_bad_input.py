"""Bad input gets one clear line and costs nothing else: the good replies beside it are built."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ecograph.ontology import packaged

Run = Callable[..., Result]
Build = Callable[..., str]

OUTPUTS = ("graph.nq", "graph.trig", "index.html", "manifest.json")


def empty(folder: Path) -> Path:
    """A file without a byte."""
    path = folder / "empty.txt"
    path.touch()
    return path


def blank(folder: Path) -> Path:
    """A file of white space."""
    path = folder / "blank.txt"
    path.write_text(" \n\t\n\u3000\n", encoding="utf-8")
    return path


def huge(folder: Path) -> Path:
    """A text of 50 MB."""
    path = folder / "huge.txt"
    path.write_bytes("我区大力发展人工智能产业。\n".encode() * (50_000_000 // 40))
    return path


def binary(folder: Path) -> Path:
    """A picture that is called .txt."""
    path = folder / "binary.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    return path


def locked(folder: Path) -> Path:
    """A PDF that wants a password."""
    path = folder / "locked.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(100, 700, "reply")
    canvas.save()
    return path


def scanned(folder: Path) -> Path:
    """A PDF that has a drawing and no text."""
    path = folder / "scanned.pdf"
    canvas = Canvas(str(path))
    canvas.rect(100, 100, 300, 500, fill=1)
    canvas.save()
    return path


def cut(folder: Path) -> Path:
    """The beginning of a PDF."""
    path = folder / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    return path


def bomb(folder: Path) -> Path:
    """A Word file of 200 kB that unpacks to 200 MB."""
    path = folder / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as document:
            for _ in range(200):
                document.write(b"<" * 1_000_000)
    return path


def no_word(folder: Path) -> Path:
    """A text that is called .docx."""
    path = folder / "no_word.docx"
    path.write_text("我区大力发展人工智能产业。", encoding="utf-8")
    return path


def traditional(folder: Path) -> Path:
    """A reply in Traditional Chinese."""
    path = folder / "traditional.txt"
    path.write_text(
        "關於對雲溪區第三屆人大二次會議第五號代表建議的答覆\n\n" + "我區將繼續發展積體電路產業,並與東嶺銀行開展合作。\n" * 9,
        encoding="utf-8",
    )
    return path


def english(folder: Path) -> Path:
    """A reply in English."""
    path = folder / "english.txt"
    path.write_text("Reply to suggestion no. 5\n\n" + "The district will go on to support its companies and banks.\n" * 9, encoding="utf-8")
    return path


def unknown(folder: Path) -> Path:
    """A format that nobody reads."""
    path = folder / "table.xlsx"
    path.write_bytes(b"PK\x03\x04")
    return path


def dangling(folder: Path) -> Path:
    """A link that leads nowhere."""
    path = folder / "dangling.txt"
    path.symlink_to(folder / "gone.txt")
    return path


@pytest.mark.parametrize(
    "make",
    [empty, blank, huge, binary, locked, scanned, cut, bomb, no_word, traditional, english, unknown, dangling],
    ids=lambda f: f.__name__,
)
def test_a_bad_file_is_one_line(make: Callable[[Path], Path], run: Run, replies: Path, tmp_path: Path) -> None:
    """The bad file is named with its reason on one line, the two good ones are built, exit code 1."""
    path = make(replies)
    result = run("build", replies, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1, result.stderr
    assert str(path) in result.stderr
    assert "2 replies: 2 read, 0 unchanged, 0 removed, 1 not read" in result.stdout
    assert (tmp_path / "out" / "index.html").is_file()


def test_bad_files_can_be_told_apart(run: Run, replies: Path, tmp_path: Path) -> None:
    """An empty file, one that is too large, a locked and a scanned PDF get four different reasons."""
    made = [make(replies) for make in (empty, huge, locked, scanned)]
    lines = run("build", replies, "--output", tmp_path / "out").stderr.splitlines()
    assert len(lines) == len(made)
    assert len({line.split(": ", 2)[-1] for line in lines}) == len(made)


def without_header(text: str) -> str:
    """A reply that begins with its first section."""
    return text[text.index("一、") :]


def long_name(text: str) -> str:
    """A reply that names a company of 500 characters."""
    return text.replace("云溪智算科技有限公司", "云溪" + "智算" * 246 + "有限公司")


def control_characters(text: str) -> str:
    """A reply with characters in it that no one can see, and an end of script."""
    return text.replace("大学", "大\x08学\x1b[31m\u202e\ufffe").replace("平台", "</script><img src=x onerror=alert(1)>平台")


@pytest.mark.parametrize("spoil", [without_header, long_name, control_characters], ids=lambda f: f.__name__)
def test_an_odd_reply_is_built(spoil: Callable[[str], str], run: Run, build: Build, replies: Path, tmp_path: Path) -> None:
    """A reply without a header, with an endless name or with control characters is built, and its graph is sound."""
    path = replies / "012.txt"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert "2 replies: 2 read" in build(replies, tmp_path / "out")
    result = run("check", tmp_path / "out")
    assert result.exit_code == 0, result.output


def test_a_missing_folder_is_told(run: Run, tmp_path: Path) -> None:
    """A folder that isn't there, and a file in its place, are one line each."""
    (tmp_path / "file.txt").write_text("x")
    for name in ("nowhere", "file.txt"):
        result = run("build", tmp_path / name, "--output", tmp_path / "out")
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert name in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_told(run: Run, replies: Path, tmp_path: Path) -> None:
    """A folder that may not be listed is one line; a file in it that may not be read costs only itself."""
    (replies / "033.txt").chmod(0)
    result = run("build", replies, "--output", tmp_path / "out")
    assert "1 reply: 1 read, 0 unchanged, 0 removed, 1 not read" in result.stdout
    replies.chmod(0)
    result = run("build", replies, "--output", tmp_path / "out")
    replies.chmod(0o700)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_an_output_that_is_a_file_is_told(run: Run, replies: Path, tmp_path: Path) -> None:
    """Where the output folder can't be made, there is one line."""
    (tmp_path / "out").write_text("x")
    result = run("build", replies, "--output", tmp_path / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert str(tmp_path / "out") in result.stderr
    assert (tmp_path / "out").read_text() == "x"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A function that mounts a disk of so many kB and gives its folder."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(size: int) -> Path:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", place], check=False, capture_output=True)
        if mounted.returncode:
            pytest.skip("only root can mount a small disk")
        return place

    if not shutil.which("mount"):
        pytest.skip("no mount")
    yield mount
    subprocess.run(["umount", place], check=False, capture_output=True)


def test_a_full_disk_is_told(run: Run, replies: Path, small_disk: Callable[[int], Path]) -> None:
    """Where nothing fits, there is one line, and no file that looks as if it were whole."""
    out = small_disk(64)
    result = run("build", replies, "--output", out)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1), result.stderr
    assert "space" in result.stderr
    assert not [name for name in OUTPUTS if (out / name).exists()]
    assert not list(out.rglob("*.part"))


def test_a_disk_that_fills_leaves_the_last_build(
    run: Run, build: Build, replies: Path, tmp_path: Path, small_disk: Callable[[int], Path]
) -> None:
    """If the second build doesn't fit beside the first one, the first one's files are all as they were."""
    build(replies, tmp_path / "measured")
    size = sum(p.stat().st_size for p in (tmp_path / "measured").rglob("*") if p.is_file())
    out = small_disk(5 * size // 1024)
    build(replies, out)
    before = {name: (out / name).read_bytes() for name in OUTPUTS}
    text = (replies / "012.txt").read_text(encoding="utf-8")
    (replies / "012.txt").write_text(text.replace("东岭大学", "西岭大学"), encoding="utf-8")
    (out / "ballast").write_bytes(bytes(shutil.disk_usage(out).free - size // 4))
    result = run("build", replies, "--output", out)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1), result.stderr
    assert {name: (out / name).read_bytes() for name in OUTPUTS} == before
    (out / "ballast").unlink()
    assert "2 replies" in build(replies, out)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("patterns/names.jsonl", '{"id": "odd", "class": "Nonsense"}'),
        ("patterns/names.jsonl", '{"id": "odd"'),
        ("ecograph.ttl", "eco:nonsense eco:nonsense"),
    ],
    ids=["undeclared class", "broken pattern", "broken Turtle"],
)
def test_a_wrong_ontology_is_told(name: str, line: str, run: Run, replies: Path, tmp_path: Path) -> None:
    """An undeclared term or a broken line of the ontology is one line that names the file; nothing is built."""
    shutil.copytree(packaged("ontology"), tmp_path / "ontology")
    with (tmp_path / "ontology" / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = run("build", replies, "--output", tmp_path / "out", "--ontology", tmp_path / "ontology")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1), result.stderr
    assert name in result.stderr
    assert not (tmp_path / "out" / "index.html").exists()


def test_no_ontology_is_told(run: Run, replies: Path, tmp_path: Path) -> None:
    """A folder without ecograph.ttl is no ontology."""
    result = run("build", replies, "--output", tmp_path / "out", "--ontology", tmp_path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "ecograph.ttl" in result.stderr
