"""ProQuest: exports as text, each document with labelled fields."""

import re
from collections.abc import Iterator

from .document import Document, blocks_of

_RULE = re.compile(r"^_{20,}[ \t]*$", re.MULTILINE)
_NUMBER = re.compile(r"^[ \t]*Document \d+ of \d+[ \t]*$", re.MULTILINE)
_LABEL = re.compile(
    r"^(Full text|Abstract|Title|Author|Publication title|Publication info|Publication date|"
    r"Publication year|Publication subject|ProQuest document link|Document URL|Links|Subject|"
    r"Location|People|Company ?/ ?organization|Copyright|Last updated|Database|Source type|"
    r"Language of publication|Document type|ProQuest document ID|ISSN|Pages|Section|Column|"
    r"Dateline|Publisher|Place of publication|Country of publication|Volume|Issue|Identifier ?/"
    r" ?keyword|Credit|Classification|First page|Text word count):[ \t]*",
    re.MULTILINE,
)  # fmt: skip
_INFO_DAY = re.compile(r"\b(\d{1,2} [A-Z][a-z]{2,8} \d{4})\b")


def is_proquest(text: str) -> bool:
    """Return whether a text is an export of ProQuest."""
    labels = set(_LABEL.findall(text[:200_000]))
    return "Full text" in labels and bool(
        labels & {"ProQuest document ID", "ProQuest document link", "Publication title",
                  "Publication info"}
    )  # fmt: skip


def documents_in(text: str) -> Iterator[Document]:
    """Yield the documents of an export; its table of contents is none."""
    for part in (_NUMBER if _NUMBER.search(text) else _RULE).split(text):
        pieces = _LABEL.split(_RULE.sub("", part))
        fields: dict[str, str] = {}
        for label, value in zip(pieces[1::2], pieces[2::2], strict=True):
            fields.setdefault(label, value)
        if "Full text" in fields:
            yield _document(fields, blocks_of(pieces[0]))


def _document(fields: dict[str, str], above: list[str]) -> Document:
    info = fields.get("Publication info", "")
    day = fields.get("Publication date", "").strip() or next(iter(_INFO_DAY.findall(info)), "")
    source = fields.get("Publication title", "").partition(";")[0] or re.split(r"[;:,]", info)[0]
    return Document(
        fields.get("Title", "").strip() or (above[0] if above else ""),
        "\n\n".join(blocks_of(fields["Full text"])),
        source.strip() or None,
        day,
        [author for author in fields.get("Author", "").split(";") if author.strip()],
        "".join(fields.get("ProQuest document ID", "").split()) or None,
        fields.get("Document URL", "").strip() or None,
    )
