"""Stories with questions: what is asked of them, and what an answer should have.

`known_wrong` marks a question that is not answered rightly yet. The four sets of asked_stories.json
were written to mislead, in the length and wording of news, by people who had not seen the code.
"""

import json
from pathlib import Path

import pytest

from dragoman.search.answer import Answer
from dragoman.search.dragoman import Dragoman

SETS = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))


def faults(answer: Answer, expected: dict) -> list[str]:
    """Return how an answer is not as expected. Of a list in `has` one must be in it."""
    text = (answer.answer or "").casefold()
    cited = {citation.article.id for citation in answer.citations}
    values = [figure.value for figure in answer.figures]
    found = [f"lacks {words}" for words in expected.get("has", ()) if not _holds(text, words)]
    found += [f"has {words}" for words in expected.get("lacks", ()) if words.casefold() in text]
    found += [f"does not cite {id}" for id in expected.get("cites", ()) if id not in cited]
    if answer.status not in expected.get("status", (answer.status,)):
        found.append(f"is {answer.status}")
    if values[: len(expected.get("values", ()))] != expected.get("values", []):
        found.append(f"has figures {values}")
    return found


def _holds(text: str, words: str | list[str]) -> bool:
    some = [words] if isinstance(words, str) else words
    return any(one.casefold() in text for one in some)


def marked(expected: dict):
    """Return a question as a test's parameter, marked where it is known to go wrong."""
    wrong = pytest.mark.xfail(strict=True, reason="not answered rightly yet")
    marks = [wrong] if expected.get("known_wrong") else []
    return pytest.param(expected, marks=marks, id=expected["question"])


def asked_of(dragoman: Dragoman, expected: dict) -> Answer:
    """Ask a question after what was said before."""
    roles = ("user", "assistant")
    history = [
        {"role": role, "content": said}
        for role, said in zip(roles, expected.get("history", ()), strict=False)
    ]
    return dragoman.ask(expected["question"], history)
