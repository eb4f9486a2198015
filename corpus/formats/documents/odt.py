"""OpenDocument text (ODT): its XML by lxml."""

from typing import Any

from ...errors import FileProtected
from ..file import File
from ..format import Format, Reads
from ..markup.xml_tree import parsed_xml, words_of
from ..text import articles_in_text
from .zipped import opened_zip, part_of

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TYPE = b"application/vnd.oasis.opendocument.text"
_LEFT_OUT = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note",
             f"{_TEXT}table-of-content")  # fmt: skip


def _recognises(file: File) -> bool:
    return file.start.startswith(b"PK") and _TYPE in file.start[:200]


def _read(file: File) -> Reads:
    with opened_zip(file, "ODT") as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            manifest = part_of(archive, "META-INF/manifest.xml", file, "ODT")
            if b"encryption-data" in manifest:
                raise FileProtected(where=file.where, format="ODT")
        tree = parsed_xml(part_of(archive, "content.xml", file, "ODT"), file, "ODT")
    from lxml import html

    html.etree.strip_elements(tree, *_LEFT_OUT, with_tail=False)
    for space in tree.iter(f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
        space.text = " "
    paragraphs = tree.iter(f"{_TEXT}p")
    titled = next((p for p in paragraphs if p.get(f"{_TEXT}style-name") == "Title"), None)
    texts = [words_of(part) for part in tree.iter(f"{_TEXT}h", f"{_TEXT}p") if not _is_within(part)]
    stated = {"title": words_of(titled)} if titled is not None else None
    yield from articles_in_text(file, "\n\n".join(filter(None, texts)), stated)


def _is_within(part: Any) -> bool:
    """Return whether a paragraph lies within another, as a text box does: it is read with it."""
    return next(part.iterancestors(f"{_TEXT}p", f"{_TEXT}h"), None) is not None


ODT = Format("OpenDocument (ODT)", (".odt",), _read, _recognises, library="lxml")
