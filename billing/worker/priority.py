"""Whose turn it is when there is more to do than there are processors for."""

import os
import sys
import threading

# Out of 19. Others that want the processor too get about nine times as much of it; whoever has it alone gets all of it.
_LOWER = 10


def let_others_first() -> None:
    """This thread, and no other of the process, gives way to whatever people wait for. Only Linux can do that for a
    single thread (setpriority(2)); elsewhere nothing changes."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOWER)
