"""Follow-up questions, rewritten so that each can be understood without the conversation.

English only, and by rules: only words of the conversation are used. A question that does not depend
on the conversation stays as it is.
"""

import re
from collections.abc import Sequence
from itertools import dropwhile

from ...corpus.text.analysis import STOP_WORDS
from ...corpus.text.cleaning import one_line
from ..question import MOST_CHARACTERS, Turn
from .ellipsis import completed, corrected_to, is_elliptical, is_fragment
from .phrasing import question_proper
from .pronouns import leaves_unsaid, with_names
from .topic import content_stems, topic_of

_BEFORE_SUBJECT = STOP_WORDS | {"may", "might", "must", "shall"}
_LAST_TURNS = 24
_LAST_QUESTIONS = 4  # of the user, rewritten themselves
_TURN_LENGTH = 300  # characters of a turn: an answer first says what it is about
_LAST_ANSWERS = 3
_BARE = 4  # words of a question that says nothing itself
_REPEATED = 12  # words of the question before that may be repeated in brackets
_COURTESIES = frozenset(
    """
    afternoon alright bye cheers cool evening excellent fine goodbye good got great hello hey hi
    morning nice night no ok okay perfect please right see sorry super sure thank thanks thx
    understood well wow yes
    """.split()
)
_AROUND_COURTESIES = frozenset(
    "a again all answer day for help i it lot many much now so that the then there very you your"
    .split()
)  # fmt: skip

# What an answer says that has none.
_REFUSAL = re.compile(
    r"(?:(?:sorry|unfortunately)[,.]?\s+)?(?:(?:the|these)\s+(?:articles|documents|sources|passages)\b"
    r"[^.]{0,20}\b(?:do|does|did)\s+not\s+(?:answer|say|mention|contain|state)\b"
    r"|(?:there\s+is\s+)?no(?:t\s+(?:in\s+the|an?)?)?\s+(?:answer|articles?)\b|nothing\b[^.]*\bfound"
    r"|i\s+(?:do\s+not|don['’]t|cannot|can['’]t|could\s+not|couldn['’]t)\s+(?:know|find|answer))",
    re.IGNORECASE,
)
_DOUBTS = re.compile(
    r"(?:(?:are\s+you|you['’]?re?)\s+(?:(?:really|quite|absolutely|100\s*%)\s+)?(?:sure|certain)"
    r"(?:\s+(?:about|of)\s+(?:that|this|it))?|(?:oh\s+)?really"
    r"|is\s+(?:that|this|it)\s+(?:really\s+)?(?:true|right|correct|so))[\s?!.]*",
    re.IGNORECASE,
)
_HOW_OLD = re.compile(r"(?:and\s+)?how\s+(?:old|tall|rich)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\Z")
_IT = re.compile(r"\b(?:it|its)\b", re.IGNORECASE)


def standalone_question(question: str, history: Sequence[Turn]) -> str:
    """Return a question as it can be asked alone after `history`, the oldest turn first.

    What it refers to replaces the reference, or follows in brackets. A courtesy ("Thanks!") stays
    as it is. Only the last few turns count. The result has at most `MOST_CHARACTERS`, unless the
    question itself is longer.

    >>> history = [Turn("user", "Who led Russia's delegation?"), Turn("assistant", "Medinsky.")]
    >>> standalone_question("And Ukraine's?", history)
    "Who led Ukraine's delegation?"
    >>> standalone_question("What did he say?", history)
    "What did Medinsky say? (Russia's delegation)"
    """
    if not any(character.isalnum() for character in question) or _is_courtesy(question):
        return question
    question = question_proper(question)
    last = history[-_LAST_TURNS:]
    turns = [Turn(turn.role, one_line(turn.content[:_TURN_LENGTH])) for turn in last]
    turns = _without_refusals(turns, is_elliptical(question))
    asked = ""
    questions = [number for number, turn in enumerate(turns) if _is_question(turn)]
    for number in questions[-_LAST_QUESTIONS:]:
        earlier = turns[:number] if asked else []
        asked = _rewritten(turns[number].content, asked, earlier)
    told = _rewritten(question, asked, turns)
    return told if len(told) <= MOST_CHARACTERS else question


def _without_refusals(turns: Sequence[Turn], with_questions: bool) -> list[Turn]:
    """Return the turns without answers that say there is none, and maybe without their questions.

    "And in Mariupol?" still needs the question that was refused; "he" is nobody it named.
    """
    kept: list[Turn] = []
    for turn in turns:
        if turn.role == "user" or not _REFUSAL.match(turn.content):
            kept.append(turn)
        elif kept and kept[-1].role == "user" and not with_questions:
            kept.pop()
    return kept


def _is_question(turn: Turn) -> bool:
    return turn.role == "user" and not _is_courtesy(turn.content)


def _is_courtesy(text: str) -> bool:
    words = set(re.findall(r"\w+", text.lower()))
    return bool(words & _COURTESIES) and words <= _COURTESIES | _AROUND_COURTESIES


def _rewritten(question: str, asked: str, turns: Sequence[Turn]) -> str:
    """Rewrite a question after `asked`, the rewritten question before it, and all `turns`."""
    if not turns:
        return question
    if asked and _DOUBTS.fullmatch(question):
        return asked
    if meant := corrected_to(question, asked):
        return meant
    if asked and (whole := completed(question, asked)):
        return whole
    answers = [turn.content for turn in turns if turn.role == "assistant"]
    told = with_names(question, asked, answers[::-1])
    says_all = (content_stems(question) or _HOW_OLD.match(question)) and not leaves_unsaid(told)
    if says_all and not is_elliptical(question):
        return told
    questions = [turn.content for turn in turns if turn.role == "user"]
    topic = (
        (_is_bare(told) and _without_question_word(asked))
        or _same_topic(question, asked)
        or topic_of(question, told, asked, questions, answers[-_LAST_ANSWERS:])
    )
    return f"{told.rstrip()} ({topic})" if topic else told


def _same_topic(question: str, asked: str) -> str | None:
    """Return what the question before was about where both say no more than "it"."""
    topic = _IN_BRACKETS.search(asked)
    return topic[1] if topic and _IT.search(question) and _IT.search(asked) else None


def _is_bare(question: str) -> bool:
    if is_elliptical(question) and not is_fragment(question):
        return True
    return len(question.split()) <= _BARE and not content_stems(question)


def _without_question_word(asked: str) -> str | None:
    """Return a short question without its first stop words: "met in Antalya"."""
    words = asked.translate({ord("("): None, ord(")"): None, ord("?"): ","}).split()
    said = list(dropwhile(lambda word: word.lower() in _BEFORE_SUBJECT, words))
    return " ".join(said).strip(" ,.!") if len(said) <= _REPEATED else None
