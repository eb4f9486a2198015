import inspect
import re
from pathlib import Path
from string import Formatter

import pytest

from dragoman.api import errors as api_errors
from dragoman.corpus import errors as corpus_errors
from dragoman.corpus.errors import DragomanError, PathMissing, ReadingError
from dragoman.corpus.fetching import errors as fetching_errors
from dragoman.index import errors as index_errors
from dragoman.search import errors as search_errors
from dragoman.search.errors import EmptyQuestion

MODULES = (corpus_errors, fetching_errors, index_errors, search_errors, api_errors)
CLASSES = {
    name: kind
    for module in MODULES
    for name, kind in vars(module).items()
    if isinstance(kind, type)
    and issubclass(kind, DragomanError)
    and kind.__module__ == module.__name__
}
TREE = [
    line
    for module in MODULES
    for line in re.findall(r"^ *([├│└].*)$", module.__doc__ or "", re.MULTILINE)
]


def facts_of(kind: type[DragomanError]) -> dict[str, object]:
    """Facts for every field that the message of an error names."""
    fields = Formatter().parse(inspect.cleandoc(kind.__doc__ or ""))
    return {name: 7 if spec == "," else f"<{name}>" for _, name, spec, _ in fields if name}


def test_the_tree_in_the_docstring_lists_exactly_the_classes():
    listed = set(re.findall(r"\b[A-Z][A-Za-z]+", " ".join(TREE)))
    assert listed == set(CLASSES) - {"DragomanError"}


def test_each_class_hangs_where_the_tree_shows_it():
    parent = "DragomanError"
    for line in TREE:
        names = re.findall(r"[A-Z][A-Za-z]+", line)
        if re.match("[├└]── ", line):
            parent = names.pop(0)
            assert CLASSES[parent].__base__ is DragomanError
        names = [name for name in names if not _is_in_brackets(name, line)]
        assert all(CLASSES[name].__base__ is CLASSES[parent] for name in names)


def _is_in_brackets(name: str, line: str) -> bool:
    """Whether a class stands after its parent: "ArchiveNotWritable (IndexesNotWritable)"."""
    beside = re.search(rf"([A-Z][A-Za-z]+) \([^)]*\b{name}\b", line)
    return beside is not None and CLASSES[name].__base__ is CLASSES[beside[1]]


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_a_message_is_one_line_that_names_every_fact(kind):
    facts = facts_of(kind)
    error = kind(**facts)
    assert "\n" not in str(error)
    assert "{" not in str(error)
    assert all(str(fact) in str(error) for fact in facts.values())
    assert error.facts == facts


def test_the_command_that_does_what_a_message_advises_is_apart_from_it():
    missing = index_errors.ArchiveMissing(path="news")
    assert str(missing).endswith("Make one by adding articles to it.")
    assert missing.with_command == f"{str(missing)[:-1]}: dragoman add PATH --archive news"
    assert EmptyQuestion().with_command == str(EmptyQuestion())


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_a_command_is_filled_in(kind):
    error = kind(**facts_of(kind))
    assert "{" not in error.with_command
    assert error.with_command.startswith(str(error)[:-1])


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_a_code_is_the_name_in_kebab_case(kind):
    code = kind(**facts_of(kind)).code
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", code)
    assert code.replace("-", "") == kind.__name__.lower()


def test_codes_are_told_apart():
    assert PathMissing(where="x").code == "path-missing"
    assert EmptyQuestion().code == "empty-question"
    assert len({kind(**facts_of(kind)).code for kind in CLASSES.values()}) == len(CLASSES)


@pytest.mark.parametrize("kind", [k for k in CLASSES.values() if not k.__subclasses__()])
def test_a_message_says_what_to_do(kind):
    sentences = re.split(
        r"(?<=[.)]) (?=[A-Z])|; |: ", inspect.cleandoc(kind.__doc__).replace("\n", " ")
    )
    advice = (
        "Check|Give|Put|Fill|Save|Fix|Ask|Choose|Write|Swap|Install|Reinstall|Open|Restore|Use"
        "|Name|Wait|make|Make|List|add|Add|Remove|Move|check|Look|Leave|Revoke|Try|Send|use|Restart"
    )
    assert any(re.match(rf"(?:{advice})\b", sentence) for sentence in sentences)


def test_a_file_name_cannot_drive_the_terminal_or_break_the_output():
    error = PathMissing(where=Path("a\x1b[31m\udcff.txt"))
    assert str(error).encode().startswith("a�[31m�.txt: ".encode())
    assert error.facts["where"] == Path("a\x1b[31m\udcff.txt")


def test_braces_in_a_fact_are_left_alone():
    assert "{id}" in str(ReadingError(where="{id}"))
