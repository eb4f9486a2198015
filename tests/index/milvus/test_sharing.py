"""The connection that all archives of one address share."""

import threading

from dragoman.index.addresses import EngineAddress
from dragoman.index.milvus.sharing import Shared
from dragoman.index.milvus.target import Target


def test_what_is_collected_as_garbage_waits_for_nobody(tmp_path):
    (tmp_path / "news").mkdir()
    target = Target.of(EngineAddress(f"milvus+lite:{tmp_path / 'news'}"))
    shared = Shared.of(target)
    with Shared._changing:  # as while another thread starts
        collecting = threading.Thread(target=shared.drop)
        collecting.start()
        collecting.join(timeout=10)
        assert not collecting.is_alive()
    later = Shared.of(target)
    assert later is not shared
    later.release()
    assert target.address.text not in Shared._open
