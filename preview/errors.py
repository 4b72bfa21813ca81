"""What can go wrong, in one kind of error: the phase in which it happened and one clear message."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """The part of a run that failed, as the JSON report names it."""

    ARGUMENTS = "arguments"
    CONFIG = "config"
    PACK = "pack"
    PROGRAM = "program"
    REPORT = "report"
    INTERRUPTED = "interrupted"


class PreviewError(Exception):
    """A failure that is told to the reader as it stands, without a traceback.

    `message` says what was given, what is allowed and what to do; `phase` says where it happened.
    """

    def __init__(self, phase: Phase, message: str) -> None:
        super().__init__(message)
        self.phase = phase
        self.message = message


class MonitorError(Exception):
    """A registration or a lookup that is refused; the program sees the message as the engine's own error."""


def said(error: OSError | UnicodeDecodeError) -> str:
    """Return why a file could not be read, without its name and without an interpreter's own words."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return f"the byte 0x{error.object[error.start]:02x} at line {line} is no UTF-8; save the file as UTF-8"
    return error.strerror or str(error)
