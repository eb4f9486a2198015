from threading import Event, get_ident

import pytest

from dragoman.search.retrieval.beside import Processors


def test_work_is_done_in_another_thread_while_a_processor_is_free():
    processors = Processors(2)
    with processors.beside(get_ident) as one:
        assert one() != get_ident()
    with processors.beside(get_ident) as again:
        assert again() != get_ident()


def test_work_is_done_in_this_thread_where_none_is():
    with Processors(1).beside(get_ident) as one:
        assert one() == get_ident()
    processors, ended = Processors(3), Event()
    with processors.beside(ended.wait) as one, processors.beside(get_ident) as other:
        assert other() == get_ident()
        ended.set()
        assert one()


def test_what_goes_wrong_is_raised_where_the_result_is_asked_for():
    for count in (1, 2):
        with Processors(count).beside(lambda: 1 / 0) as result, pytest.raises(ZeroDivisionError):
            result()
