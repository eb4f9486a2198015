import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

import cluster_encoders
from cluster_encoders import HalfEncoder, HomelessEncoder, OtherOnNodesEncoder, ReportingEncoder
from dragoman.index import indexing
from dragoman.index.encoding.bulk import bulk_encoding
from dragoman.index.encoding.cluster import Cluster
from dragoman.index.errors import ClusterUnusable, EncoderNotPortable, NodeUnusable
from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman
from initials_encoder import InitialsEncoder

pytest.importorskip("ray.cluster_utils")
from ray.cluster_utils import Cluster as LocalNodes

RECORDS = [{"id": f"a{n}", "title": f"T{n}", "text": f"Word number{n} stands."} for n in range(60)]


@pytest.fixture(scope="module")
def nodes() -> Iterator[LocalNodes]:
    """A cluster with one node of one processor, on which the helpers of tests can be imported."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PYTHONPATH", str(Path(cluster_encoders.__file__).parent))
    # Elsewhere than that of a cluster in use. The paths of sockets must be short.
    with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder:
        patch.setenv("RAY_TMPDIR", folder)
        started = LocalNodes(initialize_head=True, head_node_args={"include_dashboard": False})
        yield started
        started.shutdown()
    patch.undo()


def stored(folder: Path) -> list[tuple[object, ...]]:
    """All passages of an archive with their articles, and their vectors bit for bit."""
    with sqlite3.connect(folder / "dragoman.sqlite") as database:
        return database.execute(
            'SELECT id, title, text, position, start, "end", cut, vector'
            " FROM articles JOIN passages ON articles.number = article"
            " ORDER BY passages.number"
        ).fetchall()


def test_an_archive_is_the_same_bit_for_bit_though_a_node_is_killed(
    nodes, talks, tmp_path, monkeypatch
):
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 4)
    encoder = ReportingEncoder(tmp_path, real=True)
    second = nodes.add_node()

    def kill_second_when_stuck():
        while not (tmp_path / "stuck").exists():
            time.sleep(0.02)
        nodes.remove_node(second, allow_graceful=False)

    killing = threading.Thread(target=kill_second_when_stuck, daemon=True)
    (tmp_path / f"{second.node_id}-stuck").touch()
    killing.start()
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        added = dragoman.add(BUNDLED, ray=nodes.address)
    killing.join()
    assert added.passages == talks.info().passages
    assert stored(tmp_path / "archive") == stored(talks.folder)
    assert (tmp_path / second.node_id).exists()  # it had begun to encode


def test_encoding_again_is_done_on_the_cluster(nodes, tmp_path):
    with Dragoman.open(tmp_path / "archive", InitialsEncoder()) as dragoman:
        dragoman.add(RECORDS)
    with Dragoman.open(tmp_path / "archive", ReportingEncoder(tmp_path)) as dragoman:
        assert dragoman.rebuild(ray=nodes.address).passages == len(RECORDS)


def test_a_bounded_number_of_lists_is_taken_ahead(nodes, encoder):
    taken = []

    def parts() -> Iterator[list[str]]:
        for n in range(100):
            taken.append(n)
            yield [f"word {n}"]

    with bulk_encoding(encoder, nodes.address) as encode_all:
        for done, vectors in enumerate(islice(encode_all(parts()), 10), start=1):
            assert (vectors == encoder.encode_passages([f"word {done - 1}"])).all()
            assert len(taken) < done + 4  # two for each processor, were both nodes there


def test_half_precision_is_encoded_where_there_are_gpus(nodes, tmp_path):
    encoder = HalfEncoder(tmp_path)
    with bulk_encoding(encoder, nodes.address) as encode_all:
        assert sum(map(len, encode_all(iter([["word"]] * 3)))) == 3
    [alone] = tmp_path.iterdir()  # which has no GPU
    alone.unlink()
    with_gpu = nodes.add_node(num_cpus=1, num_gpus=1)
    try:
        with bulk_encoding(encoder, nodes.address) as encode_all:
            assert sum(map(len, encode_all(iter([["word"]] * 3)))) == 3
    finally:
        nodes.remove_node(with_gpu)
    assert [file.name for file in tmp_path.iterdir()] == [with_gpu.node_id]


@pytest.mark.parametrize(
    ("encoder", "reason"),
    [
        (OtherOnNodesEncoder(), r"its encoder is \[other 26\], and this is \[initials 26\]"),
        (HomelessEncoder(), "No such file or directory: '/nowhere/model'"),
    ],
    ids=["another encoder", "no encoder"],
)
def test_a_node_that_cannot_encode_is_named_and_nothing_is_added(nodes, tmp_path, encoder, reason):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        with pytest.raises(NodeUnusable, match=rf"^The node [\d.]+ of the .*{reason}"):
            dragoman.add(RECORDS, ray=nodes.address)
        assert dragoman.info().articles == 0


def test_an_encoder_that_cannot_be_sent_is_refused(nodes, encoder):
    encoder.lock = threading.Lock()
    with (
        pytest.raises(EncoderNotPortable, match=r"\[initials 26\] cannot be sent"),
        Cluster(nodes.address, encoder),
    ):
        pass


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1:1", "refused"),
        ("ray://127.0.0.1:1", "refused"),
        ("http://127.0.0.1:1", "no address"),
        ("the cluster", "no address"),
    ],
)
def test_an_address_without_a_cluster_is_told_before_anything_is_made(
    tmp_path, encoder, address, reason
):
    with (
        Dragoman.open(tmp_path / "archive", encoder) as dragoman,
        pytest.raises(ClusterUnusable, match=rf"'{address}' could not be used \(.*{reason}"),
    ):
        dragoman.add(RECORDS, ray=address)
    assert not (tmp_path / "archive").exists()
