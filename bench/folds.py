"""Which fold of a cross-validation a page is in: all pages of a registrable domain are in one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any, Final

FOLDS: Final = 5


def fold_of(domain: str) -> int:
    """Which fold a domain is in: fixed, and all its pages together."""
    return int(hashlib.md5(domain.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def registrable_domain(host: str) -> str:
    """The domain that somebody registered: news.example.co.uk -> example.co.uk."""
    return _suffixes()(host).top_domain_under_public_suffix or host


@cache
def _suffixes() -> Callable[[str], Any]:
    import tldextract

    # The list of suffixes that the package ships; none is fetched.
    read: Callable[[str], Any] = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    return read
