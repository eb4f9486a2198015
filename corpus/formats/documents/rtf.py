"""Rich text (RTF), by striprtf."""

from ...errors import BrokenFile
from ..file import File
from ..format import Format, Reads, starting_with
from ..text import articles_in_text


def _read(file: File) -> Reads:
    from striprtf.striprtf import rtf_to_text

    raw = file.content()
    if not raw.startswith(b"{\\rtf"):
        raise BrokenFile(where=file.where, format="RTF", reason="it does not start as one")
    try:
        # RTF is ASCII: other characters are written with it, each in the encoding that it states.
        text = rtf_to_text(raw.decode("latin-1"), errors="replace")
    except Exception as error:  # striprtf has no errors of its own
        raise BrokenFile(where=file.where, format="RTF", reason=type(error).__name__) from error
    yield from articles_in_text(file, text.replace("\n", "\n\n"))


RTF = Format("RTF", (".rtf",), _read, starting_with(b"{\\rtf"), library="striprtf")
