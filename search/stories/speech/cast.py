"""The people of an article: who "Kalın", "the minister" and "he" are in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from ....corpus.text.folding import folded
from ....corpus.text.spelling import canonical_spelling
from ...language.speech.people import Mention, people_in, sex_of, subject_of
from ...language.speech.speaker import Speaker
from ...language.speech.tokens import Token
from ...language.speech.who import is_speaker

_OFFICE_AWAY = 4  # between "the minister" and whom it stands for
# How alike the letters of two names are, 0 to 1, that may be one name.
_LIKE_FIRST_NAME, _LIKE_SURNAME, _LIKE_IN_OFFICE = 0.7, 0.85, 0.65
_MOST_AWAY = 1  # paragraphs between a pronoun and whom it stands for


@dataclass(slots=True)
class Person:
    """Somebody named in an article, by the fullest name there, with what it says they are."""

    name: str
    offices: list[str] = field(default_factory=list[str])
    sex: str | None = None
    seen: int = -100  # the paragraph where last named

    @property
    def is_known(self) -> bool:
        """Whether the article leaves no doubt that it is a person: by a full name or an office."""
        return " " in self.name or bool(self.offices)

    @property
    def office(self) -> str:
        """What the article says they are, as it says it first."""
        return self.offices[0] if self.offices else ""


@dataclass(slots=True)
class _Topic:
    """Whom the sentence before was about, and in which paragraph."""

    name: str
    kind: str
    paragraph: int
    contested: bool = False


class Cast:
    """The people of an article, and whom its text is about as it is read from the beginning."""

    def __init__(self) -> None:
        self._people: dict[str, list[Person]] = {}
        self._topic: _Topic | None = None
        self._body: _Topic | None = None

    def meet(self, mentions: Collection[Mention]) -> None:
        """Get to know everyone who is named."""
        for full in (True, False):
            for mention in mentions:
                if (" " in mention.name) == full and not mention.is_doubtful:
                    self._add(mention)

    def known(self, name: str) -> Person | None:
        """Return the person whom a name or surname means, where it means one."""
        having = self._people.get(surname(name), [])
        exact = [one for one in having if one.name == name]
        if exact:
            return exact[0]
        fitting = [one for one in having if may_be_one(name, one.name)]
        return fitting[0] if len(fitting) == 1 else None

    def resolved(
        self, speaker: Speaker, paragraph: int, tokens: Sequence[Token]
    ) -> tuple[str, str, str] | None:
        """Return name, office and kind of a speaker, or None where it is not clear who speaks."""
        if speaker.kind == "pronoun":
            return self._pronoun(speaker, paragraph, tokens)
        if speaker.kind in ("person", "name"):
            person = self.known(speaker.name)
            if person:
                kind = "person" if person.is_known or speaker.kind == "person" else "name"
                return person.name, speaker.office or person.office, kind
            return speaker.name, speaker.office, speaker.kind
        if speaker.kind == "role" and not speaker.is_plural:
            person = self._in_office(speaker.words, paragraph)
            if person:
                return person.name, speaker.words, "person"
        return _without_article(speaker.words), "", speaker.kind

    def follow(
        self,
        tokens: Sequence[Token],
        named: Sequence[Mention],
        paragraph: int,
        said_by: tuple[str, str] | None,
    ) -> None:
        """Take note of whom a sentence is about: who speaks in it, or else its subject."""
        for mention in named:
            if person := self.known(mention.name):
                person.seen = paragraph
        if said_by:
            self._set(said_by[0], said_by[1], paragraph)
            return
        subject = subject_of(tokens)
        kind = subject.kind if subject else None
        if subject and kind in ("person", "name"):
            self._follow_named(subject, paragraph)
        elif subject and kind == "pronoun":
            if self._topic and subject.words.lower() in ("he", "she"):
                self._topic.paragraph = paragraph
        elif subject and kind == "role" and (person := self._in_office(subject.words, paragraph)):
            self._set(person.name, "person", paragraph)
        elif self._topic and any(not self._is_topic(one.name) for one in named):
            self._topic.contested = True

    def _follow_named(self, subject: Speaker, paragraph: int) -> None:
        person = self.known(subject.name)
        if person:
            self._set(person.name, "person" if person.is_known else "name", paragraph)
        elif subject.kind == "person":
            self._set(subject.name, "person", paragraph)

    def _set(self, name: str, kind: str, paragraph: int) -> None:
        topic = _Topic(name, kind, paragraph)
        if kind in ("person", "name", "role"):
            self._topic = topic
        if kind in ("group", "name"):
            self._body = topic

    def _add(self, mention: Mention) -> None:
        person = self.known(mention.name)
        if person is None:
            if " " not in mention.name and self._people.get(surname(mention.name)):
                return
            person = Person(mention.name)
            self._people.setdefault(surname(mention.name), []).append(person)
        if mention.office and mention.office not in person.offices:
            person.offices.append(mention.office)
        person.sex = person.sex or sex_of(mention.office)

    def _pronoun(
        self, speaker: Speaker, paragraph: int, tokens: Sequence[Token]
    ) -> tuple[str, str, str] | None:
        word = speaker.words.lower()
        if word == "they":
            subject = subject_of(tokens[: speaker.first])
            if subject and subject.is_plural:
                return _without_article(subject.words), "", subject.kind
            return None
        if word == "it":
            body = self._body
            near = body is not None and paragraph - body.paragraph <= _MOST_AWAY
            return (body.name, "", body.kind) if body and near else None
        topic = self._topic
        within = self._within(speaker, tokens)
        if within is not None:
            topic = _Topic(within.name, "person", paragraph) if within.name else None
        if topic is None or topic.contested or paragraph - topic.paragraph > _MOST_AWAY:
            return None
        person = self.known(topic.name)
        if person:
            if person.sex and person.sex != word:
                return None
            person.sex = word
        return topic.name, person.office if person else "", topic.kind

    def _within(self, speaker: Speaker, tokens: Sequence[Token]) -> Person | None:
        """Return whom a pronoun means within its own sentence; a nameless one if that is open."""
        before = tokens[: speaker.first]
        subject = subject_of(before) if before else None
        if subject is None or subject.kind not in ("person", "name"):
            leading = bool(before) and before[0].lower in (
                "after",
                "before",
                "following",
                "in",
                "on",
                "at",
            )
            others = [one for one in people_in(before) if not self._is_topic(one.name)]
            return Person("") if others and not leading else None
        known = self.known(subject.name)
        if not known:
            return None
        others = {
            person.name
            for one in people_in(before)
            if (person := self.known(one.name)) and person.name != known.name
        }
        follows = tokens[speaker.first - 1]
        if self._topic and self._topic.name == known.name:
            return known
        if follows.is_quotation and not others and tokens[speaker.first - 2].text == ":":
            return known
        return Person("") if others or (self._topic and not self._topic.contested) else known

    def _is_topic(self, name: str) -> bool:
        person = self.known(name)
        return bool(person and self._topic and person.name == self._topic.name)

    def _in_office(self, words: str, paragraph: int) -> Person | None:
        """Return the one named person whom a phrase such as "the minister" means."""
        if not words.lower().startswith("the "):
            return None
        asked = [_bare(word) for word in words.split()[1:]]
        if not asked or not is_speaker(asked[-1]):
            return None
        having = [
            person
            for people in self._people.values()
            for person in people
            if any(_has_office(asked, office) for office in person.offices)
            and paragraph - person.seen <= _OFFICE_AWAY
        ]
        if len(having) == 1:
            return having[0]
        topic = self._topic
        if topic and any(one.name == topic.name for one in having) and not topic.contested:
            return self.known(topic.name)
        return None


def _has_office(asked: Sequence[str], office: str) -> bool:
    held = {_bare(word) for word in office.split()}
    return set(asked) <= held


@lru_cache(maxsize=10_000)
def _bare(word: str) -> str:
    return folded(word.strip(".,")).removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=10_000)
def canonical_name(name: str) -> str:
    """Return a name in the form in which the spellings of one name are alike."""
    return folded(canonical_spelling(name))


@lru_cache(maxsize=10_000)
def surname(name: str) -> str:
    """Return the last word of a name, without "Jr", as `canonical_name` has it."""
    words = canonical_name(name).split()
    while len(words) > 1 and words[-1].rstrip(".") in ("jr", "sr", "ii", "iii", "iv"):
        words.pop()
    return words[-1] if words else ""


def may_be_one(name: str, other: str) -> bool:
    """Return whether two names may be of one person: one has no first name that the other lacks.

    >>> may_be_one("Kalin", "İbrahim Kalın"), may_be_one("Ali Kalın", "İbrahim Kalın")
    (True, False)
    """
    if surname(name) != surname(other):
        return False
    few, many = sorted((canonical_name(name).split(), canonical_name(other).split()), key=len)
    return set(few[:-1]) <= set(many[:-1]) or (
        few[0][0] == many[0][0] and len(few[0].rstrip(".")) == 1
    )


def may_be_distorted(name: str, other: str, one_office: bool) -> bool:
    """Return whether two full names may be one that a translation has distorted.

    `one_office` says that both are said to be the same, such as a lawmaker.

    >>> may_be_distorted("David Arakhamia", "David Alacamia", one_office=True)
    True
    >>> may_be_distorted("David Arakhamia", "David Alacamia", one_office=False)
    False
    """
    *firsts, last = canonical_name(name).split()
    *others, variant = canonical_name(other).split()
    if not firsts or not others or last[0] != variant[0]:
        return False
    least = _LIKE_IN_OFFICE if one_office else _LIKE_SURNAME
    if _likeness(firsts[0], others[0]) < _LIKE_FIRST_NAME or _likeness(last, variant) < least:
        return False
    return last != variant or one_office


@lru_cache(maxsize=10_000)
def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else words
