"""Sentence boundaries, as offsets into the text."""

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries  # pyright: ignore[reportAttributeAccessIssue]

from .language import by_letters, language_of

# Where the splitter ends a sentence and none ends: pairs of what stands before and after.
_GERMAN = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_TURKISH = "Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS += "|Jan|Feb|Aug|Sept|Oct|Nov|Dec"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_CAPITAL = r"[\"“‘«(]?[^\W\d_]"
_BEFORE_NUMBERS = (
    "approx|aprox|ca|env|est|max|min|incl|excl|vol|ch|chap|par|art|abs|nos?|nr|núm|ver|bkz|vgl"
)
_TITLES = (
    "Ms|Mx|Messrs|Amb|Gov|Lt|Sen|Rep|Reps|Rev|Hon|Pres|Supt|Insp|Det|Sgt|Cpl|Pvt|Capt|Cmdr|Adm|Brig"
    "|Maj|Col|Gen|Atty|Ft|Mt|Pt|M|MM|Mme|Mmes|Mlle|Mgr|Sr|Sra|Srta|Dra|Dña|Ing|Lic|Hr|Hrn|Fr|Dipl"
    "|Doç|Yrd|Prof|Dr|Av|Sn|Op|Uzm|Org|Korg|Tümg|Tuğg|Alb|Yb|Bnb|Yzb|Şti|Bşk|Gn|Krş|bkz|Bkz|vgl|Vgl"
)
_STATES = (
    "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev"
    "|Okla|Ont|Ore|Pa|Que|Tenn|Tex|Va|Vt|Wash|Wis|Wyo"
)
# With one of these a sentence begins even after an abbreviation.
_STARTERS = (
    "A|After|All|Also|An|And|As|At|Both|But|By|For|From|He|Her|His|How|However|I|If|In|It|Its|Later"
    "|Many|More|Most|No|Now|On|One|Others|Our|She|Since|So|Some|That|The|Their|Then|There|These"
    "|They|This|Those|Thousands|Two|Under|We|What|When|Where|Which|While|Who|With|You"
)
_NO_STARTER = rf"(?!(?:{_STARTERS})\b){_CAPITAL}"
_CYRILLIC_SHORT = (
    "им|ім|проф|акад|доц|обл|ул|вул|просп|пров|бул|д|буд|кв|рис|мал|табл|см|див|ср|пор|напр|ген"
    "|полк|лейт|тов|деп|гл|стр|кн"
)
_NO_BORDERS = [
    (re.compile(before), re.compile(after))
    for before, after in (
        # "Dr. Ş. Yılmaz": the splitter only knows initials from A to Z.
        (r"(?<![\w.'’ʼ])[^\W\d_]\.$", ""),
        # "approx. 400": what the splitter's own list of abbreviations lacks.
        (
            rf"(?i:\b(?:{_BEFORE_NUMBERS}))\.$",
            r"\d",
        ),
        (rf"(?<![\w.])(?:{_TITLES})\.$", r"[\"“‘«(]?(?![a-z])[^\W\d_]"),
        (r"\b[ap]\.\s?m\.$", rf"(?:{_DAYS}|{_MONTHS})\b|[ACEGMPU][A-Z]?[DMS]?T\b"),
        (rf",\s(?:{_STATES})\.$", _NO_STARTER),
        (r"\b(?:Ave|Blvd|Hwy|Rd|Pkwy)\.$", _NO_STARTER),
        (r"\d\s(?:Mio|Mrd|Tsd|Bio)\.$", r"\w"),  # "2,4 Mio. Euro"
        (r"\w\s(?:Cad|Mah|Sok|Blv)\.$", r"(?:No|Kat|D)\b"),  # of a Turkish address
        (r"^\d{1,3}\.$", ""),  # the number of a list's item
        # "ab dem 1. Juli", "29. Mart", "der 2. Weltkrieg": ordinals of other languages.
        (r"(?<![\d.,])\d{1,2}\.$", rf"(?:{_GERMAN}|{_TURKISH})\b"),
        (r"\b(?i:de[rmns]|die|das|am|[iv]om|im|zu[mr]|beim)\s\d{1,2}\.$", r"\w"),
        (r"\b(?:M\.\s?[ÖS]|T\.\s?C|EE\.\s?UU)\.$", ""),  # B.C., A.D. and two states
        (r"\bEE\.$", r"UU\."),
        (r"\bav\.$", r"J\."),
        (r"^(?:[^\W\d_]+\s){1,4}\d{4}(?:\s?[-–]\s?|\s\w+\s)\d{4}\s(?:гг|рр)\.$", r"[А-ЯІЇЄҐЁ]"),
        (rf"(?<![\w.])(?:{_CYRILLIC_SHORT})\.$", r"[«\"“]?[А-ЯІЇЄҐЁ\d]"),
    )
]
# "29 марта 2022 г. Стороны…": the splitter takes the abbreviation for one within a sentence. Only
# what opens a sentence goes on behind it: "В марте 2022 г. Турция…".
_ENDS_AFTER_NUMBER = re.compile(
    r"\d\s?(?:гг?|рр?|млн|млрд|тыс|тис)\.(?=\s+[«\"“]?[А-ЯІЇЄҐЁ][а-яіїєґё'’ʼ])"
)
_OPENING_WORDS = 6
# "It was dropped in May. Pensioners marched": the splitter takes May for an abbreviation.
_ENDS_IN_MAY = re.compile(r"\bMay\.(?=\s+[A-Z][a-z])")
# A Turkish sentence ends with its verb, so a number with a point before is an ordinal.
_TURKISH_ORDINAL = re.compile(r"(?<![\d.,:/-])\d{1,3}\.$")
_TAIL = 40  # more characters than any of these looks at before the border
# A sentence begins with a small letter only where all do, as people type, or in a name: "al-Assad".
_WORD = re.compile(r"[^\W\d_]+(?![\w'’-])")
_FIRST = re.compile(r"\W*(\w)")
_HEADING_WORDS = 14
_FINAL = tuple(".!?…,;:")
_CLOSING = "\"'”’»)]"


def sentence_spans(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`, in order, without surrounding white space.

    `language` is that of the whole that `text` is part of; without one it is recognised.
    A sentence never crosses a line end, every character that is not white space lies in exactly
    one sentence, and quoted speech stays in the sentence that quotes it.

    >>> text = "It began on Feb. 24. “We go on,” he said."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['It began on Feb. 24.', '“We go on,” he said.']
    """
    spans = []
    language = language or language_of(text)
    for line in re.finditer(r"[^\n]+", text):
        spans += _line_spans(line[0], line.start(), by_letters(line[0]) or language)
    return spans


def _line_spans(line: str, offset: int, language: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries(language, line):
        start, end = _trimmed(line, boundary["start_index"], boundary["end_index"])
        if start == end:
            continue
        before = (spans[-1][0] - offset, spans[-1][1] - offset) if spans else None
        if before and _goes_on(line, before, start, language):
            spans[-1] = (spans[-1][0], end + offset)
        else:
            spans.append((start + offset, end + offset))
    if language in ("ru", "uk"):
        return [part for span in spans for part in _divided(line, offset, span)]
    if language == "en":
        return [part for span in spans for part in _divided_in_may(line, offset, span)]
    return spans


def _divided(line: str, offset: int, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the sentences in what the splitter took for one, as the abbreviation ends one too."""
    start, end = span[0] - offset, span[1] - offset
    for ending in _ENDS_AFTER_NUMBER.finditer(line, start, end):
        if len(line[start : ending.end()].split()) > _OPENING_WORDS:
            yield start + offset, ending.end() + offset
            start = _next_word(line, ending.end())
    yield start + offset, end + offset


def _divided_in_may(line: str, offset: int, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the sentences in what the splitter took for one, as May ends one outside of quotes."""
    start, end = span[0] - offset, span[1] - offset
    looked_at, curly, straight = start, 0, 0
    for ending in _ENDS_IN_MAY.finditer(line, start, end):
        read = looked_at, ending.end()
        curly += line.count("“", *read) - line.count("”", *read)
        straight += line.count('"', *read)
        looked_at = ending.end()
        if curly <= 0 and straight % 2 == 0:
            yield start + offset, looked_at + offset
            start = _next_word(line, looked_at)
    yield start + offset, end + offset


def _next_word(line: str, place: int) -> int:
    return next((at for at in range(place, len(line)) if not line[at].isspace()), place)


def _goes_on(line: str, before: tuple[int, int], after: int, language: str) -> bool:
    """Return whether the sentence with the span `before` goes on at `after`, although it ended.

    Nothing is copied but the sentence's last characters: a line may have a hundred thousand.
    """
    start, end = before
    if line[end - 1] != ".":
        return False
    word, first = _WORD.match(line, after), _FIRST.match(line, start, end)
    if word and word[0].islower() and first and not first[1].islower():
        return True
    last = line[max(start, end - _TAIL) : end]
    if language == "tr" and _TURKISH_ORDINAL.search(last):
        return True
    return any(ends.search(last) and begins.match(line, after) for ends, begins in _NO_BORDERS)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def is_heading(line: str) -> bool:
    """Return whether a line on its own reads as a heading: short, without a full stop.

    >>> is_heading("CONTACTS WITH RUSSIA"), is_heading("He left."), is_heading("“He left.”")
    (True, False, False)
    """
    ends_open = not line.rstrip(_CLOSING).endswith(_FINAL)
    return ends_open and 0 < len(line.split()) <= _HEADING_WORDS
