"""Rules: files that editors write become marks on the blocks of a page.

schema, validation, json_schema   the format, a file against it, the format for editors
positions, parsing                a file's text -> RuleFile, mistakes with file and line
entries, cache, loading           folders of files -> Rulebook
hosts, rulebook                   an address -> the files that apply, in order of precedence
css, selectors, xpath, lines      what rules say -> elements and lines
plan, tree_index, applying        rules and a page -> marks
guard                             a rule that takes too much is reported or refused
authoring/                        lint, test, explain, which, capture, new
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.rules.loading import load, shipped
    from cleaner.rules.rulebook import Rulebook, RuleOutcome

__all__ = ["RuleOutcome", "Rulebook", "load", "shipped"]


def __getattr__(name: str) -> Any:
    # Loaded when first used: `import cleaner` must stay fast.
    if name in ("load", "shipped"):
        from cleaner.rules import loading

        return getattr(loading, name)
    if name in ("RuleOutcome", "Rulebook"):
        from cleaner.rules import rulebook

        return getattr(rulebook, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
