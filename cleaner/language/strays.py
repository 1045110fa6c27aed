"""Whether a text is foreign to a document: script first, then phrase lists, then a margin."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.language import codes, fragments, phrases
from cleaner.language.scripts import script_counts

MARGIN = 4.0
NAME_MARGIN = 9.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """A stray's language (None where only the script shows) and the reason, for a person."""

    language: str | None
    reason: str


def is_stray(text: str, document_language: str) -> bool:
    """Whether a text is foreign to a document in the given language.

    `document_language` is an ISO 639-1 code; regions and scripts ("pt-BR", "zh-Hant") are
    ignored. An unknown code is an `OptionError`. A text without letters is never a stray.
    """
    return verdict(text, codes.known_code(document_language)) is not None


def verdict(text: str, language: str) -> Verdict | None:
    """Why a text is foreign to a document in `language` (a known code), or None if it is not."""
    counts = script_counts(text)
    if not counts:
        return None
    letters = sum(counts.values())
    script = max(counts, key=lambda name: (counts[name], name))
    native = codes.scripts(language)
    matched = phrases.shipped().match(text)
    if any(phrase.language == language for phrase in matched):
        return None
    if script not in native:
        if sum(counts.get(name, 0) for name in native) * 2 >= letters:
            return None
        if script == "Latin" and not matched and _all_names(text):
            return None
        if script == "Greek" and letters < 3:
            return None
        return _by_script(text, script, language)
    if matched and len({phrase.language for phrase in matched}) < 4:
        first = matched[0]
        return Verdict(first.language, f"phrase: {first.category}/{first.language}")
    found = fragments.margin(text, language)
    if found is None:
        return None
    other, margin = found
    if margin <= (NAME_MARGIN if _all_names(text) else MARGIN):
        return None
    reason = f"reads as {codes.name(other)}, not {codes.name(language)}: margin {margin:.1f}"
    return Verdict(other, reason)


def _by_script(text: str, script: str, language: str) -> Verdict:
    written = codes.languages_in(script)
    guess = fragments.best(text) if len(written) != 1 else written[0]
    what = codes.name(guess) if guess else script
    shown = f"{what} ({script})" if what != script else script
    return Verdict(guess, f"{shown} in {_a(codes.name(language))} page")


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'AEIOU' else 'a'} {noun}"


def _all_names(text: str) -> bool:
    """Whether every token is written as a name, brand or code: "Harry Potter", "iPhone 15"."""
    return not any(token[:1].islower() and token.islower() for token in text.split())
