"""Benchmarks: each measures the product's real code beside the limit of this machine, in the same run."""

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from types import FrameType

from rich.console import Console

from billing.bench.figures import Figure, as_json_line, machine, print_table
from billing.bench.results import write_page
from billing.bench.room import Room, room
from billing.bench.sizes import SIZES, Size

__all__ = ["BENCHMARKS", "Size", "run"]

# Each is a module of this package with `measure(room)`; loaded when asked for, since some load much.
BENCHMARKS = {
    "P1": "invoice_run",
    "P2": "pushes_received",
    "P3": "pushes_booked",
    "P4": "open_invoices",
    "P5": "page",
    "P7": "paper",
    "P8": "log_in",
    "P9": "bank_files",
    "P10": "journey",
    "P11": "start",
    "P12": "machines",
}


def run(names: list[str], *, as_json: bool, size: str, postgres: str = "", page: Path | None = None) -> None:
    """Measure and print: a JSON object a line as soon as it is there, or a table at the end.

    names: of BENCHMARKS, all when empty. size: of Size. postgres: URL of a server where databases may be made. page: a
    file whose sections about these benchmarks are written anew when all went well.
    """
    results, figures = sys.stdout, []
    before = signal.signal(signal.SIGTERM, _stop)
    logging.disable(logging.INFO)  # what the product says of its work would drown what is measured
    try:
        for figure in _figures(names or list(BENCHMARKS), Size(size), postgres):
            figures.append(figure)
            if as_json:
                print(as_json_line(figure), file=results, flush=True)
        if page is not None:
            write_page(page, figures, machine(postgres), size)
    finally:
        logging.disable(logging.NOTSET)
        signal.signal(signal.SIGTERM, before)
        if not as_json:
            print_table(figures, postgres)


def _stop(signum: int, frame: FrameType | None) -> None:
    # As an exception, so that servers are stopped and databases dropped on the way out.
    sys.exit(128 + signum)


def _figures(names: list[str], size: Size, postgres: str) -> Iterator[Figure]:
    progress = Console(stderr=True, highlight=False)
    for name in names:
        measure: Callable[[Room], Iterator[Figure]] = import_module(f"billing.bench.{BENCHMARKS[name]}").measure
        # Seeding shows its progress on the standard output, which belongs to the results.
        with redirect_stdout(sys.stderr), progress.status(f"{name} …"), room(SIZES[size], postgres) as place:
            yield from measure(place)
