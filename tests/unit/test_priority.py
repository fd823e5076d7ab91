"""Which threads give way to others."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from billing.worker.priority import let_others_first


def _own() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def test_a_thread_that_lets_others_first_leaves_the_others_as_they_are():
    before = _own()
    with ThreadPoolExecutor(1) as thread:
        thread.submit(let_others_first).result()
        assert thread.submit(_own).result() == (10 if sys.platform == "linux" else before)
    assert _own() == before
