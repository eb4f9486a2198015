"""Text offsets in the unit that a client asks for: code points, or JavaScript's UTF-16 units."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from ..search.answer import Answer
from ..search.results import RankedPassage, SearchResult

if TYPE_CHECKING:
    from ..search.stories.conflicts.found import Conflicts
    from ..search.stories.figures.series import FigureSeries
    from ..search.stories.lines import Line
    from ..search.stories.speech.statements import Quotes
    from ..search.stories.timeline import Timeline

Offsets = Literal["unicode", "utf16"]


def search_message(result: SearchResult, explain: bool, offsets: Offsets) -> dict[str, Any]:
    """Return the message of a search, with its spans in this unit."""
    message = result.to_dict(explain)
    if offsets == "utf16":
        message["offsets"] = offsets
        _convert_passages(result.passages, message["passages"])
    return message


def answer_message(answer: Answer, offsets: Offsets) -> dict[str, Any]:
    """Return the message of an answer, with its spans in this unit."""
    message = answer.to_dict()
    if offsets == "utf16":
        message["offsets"] = offsets
        _convert_passages(answer.passages, message["passages"])
        for citation, sent in zip(answer.citations, message["citations"], strict=True):
            sent["span"] = utf16_span(citation.article.text, sent["span"])
            if sent["answer"]:
                sent["answer"] = utf16_span(citation.quote, sent["answer"])
    return message


def timeline_message(timeline: "Timeline", offsets: Offsets) -> dict[str, Any]:
    """Return the message of a timeline, with its spans in this unit."""
    message = timeline.to_dict()
    if offsets == "utf16":
        message["offsets"] = offsets
        for event, sent in zip(timeline.events, message["events"], strict=True):
            for report, line in zip(event.reports, sent["reports"], strict=True):
                convert_line(report.line, line)
            for change, line in zip(event.changes, sent["changes"], strict=True):
                convert_line(change.line, line)
    return message


def quotes_message(found: "Quotes", offsets: Offsets) -> dict[str, Any]:
    """Return the message of quotes, with its spans in this unit."""
    message = found.to_dict()
    if offsets == "utf16":
        message["offsets"] = offsets
        for statement, sent in zip(found.quotes, message["quotes"], strict=True):
            for telling, line in zip(statement.tellings, sent["reports"], strict=True):
                convert_line(telling.line, line)
                text = telling.line.article.text
                line["quote_span"] = utf16_span(text, telling.quotation.span)
    return message


def figures_message(series: "FigureSeries", offsets: Offsets) -> dict[str, Any]:
    """Return the message of figures over time, with its spans in this unit."""
    message = series.to_dict()
    if offsets == "utf16":
        message["offsets"] = offsets
        for figure, sent in zip(series.figures, message["figures"], strict=True):
            for report, line in zip(figure.reports, sent["reports"], strict=True):
                convert_line(report, line)
    return message


def conflicts_message(found: "Conflicts", offsets: Offsets) -> dict[str, Any]:
    """Return the message of conflicts, with its spans in this unit."""
    message = found.to_dict()
    if offsets == "utf16":
        message["offsets"] = offsets
        for conflict, sent in zip(found.conflicts, message["conflicts"], strict=True):
            for side, told in zip(conflict.sides, sent["sides"], strict=True):
                for report, line in zip(side.reports, told["reports"], strict=True):
                    convert_line(report, line)
        for correction, line in zip(found.corrections, message["corrections"], strict=True):
            convert_line(correction.line, line)
    return message


def convert_line(line: "Line", message: dict[str, Any]) -> None:
    """Put the span of a line's message in UTF-16 code units."""
    message["span"] = utf16_span(line.article.text, line.span)


def passage_messages(
    passages: Sequence[RankedPassage], offsets: Offsets
) -> list[Mapping[str, Any]]:
    """Return the messages of passages, with their spans in this unit."""
    messages = [passage.to_dict() for passage in passages]
    if offsets == "utf16":
        _convert_passages(passages, messages)
    return [*messages]


def utf16_span(text: str, span: Sequence[int]) -> list[int]:
    """Return a span of `text` as JavaScript's `text.slice` takes it.

    >>> utf16_span("🚢 sails", (2, 7))
    [3, 8]
    """
    return [len(text[:edge].encode("utf-16-le", "surrogatepass")) // 2 for edge in span]


def _convert_passages(
    passages: Sequence[RankedPassage], messages: Sequence[dict[str, Any]]
) -> None:
    for passage, message in zip(passages, messages, strict=True):
        message["span"] = utf16_span(passage.article.text, message["span"])
        text = passage.passage.text
        message["highlights"] = [utf16_span(text, span) for span in message["highlights"]]
