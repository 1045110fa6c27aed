"""`rules new`: a first file for a site, from some of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.errors import RuleError
from cleaner.page import Page
from cleaner.rules import hosts
from cleaner.rules.authoring.capture import header, quoted
from cleaner.rules.authoring.lint import machine_made
from cleaner.rules.authoring.workbench import Cleaned, Workbench

_WIDGETS = re.compile(
    r"(?:^|[-_])(?:share|sharing|social|related|newsletter|subscribe|signup|promo|advert|ad|ads"
    r"|sponsor|comments?|breadcrumbs?|tags?|author-bio|recommend\w*|popular|most-read|trending"
    r"|pagination|pager|caption|credit|copyright|cookie|print|toolbar|tools)(?:$|[-_s])",
    re.IGNORECASE,
)
_NAME = re.compile(r"-?[A-Za-z_][\w-]*")
_COVERED = 0.8
"""Share of the likely main text that a container must hold to be proposed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a first file, and what was recognised, a line each."""

    text: str
    recognised: tuple[str, ...]


def draft(bench: Workbench, url: str, sources: Sequence[bytes]) -> Draft:
    """A first file for the site of an address.

    Proposes the smallest container, by id or class, that holds almost all of the text that the
    scorer keeps on every page, the widgets inside it by the words in their classes, and lines
    that stand on several pages. A proposal, to be looked through.

    Raises:
        ReadError: a source is no page.
        RuleError: the address has no host.
    """
    host, _ = hosts.split_url(url)
    if not host:
        raise RuleError(f'"{url}" has no host; write it as in "https://example.com/"')
    pages = [bench.clean(source, url=url) for source in sources]
    recognised = list(_recognised(pages))
    parts = [header(host)]
    containers = _containers([each for each in pages if each.page.tree is not None])
    if containers:  # the tightest; what the scorer likes outside of it is to be looked at
        parts.append(
            f'[[keep]]\nid = "main-text"\ncss = {quoted(containers[0])}\ninside = "score"\n'
        )
        recognised.append(f"container of the main text: {', '.join(containers[:3])}")
    widgets = _widgets(pages, containers[0] if containers else None)
    if widgets:
        listed = ",\n".join(f"  {quoted(each)}" for each in widgets)
        parts.append(f'[[drop]]\nid = "widgets"\ncss = [\n{listed},\n]\n')
        recognised.append(f"widgets by their class: {', '.join(widgets)}")
    for line in _repeated(pages):
        parts.append(f"[[drop_lines]]\nline = {quoted(line)}\n")
        recognised.append(f"line on several pages: {line}")
    return Draft("\n".join(parts), tuple(recognised))


def _recognised(pages: Sequence[Cleaned]) -> Iterator[str]:
    """The packs that find something on the pages."""
    found: Counter[str] = Counter()
    for each in pages:
        for name in {hit.rule.origin.pack for hit in each.trace.hits if hit.rule.origin.pack}:
            found[name] += 1
    for name, count in sorted(found.items()):
        yield f"pack {name} on {count} of {len(pages)} pages: nothing to do"


def _selectors(page: Page) -> Iterator[tuple[str, int]]:
    """Selectors by id or class and the elements they find, machine-made names left out."""
    assert page.tree is not None
    for number, element in enumerate(page.tree.elements):
        if page.tree.tags[number] in ("html", "body"):
            continue
        names = [f".{name}" for name in (element.get("class") or "").split()]
        if element.get("id"):
            names.append(f"#{element.get('id')}")
        if page.tree.tags[number] in ("article", "main"):
            names.append(page.tree.tags[number])
        for name in names:
            bare = name.lstrip(".#")
            if _NAME.fullmatch(bare) and not machine_made(name) and not re.search(r"\d{3}", bare):
                yield name, number


def _containers(pages: Sequence[Cleaned]) -> list[str]:
    """Selectors of containers that do on every page, the tightest first."""
    fits: dict[str, list[float]] = {}
    for each in pages:
        tree = each.page.tree
        assert tree is not None
        sizes = np.array([len(text) for text in each.page.texts])
        kept = each.kept_without
        whole = int(sizes[kept].sum())
        inside: dict[str, set[int]] = {}
        for name, number in _selectors(each.page):
            inside.setdefault(name, set()).update(tree.blocks_within(number))
        for name, blocks in inside.items():
            chosen = np.zeros(len(sizes), dtype=np.bool_)
            chosen[list(blocks)] = True
            if whole and sizes[kept & chosen].sum() >= _COVERED * whole:
                fits.setdefault(name, []).append(float(sizes[chosen].sum() / sizes.sum()))
    everywhere = {name: sum(s) / len(s) for name, s in fits.items() if len(s) == len(pages)}
    return sorted(everywhere, key=lambda name: (round(everywhere[name], 3), len(name)))


def _widgets(pages: Sequence[Cleaned], container: str | None) -> list[str]:
    """Classes and ids inside the container whose words say that they are no main text."""
    from cleaner.rules import css

    found: Counter[str] = Counter()
    for each in pages:
        tree = each.page.tree
        if tree is None:
            continue
        within: set[int] | None = None
        if container is not None:
            selectors = css.parse(container)
            within = {
                below
                for number, element in enumerate(tree.elements)
                if any(selector.matches(element) for selector in selectors)
                for below in range(number + 1, int(tree.ends[number]))
            }
        taken = {block for hit in each.trace.hits for block in hit.blocks}
        names = set()
        for name, number in _selectors(each.page):
            blocks = tree.blocks_within(number)
            if not len(blocks) or (within is not None and number not in within):
                continue
            if _WIDGETS.search(name.lstrip(".#")) and not taken.issuperset(blocks):
                names.add(name)
        found.update(names)
    return sorted(name for name, count in found.items() if 2 * count >= len(pages))


def _repeated(pages: Sequence[Cleaned]) -> list[str]:
    """Short lines that are kept on at least two pages and on half of them."""
    if len(pages) < 2:
        return []
    found: Counter[str] = Counter()
    for each in pages:
        found.update({b.text for b in each.result.blocks if b.kept and len(b.text) <= 80})
    enough = max(2, len(pages) / 2)
    return sorted(line for line, count in found.items() if count >= enough)[:12]
