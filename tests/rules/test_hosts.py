"""Hosts and paths: what speaks for an address."""

from __future__ import annotations

import pytest

from cleaner.rules import hosts


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://www.Example.com:8080/a/b?c=d#e", "example.com", "/a/b?c=d"),
        ("example.com", "example.com", "/"),
        ("//m.example.com/x", "m.example.com", "/x"),
        ("http://user:pass@example.com/", "example.com", "/"),
        ("https://bücher.example/", "xn--bcher-kva.example", "/"),
        ("https://example.com./", "example.com", "/"),
        ("http://[broken/", "", "/"),
        ("", "", "/"),
    ],
)
def test_split_url(url: str, host: str, path: str) -> None:
    assert hosts.split_url(url) == (host, path)


@pytest.mark.parametrize(
    ("pattern", "host", "matches"),
    [
        ("example.com", "example.com", True),
        ("www.example.com", "example.com", True),
        ("example.com", "m.example.com", False),
        ("*.example.com", "example.com", True),
        ("*.example.com", "a.b.example.com", True),
        ("*.example.com", "notexample.com", False),
        ("*.com", "example.com", False),
        ("BÜCHER.example", "xn--bcher-kva.example", True),
    ],
)
def test_host_patterns(pattern: str, host: str, matches: bool) -> None:
    found = {key for key, _ in hosts.candidates(host)}
    assert (hosts.pattern_key(pattern) in found) is matches


def test_exact_comes_before_wide() -> None:
    assert list(hosts.candidates("a.b.example")) == [
        ("a.b.example", True),
        ("*.a.b.example", False),
        ("*.b.example", False),
    ]


def test_paths_match_with_and_without_query() -> None:
    assert hosts.path_matches("/news/1?x=2", ("/news/*",))
    assert hosts.path_matches("/index?id=5", ("/index",))
    assert hosts.path_matches("/index?id=5", ("/index?id=*",))
    assert not hosts.path_matches("/sport/1", ("/news/*", "/local/*"))
