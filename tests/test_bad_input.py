"""What goes wrong by a user's hand: the message says what, and nothing is lost by it."""

import gc
import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import (
    BrokenRecord,
    DragomanError,
    DuplicateId,
    EmptyFile,
    NoText,
    NotText,
    PathMissing,
)
from dragoman.index.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveMissing,
    ArchiveNotWritable,
    ArchiveTooNew,
    NotAnArchive,
)
from dragoman.index.local.archive import LocalArchive
from dragoman.search.dragoman import Dragoman
from dragoman.search.errors import (
    DateNotUnderstood,
    EmptyQuestion,
    LimitOutOfRange,
    PeriodReversed,
    QuestionTooLong,
    SinceAfterAsOf,
    UnknownMode,
)
from dragoman.search.question import Filters, parse_day

SHIP = {"id": "ship", "title": "Ships", "text": "Ships sail through the strait."}
DATABASE = "dragoman.sqlite"
HELPERS = Path(__file__).parent


@pytest.fixture
def archive(tmp_path, encoder) -> Iterator[Dragoman]:
    """An archive with some articles in it, none of which may be lost."""
    records = [SHIP, *({"id": f"train {n}", "text": f"Train {n} stops. " * 60} for n in range(30))]
    with Dragoman.open(tmp_path / "archive", encoder) as archive:
        archive.add(written(tmp_path / "first.jsonl", records))
        yield archive


@pytest.fixture
def intact(archive) -> Callable[[], bool]:
    """Says whether the archive holds what it held at first, and finds it."""
    before = contents(archive.folder)

    def is_intact() -> bool:
        with Dragoman.open(archive.folder, archive.encoder) as reopened:
            finds = reopened.search("ships").passages[0]
        return finds.article.id == "ship" and contents(archive.folder) == before

    return is_intact


def reopened(archive: Dragoman) -> Dragoman:
    """Close an archive, and return what opens it again when it is first needed."""
    archive.close()
    return Dragoman.open(archive.folder, archive.encoder)


def written(path: Path, records: list[dict[str, str]]) -> Path:
    path.write_text("\n".join(map(json.dumps, records)))
    return path


def contents(folder: Path) -> dict[str, tuple[Article, list[str]]]:
    """Give every article of an archive, with the texts of its passages."""
    archive = LocalArchive(folder)
    held: dict[str, tuple[Article, list[str]]]
    held = {article.id: (article, []) for article in archive.articles()}
    numbers = archive.article_numbers().tolist()
    for _, _, article, text in archive.passage_texts(numbers):
        held[article.id][1].append(text)
    archive.close()
    return held


def command(*arguments: str | Path, **options) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "dragoman.api", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        **options,
    )
    assert "Traceback" not in ran.stderr
    return ran


# What is added


def test_a_missing_path(archive, intact, tmp_path):
    (tmp_path / "there.txt").write_text("Planes fly.")
    with pytest.raises(PathMissing, match=r"nowhere\.txt: there is no such file"):
        archive.add([tmp_path / "there.txt", tmp_path / "nowhere.txt"])
    assert intact()


@pytest.mark.parametrize(
    ("name", "content", "kind", "said"),
    [
        ("bad.txt", b"", EmptyFile, r"bad\.txt: the file is empty"),
        ("bad.jsonl", b" \n\n", EmptyFile, r"bad\.jsonl: the file is empty"),
        ("bad.txt", bytes(range(256)) * 40, NotText, r"bad\.txt: the file is binary"),
        ("bad.txt", b"\x89PNG\r\n\x1a\n" + os.urandom(4000), NotText, "binary"),
        ("bad.json", b'{"title": "T", "text": " "}', NoText, "has no text"),
        ("bad.md", b"---\ntitle: T\n---\n", NoText, "has no text"),
        ("bad.html", b"<html><script>var a</script></html>", NoText, "has no text"),
        ("bad.json", b'{"title": "T"}', BrokenRecord, "no field"),
        ("bad.json", b'{"text": 7}', BrokenRecord, "not a string"),
        ("bad.json", b'{"text": ', BrokenRecord, "not JSON"),
        ("bad.json", b"[" * 100_000, BrokenRecord, "nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_read(archive, tmp_path, name, content, kind, said):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("Planes fly.")
    (folder / name).write_bytes(content)
    (folder / "z.txt").write_text("Planes land.")
    before = contents(archive.folder)
    added = archive.add(folder)
    assert len(added.added) == 2
    (problem,) = added.problems
    assert type(problem) is kind
    assert re.search(said, str(problem))
    after = contents(archive.folder)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 2


def test_broken_json_in_one_line_of_ten(tmp_path):
    lines = [json.dumps({"id": str(n), "text": f"Ship {n} sails."}) for n in range(1, 11)]
    lines[6] = lines[6][:-5]
    (tmp_path / "ten.jsonl").write_text("\n".join(lines))
    where = ["--archive", tmp_path / "archive"]
    ran = command("add", tmp_path / "ten.jsonl", *where)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "9 added" in ran.stderr
    assert "ten.jsonl, line 7: not a readable article (not JSON" in ran.stderr
    assert contents(tmp_path / "archive").keys() == {*map(str, range(1, 11))} - {"7"}


def test_two_megabytes_in_one_line(archive, tmp_path):
    (tmp_path / "long.txt").write_text("ship sails on and on " * 100_000)
    added = archive.add(tmp_path / "long.txt")
    assert not added.problems
    assert added.passages > 1_000
    article, passages = contents(archive.folder)[added.added[0]]
    assert without_spaces("".join(passages)) == without_spaces(article.text)
    assert archive.search("ship").passages


def test_the_same_id_twice_in_one_file(archive, tmp_path):
    first, second = {"id": "twice", "text": "Planes fly."}, {"id": "twice", "text": "Planes land."}
    records = [first, {"id": "once", "text": "Cars stop."}, first, second]
    added = archive.add(written(tmp_path / "twice.jsonl", records))
    (problem,) = added.problems
    assert type(problem) is DuplicateId
    assert "twice.jsonl, line 4" in str(problem)
    assert "'twice'" in str(problem)
    assert "line 1" in str(problem)
    assert added.added == ("twice", "once")
    assert archive.article("twice").text == "Planes fly."


# What is asked


@pytest.mark.parametrize(
    ("question", "options", "kind", "said"),
    [
        ("", {}, EmptyQuestion, "question is empty"),
        (" \n\t", {}, EmptyQuestion, "question is empty"),
        ("?!…", {}, EmptyQuestion, "question is empty"),
        ("ship " * 2_000, {}, QuestionTooLong, "10,000 characters; at most 2,000"),
        ("ships", {"mode": "psychic"}, UnknownMode, "'psychic'.*hybrid, dense, lexical"),
        ("ships", {"limit": 0}, LimitOutOfRange, "limit of 0 .* from 1 to 100"),
        ("ships", {"limit": -1}, LimitOutOfRange, "limit of -1 .* from 1 to 100"),
        ("ships", {"limit": 10_000}, LimitOutOfRange, "limit of 10000 .* from 1 to 100"),
    ],
)
def test_a_question_that_cannot_be_asked(archive, intact, question, options, kind, said):
    with pytest.raises(kind, match=said):
        archive.search(question, **options)
    assert intact()


def test_a_period_that_ends_before_it_begins():
    with pytest.raises(PeriodReversed, match=r"2022-05-01 is after until 2022-04-01\. Swap"):
        Filters(since=date(2022, 5, 1), until=date(2022, 4, 1))


def test_a_period_that_begins_after_the_day_as_of_which_is_asked(archive):
    ahead = Filters(since=date(2022, 5, 1), until=date(2022, 6, 1), as_of=date(2022, 4, 1))
    with pytest.raises(SinceAfterAsOf, match="Give an earlier since, or a later as_of"):
        archive.search("Who?", filters=ahead)


@pytest.mark.parametrize("day", ["", "soon", "2022-02-30", "29/03/2022", "2022-3-9", "20220329"])
def test_a_date_that_is_none(day):
    with pytest.raises(DateNotUnderstood, match=f"since is '{day}'.*Write it as YYYY-MM-DD"):
        parse_day(day, "since")


def test_a_limit_that_is_no_number(archive, intact):
    ran = command("search", "ships", "-k", "abc", "--archive", archive.folder)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--limit" in ran.stderr
    assert "valid int" in ran.stderr
    assert intact()


# What is taken for an archive


def everything(folder: Path, encoder) -> Iterator[Callable[[], object]]:
    """Give all that can be done with an archive."""
    (folder.parent / "more.txt").write_text("Planes fly.")
    archive = Dragoman.open(folder, encoder)
    yield lambda: archive.search("ships")
    yield lambda: archive.search("ships", mode="lexical")
    yield lambda: list(archive.articles())
    yield lambda: archive.article("ship")
    yield archive.info
    yield lambda: archive.remove("train 3")
    yield lambda: archive.add(folder.parent / "more.txt")
    yield archive.rebuild
    archive.close()


def test_a_folder_of_other_files(tmp_path, encoder):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"a cat")
    for act in everything(tmp_path / "photos", encoder):
        with pytest.raises((ArchiveMissing, NotAnArchive), match="photos"):
            act()
    with pytest.raises(NotAnArchive, match=r"other files, such as cat\.jpg.*empty folder"):
        Dragoman.open(tmp_path / "photos", encoder).add(tmp_path / "more.txt")
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_a_file_for_an_archive(tmp_path, encoder):
    file = tmp_path / "notes"
    file.write_text("notes")
    for act in everything(file, encoder):
        with pytest.raises((ArchiveMissing, NotAnArchive), match="notes"):
            act()
    with pytest.raises(NotAnArchive, match="a file, not a folder"):
        Dragoman.open(file, encoder).add(tmp_path / "more.txt")
    assert file.read_text() == "notes"


def test_another_programs_database(tmp_path, encoder):
    folder = tmp_path / "theirs"
    folder.mkdir()
    connection = sqlite3.connect(folder / DATABASE)
    connection.executescript("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (7);")
    connection.close()
    before = (folder / DATABASE).read_bytes()
    for act in everything(folder, encoder):
        with pytest.raises(NotAnArchive, match="made by another program"):
            act()
    assert (folder / DATABASE).read_bytes() == before


def test_an_archive_that_was_only_begun(tmp_path, encoder):
    folder = tmp_path / "begun"
    folder.mkdir()
    (folder / DATABASE).touch()
    archive = Dragoman.open(folder, encoder)
    with pytest.raises(ArchiveError, match="begun"):
        archive.search("ships")
    assert archive.add(written(tmp_path / "ship.jsonl", [SHIP])).added == ("ship",)
    assert archive.search("ships").passages


def test_an_archive_whose_making_was_interrupted(tmp_path, encoder):
    folder = tmp_path / "begun"
    folder.mkdir()
    connection = sqlite3.connect(folder / DATABASE, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")  # the first thing that is written
    connection.close()
    archive = Dragoman.open(folder, encoder)
    assert archive.add(written(tmp_path / "ship.jsonl", [SHIP])).added == ("ship",)
    assert archive.search("ships").passages


@pytest.mark.parametrize("part", [0.9, 0.5, 0.01])
def test_a_database_that_breaks_off(archive, part):
    archive = reopened(archive)
    database = archive.folder / DATABASE
    whole = database.read_bytes()
    broken = whole[: int(len(whole) * part)]
    database.write_bytes(broken)
    for act in everything(archive.folder, archive.encoder):
        with pytest.raises((ArchiveDamaged, NotAnArchive), match="malformed"):
            act()
    assert database.read_bytes() == broken
    database.write_bytes(whole)
    assert archive.search("ships").passages[0].article.id == "ship"


def test_a_database_with_a_spoilt_page(archive):
    archive = reopened(archive)
    database = archive.folder / DATABASE
    whole = database.read_bytes()
    said = set()
    for page in range(2, len(whole) // 4096, 3):
        database.write_bytes(whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :])
        shutil.rmtree(archive.folder / "generations", ignore_errors=True)
        for act in everything(archive.folder, archive.encoder):
            try:
                act()
            except DragomanError as error:
                said.add(type(error))
    assert ArchiveDamaged in said


def test_an_older_copy_of_the_database_put_back(archive, tmp_path):
    archive = reopened(archive)
    shutil.copy(archive.folder / DATABASE, tmp_path / "copy")
    archive.add(written(tmp_path / "later.jsonl", [{"id": "later", "text": "Planes fly."}]))
    archive = reopened(archive)
    shutil.copy(tmp_path / "copy", archive.folder / DATABASE)
    archive.add(written(tmp_path / "other.jsonl", [{"id": "other", "text": "Cars honk."}]))
    assert archive.search("honk", mode="lexical").passages[0].article.id == "other"
    assert not archive.search("planes", mode="lexical").passages


def lose(generations: Path) -> None:
    shutil.rmtree(generations)


def spoil(manifest: bytes) -> Callable[[Path], None]:
    def write(generations: Path) -> None:
        (generations.parent / "manifest.json").write_bytes(manifest)

    return write


def flip(pattern: str) -> Callable[[Path], None]:
    """Change one bit in the middle of each index file of that name."""

    def change(generations: Path) -> None:
        files = [file for file in generations.rglob(pattern) if file.is_file()]
        assert files
        for file in files:
            content = bytearray(file.read_bytes())
            content[len(content) // 2] ^= 1
            file.unlink()  # it may be shared with other generations
            file.write_bytes(content)

    return change


NULLS = dict.fromkeys(("generation", "seq", "encoder", "dim", "count", "checksum"))


@pytest.mark.parametrize(
    "harm",
    [
        lose,
        spoil(b""),
        spoil(b"garbage \xff\x00"),
        spoil(b"[1]"),
        spoil(b'{"generation": 7}'),
        spoil(json.dumps(NULLS).encode()),
        spoil(json.dumps({**NULLS, "generation": "../.."}).encode()),
        flip("articles.npy"),
        flip("vectors.faiss"),
        flip("*.term"),
        flip("*.idx"),
        flip("meta.json"),
    ],
)
def test_what_can_be_built_again_is(archive, intact, harm):
    question, options = "ships and trains", {"limit": 20}
    before = archive.search(question, **options).passages
    archive = reopened(archive)
    harm(archive.folder / "generations")
    assert archive.search(question, **options).passages == before
    assert intact()
    assert archive.remove("train 3") == ["train 3"]
    assert archive.search("ships").passages[0].article.id == "ship"


def test_an_archive_of_a_newer_version(archive):
    archive = reopened(archive)
    connection = sqlite3.connect(archive.folder / DATABASE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for act in everything(archive.folder, archive.encoder):
        with pytest.raises(ArchiveTooNew, match=r"schema 99, .* reads up to \d\. Use a newer"):
            act()


# Where it is to be written


def test_an_archive_that_may_not_be_written(archive, intact, open_tmp, unprivileged):
    archive = reopened(archive)
    (open_tmp / "more.txt").write_text("Planes fly.")
    for path in (archive.folder, *archive.folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with unprivileged():
        assert archive.search("ships").passages[0].article.id == "ship"
        assert len(list(archive.articles())) == 31
        for change in (lambda: archive.add(open_tmp / "more.txt"), lambda: archive.remove("ship")):
            with pytest.raises(ArchiveNotWritable, match=r"ermission.*intact"):
                change()
        archive = reopened(archive)
    assert intact()


def test_an_archive_that_may_not_be_read(archive, intact, open_tmp, unprivileged):
    archive = reopened(archive)
    archive.folder.chmod(0)
    with unprivileged():
        for act in everything_read(archive):
            with pytest.raises(ArchiveError, match=r"[Pp]ermission"):
                act()
    archive.folder.chmod(0o755)
    assert intact()


def everything_read(archive: Dragoman) -> tuple[Callable[[], object], ...]:
    return (lambda: archive.search("ships"), archive.info, lambda: list(archive.articles()))


def many_articles(path: Path, number: int) -> Path:
    """Write articles that are no copies of each other: each has words of its own."""
    chance = random.Random(number)
    made_up = ["".join(chance.choices("abdeghilnorstu", k=6)) for _ in range(2_000)]
    known = "grain gas gold ghosts ships trains planes cars strait harbour".split()
    texts = [[*chance.choices(made_up, k=50), *chance.choices(known, k=5)] for _ in range(number)]
    return written(
        path, [{"id": f"many {n}", "text": f"{' '.join(t)} {n}."} for n, t in enumerate(texts)]
    )


def test_a_file_that_may_not_grow(archive, intact, tmp_path):
    """A limit on the size of files stops SQLite as a full disk does."""
    resource = pytest.importorskip("resource")
    archive = reopened(archive)
    most = (archive.folder / DATABASE).stat().st_size + 40_000
    adding = (
        "import resource, sys; from dragoman.search.dragoman import Dragoman;"
        "from initials_encoder import InitialsEncoder;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {resource.RLIM_INFINITY}));"
        "Dragoman.open(sys.argv[1], InitialsEncoder()).add(sys.argv[2])"
    )
    many = many_articles(tmp_path / "many.jsonl", 300)
    ran = script(adding, archive.folder, many)
    assert "ArchiveNotWritable" in ran.stderr.splitlines()[-1]
    assert "What was there before is intact" in ran.stderr
    assert intact()
    archive.add(many)
    assert len(contents(archive.folder)) == 331


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of half a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        gc.collect()  # tracebacks of errors hold files open until they are collected
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(small_disk, encoder, tmp_path):
    with Dragoman.open(small_disk / "archive", encoder) as archive:
        archive.add(written(tmp_path / "ship.jsonl", [SHIP]))
        with pytest.raises(ArchiveNotWritable, match=r"(full|space).*make space"):
            archive.add(many_articles(tmp_path / "many.jsonl", 800))
    with Dragoman.open(small_disk / "archive", encoder) as archive:
        assert archive.search("sail", mode="lexical").passages[0].article.id == "ship"
        assert archive.article("ship").text == SHIP["text"]
        assert_whole(archive.folder)


def script(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(HELPERS)},
        timeout=60,
        check=False,
    )


def test_a_second_writer(archive, intact, tmp_path):
    holding = (
        "import sys; from pathlib import Path;"
        "from dragoman.index.local.locking import writer_lock;"
        "lock = writer_lock(Path(sys.argv[1])); lock.__enter__(); print('held', flush=True);"
        "sys.stdin.read()"
    )
    (tmp_path / "more.txt").write_text("Planes fly.")
    with subprocess.Popen(
        [sys.executable, "-c", holding, archive.folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        for change in (lambda: archive.add(tmp_path / "more.txt"), lambda: archive.remove("ship")):
            with pytest.raises(ArchiveBusy, match=r"Another process is writing.*try again"):
                change()
        assert intact()
        holder.stdin.close()
    assert len(archive.add(tmp_path / "more.txt").added) == 1


KILLED = """
import sys
from dragoman.search.dragoman import Dragoman
from initials_encoder import InitialsEncoder

class StuckEncoder(InitialsEncoder):
    "Encodes two batches, and is in the middle of the third for ever."
    batches = 0

    def encode_passages(self, texts):
        self.batches += 1
        if self.batches == 3:
            print("stuck", flush=True)
            sys.stdin.read()
        return super().encode_passages(texts)

Dragoman.open(sys.argv[1], StuckEncoder()).add(sys.argv[2])
"""


def test_a_kill_in_the_middle_of_adding(tmp_path, encoder):
    many = many_articles(tmp_path / "many.jsonl", 600)
    folder = tmp_path / "killed"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, folder, many],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HELPERS)},
    ) as adding:
        assert adding.stdout
        assert adding.stdout.readline() == "stuck\n"
        adding.kill()
    assert adding.returncode == -signal.SIGKILL
    kept = len(contents(folder))
    assert 0 < kept < 600
    assert_whole(folder)
    with Dragoman.open(folder, encoder) as killed, Dragoman.open(tmp_path / "b", encoder) as other:
        assert killed.search("ships", limit=20).passages
        again = killed.add(many)
        assert (len(again.unchanged), len(again.added)) == (kept, 600 - kept)
        other.add(many)
        assert contents(folder) == contents(tmp_path / "b")
        for question in ("ghosts in the harbour", "many 7"):
            ours, theirs = (d.search(question, limit=50).passages for d in (killed, other))
            assert ours == theirs


def assert_whole(folder: Path) -> None:
    """Be sure that every article has all its passages."""
    for article, passages in contents(folder).values():
        assert without_spaces("".join(passages)) == without_spaces(article.text)


def without_spaces(text: str) -> str:
    return "".join(text.split())


def test_a_port_in_use(archive, intact):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        archive = reopened(archive)
        with Dragoman.open(archive.folder.parent / "served") as served:
            served.add(written(archive.folder.parent / "ship.jsonl", [SHIP]))
        ran = command("serve", "--port", str(port), "--archive", served.folder)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert f"cannot listen on 127.0.0.1 port {port} (Address already in use)" in ran.stderr
    assert "--port" in ran.stderr
    assert intact()
