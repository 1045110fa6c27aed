"""The error tree: everything the package raises on purpose descends from `CleanerError`.

CleanerError
├── ReadError        a source that is no page: a PDF, an unreadable file, one over the size limit
├── OptionError      an option or argument that has no such value
├── RuleError        a rule file that cannot be used; carries file and line
└── MissingExtra     a feature whose optional packages are not installed
"""

from __future__ import annotations


class CleanerError(Exception):
    """Root of every error the package raises on purpose. Its text is one line for a person."""


class ReadError(CleanerError):
    """The source cannot be read as a page; the message says what it looks like."""


class OptionError(CleanerError, ValueError):
    """An option or argument has a value that is not known; the message lists those that are."""


class RuleError(CleanerError):
    """A rule file or one of its rules cannot be used; the message starts with file and line."""


class MissingExtra(CleanerError, ImportError):  # noqa: N818  (its public name)
    """An optional part was asked for and its packages are missing; the message names the extra."""
