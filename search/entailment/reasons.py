"""Whether a sentence gives the reason of what it or the one before it tells, or tells how."""

import re

from .terms import Terms

_REASON = re.compile(
    r"\b(?:because|due|owing|thanks|therefore|thus|hence|after|amid|following|why|"
    r"blam\w+|caus\w+|reason\w*|result\w*|prompt\w+|trigger\w+|attribut\w+|"
    r"(?:led|leads?|leading)\s+to|out of|for fear|fearing|saying|citing|cited|"
    r"given\s+(?:the|that|its|their)|on account|on the grounds?|since(?!\s+\d)|"
    r"(?:\w+ed|quit|strike|protests?|row)\s+over|"
    r"in\s+protest|in\s+response|put\s+(?:it|this|that)\s+down\s+to)\b|[:;–—]",
    re.IGNORECASE,
)
# What may introduce a reason, and mostly does not.
_MAYBE = re.compile(r"\b(?:so|as|said|says|when|with|by|over|since)\b", re.IGNORECASE)
_CALLED_REASON = re.compile(
    r"\b(?:because|due\s+to|owing\s+to|reasons?|cause[sd]?|blam(?:es?|ed|ing)|cit(?:es|ed|ing)|"
    r"put\s+(?:it|this|that)\s+down\s+to|attribut(?:es?|ed))\b",
    re.IGNORECASE,
)
# Not "to Oslo", "for good".
_PURPOSE = re.compile(
    r"\b(?i:to|for(?!\s+(?:good|now|ever|example|instance|years?|months?|weeks?|days?|hours?)\b))\s+"
    r"([a-zà-öø-ÿ]+)"
)
# "Was to vote", "agreed to talk", "from May to June": no purpose.
_NO_PURPOSE = re.compile(
    r"\bfrom\s+\w+\s+to\s+\w+|\b(?:is|are|was|were|had|has|have|due|(?:agree|decid|refus|want|hop|tri|try|"
    r"beg[ai]n|continu|plan|promis|offer|fail|threaten|appear|seem|start|declin|wish)\w*)\s+to\b",
    re.IGNORECASE,
)
_RESTATES = 0.5  # of the question's terms
_SAYS_ALL = 0.8
# "Inspectors had found cracks", "diesel has become dearer": what came before what is told.
_PERFECT = re.compile(
    r"\b(?:has|have|had)\s+(?:(?:not|never|also|already|only|long|just|recently)\s+)*"
    r"(?:be(?:en|come)|[a-z]+ed|driven|fallen|found|given|gone|grown|known|left|lost|made|risen|"
    r"run|seen|shut|taken|worn|broken|withdrawn|crossed)\b"
)
_LACKS = re.compile(
    r"\A(?:only|not\s+(?:one|a\s+single|enough)|no(?:body|\s+one)?|none|few)\b"
    r"|\bwould\s+have\b|\bd(?:id|oes|o)\s+not\s+have\b"
    r"|\b(?:unable|could\s+(?:not|no)|cannot|not\s+(?:enough|possible)|impossible|no\s+longer|"
    r"too\s+[a-z]+|lacks?|lacked|shortage)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:will|won['’]t|is\s+to|are\s+to|going\s+to)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:[a-z]{2,}ed|was|were|had|did|lost|learnt|found|fell|rose|broke)\b")
# What turns to another matter, is to come, or tells how long it has been so.
_NO_REASON = re.compile(
    r"\A(?:but|however|meanwhile|also|separately|it\s+will|the\s+(?:[a-z]+\s+)?will)\b"
    r"|\b(?:will|would(?!\s+have)|is\s+to|are\s+to|did\s+not\s+say|"
    r"for\s+(?:\w+|the\s+last\s+\w+)\s+years)\b"
    r"|\b(?:opened|built|founded|born|been|sat|served|worked|lived)\b[^.]*\b[12]\d{3}\b",
    re.IGNORECASE,
)


# "They climbed through a skylight."
_MANNER = re.compile(
    r"\b(?:by|through|via|using|thanks\s+to|means\s+of|with\s+(?:an?|the|his|her|their))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:they|he|she|it|the)\b[^.]*\b(?:[a-z]{3,}ed|let|cut|broke|got|took|set|came|drove)\b", re.I
)
_WAY = re.compile(r"\b(?:by|from|into|on|over|through|under|using|via|with)\b", re.IGNORECASE)


def gives_reason(question: str, sentence: str, share: float) -> bool:
    """Return whether a sentence has more to say than what is asked why.

    `share` is that of the question's terms in it. A sentence that says all of what is asked must
    have a word that gives a reason, or a purpose.

    >>> gives_reason("Why did the mill close?", "The mill closed in May.", 1.0)
    False
    >>> gives_reason("Why did the mill close?", "The mill closed in May after a fire.", 1.0)
    True
    """
    if share < _RESTATES or (share < _SAYS_ALL and _MAYBE.search(sentence)):
        return True
    return has_reason(question, sentence)


def has_reason(question: str, sentence: str) -> bool:
    """Return whether a sentence has a word that gives a reason, or a purpose not asked about.

    >>> has_reason("Why did they meet?", "They met to sign a truce.")
    True
    >>> has_reason("Why did they meet?", "They met and agreed to talk again.")
    False
    """
    if _REASON.search(sentence):
        return True
    asked = Terms(question).stems
    left = _NO_PURPOSE.sub(" ", sentence)
    purposes = (Terms(found[1]).stems for found in _PURPOSE.finditer(left))
    return any(purpose and not purpose & asked for purpose in purposes)


def is_called_reason(sentence: str) -> bool:
    """Return whether a sentence calls something a reason."""
    return bool(_CALLED_REASON.search(sentence))


def explains(told: str, following: str) -> bool:
    """Return whether the sentence that follows one may give the reason of what that tells.

    News mostly gives it without a word for it, by what had happened before, or by what is lacking.

    >>> explains("The night ferry was halted.", "Inspectors had found cracks in its ramp.")
    True
    >>> explains("The night ferry was halted.", "The day boat keeps to its timetable.")
    False
    """
    if _CALLED_REASON.search(following) or _LACKS.search(following):
        return True
    if _NO_REASON.search(following):
        return False
    if _PERFECT.search(following):
        return True
    return bool(_TO_COME.search(told) and _PAST.search(following))


def tells_how(told: str, following: str) -> bool:
    """Return whether the sentence that follows one goes on with how that was done.

    >>> tells_how("Thieves robbed the bank.", "They climbed through a skylight.")
    True
    >>> tells_how("Thieves robbed the bank through a skylight.", "They climbed over a wall.")
    False
    """
    return bool(not _MANNER.search(told) and _GOES_ON.match(following) and _WAY.search(following))


def may_explain(following: str) -> bool:
    """Return whether nothing speaks against a sentence as the reason of the one before it."""
    return not _NO_REASON.search(following)
