"""Errors of questions, models that read, evaluations and chat models.

DragomanError
├── QuestionError     the question cannot be asked as it stands
│   ├── EmptyQuestion (SpeakerEmpty) · QuestionNotString · QuestionTooLong · QuestionNotText
│   ├── UnknownMode
│   ├── LimitOutOfRange · OffsetOutOfRange · RerankOutOfRange
│   ├── PerArticleOutOfRange · ConfidenceOutOfRange
│   ├── FiltersNotUnderstood · DateNotUnderstood · PeriodReversed · SinceAfterAsOf
│   ├── CursorNotUnderstood
│   ├── TurnNotUnderstood · UnknownRole
│   └── MatterNamesNothing · NobodyAndNothingAsked
├── EncoderError
│   └── RerankerUnusable · ReaderUnusable
├── EvaluationError   the folder is not a usable test collection
│   ├── NotAFolder · CollectionIncomplete · BrokenQuestion · BrokenJudgement
│   └── QuestionMissing · JudgedArticleMissing · NothingJudged
├── ChatModelError     the language model cannot be used, or its reply cannot
│   ├── ChatModelAddressUnusable · ChatModelKeyUnusable · ChatModelTimeoutOutOfRange
│   ├── ChatModelUnreachable · ChatModelTimedOut · ChatModelRefused · ChatModelRedirected
│   └── ReplyTooLong · ReplyNotUnderstood
├── QuestionStopped    nobody waits for the answer any more
├── FontMissing        a drawing cannot be written on
├── FilterMissing     every article would be removed
├── ReadingError      in corpus/errors.py
│   └── FolderEmptied
└── DragomanClosed    the archive was closed before
"""

from ..corpus.errors import DragomanError, ReadingError
from ..index.errors import EncoderError


class QuestionError(DragomanError):
    """The question cannot be asked."""


class EmptyQuestion(QuestionError):
    """The question is empty: there is no word in it. Ask something, such as
    "Where were the talks held?"."""


class QuestionNotString(QuestionError):
    """The question is {kind}, not text. Give it as a string."""


class QuestionTooLong(QuestionError):
    """The question has {length:,} characters; at most {most:,} are read. Ask it more briefly."""


class QuestionNotText(QuestionError):
    """The question, or what is asked with it, is not Unicode text: it holds {character},
    an unpaired surrogate. Give it in UTF-8."""


class UnknownMode(QuestionError):
    """There is no mode {mode!r}. Choose one of {modes}."""


class LimitOutOfRange(QuestionError):
    """A limit of {limit!r} is out of range. Give a whole number from 1 to {most}."""


class OffsetOutOfRange(QuestionError):
    """An offset of {offset!r} is out of range. Give a whole number from 0 to {most}."""


class RerankOutOfRange(QuestionError):
    """To rerank {rerank!r} passages is out of range. Give a whole number from 0, for none, to
    {most}."""


class ConfidenceOutOfRange(QuestionError):
    """A least confidence of {confidence!r} is out of range. Give a number from 0 to 1."""


class PerArticleOutOfRange(QuestionError):
    """{per_article!r} passages of one article is out of range. Give a whole number from 1, or None
    for any number."""


class MatterNamesNothing(QuestionError):
    """The matter {matter!r} names nothing to look for. Give a few words that say what it is about,
    such as "peace talks"."""


class NobodyAndNothingAsked(QuestionError):
    """Neither a speaker nor what it is about is given. Give one of the two or both, such as the
    speaker "Kalın" and about "a corridor"."""


class SpeakerEmpty(EmptyQuestion):
    """The speaker is empty: there is no name in it. Give a name such as "Kalın", or leave it out
    and say what it is about."""


class FiltersNotUnderstood(QuestionError):
    """{name} is {value!r}, which is not understood. Give Filters(...), with the names of outlets
    as `sources` and tags as `tags`."""


class CursorNotUnderstood(QuestionError):
    """The cursor {cursor!r} is not understood. Give the `next_cursor` of the page before, or none
    for the first page."""


class TurnNotUnderstood(QuestionError):
    """The history has a turn that is not understood: {turn}. Give each as a Turn, or as a mapping
    with "role" and "content"."""


class DateNotUnderstood(QuestionError):
    """{name} is {value!r}, which is not a date. Write it as YYYY-MM-DD, such as 2022-03-29."""


class PeriodReversed(QuestionError):
    """The period ends before it begins: since {since} is after until {until}. Swap the two."""


class SinceAfterAsOf(QuestionError):
    """Nothing from since {since} on was known as of {as_of}, which is earlier. Give an earlier
    since, or a later as_of."""


class UnknownRole(QuestionError):
    """The history has a turn with the role {role!r}. Choose one of {roles} for each turn."""


class RerankerUnusable(EncoderError):
    """The model {model!r} could not be used as a reranker: {reason}. Give the name or the folder
    of a sentence-transformers CrossEncoder with one output."""


class ReaderUnusable(EncoderError):
    """The reader's model {path} could not be used: {reason}. Install Dragoman again."""


class EvaluationError(DragomanError):
    """The evaluation cannot be made."""


class NotAFolder(EvaluationError):
    """{where}: this is a file. Give the folder that holds {expected}."""


class CollectionIncomplete(EvaluationError):
    """{where}: the folder lacks {missing}. Put {expected} there, in the format of BEIR."""


class BrokenQuestion(EvaluationError):
    """{where}: not a question that can be asked ({reason}). Fix it, or leave it out."""


class BrokenJudgement(EvaluationError):
    """{where}: not a judgement ({reason}). Write on each line a question's id, an article's id
    and a whole number, with tabs between."""


class QuestionMissing(EvaluationError):
    """{where}: this judges articles for the question {id!r}, which is not among the questions.
    Put it there, or leave out the judgement."""


class JudgedArticleMissing(EvaluationError):
    """{where}: this judges the article {id!r}, which is not in the corpus or could not be read
    there. Put it there, or leave out the judgement."""


class NothingJudged(EvaluationError):
    """{where}: there is nothing to measure, as no answerable question has an article judged
    relevant. Write some judgements, with scores above 0."""


class ChatModelError(DragomanError):
    """The language model cannot be used."""


class ChatModelAddressUnusable(ChatModelError):
    """The address of the language model cannot be used: {reason}. Give one such as
    http://localhost:11434/v1."""


class ChatModelKeyUnusable(ChatModelError):
    """The key of the language model cannot be used: it holds a blank or a character that is not
    ASCII. Give it exactly as it was issued."""


class ChatModelTimeoutOutOfRange(ChatModelError):
    """A time-out of {timeout} seconds is out of range. Give a number above 0, up to {most}."""


class ChatModelUnreachable(ChatModelError):
    """The language model could not be reached. Check its address, and whether it runs."""


class ChatModelTimedOut(ChatModelError):
    """The language model did not answer within {timeout} seconds. Give it more time, or name a
    quicker one."""


class ChatModelRefused(ChatModelError):
    """The language model answered with status {status}. Check {what}."""


class ChatModelRedirected(ChatModelError):
    """The language model's address redirects to another one, which is not followed. Give the
    address it redirects to."""


class ReplyTooLong(ChatModelError):
    """The language model replied with more than {most:,} bytes, and was cut off.
    Check that it is a chat endpoint."""


class ReplyNotUnderstood(ChatModelError):
    """The language model did not reply as OpenAI's chat completions do ({reason}). Check that it
    is a chat endpoint."""


class QuestionStopped(DragomanError):
    """The question was stopped before it was answered. Ask it again."""


class FontMissing(DragomanError):
    """A drawing as PNG needs a font for its words and numbers, and this system has none. Install
    one, as DejaVu Sans, or draw SVG."""


class FilterMissing(DragomanError):
    """There is no filter, so every article would be removed. Give an outlet, a tag or a date; to
    begin anew, name another folder for the archive."""


class FolderEmptied(ReadingError):
    """{where}: no file is left in this folder, perhaps since its disk is not there; so nothing was
    removed. Remove the articles if they should go."""

    command = "dragoman remove ID…"


class DragomanClosed(DragomanError):
    """This Dragoman is closed. Open the archive again with: Dragoman.open(...)"""
