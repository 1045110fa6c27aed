"""Which site files speak for an address: matching of hosts and paths, and their precedence."""

from __future__ import annotations

import enum
import fnmatch
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit


class Level(enum.IntEnum):
    """How specific a file is for a page; a higher level wins over a lower one."""

    PACK = 0
    FINGERPRINT = 1
    WILDCARD_HOST = 2
    HOST = 3
    PATH = 4

    def __str__(self) -> str:
        return self.name.lower().replace("_", " ")


def split_url(url: str) -> tuple[str, str]:
    """Host (lower case, without port and `www.`) and path with query of an address.

    An address without a scheme is read as one (`example.com/a`). A host that cannot be read
    gives an empty string.
    """
    if "//" not in url:
        url = "//" + url
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "", "/"
    path = parts.path or "/"
    return bare(host), f"{path}?{parts.query}" if parts.query else path


def bare(host: str) -> str:
    """A host in the form that is compared: lower case, IDNA, without a final dot and `www.`."""
    host = host.strip().lower().rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return host
    return host.removeprefix("www.")


def candidates(host: str) -> Iterator[tuple[str, bool]]:
    """Host patterns that match a host, most specific first, and whether each is exact."""
    yield host, True
    labels = host.split(".")
    for start in range(len(labels) - 1):
        yield "*." + ".".join(labels[start:]), False


def pattern_key(pattern: str) -> str:
    """A host of a rule file in the form of `candidates`."""
    if pattern.startswith("*."):
        return "*." + bare(pattern[2:])
    return bare(pattern)


def path_matches(path: str, globs: tuple[str, ...]) -> bool:
    """Whether a path (with query) matches one of the globs, with or without its query."""
    without = path.partition("?")[0]
    return any(_glob(glob)(path) or _glob(glob)(without) for glob in globs)


@lru_cache(maxsize=4096)
def _glob(pattern: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(fnmatch.translate(pattern)).match
