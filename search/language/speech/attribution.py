"""Who says what in a sentence: "X said that …", "…, said X", "according to X", "X's claim …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....corpus.article import Span
from ..names import is_people
from .clauses import addressee, is_aside, is_clause, rest_after, start_of_said
from .naming import speaker_after
from .speaker import Speaker
from .subjects import leading_speaker, owner, speaker_before
from .tokens import QUOTED, Token
from .verbs import BE, UNSAID, SpeechVerb, speech_verb
from .words import FINITE, LEADING_ASIDE

SPEECH = re.compile(
    r"say|said|tell|told|accord|claim|alleg|estimat|insist|tweet|acknowledg|add|admit|affirm|announc"
    r"|argu|ask|assert|assur|boast|caution|comment|complain|conced|conclud|confirm|continu|contend"
    r"|counter|declar|den[iy]|disclos|elaborat|emphasi|exclaim|explain|inform|jok|lament|maintain"
    r"|mention|not(?:e|ing)|observ|pledg|point|post|predict|proclaim|promis|quip|reaffirm|reassur"
    r"|recall|recount|reiterat|remark|repeat|repl[iy]|report|respond|reveal|speculat|stat(?:e|ing)"
    r"|stress|suggest|swear|swore|testif|underlin|underscor|urg|vow|warn|writ|wrote|call|describ"
    r"|label|dub|brand|cit|hail|denounc|condemn|prais|demand|accus|blam|\bper\b|put it|express",
    re.IGNORECASE,
)
"""What a sentence that attributes anything has in it."""

_STATEMENTS = frozenset(
    "claim claims statement announcement warning assertion assertions allegation allegations "
    "promise suggestion insistence admission remark accusation accusations".split()
)
_DASHES = ("—", "–")
_MOST_LEADING = 3  # tokens before ", according to" that do not say anything yet
_MOST_OF_TAG = 10  # words
_HANGS = frozenset([",", *_DASHES, "by", "while", "and", "but", "of", "without"])
_GOES_ON = frozenset("who which and but in on as while".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """That somebody says something, in one sentence.

    `said` is the stretch of tokens that says what, and `quotations` those of its tokens that are
    quotations. `around` is the stretch that tells who, to whom and when.
    """

    speaker: Speaker
    verb: str
    said: tuple[int, int]
    around: tuple[int, int]
    addressee: str | None = None
    quotations: tuple[int, ...] = ()


def attributions(tokens: Sequence[Token]) -> list[Attribution]:
    """Return who says what in a sentence, in the order of the words that tell."""
    found: list[Attribution] = []
    for place, token in enumerate(tokens):
        one = _at(tokens, place, found) if token.is_word else None
        if one is not None:
            found.append(one)
    return [_with_quotations(one, found, tokens) for one in found]


def is_tag(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence says only who said what stands before: "Trump said." """
    words = [token for token in tokens if token.is_word]
    if not words or len(words) > _MOST_OF_TAG or any(token.is_quotation for token in tokens):
        return False
    start = tokens[0].start
    found = attributions([Token(QUOTED, start, start), *tokens])
    return len(found) == 1 and found[0].said == (0, 0) and found[0].speaker.first == 1


def words_between(tokens: Sequence[Token], stretch: tuple[int, int]) -> Span:
    """Return the span of a stretch of tokens in the text."""
    return tokens[stretch[0]].start, tokens[min(stretch[1], len(tokens) - 1)].end


def _at(tokens: Sequence[Token], place: int, before: Sequence[Attribution]) -> Attribution | None:
    """Return what the word at a place attributes, or None."""
    word = tokens[place].lower
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if word == "according" and following:
        return _according(tokens, place, place + (2 if following.lower == "to" else 1))
    if word == "per" and following and following.is_capital:
        return _according(tokens, place, place + 1)
    if word in _STATEMENTS and (noun := _noun_form(tokens, place)):
        return noun
    verb = _verb_at(tokens, place)
    if verb is None or _is_unsaid(tokens, place, verb):
        return None
    inverted = _inverted(tokens, place, verb)
    if inverted is not None:
        return inverted
    speaker = _subject(tokens, place, verb, before)
    return _subject_first(tokens, place, verb, speaker) if speaker else None


def _verb_at(tokens: Sequence[Token], place: int) -> SpeechVerb | None:
    word = tokens[place].lower
    following = [one.lower for one in tokens[place + 1 : place + 4]]
    if word == "put" and following[:1] == ["it"]:
        return SpeechVerb("say", "plain", False, False, False)
    if word in ("expressed", "expresses", "expressing") and "that" in following:
        return SpeechVerb("express", "that", word == "expressing", False, False)
    verb = None if tokens[place].is_capital and place else speech_verb(word)
    return verb if verb and (not verb.is_gerund or _may_be_participle(tokens, place)) else None


def _may_be_participle(tokens: Sequence[Token], place: int) -> bool:
    """Return whether "warning" and the like may be a verb, not a noun."""
    if place == 0:
        return True
    before = tokens[place - 1]
    if not before.is_word or (before.is_capital and not before.is_possessive):
        return True
    return before.lower in (*BE, "by", "while", "and", "but", "of", "without")


def _is_unsaid(tokens: Sequence[Token], place: int, verb: SpeechVerb) -> bool:
    """Return whether a verb tells of what was not said, or of who was told."""
    at = place - 1
    while at >= 0 and (tokens[at].lower.endswith("ly") or tokens[at].lower in ("also", "then")):
        at -= 1
    if at < 0:
        return not verb.is_gerund and verb.lemma != "say"
    before = tokens[at].lower
    if before == "to" and [one.lower for one in tokens[max(0, at - 2) : at]] == ["went", "on"]:
        return False
    if before in BE and not verb.is_gerund:
        return True
    return before in UNSAID or before.endswith(("n't", "n’t"))


def _according(tokens: Sequence[Token], place: int, following: int) -> Attribution | None:
    speaker = speaker_after(tokens, following)
    if speaker is None:
        return None
    comma = place > 0 and tokens[place - 1].text in (",", *_DASHES)
    if place == 0 or _only_leads(tokens, place) or not (comma or tokens[place - 1].is_word):
        start = min(speaker.last + 1, len(tokens) - 1)
        while start < len(tokens) - 1 and tokens[start].text in (",", ":"):
            start += 1
        said = (start, len(tokens) - 1)
    else:
        said = (0, max(0, place - (2 if comma else 1)))
    start = next((at for at in range(place, -1, -1) if tokens[at].text == ";"), -1) + 1
    said = (max(said[0], start), said[1])
    if said[0] > said[1]:
        return None
    return Attribution(speaker, "according to", said, (place, speaker.last))


def _only_leads(tokens: Sequence[Token], place: int) -> bool:
    """Return whether the words before ", according to X," say nothing yet: "Meanwhile"."""
    if any(token.is_quotation for token in tokens[:place]):
        return False
    most = 2 * _MOST_LEADING if tokens[0].lower in LEADING_ASIDE else _MOST_LEADING
    return 0 < place <= most


def _noun_form(tokens: Sequence[Token], place: int) -> Attribution | None:
    """Return "X's claim that …" and "claims by X that …"."""
    speaker = None
    end = place
    if place and tokens[place - 1].is_possessive:
        speaker = owner(tokens, place - 1)
    elif place + 1 < len(tokens) and tokens[place + 1].lower in ("by", "from"):
        speaker = speaker_after(tokens, place + 2)
        end = speaker.last if speaker else place
    if speaker is None or end + 2 >= len(tokens) or tokens[end + 1].lower != "that":
        return None
    said = (end + 2, len(tokens) - 1)
    return Attribution(speaker, tokens[place].lower, said, (min(speaker.first, place), end))


def _subject(
    tokens: Sequence[Token], place: int, verb: SpeechVerb, before: Sequence[Attribution]
) -> Speaker | None:
    went_on = tokens[place - 1].lower == "to" if place else False
    speaker = speaker_before(tokens, place - len("went on to".split()) if went_on else place)
    joins = place > 0 and tokens[place - 1].lower in ("and", "but")
    hangs = verb.is_gerund and (place == 0 or tokens[place - 1].lower in _HANGS)
    if hangs or (speaker is None and joins):
        speaker = before[-1].speaker if before else leading_speaker(tokens, place)
    if speaker is None or speaker.first > place:
        return None
    if verb.is_base and not (speaker.is_plural or went_on):
        return None
    return speaker


def _inverted(tokens: Sequence[Token], place: int, verb: SpeechVerb) -> Attribution | None:
    """Return "…, said X"."""
    if not verb.is_invertible or place == 0:
        return None
    before = tokens[place - 1]
    if not (before.is_quotation or before.text in (",", *_DASHES, "?", "!", "”", '"')):
        return None
    speaker = speaker_after(tokens, place + 1)
    if speaker is None or not _may_follow(speaker, tokens):
        return None
    if not before.is_quotation and place > _MOST_LEADING:
        subject = speaker_before(tokens, place)
        if subject and subject.kind != "name":
            return None  # "Bo Ek, head of the bank, said Ukraine “should be helped”"
    if not before.is_quotation and place <= _MOST_LEADING:  # "Meanwhile, said Slate, the …"
        start = min(speaker.last + 1, len(tokens) - 1)
        start += tokens[start].text == "," and start + 1 < len(tokens)
        said = (start, len(tokens) - 1)
    else:
        said = (0, place - 1 if before.is_quotation else max(0, place - 2))
    end = speaker.last
    while (
        end + 1 < len(tokens)
        and not tokens[end + 1].is_quotation
        and tokens[end + 1].text not in ".;"
    ):
        end += 1
    return Attribution(speaker, verb.lemma, said, (place, end))


def _may_follow(speaker: Speaker, tokens: Sequence[Token]) -> bool:
    """Return whether a phrase after a verb is its subject, not the one of what is said."""
    if speaker.kind == "pronoun" or (speaker.kind == "name" and is_people(speaker.name)):
        return False
    following = tokens[speaker.last + 1].lower if speaker.last + 1 < len(tokens) else "."
    if speaker.last + 1 < len(tokens) and tokens[speaker.last + 1].is_quotation:
        return False
    if following in FINITE or following == "that":
        return False
    return not following[0].isalpha() or following in LEADING_ASIDE or following in ("who", "whose")


def _subject_first(
    tokens: Sequence[Token], place: int, verb: SpeechVerb, speaker: Speaker
) -> Attribution | None:
    """Return "X said …" and "…, X said"."""
    at = place + 1
    if verb.lemma == "point":
        if at >= len(tokens) or tokens[at].lower != "out":
            return None
        at += 1
    to, at = addressee(tokens, at, verb)
    one = Attribution(speaker, verb.lemma, (at, len(tokens) - 1), (0, place), to)
    if verb.complement in ("against", "marks"):
        return one if _has_object(tokens, at, verb) else None
    if _is_inserted(tokens, at, speaker):  # "Therefore, it added, Moscow …"
        return replace(one, said=(0, len(tokens) - 1), around=(speaker.first, place))
    return (
        _with_said(one, tokens, at)
        or _before_subject(one, tokens, at)
        or (one if _may_report(one, tokens, at, verb) else None)
    )


def _has_object(tokens: Sequence[Token], at: int, verb: SpeechVerb) -> bool:
    """Return whether "accused" has whom, and "called" what in quotation marks."""
    if verb.complement == "marks":
        end = next((n for n in range(at, len(tokens)) if tokens[n].text in ";:"), len(tokens))
        return any(token.is_quotation for token in tokens[at:end])
    object = tokens[at] if at < len(tokens) else None
    return bool(object and object.is_word and object.lower not in ("for", "by", "in", "of"))


def _is_inserted(tokens: Sequence[Token], at: int, speaker: Speaker) -> bool:
    """Return whether "it added" stands between commas, within what is said."""
    if speaker.first < 2 or at + 1 >= len(tokens) or tokens[at].text != ",":
        return False
    after = tokens[at + 1]
    if tokens[speaker.first - 1].text != "," or after.is_quotation:
        return False
    return not speech_verb(after.text) and after.lower not in _GOES_ON


def _with_said(one: Attribution, tokens: Sequence[Token], at: int) -> Attribution | None:
    """Return it with what stands after the verb: after "that" or a colon, or in quotation marks."""
    start = start_of_said(tokens, at)
    first = one.speaker.first
    quoted_before = first > 0 and tokens[first - 1].is_quotation
    if quoted_before and at < len(tokens) and tokens[at].text == ",":
        start = start if start is not None and tokens[start].is_quotation else None
    last = len(tokens) - 1
    if start is None and at <= last and tokens[last].text == ":" and is_aside(tokens[at:last]):
        return replace(one, said=(last, last), around=(0, last))  # it is in the next paragraph
    if start is None or (one.verb == "ask" and not tokens[start].is_quotation):
        return None
    said = (0 if quoted_before and tokens[start].is_quotation else start, last)
    return replace(one, said=said, around=(0, max(one.around[1], start - 1)))


def _before_subject(one: Attribution, tokens: Sequence[Token], at: int) -> Attribution | None:
    """Return it with what stands before the subject, if that is what is said."""
    first, last = one.speaker.first, len(tokens) - 1
    if first == 0:
        return None
    before = tokens[first - 1]
    rest = rest_after(tokens, at) if at < len(tokens) else "nothing"
    leads = tokens[0].lower in LEADING_ASIDE and first <= 2 * _MOST_LEADING
    comma = before.text in (",", *_DASHES) and first >= _MOST_LEADING and not leads
    if rest != "words" and (before.is_quotation or comma):
        said = (0, max(0, first - (1 if before.is_quotation else 2)))
        return replace(one, said=said, around=(first, last))
    if before.is_quotation and one.verb != "continue":
        return replace(one, said=(0, first - 1), around=(first, min(at, last)))
    return None


def _may_report(one: Attribution, tokens: Sequence[Token], at: int, verb: SpeechVerb) -> bool:
    """Return whether what follows a verb is what is said, though nothing marks it."""
    if at >= len(tokens) or rest_after(tokens, at) == "nothing":
        return False
    if verb.lemma in ("ask", "continue", "post", "mention"):
        return False
    following = tokens[at].lower
    clause = is_clause(tokens, at)
    if verb.lemma == "warn" and following in ("of", "against", "about"):
        return True
    if verb.lemma in ("deny", "admit", "acknowledge") and following.endswith("ing"):
        return True
    if verb.may_be_noun and not verb.is_base and one.speaker.kind in ("group", "name"):
        return False  # "Mariupol reports were brief"
    if verb.lemma == "say":
        return following not in ("to", "for", "goodbye", "as", "so")
    if verb.lemma in ("insist", "tweet", "allege"):
        return clause or rest_after(tokens, at) == "words"
    return clause


def _with_quotations(
    one: Attribution, found: Sequence[Attribution], tokens: Sequence[Token]
) -> Attribution:
    """Give an attribution those quotations of its stretch that no other one is nearer to."""
    last = min(one.said[1], len(tokens) - 1)
    quoted = tuple(
        place
        for place in range(one.said[0], last + 1)
        if tokens[place].is_quotation and _nearest(place, found) is one
    )
    return replace(one, quotations=quoted)


def _nearest(place: int, found: Sequence[Attribution]) -> Attribution | None:
    having = [one for one in found if one.said[0] <= place <= one.said[1]]
    return min(having, key=lambda one: one.said[1] - one.said[0], default=None)
