"""The act that a question takes for done, and sentences by which it is only to come.

"When did the bridge open?" is not answered by "The bridge is due to open in May".
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import zip_longest

from ...corpus.text.analysis import analyzer
from ..language.lexicon import is_outcome, is_past, stem_of, with_other_forms

# Base forms that follow "did"; of words that are nouns too, those that are mostly verbs there.
_VERBS = """
    accept accuse acquire adopt agree announce appear apply appoint approve arrest arrive attack ban
    become begin borrow break bring build buy call cancel capture carry catch cause change charge
    choose clear climb close collapse come complete confirm convict crash create cross cut decide
    declare defeat delay deliver demolish deny destroy detain develop die discover dismiss drown
    earn elect emerge end enter erupt escape evacuate expire explode fail fall fight fill find
    finish fire fit flee fly found freeze get give go grow happen hire hit hold impose
    inaugurate increase injure introduce invade join kill land launch lay leave lend lift lose make
    marry meet merge move name nominate occur open order pass pay pick publish quit raise ratify
    reach receive recognise recover reject release remove reopen repair replace report rescue resign
    resume retire return rise sack sail sell send sentence settle shut sign sink speak spend
    stand start steal step stop strike succeed sue surrender suspend take test unveil vanish
    visit vote win withdraw wreck
"""
# A verb, and those by which articles tell the same act, or one that implies it.
_ALIKE = """
    find discover recover locate trace spot turn | found find discover recover locate spot turn
    kill die dead murder shoot drown | die kill dead death murder
    arrest detain catch hold seize custody
    buy acquire purchase take | sell sale | win beat defeat victory champion | lose beat
    resign quit step leave go | elect choose vote win | appoint name choose become succeed select
    hire appoint join recruit take | open inaugurate launch | close shut end
    begin start launch break open | end finish stop over conclude call expire
    sign agree conclude | build construct erect put | hit strike crash collide ram
    injure hurt wound | hurt injure | charge accuse indict prosecute | convict guilty find sentence
    sentence jail prison | found establish set create start | approve pass adopt agree ratify vote
    ratify approve pass | pass approve adopt vote | confirm approve appoint
    hold stage take place gather meet host | steal rob take theft | dismiss sack fire remove oust
    fall drop decline | rise grow climb increase | cut reduce | raise increase put
    arrive reach come land | leave depart set | release free | lift end scrap abolish
    cancel call scrap drop | collapse fall crumble give | burn fire destroy blaze | flee escape
    replace succeed take | derail rail jump | rescue save pull | crash hit fall come
    publish appear issue come | born birth native | marry wed | bury funeral | evacuate leave move
    damage destroy hit | move relocate transfer | invent develop | name call | rename call
    see spot last
"""
# What tells nothing by itself, or of a place where nothing is done.
_LIGHT = """
    base become begin bring call come do get give go happen have hold involve locate make name occur
    say situate start take tell try use
"""
_WHEN_OR_WHERE = re.compile(r"\b(?:when|where|(?:what|which)\s+(?:day|date))\b", re.IGNORECASE)
_WHO_WAS = re.compile(
    r"\W*(?:and\s+)?who\s+(?:was|were|(?:has|have|had)\s+been)\s+(?:\w+ly\s+)?\w+ed\b", re.I
)
# "When was the clinic in Holt closed?"
_HEAD = re.compile(
    r"\A\W*(?:and\s+)?(?:when|where)\s+(?:was|were|did|is|are|do|does|will)\s+(?:the|an?)\s+"
    r"(?P<phrase>[a-z][a-z-]*(?:\s+[a-z][a-z-]*)*?)\s+"
    r"(?:of|in|on|at|for|from|to|with|about|that|who|(?P<act>[a-z]+))\b",
    re.IGNORECASE,
)
_DID = re.compile(
    r"\b(?:when|where|why|how|who|whom|which|what)\b[^?]*?\bdid\s+(?P<rest>[^?]+)", re.I
)
_WAS = re.compile(
    r"\b(?:who|when|where|why|how)\b[^?]*?\b(?:was|were|been)\s+(?P<rest>[^?]+)", re.IGNORECASE
)
_WHO = re.compile(
    r"\A\W*(?:and\s+)?who\s+(?!(?:is|are|was|were|has|have|had|will|would|can|could|do|does|did|"
    r"may|might|must|should|else|all)\b)(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_ROOT = 5  # letters that an act shares with a noun of it: "discovery"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Before an act, in its clause: it is planned, possible or needed.
_TO_COME = re.compile(
    r"\b(?:will|would|could|may|might|should|shall|if|unless|whether|"
    r"needs?|needed|requires?|awaits?|pending|proposed|planned|promised|"
    r"(?:is|are|was|were|due|expected|scheduled|set|likely|plan(?:s|ned|ning)?|hop(?:es|ed|ing)|"
    r"want(?:s|ed|ing)?|wish(?:es|ed)?|aim(?:s|ed|ing)?|intend(?:s|ed|ing)?|promis(?:es|ed)|"
    r"vow(?:s|ed)|pledg(?:es|ed)|propos(?:es|ed))\s+to)\b"
    r"(?:[^,;:.]|(?<=\d)[,.](?=\d)){0,60}\Z",
    re.IGNORECASE,
)
# "It had to open", "used to open", "opened to visitors": done all the same.
_DONE = re.compile(
    r"\b(?:had|used|forced|able|allowed|began|started|went\s+on)\s+to\s+\Z", re.IGNORECASE
)
_TO_BE = re.compile(r"\bbe\s+(?:\w+\s+)?\Z")  # "has been opened" is done
# "Its opening has been put back".
_PUT_OFF = re.compile(
    r"\A[^,;:.]{0,60}?\b(?:put\s+(?:back|off)|postponed|delayed|due|planned|expected|scheduled)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=100)  # asked for each sentence read
def act_asked(question: str) -> str | None:
    """Return the stem of the act that a question takes for done, None where none is found.

    >>> act_asked("When did the bridge open?"), act_asked("Who was charged with arson?")
    ('open', 'charg')
    >>> act_asked("Who is the mayor?")
    """
    if found := _WHO.search(question):
        return stem_of(found["verb"])
    for pattern, is_act in ((_DID, _is_base_form), (_WAS, is_outcome)):
        if found := pattern.search(question):
            words = [word if word.islower() else "" for word in _WORD.findall(found["rest"])]
            acts = (
                stem_of(word)
                for before, word, following in zip_longest(["", *words], words, words[1:])
                # "did the fire happen", "did it invite them to join"
                if word and is_act(word) and not is_act(following or "") and before != "to"
            )
            return next(acts, None)
    return None


def lacks_act(question: str, passage: str) -> bool:
    """Return whether a passage does not tell the act that is asked when or where, nor one alike.

    >>> lacks_act("Where was the horse found?", "A horse was stolen from a barn.")
    True
    >>> lacks_act("Where was the horse found?", "Walkers discovered the horse in a barn.")
    False
    """
    if not (_WHO_WAS.match(question) or _WHEN_OR_WHERE.search(question)):
        return False
    act = act_asked(question)
    if not act or act in _light():
        return False
    told = with_other_forms(analyzer().analyze(passage))
    near = with_other_forms({act}) | _alike().get(act, frozenset())
    again = act.startswith("re") and act[2:] in told  # "re-elected"
    return not (again or near & told or any(stem.startswith(act[:_ROOT]) for stem in told))


def is_of_other_subject(question: str, sentence: str, passage: str) -> bool:
    """Return whether a sentence has not the noun of which it is asked when or where.

    `sentence` is one with what it refers back to and the title. Its `passage` has the noun: else it
    may call the same by another.

    >>> passage = "The clinic closed in May. Schools are open."
    >>> is_of_other_subject("When were the schools closed?", "The clinic closed.", passage)
    True
    >>> is_of_other_subject("When were the schools closed?", "Schools are open.", passage)
    False
    """
    found = _HEAD.match(question)
    if not found or (
        found["act"] and not (is_outcome(found["act"]) or _is_base_form(found["act"]))
    ):
        return False
    head = stem_of(found["phrase"].split()[-1])
    here, around = (with_other_forms(analyzer().analyze(text)) for text in (sentence, passage))
    return head in around and head not in here


def is_to_come(question: str, sentence: str) -> bool:
    """Return whether what a question takes for done is only planned, possible or needed there.

    >>> is_to_come("When did the bridge open?", "The bridge is due to open in May.")
    True
    >>> is_to_come("When did the bridge open?", "The bridge opened in May and will be closed.")
    False
    >>> is_to_come("When did the mill shut?", "It made paper until it shut in May.")
    False
    >>> is_to_come("Why was the tax dropped?", "Plans to raise the tax have been dropped.")
    False
    """
    act = act_asked(question)
    if not act or act in _light():
        return False
    forms = with_other_forms({act})
    found = [word for word in _WORD.finditer(sentence) if stem_of(word[0]) in forms]
    return bool(found) and all(_is_marked(word, sentence) for word in found)


def _is_marked(word: re.Match[str], sentence: str) -> bool:
    before = sentence[: word.start()]
    to_come = _TO_COME.search(before) and not _DONE.search(before)
    if is_past(word[0]) and not _TO_BE.search(before):
        to_come = None
    return bool(to_come or (word[0].endswith("ing") and _PUT_OFF.search(sentence[word.end() :])))


def _is_base_form(word: str) -> bool:
    return word in _verbs()


@cache
def _verbs() -> frozenset[str]:
    return frozenset(_VERBS.split())


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    groups = [group.split() for line in _ALIKE.split("\n") for group in line.split("|")]
    alike: dict[str, frozenset[str]] = {}
    for group in filter(None, groups):
        stems = frozenset(with_other_forms(map(stem_of, group)))
        for form in with_other_forms({stem_of(group[0])}):
            alike[form] = alike.get(form, frozenset()) | stems
    return alike


@cache
def _light() -> frozenset[str]:
    return frozenset(with_other_forms(map(stem_of, _LIGHT.split())))
