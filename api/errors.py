"""Errors of the front ends.

DragomanError
├── FileNotWritable     the file cannot be written
├── AddressUnusable     the service cannot listen there
├── WrongUsage          a command cannot be run like this
│   ├── SettingNotUnderstood · EnvironmentFileUnreadable · KeysNeeded
│   └── UnknownScope · ExpiryNotUnderstood · KeyLimitNotPossible
├── KeyNameTaken        there is a key of this name
├── KeyMissing          there is none
├── KeysUnreadable      the file of keys cannot be read
├── KeysUnwritable      it cannot be written
├── Busy                too many questions wait already
├── DeadlineExceeded    a question takes too long
├── IdNotUsable         an article cannot have this id
├── DateInFuture        an article is dated later than today
├── WriterStuck         a change of the articles does not end
├── TooManyWaiting      too many changes wait already
├── JobMissing          there is no such job
├── UploadNotUnderstood what was sent for a job brings no articles
├── ModelMissing        there is one model, and this is not it
├── ParameterUnsupported a chat request asks for what there is not
├── NoQuestionAsked     a conversation has no turn of the user
├── ServiceError        a service has answered a request with a problem
├── ServiceUnreachable  there is no answer at its address
└── AddressesNotFetched the service is not set to fetch articles
"""

from ..corpus.errors import DragomanError


class FileNotWritable(DragomanError):
    """{path}: could not be written ({reason}). Name a file in a writable folder."""


class AddressUnusable(DragomanError):
    """The service cannot listen on {host} port {port} ({reason}). Choose another with --port
    or --host."""


class WrongUsage(DragomanError):
    """A command cannot be run like this."""


class SettingNotUnderstood(WrongUsage):
    """{name} is '{value}', but should be {expected}. Give it such a value."""


class EnvironmentFileUnreadable(WrongUsage):
    """{path}: could not be read as a file of settings ({reason}). Write a line for each, as
    NAME=value."""


class Busy(DragomanError):
    """The service is busy: {queued} questions are waiting already. Ask again in {seconds} s."""


class DeadlineExceeded(DragomanError):
    """This took longer than {seconds} s and was stopped. Ask for less at once, or later again."""


class UnknownScope(WrongUsage):
    """There is no scope '{scope}'. Choose of {scopes}."""


class ExpiryNotUnderstood(WrongUsage):
    """A key cannot expire at '{expires}'. Give a number of days, as 90d, or a day to come, as
    YYYY-MM-DD."""


class KeyLimitNotPossible(WrongUsage):
    """A key that is limited to sources or tags can only read. Leave the scope out."""


class KeyNameTaken(DragomanError):
    """There is a key named '{name}'. Revoke it first, or choose another name."""


class KeyMissing(DragomanError):
    """There is no key '{name}' that is not revoked. List the keys to see their names."""

    command = "dragoman keys list"


class KeysUnreadable(DragomanError):
    """{path}: the file of keys cannot be read, so that no key is accepted. Restore it from a copy,
    or remove it and make new keys."""


class KeysUnwritable(DragomanError):
    """{path}: the keys could not be stored ({reason}). Name a file in a writable folder."""


class KeysNeeded(WrongUsage):
    """The service would answer anyone who reaches {host}, since there are no keys. Make one, or
    give --open-access."""

    command = "dragoman keys create NAME"


class IdNotUsable(DragomanError):
    """An article cannot have the id {id!r}: {reason}. Choose another one."""


class DateInFuture(DragomanError):
    """{name} is {value}, which is in the future. Give the day on which the article appeared, or
    leave it out."""


class TooManyWaiting(DragomanError):
    """{waiting} changes are waiting already. Try again in a few seconds; searching is possible
    meanwhile."""


class WriterStuck(DragomanError):
    """A change of the articles has been under way for {seconds} s and does not end. Restart the
    service; it goes on with its jobs."""


class JobMissing(DragomanError):
    """There is no job {id!r}. Jobs are forgotten a week after they were made. List the jobs
    to see their ids."""


class UploadNotUnderstood(DragomanError):
    """The body brings no articles: {reason}. Send JSON with "articles", JSON Lines as
    application/x-ndjson, or files as multipart/form-data."""


class AddressesNotFetched(DragomanError):
    """This service does not fetch articles by their addresses, unless its operator switches that on
    by the setting fetch_addresses. Save the pages and send the files."""


class ModelMissing(DragomanError):
    """There is no model {model!r}. Name the one there is: dragoman."""


class ParameterUnsupported(DragomanError):
    """The parameter '{name}' cannot be {value} here: answers are one text, and nothing is kept of
    a conversation. Leave it out."""


class NoQuestionAsked(DragomanError):
    """The conversation has no turn of the user that has text. Give the question as the last."""


class ServiceError(DragomanError):
    """The service answered with {status} {problem}. Look at what it says: {message}"""

    @property
    def status(self) -> int:
        """The status of the response, such as 429."""
        return int(str(self.facts["status"]))

    @property
    def problem(self) -> str:
        """The stable code of the problem, such as `empty-question`."""
        return str(self.facts["problem"])


class ServiceUnreachable(DragomanError):
    """The service at {address} does not answer ({reason}). Check the address, and that
    the service runs there."""
