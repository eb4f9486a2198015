"""Ellipsis: elliptical questions ("And Ukraine's?", "Why?") completed from the question before.

English only. What the fragment names replaces its like in the question before: an owner an owner,
a place a place, a date a date, the injured the killed.
"""

import re

from ...corpus.article import Span
from ..language.dates import named_dates
from ..language.lexicon import OUTCOMES, WEEKDAYS, is_outcome
from ..language.names import PEOPLE, names_in

_AUXILIARY = (
    "(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
)
_PREPOSITION = (
    "(?:about|after|against|at|before|by|during|for|from|in|near|of|on|since|to|until|with)"
)
_LEAD = re.compile(
    r"(?:(?:but|no|now|ok|okay|really|so|thanks|well)\b[,.!?]*\s+)*"
    r"(?:(?:and|or)\s+(?:(?:what|how)\s+about\s+)?|(?:what|how)\s+about\s+|i\s+meant\s+)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"(?:{_AUXILIARY}|describe|explain|give|he|how|i|it|list|name|she|show|tell|that|then|there|"
    r"they|this|we|what|when|where|which|who|whom|whose|why|you)\b",
    re.IGNORECASE,
)
_LONGEST = 60  # characters of a fragment; more is a question of its own
_QUESTION_WORD = re.compile(
    r"(?:(?:and|but|so)\s+)?(?:((?:since\s+)?(?:when|where|why))(?:\s+(?:is|was)\s+(?:it|that|this))?"
    r"|(how(?: long| often)?))(?:\s+(?:exactly|not|so|then))?",
    re.IGNORECASE,
)
# "Under which pact", "at what time", "from when"; and the verb of a question whose subject follows.
_PART_ASKED = re.compile(
    rf"(?:(?:and|but|so)\s+)?((?:according to|under|into|by|{_PREPOSITION})\s+"
    r"(?:(?:what|which)(?:\s+[\w-]+){0,3}|whom?|whose\s+\w+|when|where|how\s+(?:many|much|long)"
    r"(?:\s+\w+)?))(?:\s+(?:exactly|then))?",
    re.IGNORECASE,
)
_ASKED_VERB = re.compile(
    rf"(?:(?:{_PREPOSITION}\s+)?(?:when|where|why|how(?: long| often)?)\s+(?={_AUXILIARY}\b)"
    r"|[^?]*?\b(?:what|who|whom|which|how)\b[^?]*?\s(?=(?:do|does|did)\b))(.*)",
    re.IGNORECASE | re.DOTALL,
)
_MANY_OF = re.compile(
    rf"(?:(?:and|but|so)\s+)?how\s+(?:many|much)\s+(?!of\b)({_PREPOSITION}\s+.+)", re.IGNORECASE
)
_MEANT = re.compile(
    r"(?:(?:no|nope|sorry|but|actually|well|wait)\b[,.!]*\s+)*i\s+(?:meant?|was\s+asking\s+about)\s+"
    r"(?P<what>[^.!?,;]+?)\s*(?:[.!?,;]+\s*(?P<anew>\w.*)?)?",
    re.IGNORECASE | re.DOTALL,
)
_IT = re.compile(r"\b(?:it|they|them|that|this)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"the\s", re.IGNORECASE)
_SAYS_WHO = re.compile(r"according\s+to\s+(?:whom?|which|what)\b", re.IGNORECASE)
_LAST_NOUN = re.compile(r"\bthe\s+[\w-]+(?=\s*[?.!]*\Z)", re.IGNORECASE)
_NAMED_PHRASE = re.compile(
    rf"(?i:\bthe\s+[a-z][\w-]*\s+{_PREPOSITION})\s+(?:the\s+)?[A-Z][\w’-]*(?:\s+[A-Z][\w’-]*)*"
)
_YES_OR_NO = re.compile(rf"{_AUXILIARY}\b", re.IGNORECASE)
_WHEN = re.compile(rf"(?:when|where|why|how(?: long| often)?)(?=\s+{_AUXILIARY}\b)", re.IGNORECASE)
_OWNER = re.compile(rf"(?:the\s+)?(?:(\w[\w -]*)['’]s?|({PEOPLE})(?:\s+(?:ones?|sides?))?)")
_OWNED = re.compile(
    rf"(?:\b[Tt]he\s+)?(?:\b[\w-]+['’]s\b(?=\s)|\b(?-i:(?=[A-Z])){PEOPLE}(?=\s+\w))"
)
_EARLIER = re.compile(
    r"(?:.* )?(?:afterwards?|ago|before|earlier|later|now|today|yesterday)"
    r"|last (?:week|month|year)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"how (?:many|much)\b", re.IGNORECASE)
_AUXILIARY_LAST = re.compile(rf"\b{_AUXILIARY}(?: been)?\Z", re.IGNORECASE)
_OUTCOME_NOUNS = frozenset(" ".join(OUTCOMES.values()).split())
_WORD = re.compile(r"[\w'’-]+")


def completed(question: str, asked: str) -> str | None:
    """Return the question that a fragment stands for after `asked`, or None if it is no fragment.

    >>> completed("And Ukraine's?", "Who led Russia's delegation?")
    "Who led Ukraine's delegation?"
    >>> completed("When?", "Did Turkey close the straits?")
    'When did Turkey close the straits?'
    """
    if bare := _QUESTION_WORD.fullmatch(question.strip(" ?!.…")):
        return _asked_with(bare[1] or bare[2], asked)
    if narrowed := _narrowed(question.strip(" ?!.…"), asked):
        return narrowed
    fragment = _fragment(question)
    if not fragment:
        return None
    if instead := _with_phrase(fragment, asked):
        return instead
    # "the wounded by 29 March" is replaced part by part.
    noun, *part = re.split(rf"\s(?={_PREPOSITION}\s)", fragment, maxsplit=1, flags=re.IGNORECASE)
    if part and (told := _counted(noun, asked) or _with_noun(noun, asked)):
        return _with_part(part[0], told)
    ways = (_with_time, _with_owner, _with_part, _with_name, _counted, _with_noun, _with_topic)
    return next((told for way in ways if (told := way(fragment, asked))), None)


def _narrowed(question: str, asked: str) -> str | None:
    """Ask the question before for a part: "Under which pact?", "How many in March?"."""
    if part := _PART_ASKED.fullmatch(question):
        word = part[1][0].upper() + part[1][1:]
        if _YES_OR_NO.match(asked):
            return f"{word} {asked[0].lower()}{asked[1:]}"
        if _SAYS_WHO.match(word) and _HOW_MANY.match(asked):
            return f"Who said {asked[0].lower()}{asked[1:]}"
        verb = _ASKED_VERB.match(asked)
        return f"{word} {verb[1]}" if verb else None
    if (counted := _MANY_OF.fullmatch(question)) and _HOW_MANY.match(asked):
        return _with_part(counted[1], asked)
    return None


def is_fragment(question: str) -> bool:
    """Return whether a question only names what else it asks about.

    >>> is_fragment("And the ministers?"), is_fragment("And who led the ministers?")
    (True, False)
    """
    return bool(_fragment(question))


def is_elliptical(question: str) -> bool:
    """Return whether a question only makes sense with the one just before it.

    >>> is_elliptical("Under which pact?"), is_elliptical("Why?"), is_elliptical("Who is he?")
    (True, True, False)
    """
    bare = question.strip(" ?!.…")
    patterns = (_QUESTION_WORD, _PART_ASKED, _MANY_OF)
    return is_fragment(question) or any(pattern.fullmatch(bare) for pattern in patterns)


def corrected_to(question: str, asked: str) -> str | None:
    """Return what was meant with "No, I meant the ferry. What does it cost?".

    >>> corrected_to("No, I meant the ferry. What does it cost?", "")
    'What does the ferry cost?'
    >>> corrected_to("Sorry, I meant the ferry", "How long is the pier?")
    'How long is the ferry?'
    """
    found = _MEANT.fullmatch(question.strip())
    if not found:
        return None
    what, anew = found["what"], found["anew"]
    if anew:
        return _IT.sub(what, anew, count=1) if _IT.search(anew) else f"{anew} ({what})"
    like = _IT.search(asked) or (_LAST_NOUN.search(asked) if _DEFINITE.match(what) else None)
    return _replaced(asked, like.span(), what) if like else None


def _fragment(question: str) -> str | None:
    """Return what follows "And …?" or "What about …?", unless it is a question itself."""
    lead = _LEAD.match(question)
    fragment = " ".join(question[lead.end() :].split()).strip(" ?!.…") if lead else ""
    if len(fragment) > _LONGEST or re.search(r"[?!.;]\s", fragment) or _WHOLE.match(fragment):
        return None
    return fragment


def _asked_with(word: str, asked: str) -> str | None:
    """Ask the question before with another question word: "Why?"."""
    word = word[0].upper() + word[1:].lower()
    if _YES_OR_NO.match(asked):
        return f"{word} {asked[0].lower()}{asked[1:]}"
    return _WHEN.sub(word, asked, count=1) if _WHEN.match(asked) else None


def _with_time(fragment: str, asked: str) -> str | None:
    """Append "a month earlier"."""
    return _appended(asked, fragment) if _EARLIER.fullmatch(fragment) else None


def _with_owner(fragment: str, asked: str) -> str | None:
    """Replace "Russia's" or "the Russian" by "Ukraine's" or "the Ukrainian"."""
    owner = _OWNER.fullmatch(fragment)
    if not owner:
        return None
    text = f"the {owner[2]}" if owner[2] else fragment
    names = names_in(asked)
    named = next((name.span for name in names if name.possessive), None)
    if owned := _OWNED.search(asked):
        return _replaced(asked, named or owned.span(), text)
    of = (name.span for name in names if asked[: name.span[0]].endswith(" of "))
    span = next(of, None) if owner[1] else None
    return _replaced(asked, span, owner[1]) if span else None


def _with_part(fragment: str, asked: str) -> str | None:
    """Replace "in Istanbul" by "in Antalya", or append it if there is nothing like it."""
    given = re.fullmatch(rf"({_PREPOSITION})\s+(.+)", fragment, re.IGNORECASE | re.DOTALL)
    if not given:
        return None
    times = _times(asked)
    if _times(fragment):
        spans = [_with_preposition(span, asked) for span in times]
    else:
        what = "|".join([*(re.escape(name.text) for name in names_in(asked)), r"[\w-]+"])
        like = rf"\b{given[1]}\s+(?:the\s+)?(?:{what})"
        found = (match.span() for match in re.finditer(like, asked, re.IGNORECASE))
        spans = [one for one in found if not any(_overlap(one, other) for other in times)]
    return _replaced(asked, spans[0], fragment) if spans else _appended(asked, fragment)


def _times(text: str) -> list[Span]:
    """Return the spans of dates, or else of weekdays."""
    spans = [named.span for named in named_dates(text)]
    spans = spans or [day.span() for day in _WEEKDAY.finditer(text)]
    return [(end - len(text[start:end].lstrip()), end) for start, end in spans]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _with_preposition(span: Span, text: str) -> Span:
    before = re.search(rf"\b{_PREPOSITION}\s+\Z", text[: span[0]], re.IGNORECASE)
    return (before.start() if before else span[0], span[1])


def _with_name(fragment: str, asked: str) -> str | None:
    """Replace a name by one of the same kind."""
    given = names_in(fragment)
    if len(given) != 1 or given[0].span[0] > len("the ") or given[0].span[1] < len(fragment):
        return None
    alike = [name for name in names_in(asked) if name.kind == given[0].kind]
    if not alike or given[0].text == alike[0].text:
        return None
    ending = "'s" if alike[0].possessive else ""
    return _replaced(asked, alike[0].span, given[0].text + ending)


def _counted(fragment: str, asked: str) -> str | None:
    """Ask how many others, or how many with another outcome: "And soldiers?", "And injured?"."""
    counts = _HOW_MANY.match(asked)
    if not counts or _times(fragment):
        return None
    what = re.sub(r"\A(?:the|those)\s+", "", fragment, flags=re.IGNORECASE)
    rest = asked[counts.end() :]
    parts = _around_outcome(rest)
    if not parts:
        return f"{counts[0]} {what}? ({rest.strip(' ?.')})"
    before, outcome, after = parts
    if is_outcome(what):
        words = [*_as_subject(before), what]
    elif any(map(_is_outcome, what.split())) or not before:  # "wounded soldiers"
        words = [what]
    else:
        words = [what, *_AUXILIARY_LAST.findall(before), outcome]
    return " ".join([counts[0], *words]) + after


def _around_outcome(text: str) -> tuple[str, str, str] | None:
    """Return what stands before an outcome, the outcome, and what follows it."""
    outcomes = [word for word in _WORD.finditer(text) if _is_outcome(word[0])]
    if not outcomes:
        return None
    first, last = outcomes[0], outcomes[min(1, len(outcomes) - 1)]
    if text[first.end() : last.start()] not in (" and ", " or "):
        last = first
    return text[: first.start()].strip(), first[0], text[last.end() :]


def _is_outcome(word: str) -> bool:
    return is_outcome(word) or word.lower() in _OUTCOME_NOUNS


def _as_subject(noun: str) -> list[str]:
    """Return the words before an outcome with an auxiliary: "civilians have been"."""
    if not noun or re.search(r"\b(?:the|were|was|are|is|been)\Z", noun, re.IGNORECASE):
        return noun.split()
    return [noun, "been" if re.search(r"\b(?:have|has|had)\Z", noun, re.IGNORECASE) else "were"]


def _with_phrase(fragment: str, asked: str) -> str | None:
    """Replace "the pier at Aldwick" by "the ferry to Bran": the phrase like it, or the only one."""
    if not _NAMED_PHRASE.fullmatch(fragment):
        return None
    found = [*_NAMED_PHRASE.finditer(asked)]
    head = fragment.split()[1].lower()
    like = [one for one in found if one[0].split()[1].lower() == head]
    chosen = like[:1] or (found if len(found) == 1 else [])
    return _replaced(asked, chosen[0].span(), fragment) if chosen else None


def _with_noun(fragment: str, asked: str) -> str | None:
    """Replace "the Russian delegation" by "the Ukrainian delegation"."""
    noun = re.escape(fragment.split()[-1])
    alike = rf"(?:\b(?:(?:the|a|an|both)\s+(?:[\w'’-]+\s+)?|[\w-]+['’]s\s+))?\b{noun}\b"
    found = re.search(alike, asked, re.IGNORECASE)
    return _replaced(asked, found.span(), fragment) if found else None


def _with_topic(fragment: str, asked: str) -> str | None:
    """Ask about something else: "And sanctions?"."""
    found = re.search(r"\babout\s+[^?(]+", asked, re.IGNORECASE)
    return _replaced(asked, found.span(), f"about {fragment}") if found else None


def _replaced(asked: str, span: Span, text: str) -> str:
    return f"{asked[: span[0]]}{text}{asked[span[1] :]}"


def _appended(asked: str, text: str) -> str | None:
    whole = re.match(r"[^?!]*[^?!.\s]", asked)
    return f"{whole[0]} {text}{asked[whole.end() :]}" if whole else None
