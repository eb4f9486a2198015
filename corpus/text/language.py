"""The language of a text, for where its sentences end."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэъё]", re.IGNORECASE)
_TURKISH = re.compile("[ğışİ]")
_TURKISH_SHARE = 0.03  # of the letters; in Turkish texts it is .08, with Turkish names far less
_SAMPLE_CHARACTERS = 1000
_LEAST_LETTERS = 150  # a shorter text, such as a headline, is recognised as anything
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|in|is|was|that|for|on|said|by|with|from)\b", re.IGNORECASE
)
_ENGLISH_SHARE = 0.12  # of the words; in English texts it is about a quarter
# Those in which much news is written; a short text is easily taken for a rare language.
_KNOWN = ("ca", "cs", "da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pl", "pt")
_KNOWN += ("ro", "sv", "tr")


def language_of(text: str) -> str:
    """Return the code of a text's language: of Latin script by py3langid, else by its letters.

    Languages of other scripts, and texts of a few words, are English: it splits them well enough.

    >>> language_of("They met in Istanbul."), language_of("Переговори відбулися у Києві.")
    ('en', 'uk')
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if told := by_letters(sample):
        return told
    if len(_LATIN.findall(sample)) < _LEAST_LETTERS:
        return "en"
    if len(_ENGLISH.findall(sample)) > _ENGLISH_SHARE * len(sample.split()):
        return "en"  # without the model, which takes longer to load than a search
    try:
        return _identifier().classify(sample)[0]
    except OSError:  # it unpacks its model into a temporary file, for which there was no space
        return "en"


def by_letters(text: str) -> str | None:
    """Return the language of a text whose letters tell: Ukrainian, Russian, Turkish; else None."""
    sample = text[:_SAMPLE_CHARACTERS]
    latin = len(_LATIN.findall(sample))
    if len(_CYRILLIC.findall(sample)) > latin:
        is_russian = len(_RUSSIAN.findall(sample)) > len(_UKRAINIAN.findall(sample))
        return "ru" if is_russian else "uk"
    is_turkish = latin and len(_TURKISH.findall(sample)) > _TURKISH_SHARE * latin
    return "tr" if is_turkish else None


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second, and only here

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_KNOWN))
    return identifier
