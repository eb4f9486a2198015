"""Errors of the front ends.

DragomanError
├── FileNotWritable             the file cannot be written
├── AddressUnusable             the service cannot listen there
├── SettingNotUnderstood        a setting of the service has a value that it cannot have
├── EnvironmentFileUnreadable   the file of --env-file is none
├── Busy                        too many questions wait already
└── DeadlineExceeded            a question takes too long
"""

from ..corpus.errors import DragomanError


class FileNotWritable(DragomanError):
    """{path}: could not be written ({reason}). Name a file in a writable folder."""


class AddressUnusable(DragomanError):
    """The service cannot listen on {host} port {port} ({reason}). Choose another with --port
    or --host."""


class SettingNotUnderstood(DragomanError):
    """{name} is '{value}', but should be {expected}."""


class EnvironmentFileUnreadable(DragomanError):
    """{path}: could not be read as a file of settings ({reason}). Write a line for each, as
    NAME=value."""


class Busy(DragomanError):
    """The service is busy: {queued} questions are waiting already. Ask again in {seconds} s."""


class DeadlineExceeded(DragomanError):
    """This took longer than {seconds} s and was stopped. Ask for less at once, or later again."""
