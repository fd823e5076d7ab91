"""What a language has to say on the few pages that are made without Reflex, and what it calls the files."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Web:
    """answers: title and sentence by HTTP status. chosen_file: all PDFs that were chosen. nameless: a customer in the
    name of a file, when its own name has no letter for one."""

    back: str
    problem: str
    pdf_not_ready_title: str
    pdf_not_ready: str
    zip_not_ready: str
    answers: Mapping[int, tuple[str, str]]
    chosen_file: str
    certificate_file: str
    nameless: str
