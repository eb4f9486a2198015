"""Errors of the front ends.

DragomanError
├── FileNotWritable   what was asked for cannot be written there
└── AddressUnusable   the service cannot listen there
"""

from ..corpus.errors import DragomanError


class FileNotWritable(DragomanError):
    """{path}: could not be written ({reason}). Name a file in a folder that can be written to."""


class AddressUnusable(DragomanError):
    """The service cannot listen on {host} port {port} ({reason}). Choose another with --port
    or --host."""
