"""A document of an export, and the lines that stand in all kinds of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...text.cleaning import one_line


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its export states it; what it does not state is empty."""

    title: str
    text: str
    source: str | None = None
    published: str = ""
    authors: Sequence[str] = field(default_factory=tuple[str, ...])
    id: str | None = None
    url: str | None = None

    def as_record(self) -> dict[str, object]:
        """Return the document as a record, without what it does not state."""
        fields = {
            "id": self.id, "title": one_line(self.title), "source": one_line(self.source or ""),
            "published": self.published.strip(), "authors": list(self.authors), "url": self.url,
        }  # fmt: skip
        return {name: value for name, value in fields.items() if value}


def blocks_of(text: str) -> list[str]:
    """Return the paragraphs of a text, each line without the space around it."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    return [block for block in re.split(r"\n{2,}", lines.strip("\n")) if block.strip()]


def is_labelled(block: str, labels: Sequence[str]) -> bool:
    """Return whether a paragraph begins with one of these labels and a colon, in any case."""
    label, colon, _ = block.partition(":")
    return bool(colon) and label.strip().lower() in labels
