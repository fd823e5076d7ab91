"""What a log may say: that something happened, and never whose account, address or key it was about.

Whatever is logged passes here before any handler sees it: our lines, those of libraries, exceptions with their
tracebacks, and what ends a thread or the process.
"""

import logging
import re
import sys
import threading
from io import StringIO
from traceback import print_exception
from types import TracebackType
from typing import Any

log = logging.getLogger(__name__)

GONE = "…"
_Excepted = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# Bodies of messages, as somebody might log them: XML, JSON, forms, bytes; and what databases tell of a row.
_BODIES = (
    (re.compile(r"<\?xml.*", re.DOTALL), "<…>"),
    (re.compile(r"<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?>.*?</\1>", re.DOTALL), "<…>"),
    (re.compile(r"""\bb(?:'(?:[^'\\]|\\.){8,}'|"(?:[^"\\]|\\.){8,}")"""), "b'…'"),
    (re.compile(r"""\{\s*["'](?:[^\n]*\}|[^\n]*)"""), "{…}"),
    (re.compile(r"""^(\s*)"[^"\n]*":[^\n]*$""", re.MULTILINE), r"\1…"),
    (re.compile(r"[\w.\[\]%-]+=[^&\s]*(?:&[\w.\[\]%-]+=[^&\s]*)+"), GONE),
    (re.compile(r"\?[\w.%-]+=[^\s\"'>)]*"), "?…"),
    (re.compile(r"\)=\([^\n]*\)"), ")=(…)"),
    (re.compile(r"(Failing row contains) \([^\n]*\)"), r"\1 (…)"),
)
_ADDRESS = re.compile(r"[^\s@<>\"'(),;:=/]+(?::[^\s@/]*)?@[^\s@<>\"'(),;:/]+")
# ISO 13616: country, check digits, 11 to 30 more; on paper in groups of four. 32 hexadecimal digits are a key of the
# gateway, which says nothing of anybody.
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])(?![0-9A-F]{32}(?![A-Za-z0-9]))[A-Za-z]{2}[0-9]{2}"
    r"(?:[A-Za-z0-9]{11,30}|(?: [A-Za-z0-9]{4}){2,7}(?: [A-Za-z0-9]{1,3})?)(?![A-Za-z0-9])"
)
# What is long enough to be a key, and neither a digest nor made of words, such as names in code and paths of files.
_LONG = re.compile(r"[A-Za-z0-9_+/=-]{20,}")
_DIGEST = re.compile(r"[0-9a-f]{32}|[0-9A-F]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_WORD = (
    r"(?:[a-z]{1,20}|(?:[A-Z]{1,3}[a-z]{1,15}){1,6}|[A-Z]{1,15})[0-9]{0,4}|[0-9]{1,10}|[0-9a-f]{1,12}|[0-9A-F]{1,12}"
)
_WORDS = re.compile(rf"(?:{_WORD}|)(?:[_+/=-](?:{_WORD}|))*")


def install() -> None:
    """Have everything that this process logs pass here from now on, and log what ends it or a thread of it."""
    if logging.getLogRecordFactory() is not _record:
        logging.setLogRecordFactory(_record)
    sys.excepthook = _on_end
    threading.excepthook = _on_end_of_thread


def scrubbed(text: str) -> str:
    """A text without accounts, addresses, keys and bodies of messages.

    >>> scrubbed("ada@example.com pays from NL91 ABNA 0417 1643 00")
    '… pays from …'
    """
    for pattern, instead in _BODIES:
        text = pattern.sub(instead, text)
    return _LONG.sub(_unless_words, _IBAN.sub(GONE, _ADDRESS.sub(GONE, text)))


def _unless_words(found: re.Match[str]) -> str:
    is_harmless = _DIGEST.fullmatch(found[0]) or _WORDS.fullmatch(found[0])
    return found[0] if is_harmless else GONE


def _record(
    name: str, level: int, path: str, line: int, message: object, args: Any, excepted: _Excepted | None,
    function: str | None = None, stack: str | None = None, **more: Any,
) -> logging.LogRecord:  # fmt: skip
    record = logging.LogRecord(
        name, level, path, line, message, args, None, function, stack and scrubbed(stack), **more
    )
    try:
        record.msg, record.args = _one_line(scrubbed(record.getMessage())), ()
    except Exception as unfit:
        record.msg, record.args = f"a line that can't be written: {type(unfit).__name__}", ()
    if excepted and excepted[1] is not None:
        # The exception itself goes no further: a handler would write it down in its own way.
        record.exc_text = scrubbed(_traceback(excepted[1]))
    return record


def _one_line(text: str) -> str:
    # Whoever chose a part of it can't write lines that look like ours.
    return text.replace("\r", "\\r").replace("\n", "\\n")


def _traceback(exception: BaseException) -> str:
    text = StringIO()
    print_exception(exception, file=text)
    return text.getvalue().rstrip()


def _on_end(kind: type[BaseException], exception: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, exception, trace)
        return
    log.critical("ended by what nobody expected", exc_info=(kind, exception, trace))


def _on_end_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        log.critical("a thread ended by what nobody expected", exc_info=ended.exc_value)
