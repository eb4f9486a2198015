"""Whether a question is in a language other than English, by its script and its small words."""

import re
from collections import Counter
from functools import cache
from unicodedata import name

import tantivy

from ...corpus.text.analysis import STOP_WORDS

# Question words, of which tantivy's lists of stop words have few.
_QUESTION_WORDS = {
    "Danish": "hvad hvem hvilke hvilken hvilket hvor hvordan hvorfor hvornår",
    "Dutch": "hoe hoeveel waar waarom wanneer wat welk welke wie",
    "Finnish": "kuinka kuka ketkä miksi milloin minkä missä mitkä mitä montako",
    "French": "combien comment où pourquoi quand que quel quelle quelles quels qui quoi",
    "German": "wann warum was welche welchem welchen welcher welches wem wen wer weshalb wessen "
    "wie wieso wieviel wieviele wo woher wohin",
    "Hungarian": "hány hogyan hol ki kik mely melyik mennyi mi miért mikor",
    "Italian": "che chi come cosa dove perché qual quale quali quando quanta quante quanti quanto",
    "Norwegian": "hva hvem hvilke hvilken hvilket hvor hvordan hvorfor når",
    "Portuguese": "como onde porque quais qual quando quanta quantas quanto quantos que quem",
    "Spanish": "adónde cómo cuál cuáles cuándo cuánta cuántas cuánto cuántos dónde qué quién "
    "quiénes como cual cuando cuanto cuantos donde que quien quienes",
    "Swedish": "hur när vad vem vems vilka vilken vilket varför",
    "Turkish": "hangi kaç kim kime kimin nasıl ne neden nerede nereye niçin",
    "Polish": "co czy dlaczego gdzie ile jak jaka jaki jakie kiedy kogo komu kto która które który",
}
_MORE_WORDS = {
    "Turkish": "bir bu da de için ile mı mi mu mü olarak var ve",
    "Polish": "by było był była dla do jest na nie od po przez się są to w we z za ze",
}
# Languages that are alone in their script; Cyrillic is told by its letters.
_SCRIPTS = {
    "GREEK": "Greek", "HEBREW": "Hebrew", "ARMENIAN": "Armenian", "GEORGIAN": "Georgian",
    "HANGUL": "Korean", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "THAI": "Thai",
}  # fmt: skip
_UNKNOWN = "another language"
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 2  # of a language, one of them a question word; or one more of any


def foreign(question: str) -> str | None:
    """Return the language of a question that is not English, or None if it is or may be.

    Where only that is sure, "another language" is returned.

    >>> foreign("Ab wann gilt das Fahrverbot?"), foreign("grain deal istanbul july")
    ('German', None)
    >>> foreign("Когда открывается библиотека?"), foreign("Who wrote Das Kapital?")
    ('Russian', None)
    """
    words = _WORD.findall(question)
    if script := _other_script("".join(words)):
        return script
    # A capital within a sentence is a name's: "Los Angeles".
    small = [word for place, word in enumerate(words) if not place or word.islower()]
    plain = [word.lower() for word in (small if not question.isupper() else words)]
    english = sum(word in _english() for word in plain)
    told = {language: _told(plain, language) for language in _QUESTION_WORDS}
    likely = max(told, key=lambda language: told[language])
    return likely if told[likely] > english else None


def _told(words: list[str], language: str) -> int:
    """Return how many words speak for a language, 0 if they are too few to tell."""
    own = [word for word in dict.fromkeys(words) if word not in _english()]
    asking = _QUESTION_WORDS[language].split()
    asks = sum(word in asking for word in own)
    others = sum(word not in asking and _is_small(word, language) for word in own)
    shared = sum(word in _english() and _is_small(word, language) for word in words)
    enough = asks + others >= _LEAST_WORDS if asks else others > _LEAST_WORDS
    return asks + others + shared if enough else 0


def _other_script(letters: str) -> str | None:
    """Return the language if most letters are not Latin."""
    scripts = Counter(name(letter, "").split(" ")[0] for letter in letters)
    script, many = scripts.most_common(1)[0] if scripts else ("LATIN", 0)
    if script == "LATIN" or many * 2 <= len(letters):
        return None
    if script == "CJK" and scripts.keys() & {"HIRAGANA", "KATAKANA"}:
        return "Japanese"
    if script == "CYRILLIC":
        return _cyrillic(letters.lower())
    return _SCRIPTS.get(script, "Chinese" if script == "CJK" else _UNKNOWN)


def _cyrillic(letters: str) -> str:
    if set(letters) & set("іїєґ"):
        return "Ukrainian"
    return _UNKNOWN if set(letters) & set("јљњћђџўәөүқғң") else "Russian"


@cache
def _english() -> frozenset[str]:
    return STOP_WORDS | {"after", "all", "no", "so", "me", "what's", "who's"}


def _is_small(word: str, language: str) -> bool:
    """Whether a word is one of a language's most frequent ones."""
    if language in _MORE_WORDS:
        return word in _MORE_WORDS[language].split()
    return not _dropping(language).analyze(word)


@cache
def _dropping(language: str) -> tantivy.TextAnalyzer:
    """Return the analyzer that drops the stop words of a language."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return builder.filter(tantivy.Filter.stopword(language.lower())).build()
