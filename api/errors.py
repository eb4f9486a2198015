"""Errors of the front ends.

DragomanError
├── FileNotWritable   the file cannot be written
└── AddressUnusable   the service cannot listen there
"""

from ..corpus.errors import DragomanError


class FileNotWritable(DragomanError):
    """{path}: could not be written ({reason}). Name a file in a writable folder."""


class AddressUnusable(DragomanError):
    """The service cannot listen on {host} port {port} ({reason}). Choose another with --port
    or --host."""
