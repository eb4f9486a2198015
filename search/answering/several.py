"""Two questions in one: told apart, and their answers joined."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..answer import MARKER, Answer, Citation, Status
from ..language.dates import MONTH
from ..language.lexicon import WEEKDAYS
from ..results import RankedPassage

_ASKS = r"(?:who|whom|whose|what|when|where|which|why|how)\b"
# A second question has its own question word, after "and" or after a mark.
_BETWEEN = re.compile(
    rf"(?:\s*,)?\s+(?:and|but)\s+(?:also\s+)?(?={_ASKS})|\s*\?+\s+(?=(?:and\s+|but\s+)?{_ASKS})",
    re.IGNORECASE,
)
_ASKING = re.compile(rf"(?:and\s+|but\s+)?(?:(?:in|on|at|by|for|from|to|with)\s+)?{_ASKS}", re.I)
# "in April and in May", "at the first match and at the return match"
_TIME = rf"(?:{MONTH}|(?:{'|'.join(WEEKDAYS)}))(?:\s+\d{{4}})?|(?:19|20)\d\d"
_IN_BOTH = re.compile(
    rf"(?P<before>.+\s)(?P<in>in|on|at)\s+(?:(?P<one>{_TIME})\s+and(?:\s+(?P=in))?\s+(?P<other>{_TIME})"
    r"|(?P<a>(?:the\s+)?[a-z][\w\s-]*?)\s+and\s+(?P=in)\s+(?P<b>(?:the\s+)?[a-z][\w\s-]*?))(?P<after>[?\s]*)",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:between|both|differ\w*|more|less|fewer|than|\w+er)\b", re.IGNORECASE)
_LEAST_WORDS = 3  # of each: "when and where" is one question
_MOST = 3


def separate_questions(text: str) -> list[str]:
    """Return the questions that a text asks, one in most cases.

    >>> separate_questions("When does the pier open, and who built it?")
    ['When does the pier open?', 'who built it?']
    >>> separate_questions("When and where did they meet?")
    ['When and where did they meet?']
    >>> separate_questions("How high was inflation in April and May?")
    ['How high was inflation in April?', 'How high was inflation in May?']
    """
    if found := _IN_BOTH.fullmatch(text.strip()):
        return _of_each(found) or [text]
    parts = [part.strip() for part in _BETWEEN.split(text.strip())]
    asks = all(_ASKING.match(part) and len(part.split()) >= _LEAST_WORDS for part in parts)
    if not asks or not 1 < len(parts) <= _MOST:
        return [text]
    return [part if part.endswith("?") else f"{part}?" for part in parts]


def _of_each(found: re.Match[str]) -> list[str]:
    """Return a question asked of each of two times or occasions, none where it compares them."""
    if _COMPARES.search(found["before"]) or not _ASKING.match(found["before"]):
        return []
    both = (found["one"] or found["a"], found["other"] or found["b"])
    return [f"{found['before']}{found['in']} {one}?" for one in both]


def join_answers(asked: str, answers: Sequence[Answer], limit: int) -> Answer:
    """Join the answers to the parts of a question, with their citations numbered through.

    Where some are not answered, the answer is partial, and a warning names them.
    """
    answered = [answer for answer in answers if answer.answer]
    citations: list[Citation] = []
    numbered: list[Answer] = []
    for answer in answered:
        known = len(citations)
        one = _numbered_through(answer, citations)
        if len(citations) > known or one.figures or not numbered:
            numbered.append(one)  # the others say nothing that has not been said
    warnings = [warning for answer in answers for warning in answer.warnings]
    if answered:
        warnings += [
            f"The articles here do not answer “{answer.question_understood}”"
            for answer in answers
            if not answer.answer
        ]
    first = answered[0] if answered else answers[0]
    took = {stage: sum(a.stages.get(stage, 0.0) for a in answers) for stage in answers[0].stages}
    return replace(
        first,
        question_asked=asked,
        question_understood=" ".join(answer.question_understood for answer in answers),
        status=_status(answers),
        answer=" ".join(answer.answer or "" for answer in numbered) or None,
        confidence=min(answer.confidence for answer in answered or answers),
        citations=tuple(citations),
        figures=tuple(figure for answer in numbered for figure in answer.figures),
        passages=_passages(answers, limit),
        warnings=tuple(dict.fromkeys(warnings)),
        took_ms=sum(answer.took_ms for answer in answers),
        stages=took,
    )


def _status(answers: Sequence[Answer]) -> Status:
    first = answers[0].status
    return first if all(answer.status == first for answer in answers) else "partial"


def _numbered_through(answer: Answer, citations: list[Citation]) -> Answer:
    """Add an answer's citations, each once, and return it with their numbers."""
    numbers: dict[int, int] = {}
    for citation in answer.citations:
        place = (citation.passage, citation.span)
        same = next((one for one in citations if (one.passage, one.span) == place), None)
        if same is None:
            same = replace(citation, number=len(citations) + 1)
            citations.append(same)
        numbers[citation.number] = same.number
    figures = [replace(one, citation=numbers[one.citation]) for one in answer.figures]
    text = MARKER.sub(lambda found: f"{found[1]}[{numbers[int(found[2])]}]", answer.answer or "")
    return replace(answer, answer=text, figures=tuple(figures))


def _passages(answers: Sequence[Answer], limit: int) -> tuple[RankedPassage, ...]:
    """Return the best passages for each part in turn, ranked anew."""
    most = max(len(answer.passages) for answer in answers)
    in_turn = (
        answer.passages[place]
        for place in range(most)
        for answer in answers
        if place < len(answer.passages)
    )
    once = list({passage.id: passage for passage in reversed([*in_turn])}.values())[::-1]
    return tuple(replace(one, rank=rank) for rank, one in enumerate(once[:limit], start=1))
