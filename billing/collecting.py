"""When the garbage collector of Python stays away."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """For what makes very many small objects without a cycle among them. The collector would go through them, and all
    that the process holds besides, over and over and find nothing; afterwards it sees what is left."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
