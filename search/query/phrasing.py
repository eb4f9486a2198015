"""The question proper: what is asked, without greetings, what leads to it and what is told first.

English only.
"""

import re
from typing import NamedTuple

from ...corpus.text.sentences import sentence_spans

_COURTESY = (
    r"(?:many\s+)?(?:thanks|thank\s+you|thx|ok|okay|hi|hello|hey|good\s+(?:morning|day|afternoon|"
    r"evening)|great|perfect|cool|nice|super|please|sorry|got\s+it|i\s+see|all\s+right|alright)"
)
_GREETING = re.compile(
    rf"(?:{_COURTESY}(?:\s+(?:again|a\s+lot|so\s+much|very\s+much|there|all|then))?"
    r"(?:\s*[.!,;:–-]+\s*|\s+(?=(?:can|could|do|tell|what|when|where|which|who|why|how)\b)))+",
    re.IGNORECASE,
)
_ASKING = r"(?:who|whom|whose|what|when|where|which|why|how|if|whether)\b"
_LEADS = re.compile(
    r"(?:(?:can|could|would|will)\s+(?:you|u|anyone|someone)\s+(?:please\s+|kindly\s+)?"
    r"(?:tell|say|explain|find\s+out|remind)(?:\s+(?:to\s+)?(?:me|us))?(?:\s+please)?"
    r"|(?:do|does)\s+(?:you|u|anyone|anybody)\s+know"
    r"|(?:please\s+)?(?:tell|remind)\s+(?:me|us)(?:\s+please)?"
    r"|i(?:\s+(?:just|only))?(?:\s+(?:want|need|wanted|wish|would\s+like)|['’]d\s+like)\s+to\s+know"
    r"|i\s+(?:wonder|was\s+wondering)|i['’]?m\s+(?:wondering|curious)|(?:any|got\s+any)\s+idea"
    rf"|please)[\s,:]+(?={_ASKING})",
    re.IGNORECASE,
)
_NEWEST = r"(?:latest|newest|most\s+recent)"
_TOPIC = re.compile(
    r"(?:please\s+)?(?:(?:tell|show|give)\s+(?:me|us)\s+(?:(?:more|everything|something|all|info|"
    r"information|details)\s+)?(?:about|on)|(?:any\s+)?(?:info|information|details|news|updates?|"
    r"anything)\s+(?:about|on)"
    rf"|(?P<newest>(?:what(?:['’]?s|\s+is|\s+are)\s+)?(?:the\s+)?{_NEWEST}"
    r"(?:\s+(?:news|developments?|updates?|reports?))?\s+(?:known\s+)?(?:about|on|from|with|in))"
    r"|what\s+is\s+known\s+about)"
    r"\s+(?P<topic>(?!(?:it|him|her|them|this|that|these|those)\b)[^?.!]+?)[?.!\s]*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?i:who)\s+(?:was|has\s+been)\s+(?:the\s+)?(?P<office>[a-z][^?]*?)\s+before\s+"
    r"(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)\W*"
)
_QUESTION_WORD = re.compile(rf"\b(?!if\b|whether\b){_ASKING}", re.IGNORECASE)
_FEWEST_WORDS = 4  # of a sentence that asks by itself
_MOST_WORDS = 45  # what the reader takes of a question, about

_TYPED_END = re.compile(r"(?<=[a-z]{4}[.!?])\s+")


def question_proper(text: str) -> str:
    """Return a question without what is said around it, as it was typed.

    >>> question_proper("Hi! Could you tell me who runs the ferry?")
    'who runs the ferry?'
    >>> question_proper("Thanks!"), question_proper("OK, and why?")
    ('Thanks!', 'and why?')
    """
    asked = text[found.end() :] if (found := _GREETING.match(text)) else text
    asked = asked[found.end() :] if (found := _LEADS.match(asked)) else asked
    return asked if any(character.isalnum() for character in asked) else text


class Topic(NamedTuple):
    """What somebody wants to be told about, and whether the newest of it."""

    words: str
    newest: bool


def topic_of(text: str) -> Topic | None:
    """Return what "Tell me about X" wants to know about, None if a text asks something else.

    >>> topic_of("tell me about the Antalya meeting")
    Topic(words='the Antalya meeting', newest=False)
    >>> topic_of("What's the latest on the ferry?")
    Topic(words='the ferry', newest=True)
    >>> topic_of("Tell me about it."), topic_of("Who told them about X?")
    (None, None)
    """
    found = _TOPIC.fullmatch(text.strip())
    return Topic(found["topic"], bool(found["newest"])) if found else None


def topic_as_question(text: str) -> str:
    """Return "Tell me about X" as a question, by which it is searched for.

    >>> topic_as_question("tell me about the Antalya meeting")
    'What is known about the Antalya meeting?'
    >>> topic_as_question("the latest on the ferry"), topic_as_question("Tell me about it.")
    ('What is the latest known about the ferry?', 'Tell me about it.')
    """
    topic = topic_of(text)
    return f"What is {'the latest ' * topic.newest}known about {topic.words}?" if topic else text


def predecessor_as_question(text: str) -> str:
    """Return "Who was X before Y?" as articles tell it: whom Y succeeded.

    >>> predecessor_as_question("Who was mayor of Holt before Bo Ek?")
    'Who did Bo Ek succeed as mayor of Holt?'
    >>> predecessor_as_question("Who was here before the war?")
    'Who was here before the war?'
    """
    found = _BEFORE.fullmatch(text.strip())
    return f"Who did {found['name']} succeed as {found['office']}?" if found else text


def asking_part(text: str) -> tuple[str, str]:
    """Split a long text into what was told first and the sentence that asks.

    That is the last one with a question mark, or else the first one with a question word. A text
    that is no longer than a question, or asks nothing, is all asked.
    """
    if len(text.split()) <= _MOST_WORDS:
        return "", text
    # Typed in haste, a sentence need not begin with a capital.
    sentences = [
        said
        for start, end in sentence_spans(text)
        for said in _TYPED_END.split(text[start:end])
        if said.strip()
    ]
    marked = [place for place, said in enumerate(sentences) if said.rstrip().endswith("?")]
    worded = [place for place, said in enumerate(sentences) if _QUESTION_WORD.search(said)]
    if not marked and not worded:
        return "", text
    place = marked[-1] if marked else worded[0]
    return " ".join(part.strip() for part in sentences[:place]), sentences[place].strip()


def asking_sentence(text: str) -> str:
    """Return the sentence that asks, where others lead to it; otherwise the text.

    >>> asking_sentence("The Amal ran aground on Sunday. Where was the ferry going?")
    'Where was the ferry going?'
    >>> asking_sentence("The Amal ran aground. Why?")
    'The Amal ran aground. Why?'
    """
    *told, (start, end) = sentence_spans(text) or [(0, len(text))]
    asked = text[start:end]
    asks = asked.rstrip().endswith("?") and len(asked.split()) >= _FEWEST_WORDS
    return asked if told and asks else text
