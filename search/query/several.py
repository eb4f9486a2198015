"""Whether a question asks for several things: "which bridges", "list all", "at Holt and Pell".

English only.
"""

import re

from ..language.lexicon import NUMBER_WORDS

_LIST = r"(?:please\s+)?(?:list|name|enumerate|(?:give|show|tell)\s+(?:me|us))\s+(?:me\s+|us\s+)?"
_LISTS = re.compile(
    rf"{_LIST}(?P<all>(?:all|every|each|both)\s+)?(?:of\s+)?(?:the\s+)?"
    r"(?P<things>[^?.!]+?)(?P<clause>\s+(?:that|which|who)\s+[^?.!]+)?[?.!\s]*",
    re.IGNORECASE,
)
_PLURAL = r"(?:[\w’'-]*(?:[^\W\dsui'’]s)|people|men|women|children|police)"
_COUNTED = rf"(?:\d+|{'|'.join(NUMBER_WORDS)})\s+"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|must|should)"
_BEFORE_NOUN = rf"(?:{_COUNTED})?(?:(?!{_AUXILIARY}\b)[\w’'-]+\s+){{0,2}}?"
_SEVERAL = re.compile(
    rf"""
    # "which two old bridges"; "in what places was", since "what happens" has no noun
    \bwhich\s+{_BEFORE_NOUN}{_PLURAL}\b(?!['’])
    | \bwhat\s+{_BEFORE_NOUN}{_PLURAL}\s+{_AUXILIARY}\b
    # "where did barns burn", "when were old bridges closed"
    | ^(?:where|when)\s+(?:did|do|have|are|were|will)\s+(?!(?:the|these|those|his|her|its|their)\b)
        (?:[a-z-]+\s+)?{_PLURAL}\b(?!['’])
    | ^who\s+(?:all\s+)?(?:are|were)\s+(?:all\s+)?the\s+(?:[\w-]+\s+){{0,2}}?{_PLURAL}\b
    | ^what\s+(?:are|were)\s+(?:all\s+)?(?:the|these|those)?\s*(?:[\w-]+\s+){{0,2}}?{_PLURAL}\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "What is the name of the driver?", "the driver's name", "who are the five jurors"
_NAMES_ASKED = re.compile(
    r"\b(?:what(?:['’]s|\s+(?:is|are|was|were))?\s+(?:the\s+)?)?(?:(?P<name>name)|(?P<names>names))\s+of\s+"
    r"(?:the|his|her|its|their)\s+[a-z]"
    r"|\bwhat(?:['’]s|\s+is|\s+was)\s+(?:his|her|the\s+[a-z\s]+?['’]s)\s+name\b"
    rf"|\bwho\s+(?P<who>are|were)\s+the\s+(?:{_COUNTED})[a-z]",
    re.IGNORECASE,
)
_AFTER_NOUN = re.compile(r"\s+(?:of|in|at|on|from|by|to|for|with|during|after|before)\b")
_NO_PLURALS = re.compile(
    r"\b(?:which|what)\s+(?:does|is|was|has|this|news|series)\b", re.IGNORECASE
)
_NAME = r"[^\W\d_a-zà-öø-ÿ][\w’'-]*(?:\s+[^\W\d_a-zà-öø-ÿ][\w’'-]*)*"
# "Aldwick and Port Bran", "the Aldwick pier and the Port Bran pier".
_JOINED = re.compile(
    rf"(?P<names>{_NAME}(?:,\s+{_NAME})*)"
    rf"(?:,?\s+and\s+(?:(?:that\s+)?(?:of|at|in)\s+)?|\s+[a-z][\w-]*,?\s+and\s+the\s+)(?P<last>{_NAME})"
)


def asks_for_several(question: str) -> bool:
    """Return whether a question asks for several things of a kind, however many there are.

    >>> asks_for_several("Which bridges are closed?"), asks_for_several("List all barn fires.")
    (True, True)
    >>> asks_for_several("Which bridge is closed?"), asks_for_several("Where did the talks end?")
    (False, False)
    """
    text = question.strip()
    if (lists := _LISTS.fullmatch(text)) and _is_list(lists):
        return True
    return bool(_SEVERAL.search(text)) and not _NO_PLURALS.search(text)


def listing_as_question(text: str) -> str:
    """Return "List all …" as the question that it stands for: readers know questions.

    >>> listing_as_question("List all bridges that are closed.")
    'Which bridges are closed?'
    >>> listing_as_question("Name the fires at Holt."), listing_as_question("Name the mayor.")
    ('Which fires at Holt are there?', 'Name the mayor.')
    """
    lists = _LISTS.fullmatch(text.strip())
    if not lists or not _is_list(lists):
        return text
    clause = re.sub(r"^\s+(?:that|which|who)\b", "", lists["clause"] or "")
    return f"Which {lists['things']}{clause or ' are there'}?"


def _is_list(lists: re.Match[str]) -> bool:
    head = _AFTER_NOUN.split(lists["things"])
    return bool(lists["all"]) or bool(
        re.fullmatch(rf"(?:\S+\s+)*{_PLURAL}", head[0], re.IGNORECASE)
    )


def names_asked(question: str) -> int:
    """Return how many names a question asks for at least, 0 if it does not ask for names.

    >>> names_asked("What is the name of the driver?"), names_asked("Who are the five jurors?")
    (1, 2)
    >>> names_asked("Who are the jurors?")
    0
    """
    if found := _NAMES_ASKED.search(question):
        return 2 if found["names"] or found["who"] else 1
    return 0


def joined_names(question: str) -> tuple[str, ...]:
    """Return the names that a question joins by "and": each may have an answer of its own.

    >>> joined_names("Who built the piers at Aldwick and Port Bran?")
    ('Aldwick', 'Port Bran')
    >>> joined_names("Who built the Aldwick pier and the Bran pier?")
    ('Aldwick', 'Bran')
    """
    found = _JOINED.search(question[:1].lower() + question[1:])
    return (*re.split(r",\s+", found["names"]), found["last"]) if found else ()
