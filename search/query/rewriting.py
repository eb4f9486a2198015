"""Follow-up questions, made to stand alone by what was asked and answered before.

English only, and by rules: no language model is asked, so nothing is said that nobody said. A
question that depends on nothing is left as it is.
"""

import re
from collections.abc import Sequence

from ...corpus.text.cleaning import one_line
from ..question import MOST_CHARACTERS, Turn
from .ellipsis import completed, is_fragment
from .pronouns import leaves_unsaid, with_names
from .topic import content_stems, topic_of

# What was said longer ago is past; an answer says first what it is about.
_LAST_TURNS = 24
_FOLLOWED = 4  # of the questions before, those made to stand alone themselves
_READ = 300  # characters of a turn
_ASKS = re.compile(
    r"\A(?:and |but |so )?(?:(?:who|whom|what|when|where|why|how)\b(?: (?:many|much|long|often))?)?"
    r"(?: ?\b(?:is|are|was|were|do|does|did|has|have|had)\b)?(?: (?:a|an|the)\b)?",
    re.IGNORECASE,
)
# What is said to be polite, and asks nothing.
# Once a word is taken for such it stays one: to try them in several ways could take for ever.
_COURTESY = re.compile(
    r"(?!(?:again|day|for|much|then|there)\b)(?>(?:all\s+right|alright|bye|cheers|cool|excellent|"
    r"fine|goodbye|good|great|hello|hey|hi|i\s+see|no|nice|ok|okay|perfect|please|right|sorry|super|"
    r"sure|got\s+it|understood|well|wow|yes|you['’]re\s+welcome|morning|afternoon|evening|night|day|"
    r"many\s+thanks|thanks|thank\s+you|thx|(?:so\s+|very\s+)?much|a\s+lot|again|there|dragoman|"
    r"how\s+are\s+you|have\s+a\s+(?:nice|good)\s+day|see\s+you|then|"
    r"for\s+(?:that|now|your\s+help|the\s+(?:answer|help)))\b[\s,.!?…]*)++",
    re.IGNORECASE,
)
_BARE = 4  # words of a question that says nothing itself
_SAID = 12  # words of the question before that may be repeated in brackets


def standalone_question(question: str, history: Sequence[Turn]) -> str:
    """Give a question so that it can be asked alone, by what was said before, the oldest first.

    What it leaves unsaid is put in its place, or after it in brackets; "Thanks!" and the like leave
    nothing unsaid. Only the last few turns are
    looked at. It never has more than `MOST_CHARACTERS`, unless the question itself has.

    >>> history = [Turn("user", "Who led Russia's delegation?"), Turn("assistant", "Medinsky.")]
    >>> standalone_question("And Ukraine's?", history)
    "Who led Ukraine's delegation?"
    >>> standalone_question("What did he say?", history)
    "What did Medinsky say? (Russia's delegation)"
    """
    if not any(character.isalnum() for character in question) or _is_courtesy(question):
        return question
    turns = [Turn(turn.role, one_line(turn.content[:_READ])) for turn in history[-_LAST_TURNS:]]
    asked = ""
    questions = [number for number, turn in enumerate(turns) if _is_question(turn)]
    for number in questions[-_FOLLOWED:]:
        earlier = turns[:number] if asked else []
        asked = _stand_alone(turns[number].content, asked, earlier)
    told = _stand_alone(question, asked, turns)
    return told if len(told) <= MOST_CHARACTERS else question


def _is_question(turn: Turn) -> bool:
    return turn.role == "user" and not _is_courtesy(turn.content)


def _is_courtesy(text: str) -> bool:
    return _COURTESY.fullmatch(text.strip()) is not None


def _stand_alone(question: str, asked: str, turns: Sequence[Turn]) -> str:
    """Make a question stand alone after the one `asked` before, as understood, and its turns."""
    if not turns:
        return question
    if asked and (whole := completed(question, asked)):
        return whole
    answers = [turn.content for turn in reversed(turns) if turn.role == "assistant"]
    told = with_names(question, asked, answers)
    if content_stems(question) and not leaves_unsaid(told) and not is_fragment(question):
        return told
    topic = _topic(question, told, asked, turns)
    return f"{told.rstrip()} ({', '.join(topic)})" if topic else told


def _topic(question: str, told: str, asked: str, turns: Sequence[Turn]) -> list[str]:
    if len(told.split()) <= _BARE and not content_stems(told):
        said = _said(asked)
        if said:
            return [said]
    questions = [turn.content for turn in turns if turn.role == "user"]
    answers = [turn.content for turn in turns if turn.role == "assistant"]
    return topic_of(question, told, asked, questions, answers[-3:])


def _said(asked: str) -> str:
    """Give what was asked without its question word: "met in Antalya"."""
    said = _ASKS.sub("", asked.replace("(", "").replace(")", "")).replace("?", ",")
    said = " ".join(said.split()).strip(" ,.!")
    return said if len(said.split()) <= _SAID else ""
