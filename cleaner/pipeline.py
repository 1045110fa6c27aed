"""The recipe: how a page becomes its main text, read from top to bottom in `Cleaner.clean`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cleaner.errors import CleanerError, OptionError
from cleaner.forking import at_work
from cleaner.page import Block, Floats, Mark, Marks, Page, Result, merge

if TYPE_CHECKING:
    from cleaner.scoring import Scores
    from cleaner.scoring.copies import Copies
    from cleaner.scoring.selection import Kept

_CHOICES: Final = {
    "scorer": ("model", "justext"),
    "foreign": ("drop", "tag", "keep"),
    "favor": ("precision", "balance", "recall"),
}


class Cleaner:
    """Cleans pages with options that are set once. Thread-safe and picklable.

    Args:
        rules: a folder of rule files or several; None for the shipped ones, an empty list for
            none.
        scorer: "model", or "justext" for jusText's published algorithm.
        foreign: what to do with stray fragments in another language: "drop", "tag" (mark only,
            let the score decide) or "keep".
        favor: "precision", "balance" or "recall".
        comments: keep reader comments.
        explain: put the scorer's reasons on every block; costs time.
        max_bytes: size above which a source is refused; a tag counts for 20 bytes at least and a
            line of plain text for 12, so that a page takes about 25 times this size in memory at
            most.

    Raises:
        OptionError: an option has a value that is not known.
    """

    def __init__(
        self,
        *,
        rules: str | Path | Sequence[str | Path] | None = None,
        scorer: str = "model",
        foreign: str = "drop",
        favor: str = "balance",
        comments: bool = False,
        explain: bool = False,
        max_bytes: int = 50_000_000,
    ) -> None:
        for name, value in (("scorer", scorer), ("foreign", foreign), ("favor", favor)):
            if value not in _CHOICES[name]:
                known = ", ".join(f'"{choice}"' for choice in _CHOICES[name])
                raise OptionError(f"{name}={value!r} is not known; use one of {known}")
        for name, flag in (("comments", comments), ("explain", explain)):
            if not isinstance(flag, bool):  # "no" would count as yes
                raise OptionError(f"{name}={flag!r} is not known; use True or False")
        if not isinstance(max_bytes, int) or isinstance(max_bytes, bool) or max_bytes < 1:
            raise OptionError(
                f"max_bytes={max_bytes!r} is not known; use a number of bytes, from 1"
            )
        self._rules = None if rules is None else _paths(rules)
        self._scorer = scorer
        self._foreign = foreign
        self._favor = favor
        self._comments = comments
        self._explain = explain
        self._max_bytes = max_bytes

    def clean(
        self,
        source: object,
        *,
        url: str | None = None,
        kind: str = "auto",
        language: str | None = None,
        content_type: str | None = None,
    ) -> Result:
        """Clean one page.

        Args:
            source: `str`, `bytes` or an lxml element (which is never changed).
            url: where the page is from; site rules are chosen by it.
            kind: "html", "text", or "auto" to judge by the content.
            language: ISO 639-1 code of the main text, when it is known.
            content_type: the HTTP header of that name, when it is known.

        Raises:
            ReadError: the source is no page or too large.
            OptionError: an argument has a value that is not known.
        """
        for name, value in (("url", url), ("content_type", content_type)):
            if not isinstance(value, str | None):
                raise OptionError(f"{name} is str or None, not {type(value).__name__}")
        with at_work():
            return self._clean(source, url, kind, language, content_type)

    def _clean(
        self,
        source: object,
        url: str | None,
        kind: str,
        language: str | None,
        content_type: str | None,
    ) -> Result:
        from cleaner import language as languages
        from cleaner import memory, rules
        from cleaner.reading import read
        from cleaner.scoring import scorer, selection
        from cleaner.scoring.comments import comment_blocks
        from cleaner.scoring.copies import find_copies, with_copies

        page = read(
            source, url=url, kind=kind, content_type=content_type, max_bytes=self._max_bytes
        )
        wordings = languages.read_wordings(page.texts)
        scores = scorer(self._scorer)(page, language, wordings)
        copies = find_copies(page.texts, scores.values)
        by_score = selection.select_by_score(page, scores, favor=self._favor, copies=copies)
        if self._comments:
            by_score |= comment_blocks(page)

        found = languages.page_languages(page, scores.values, language=language)
        ruled = rules.load(self._folders()).apply(
            page, with_copies(by_score, copies), comments=self._comments
        )
        judged = languages.judge(
            page,
            scores.values,
            found,
            foreign=ruled.foreign or self._foreign,
            allowed=ruled.allowed_languages,
            wordings=wordings,
        )

        marks = merge(self._reasons(page, scores), judged.marks, ruled.marks)
        kept = selection.apply_marks(
            page,
            by_score,
            scores.values,
            marks,
            foreign=ruled.foreign or self._foreign,
            copies=copies,
        )
        result = Result.of(
            _Decided(
                texts=page.texts,
                lines=page.lines,
                tags=tuple(map(page.tag, range(len(page.texts)))),
                scores=scores.values,
                by_score=by_score,
                kept=kept,
                marks=marks,
                languages=judged.block_languages,
                copies=copies,
            ),
            title=ruled.title or page.headline,
            # Without main text there is none that could be in a language.
            language=found.main if kept.any() else None,
            languages=found.shares if kept.any() else (),
            kind=page.kind,
            url=url,
            notes=page.notes + ruled.notes + _empty_note(page, kept),
        )
        if page.tree is not None and len(page.tree.tags) > memory.LARGE:
            del page, scores  # nothing else holds the tree
            memory.give_back()
        return result

    def clean_batch(self, records: Iterable[object]) -> Iterator[Result | CleanerError]:
        """Clean many pages, one at a time and in order.

        Each record is a source, or a mapping with "source" (or "html" or "text") and any of
        "url", "kind", "language", "content_type". A page that cannot be read yields its
        `CleanerError` in place of a result, so that one bad page does not end the batch.

        Raises:
            OptionError: `records` is one page, or no iterable at all.
        """
        if isinstance(records, str | bytes | bytearray | memoryview | Mapping):
            # Its characters, bytes or keys would each be taken for a page.
            raise OptionError(
                f"records is an iterable of pages, not {type(records).__name__}; "
                "give one page to clean, or put it in a list"
            )
        if not isinstance(records, Iterable):
            raise OptionError(f"records is an iterable of pages, not {type(records).__name__}")
        return self._each(records)

    def _each(self, records: Iterable[object]) -> Iterator[Result | CleanerError]:
        for record in records:
            try:
                yield self.clean(**_arguments(record))
            except CleanerError as error:
                yield error

    def _folders(self) -> tuple[Path, ...]:
        from cleaner.rules import shipped

        return (shipped(),) if self._rules is None else self._rules

    def _reasons(self, page: Page, scores: Scores) -> Marks:
        if not self._explain:
            return {}
        return {
            block: tuple(Mark("scoring", "score", reason) for reason in scores.explain(block))
            for block in range(len(page.texts))
        }


def _paths(rules: str | Path | Sequence[str | Path]) -> tuple[Path, ...]:
    try:
        folders = (rules,) if isinstance(rules, str | Path) else tuple(rules)
        if "" in folders:  # as a path it is the current folder, which nobody means by it
            raise TypeError
        return tuple(Path(folder) for folder in folders)
    except TypeError:
        raise OptionError(
            f"rules={rules!r} is not known; use a folder or a list of folders, "
            "None for the shipped rules, [] for none"
        ) from None


def _arguments(record: object) -> dict[str, Any]:
    if not isinstance(record, Mapping):
        return {"source": record}
    arguments = {
        name: record[name]
        for name in ("url", "kind", "language", "content_type")
        if record.get(name) is not None
    }
    for name, kind in (("source", "auto"), ("html", "html"), ("text", "text")):
        if record.get(name) is not None:
            return {"kind": kind, **arguments, "source": record[name]}
    raise OptionError('a record needs one of "source", "html" or "text"')


@dataclass(frozen=True, slots=True, eq=False)
class _Decided:
    """The columns that the blocks of a result are made of; see `cleaner.page.Block`."""

    texts: tuple[str, ...]
    lines: Mapping[int, tuple[str, ...]]
    tags: tuple[str, ...]
    scores: Floats
    by_score: Kept
    kept: Kept
    marks: Marks
    languages: Sequence[str | None]
    copies: Copies

    def text(self) -> str:
        return "\n".join(compress(self.texts, self.kept.tolist()))

    def blocks(self) -> tuple[Block, ...]:
        from cleaner.scoring.selection import verdict

        kept = self.kept
        kept_once = {
            block for several in self.copies if kept[list(several)].any() for block in several
        }

        def block(number: int) -> Block:
            text, score, keep = self.texts[number], float(self.scores[number]), bool(kept[number])
            closing = verdict(keep, bool(self.by_score[number]), score, copied=number in kept_once)
            return Block(
                text=text,
                kept=keep,
                score=score,
                language=self.languages[number],
                marks=self.marks.get(number, ()) + closing,
                tag=self.tags[number],
                lines=self.lines.get(number, (text,)),
            )

        return tuple(map(block, range(len(self.texts))))


def _empty_note(page: Page, kept: Kept) -> tuple[str, ...]:
    if kept.any() or page.notes:
        return ()
    if not page.texts:
        return ("the page has no text",)
    return (f"none of the {len(page.texts)} blocks was kept as main text",)
