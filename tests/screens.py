"""Terminals for tests: one in memory, and one in which the command runs and is typed into."""

import fcntl
import io
import os
import pty
import select
import struct
import sys
import termios


class Screen(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Terminal:
    """The `dragoman` command in a terminal of its own, typed into and read by a test."""

    def __init__(self, *arguments: str, columns: int = 80, **environment: str) -> None:
        self._read = b""
        self._awaited = 0  # how much of it was waited for
        self._process, self._screen = pty.fork()
        if not self._process:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            command = [sys.executable, "-m", "dragoman.api", *arguments]
            # No question where the cursor stands: nobody would answer it.
            known = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **environment}
            known.pop("COLUMNS", None)  # pytest-xdist sets it; the terminal's own width counts
            os.execve(sys.executable, command, known)

    @property
    def shown(self) -> str:
        """All that was written to the terminal."""
        return self._read.decode(errors="replace").replace("\r\n", "\n")

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def wait_for(self, text: str) -> None:
        """Read until `text` stands there, after all that was waited for before."""
        while (found := self._read.find(text.encode(), self._awaited)) < 0:
            assert self._read_more(), (text, self.shown)
        self._awaited = found + len(text.encode())

    def end(self) -> int:
        """Read to the end, and return the exit status."""
        while self._read_more():
            pass
        os.close(self._screen)
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _read_more(self) -> bool:
        assert select.select([self._screen], [], [], 60)[0], self.shown
        try:
            read = os.read(self._screen, 1024)
        except OSError:  # so a terminal says on Linux that nobody writes there any more
            return False
        self._read += read
        return bool(read)
