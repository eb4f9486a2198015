"""Test collections: articles, questions, and judgements of which articles answer which questions.

A collection is a folder in the format of BEIR (Thakur et al. 2021, "BEIR: A Heterogeneous Benchmark
for Zero-shot Evaluation of Information Retrieval Models"): `corpus.jsonl`, `queries.jsonl` and
`qrels.tsv`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal, get_args

from ...corpus.errors import EmptyFile, PathMissing, PathUnreadable
from ...corpus.formats.dating import stated_date
from ...corpus.text.cleaning import one_line
from ...corpus.text.decoding import decoded, lines_of, parsed_json, text_of
from ..errors import (
    BrokenJudgement,
    BrokenQuestion,
    CollectionIncomplete,
    NotAFolder,
    NothingJudged,
    QuestionError,
    QuestionMissing,
)
from ..language.normalising import normalised
from ..question import Turn

CORPUS, QUESTIONS, JUDGEMENTS = "corpus.jsonl", "queries.jsonl", "qrels.tsv"
_BEIR_JUDGEMENTS = "qrels/test.tsv"  # in the folders that BEIR publishes
_EXPECTED = f"{CORPUS}, {QUESTIONS} and {JUDGEMENTS}"
Half = Literal["first", "second"]
HALVES: tuple[Half, ...] = get_args(Half)
# trec_eval allocates memory for every score up to the highest.
_HIGHEST_SCORE = 100


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement that an article is relevant: its score, above 0, and `where` it is written."""

    article: str
    score: int
    where: str


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question, the articles judged relevant to it, and its metadata.

    Each of `answers` is a right answer. `history` holds the turns before it, oldest first, and
    `rewrite` is the question rewritten to stand without them. `asked` is the day on which it was
    asked, `about` the article that it was written about.
    """

    id: str
    text: str
    where: str
    answerable: bool = True
    answers: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    rewrite: str | None = None
    asked: date | None = None
    about: str | None = None
    relevant: tuple[Judgement, ...] = ()

    @property
    def half(self) -> Half:
        """The half it is in, by a hash; questions about one article are in the same half."""
        return HALVES[sha256((self.about or self.id).encode()).digest()[0] % 2]


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection.

    `questions` are those to measure by. The `unanswerable` have no answer in the articles, the
    `unjudged` no article judged relevant.
    """

    folder: Path
    questions: tuple[JudgedQuestion, ...]
    unanswerable: tuple[JudgedQuestion, ...]
    unjudged: tuple[JudgedQuestion, ...]

    @property
    def corpus(self) -> Path:
        """The file with the articles."""
        return self.folder / CORPUS

    def half(self, half: Half) -> "Collection":
        """Return the collection with the questions of one half. Raises NothingJudged."""
        kept = replace(
            self,
            questions=tuple(q for q in self.questions if q.half == half),
            unanswerable=tuple(q for q in self.unanswerable if q.half == half),
            unjudged=tuple(q for q in self.unjudged if q.half == half),
        )
        if not kept.questions:
            raise NothingJudged(where=f"{self.folder}, {half} half")
        return kept


def read_collection(path: str | Path) -> Collection:
    """Read the questions and judgements of a BEIR-style folder.

    Article ids in judgements are normalised as `read_articles` normalises the articles' own.
    Raises PathMissing, PathUnreadable, NotText, and an EvaluationError.
    """
    folder = Path(path).expanduser()
    try:
        judgements = _found_files(folder)
        questions = list(_questions(folder / QUESTIONS))
        relevant = _relevant(judgements, {question.id for question in questions})
    except OSError as error:
        reason = error.strerror or error
        raise PathUnreadable(where=error.filename or folder, reason=reason) from error
    return _collection(folder, questions, relevant)


def _collection(
    folder: Path, questions: list[JudgedQuestion], relevant: Mapping[str, tuple[Judgement, ...]]
) -> Collection:
    answerable = [question for question in questions if question.answerable]
    judged = tuple(
        replace(question, relevant=relevant[question.id])
        for question in answerable
        if question.id in relevant
    )
    if not judged:
        raise NothingJudged(where=folder)
    unanswerable = tuple(question for question in questions if not question.answerable)
    unjudged = tuple(question for question in answerable if question.id not in relevant)
    return Collection(folder, judged, unanswerable, unjudged)


def _found_files(folder: Path) -> Path:
    """Return the file of judgements, after checking that the other files are there too."""
    if not folder.exists():
        raise PathMissing(where=folder)
    if not folder.is_dir():
        raise NotAFolder(where=folder, expected=_EXPECTED)
    theirs = folder / _BEIR_JUDGEMENTS
    judgements = theirs if theirs.is_file() else folder / JUDGEMENTS
    files = (folder / CORPUS, folder / QUESTIONS, judgements)
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise CollectionIncomplete(where=folder, missing=" and ".join(missing), expected=_EXPECTED)
    return judgements


def _questions(file: Path) -> Iterator[JudgedQuestion]:
    first: dict[str, int] = {}
    for number, line in enumerate(lines_of(file), start=1):
        if not line.strip():
            continue
        where = f"{file}, line {number}"
        try:
            question = _question(parsed_json(text_of(line, where)), where)
            if first.setdefault(question.id, number) != number:
                raise ValueError(f"line {first[question.id]} has the same id")
        except ValueError as error:
            raise BrokenQuestion(where=where, reason=str(error)) from error
        yield question


def _question(record: object, where: str) -> JudgedQuestion:
    """Return the question in a parsed line, or raise a ValueError that says what is wrong."""
    if not isinstance(record, Mapping):
        raise ValueError("it is not an object")
    id, text, known = record.get("_id"), record.get("text"), record.get("metadata") or {}
    if not isinstance(id, str | int) or not isinstance(text, str):
        raise ValueError("it needs an '_id' and a 'text'")
    if not isinstance(known, Mapping):
        raise ValueError("its metadata is not an object")
    answers, rewrite = known.get("answers") or [], known.get("rewrite") or None
    if not isinstance(answers, list) or not all(isinstance(answer, str) for answer in answers):
        raise ValueError("its answers are not a list of strings")
    if not isinstance(rewrite, str | None):
        raise ValueError("its rewrite is not a string")
    about = known.get("source_doc")
    return JudgedQuestion(
        id=one_line(str(id)),
        text=one_line(text),
        where=where,
        answerable=known.get("answerable") is not False,
        answers=tuple(filter(normalised, answers)),  # "The" normalises to nothing
        history=_history(known.get("history") or []),
        rewrite=one_line(rewrite) if rewrite else None,
        asked=stated_date(known.get("date")),
        about=one_line(str(about)) if about else None,
    )


def _history(turns: object) -> tuple[Turn, ...]:
    """Return the turns, each with a role and its text or content, or raise a ValueError."""
    if not isinstance(turns, list) or not all(isinstance(turn, Mapping) for turn in turns):
        raise ValueError("its history is not a list of turns")
    said = [(turn.get("role"), turn.get("text", turn.get("content"))) for turn in turns]
    if not all(isinstance(text, str) for _, text in said):
        raise ValueError("a turn of its history has no text")
    try:
        return tuple(Turn(role, text) for role, text in said)
    except QuestionError as error:
        raise ValueError(str(error)) from error


def _names_columns(line: str) -> bool:
    return not line.split("\t")[-1].strip().lstrip("-").isdecimal()


def _relevant(file: Path, questions: set[str]) -> dict[str, tuple[Judgement, ...]]:
    relevant: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip() or (number == 1 and _names_columns(line)):
            continue
        where = f"{file}, line {number}"
        question, judgement = _judgement(line, where)
        if question not in questions:
            raise QuestionMissing(where=where, id=question)
        if judgement.score > 0:
            relevant[question][judgement.article] = judgement
    return {question: tuple(judged.values()) for question, judged in relevant.items()}


def _lines(file: Path) -> list[str]:
    try:
        return decoded(file).split("\n")
    except EmptyFile:
        return []


def _judgement(line: str, where: str) -> tuple[str, Judgement]:
    parts = [one_line(part) for part in line.split("\t")]
    if len(parts) != 3:
        raise BrokenJudgement(where=where, reason=f"it has {len(parts)} columns, not 3")
    question, article, written = parts
    try:
        score = int(written)
    except ValueError as error:
        reason = f"its score is {written!r}, not a whole number"
        raise BrokenJudgement(where=where, reason=reason) from error
    if score > _HIGHEST_SCORE:
        raise BrokenJudgement(where=where, reason=f"its score is over {_HIGHEST_SCORE}")
    return question, Judgement(article, score, where)
