"""Fragments of a question ("And Ukraine's?", "Why?"), completed by the question asked before.

English only. What a fragment names is put in the place of what is like it: a possessor for a
possessor, a place for a place, the Ukrainian delegation for the Russian one.
"""

import re

from ..language.names import names_in

_AUXILIARY = (
    "(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
)
_PREPOSITION = (
    "(?:about|after|against|at|before|by|during|for|from|in|near|of|on|since|to|until|with)"
)
_PEOPLE = r"(?:(?-i:[A-Z])[a-z]*(?:[aei]an|ish|ese)|French|Dutch|Greek|Swiss)"
_CAPITALS = r"(?-i:[A-ZÀ-ÞĀ-Ž])[\w-]*(?: (?-i:[A-ZÀ-ÞĀ-Ž])[\w-]*)*"
_LEAD = re.compile(
    r"(?:(?:but|no|now|ok|okay|really|so|thanks|well)\b[,.!?]*\s+)*"
    r"(?:(?:and|or)\s+)?(?:(?:what|how)\s+about\s+|i\s+meant\s+)?",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\b(?:and|or|about|meant)\s+\Z", re.IGNORECASE)
_WHOLE = re.compile(
    rf"(?:{_AUXILIARY}|describe|explain|give|he|how|i|it|list|name|she|show|tell|that|there|they|"
    r"this|we|what|when|where|which|who|whom|whose|why|you)\b",
    re.IGNORECASE,
)
_LONGEST = 60  # characters: more is a question of its own
_BARE = re.compile(
    r"(?:(?:and|but|so)\s+)?((?:from |since |until )?(?:when|where|why|how(?: long| often)?))"
    r"(?:\s+(?:is|was)\s+(?:it|that|this))?(?:\s+(?:exactly|not|so|then))?",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(rf"{_AUXILIARY}\b", re.IGNORECASE)
_WHEN = re.compile(rf"(?:when|where|why|how(?: long| often)?)(?=\s+{_AUXILIARY}\b)", re.IGNORECASE)
_ARTICLE = re.compile(r"\A(?:the|those)\s+", re.IGNORECASE)
_HOW_MANY = re.compile(r"how (?:many|much)\b", re.IGNORECASE)
# What became of people, and those it became of: of one, another is never asked with it.
_STATE = (
    "abducted|arrested|captured|dead|detained|died|displaced|evacuated|fled|homeless|hurt|injured|"
    "kidnapped|killed|missing|rescued|trapped|wounded"
)
_STATES = re.compile(
    rf"\b(?:{_STATE}|casualties|deaths|fatalities|injuries|refugees)\b", re.IGNORECASE
)
_BECAME = re.compile(
    rf"(?P<noun>(?!of\b)(?:[\w'’-]+ )*?)(?P<aux>(?:(?:have|has|had)(?: been)?|are|is|was|were) )?"
    rf"(?P<state>{_STATE})(?: (?:and|or) (?:{_STATE}))*\b(?(aux)|(?! [\w'’-]+s\b))(?P<tail>.*)",
    re.IGNORECASE | re.DOTALL,
)
_IS_TIME = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_EARLIER = re.compile(
    r"(?:(?:an?|one|two|three|four|\d+|the) (?:day|month|week|year)s? )?"
    r"(?:afterwards?|ago|before|earlier|later|now|today|yesterday)|last (?:month|week|year)",
    re.IGNORECASE,
)
_TIME_PART = (
    rf"{_PREPOSITION}\s+(?:(?:\d+\w*\s+)?{_CAPITALS}(?:,?\s+\d+(?:,?\s+\d{{4}})?)?|\d{{4}})"
)


def completed(question: str, asked: str) -> str | None:
    """Give the question that a fragment stands for after `asked`; None where it is no fragment.

    >>> completed("And Ukraine's?", "Who led Russia's delegation?")
    "Who led Ukraine's delegation?"
    >>> completed("When?", "Did Turkey close the straits?")
    'When did Turkey close the straits?'
    """
    if bare := _BARE.fullmatch(question.strip(" ?!.…")):
        return _asked_with(bare[1], asked)
    fragment = _fragment(question)
    if not fragment:
        return None
    noun, part = _parted(fragment)
    told = noun and part and (_with_state(noun, asked) or _with_noun(noun, asked))
    if told:
        return _with_part(part, told)
    ways = (
        _at_time,
        _with_possessor,
        _with_people,
        _with_part,
        _with_name,
        _with_state,
        _with_noun,
        _counted,
        _about,
    )
    return next((told for way in ways if (told := way(fragment, asked))), None)


def is_fragment(question: str) -> bool:
    """Say whether a question only names what else it asks of.

    >>> is_fragment("And the ministers?"), is_fragment("And who led the ministers?")
    (True, False)
    """
    return bool(_fragment(question))


def _fragment(question: str) -> str | None:
    """Give what is asked about by "And …?" or "What about …?", where it is no question itself."""
    lead = _LEAD.match(question)
    if not lead or not _LEADS.search(lead[0]):
        return None
    fragment = question[lead.end() :].strip(" ?!.…")
    if len(fragment) > _LONGEST or re.search(r"[?!.;]\s", fragment) or _WHOLE.match(fragment):
        return None
    return fragment


def _asked_with(word: str, asked: str) -> str | None:
    """Ask with another question word what was asked: "Why?"."""
    word = word[0].upper() + word[1:].lower()
    if _YES_OR_NO.match(asked):
        return f"{word} {asked[0].lower()}{asked[1:]}"
    return _WHEN.sub(word, asked, count=1) if _WHEN.match(asked) else None


def _parted(fragment: str) -> tuple[str, str]:
    """Part "the causes in Asia" into "the causes" and "in Asia"."""
    found = re.search(rf"\s(?={_PREPOSITION}\s)", fragment, re.IGNORECASE)
    return (fragment[: found.start()], fragment[found.end() :]) if found else (fragment, "")


def _with_possessor(fragment: str, asked: str) -> str | None:
    """Put "Ukraine's" for "Russia's", and for "the Russian"."""
    given = re.fullmatch(r"(?:the\s+)?(\w[\w -]*)['’]s?", fragment)
    if not given:
        return None
    return _put(
        asked,
        (rf"\b(?:{_CAPITALS}|(?:the\s+)?[\w-]+)['’]s\b(?=\s)", fragment),
        (rf"\b(?:the\s+)?{_PEOPLE}(?=\s+\w)", fragment),
        (rf"(?<=\bof )(?:the\s+)?{_CAPITALS}", given[1]),
    )


def _with_people(fragment: str, asked: str) -> str | None:
    """Put "the Ukrainian" for "the Russian", and for "Russia's"."""
    given = re.fullmatch(rf"(?:the\s+)?({_PEOPLE})(?:\s+(?:ones?|sides?))?", fragment)
    if not given:
        return None
    return _put(
        asked,
        (rf"(?<=\b[Tt]he ){_PEOPLE}\b", given[1]),
        (rf"\b{_CAPITALS}['’]s\b(?=\s)", f"the {given[1]}"),
    )


def _with_part(fragment: str, asked: str) -> str | None:
    """Put "in Antalya" for "in Istanbul", or after all where there is nothing like it."""
    given = re.fullmatch(rf"({_PREPOSITION})\s+(.+)", fragment, re.IGNORECASE | re.DOTALL)
    if not given:
        return None
    is_time = bool(_IS_TIME.search(given[2]))
    like = rf"{given[1]}\s+((?:the\s+)?(?:{_CAPITALS}|[\w-]+))"
    for found in re.finditer(rf"\b(?:{_TIME_PART if is_time else like})", asked, re.IGNORECASE):
        if is_time == bool(_IS_TIME.search(found[0])):
            return f"{asked[: found.start()]}{fragment}{asked[found.end() :]}"
    return _after(asked, fragment)


def _at_time(fragment: str, asked: str) -> str | None:
    """Put "a month earlier" after all."""
    return _after(asked, fragment) if _EARLIER.fullmatch(fragment) else None


def _after(asked: str, fragment: str) -> str | None:
    whole = re.match(r"[^?!]*[^?!.\s]", asked)
    return f"{whole[0]} {fragment}{asked[whole.end() :]}" if whole else None


def _with_name(fragment: str, asked: str) -> str | None:
    """Put a name for the name of the same kind."""
    given = names_in(fragment)
    if len(given) != 1 or given[0].span[0] > len("the ") or given[0].span[1] < len(fragment):
        return None
    alike = [name for name in names_in(asked) if name.kind == given[0].kind]
    if not alike or given[0].text == alike[0].text:
        return None
    start, end = alike[0].span
    ending = "'s" if alike[0].possessive else ""
    return f"{asked[:start]}{given[0].text}{ending}{asked[end:]}"


def _with_noun(fragment: str, asked: str) -> str | None:
    """Put "the Ukrainian delegation" for "the Russian delegation"."""
    noun = re.escape(fragment.split()[-1])
    described = rf"\b(?:the|a|an|both)\s+(?:[\w'’-]+\s+)?{noun}\b"
    named = rf"\b(?:{_CAPITALS}(?:['’]s)?\s+)?{noun}\b"
    return _put(asked, (described, fragment), (named, fragment))


def _with_state(fragment: str, asked: str) -> str | None:
    """Ask of how many something else became: "And the injured?"."""
    counts, state = _HOW_MANY.match(asked), _ARTICLE.sub("", fragment)
    if not counts or not _STATES.search(state) or _IS_TIME.search(state):
        return None
    rest = asked[counts.end() :].strip()
    became = _BECAME.fullmatch(rest)
    if not re.fullmatch(_STATE, state, re.IGNORECASE):  # "wounded soldiers"
        return f"{counts[0]} {state}{became['tail']}" if became else None
    if not became or not (became["noun"] or became["aux"]):
        told, times = _STATES.subn(state, rest, count=1)  # "how many of the dead were children"
        return f"{counts[0]} {told}" if times else None
    aux = (became["aux"] or "were").strip()
    aux = f"{aux} been" if aux.lower() in ("have", "has", "had") else aux
    state = "killed" if state.lower() in ("dead", "died") else state
    return f"{counts[0]} {became['noun']}{aux} {state}{became['tail']}"


def _counted(fragment: str, asked: str) -> str | None:
    """Ask "how many" of others: "And soldiers?"."""
    counts = _HOW_MANY.match(asked)
    if not counts or _IS_TIME.search(fragment) or fragment.lower() in ("then", "there", "so"):
        return None
    counted, rest = _ARTICLE.sub("", fragment), asked[counts.end() :].strip()
    became = _BECAME.fullmatch(rest)
    if not became:
        return f"{counts[0]} {counted}? ({rest.strip(' ?.')})"
    return f"{counts[0]} {counted} {became['aux'] or ''}{became['state']}{became['tail']}"


def _about(fragment: str, asked: str) -> str | None:
    """Ask about something else: "And sanctions?"."""
    return _put(asked, (r"\babout\s+[^?(]+", f"about {fragment}"))


def _put(asked: str, *ways: tuple[str, str]) -> str | None:
    """Put the text of the first way whose pattern is found in its place."""
    for pattern, text in ways:
        told, times = re.subn(pattern, lambda _, text=text: text, asked, count=1, flags=re.I)
        if times:
            return told
    return None
