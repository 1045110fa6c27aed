"""Whether a text is foreign to a document: script first, then phrase lists, then a margin."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from cleaner.forking import at_work
from cleaner.language import codes, folding, fragments, phrase_lists
from cleaner.language.lexicon import (
    WORD,
    interface_words,
    languages_of,
    lexicon,
)
from cleaner.language.phrases import Phrase
from cleaner.language.profiles import alone_in_script, profiled_columns
from cleaner.language.scripts import WITHOUT_LATIN, is_only_in, main_script, script_counts

SHARED = 4
"""A wording that this many languages list is nobody's: "Newsletter", "Blog"."""
AGAINST_PHRASE, AGAINST_ONE, AGAINST_WORDS = -3.5, -2.7, -2.0
"""Margin from which a foreign wording counts, one of one word, and interface words.

Below it n-grams are against it. Of single interface words of other sources 90 % are above; of
native ones that the document's own list lacks and another's has, two in five."""
AGAINST_WIDESPREAD = -1.2
"""The same for interface words that SHARED languages list: "document" is much like a name."""
LISTED_NAME = 0.8
"""The same where several of them are written like a name: "New York", "Manchester United"."""
THICK = 2000
"""Interface words of a language from which a word that is not among them is hardly its own."""
AGAINST_ONE_UNLISTED, AGAINST_UNLISTED = -7.0, -2.2
"""AGAINST_ONE and AGAINST_WORDS where the document's language has so many."""
SINGLE = -0.8
"""Margin from which a small word alone that such a language's lists lack is foreign."""
UNPROFILED = 1.0
"""So much more is asked where the document's language has no profile, and shorter lists."""
LEAST_WORD = 4
"""Characters of such a word: shorter ones mean something in many languages."""
LISTED_WORDS = 4
"""Words of the longest text that is judged by interface words alone."""
NAME = 1.5
"""Margin from which a text written like a name ("New Hampshire") is foreign all the same."""

URGENT, BUDGET = 0.3, 8
"""Urgency from which the models always read a text, and texts they read on a page besides."""
KANA = 0.15
"""Share of kana from which a text of Chinese characters is Japanese."""
MIXED = 0.15
"""Share of other letters from which Latin words in a text do not count."""
LONG_ENOUGH = 40
"""Characters from which a text that the models do not read is looked up in the stop lists."""
CHARACTERS_READ = 240
"""Characters of a text that are read."""
STOP_SHARE, STOP_SHARE_OF_LONG, LONG = 0.5, 0.3, 10
"""Share of stop words that settles a native text, and for texts of so many words."""
STOP_WORDS_READ = 16
"""Words of a long text that are looked up in the stop lists."""

# Words written small within names: "Bank of America", "Notre-Dame de Paris".
_IN_NAMES = frozenset(
    "a al am an and auf av aux d da das de dei del della den der des di do dos du e el en et for "
    "il in la las le les los o of og on op the to u und v van vom von y z zu zum zur".split()
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one text: its `language` and, for a stray, the `reason` for a person.

    `margin` is above 0 for a stray by the default setting; infinite where script or phrase list
    decided.
    """

    language: str | None
    stray: bool
    reason: str
    margin: float


NEVER = float("-inf")
NATIVE = Verdict(None, False, "", NEVER)
"""Nothing foreign, and too little to tell the language."""


def is_stray(text: str, document_language: str) -> bool:
    """Whether a text is foreign to a document in the given language.

    `document_language` is an ISO 639-1 code; regions and scripts ("pt-BR", "zh-Hant") are
    ignored. An unknown code is an `OptionError`. A text without letters is never a stray.
    """
    with at_work():
        return verdicts([text], codes.known_code(document_language))[0].stray


def verdicts(
    texts: Sequence[str],
    language: str,
    words: Sequence[Sequence[str]] | None = None,
    matches: Sequence[Sequence[Phrase]] | None = None,
    urgency: Sequence[float] | None = None,
    familiar: Callable[[Sequence[str]], bool] | None = None,
) -> list[Verdict]:
    """A verdict on each text, against a document in `language` (a known code).

    Texts are read together, which costs less than one by one; of a long one the beginning is
    read. `words` are those of `folding.all_folded`, `matches` the phrases that each text consists
    of, by default those of the lists that come with the package. `urgency` says how much depends
    on each text: where script and lists do not decide, the models read other languages' wordings,
    texts above URGENT, and BUDGET of these at least. A text whose words are `familiar`, and no
    phrase, is native; asked only where script and lists do not decide.
    """
    words = folding.all_folded(texts) if words is None else words
    matches = phrase_lists.shipped().matches(texts, words) if matches is None else matches
    texts = [text[:CHARACTERS_READ] for text in texts]
    if "Latin" not in codes.scripts(language):
        texts = [_readable(text, language) for text in texts]
        words = [[word for word in mine if not word.isascii()] for mine in words]
    native = Verdict(language, False, "", NEVER)
    latin, unread = "Latin" in codes.scripts(language), codes.unread(language)
    decided: list[Verdict | None] = [None] * len(texts)
    open_cases = []
    settled = alone_in_script(language) or language == "ja"
    for number, (text, mine, matched) in enumerate(zip(texts, words, matches, strict=True)):
        # ASCII text with words in it is what most is, and no question of script.
        if not (latin and mine and text.isascii()):
            decided[number] = _by_script(text, language, matched)
            if decided[number] is not None:
                continue
        if len(mine) == 1 and _own(language)(mine[0]):
            decided[number] = native
            continue
        if unread is not None and main_script(text) == unread and not (latin and matched):
            decided[number] = NATIVE
            continue
        if settled or matched:
            decided[number] = _by_phrase(text, mine, language, matched)
            if decided[number] is not None:
                continue
        open_cases.append(number)
    chosen, left = open_cases, []
    if urgency is not None:
        # A wording of another language is most likely a stray, wherever it stands.
        listed = [number for number in open_cases if matches[number]]
        rest = [number for number in open_cases if not matches[number]]
        rest.sort(key=urgency.__getitem__, reverse=True)  # stable: the first of equals first
        urgent = sum(urgency[number] > URGENT for number in rest)
        chosen = listed + rest[: max(urgent, BUDGET)]
        left = rest[max(urgent, BUDGET) :]
    for number in left:
        known = len(texts[number]) >= LONG_ENOUGH and _in_stop_words(words[number], language)
        decided[number] = native if known else NATIVE
    unknown = []
    for number in chosen:
        if not matches[number]:
            decided[number] = _by_words(texts[number], words[number], language)
            if decided[number] is None and familiar is not None and familiar(words[number]):
                decided[number] = native
        if decided[number] is None:
            unknown.append(number)
    if unknown:
        # A wording is read without its numbers: "12 comments".
        read = [
            " ".join(WORD.findall(texts[number])) if matches[number] else texts[number]
            for number in unknown
        ]
        suspect = [bool(matches[number]) for number in unknown]
        margins, others = fragments.sources().compare(read, language, suspect)
        for number, margin, other in zip(unknown, margins.tolist(), others, strict=True):
            decided[number] = _by_margin(language, matches[number], texts[number], margin, other)
    return [verdict for verdict in decided if verdict is not None]


def _by_script(text: str, language: str, matched: Sequence[Phrase]) -> Verdict | None:
    """The verdict where the script decides, None where both languages are written in it."""
    native = codes.scripts(language)
    if text.isascii() and "Latin" in native:
        return None if text.lower() != text.upper() else NATIVE
    if native and is_only_in(text, native):
        return None if any(map(str.isalpha, text)) else NATIVE
    counts = script_counts(text)
    if not counts or not native:
        return NATIVE
    letters = sum(counts.values())
    script = max(counts, key=lambda name: (counts[name], name))
    kana = {name: counts.get(name, 0) for name in ("Hiragana", "Katakana")}
    if language == "zh" and sum(kana.values()) >= max(2, KANA * letters):
        return _foreign_script(text, max(kana, key=kana.__getitem__), language, matched)
    if " " not in text and "Latin" in counts and any(name in counts for name in native):
        mixed = any(name not in native for name in counts)
        if not mixed or not text.isalpha():  # "ה־view", "α-Helix"; "Pусский" is misspelt
            return NATIVE if mixed else None
    if script in native:
        return None
    if 2 * sum(counts.get(name, 0) for name in native) >= letters:
        return NATIVE
    if script == "Latin":
        if _is_name(text, language, matched):
            return NATIVE
    elif letters < (2 if script in ("Han", "Hangul") else 3):
        return NATIVE  # "α-helix", "π": a letter used as a sign
    return _foreign_script(text, script, language, matched)


def _readable(text: str, language: str) -> str:
    """The text without the Latin names and code in it, for a document of another script."""
    if text.isascii() or is_only_in(text, codes.scripts(language)):
        return text
    counts = script_counts(text)
    others = sum(counts.values()) - counts.get("Latin", 0)
    if "Latin" in counts and others >= 2 and others >= MIXED * sum(counts.values()):
        return text.translate(WITHOUT_LATIN)
    return text


def _foreign_script(text: str, script: str, language: str, matched: Sequence[Phrase]) -> Verdict:
    written = codes.languages_in(script)
    if matched:
        guess: str | None = matched[0].language
    elif len(written) == 1:
        guess = written[0]
    else:
        guess = fragments.sources().likeliest(text)
    name = codes.name(guess) if guess else None
    shown = script if name is None or name == script else f"{name} ({script})"
    return Verdict(guess, True, f"{shown} in {_a(codes.name(language))} page", float("inf"))


def _is_name(text: str, language: str, matched: Sequence[Phrase]) -> bool:
    """Whether Latin text in a page of another script is a name, a brand or a shared word."""
    words = WORD.findall(text)
    if all(word.lower() in interface_words().international for word in words):
        return True
    if matched:
        return _is_in(matched, language) or _shared(matched)
    if len(words) == 1 and words[0].lower() in interface_words().listed:
        return False
    # Tokens, not words: "Node.js" is one name.
    tokens = [token for token in text.split() if any(map(str.isalpha, token))]
    names = [not token.islower() for token in tokens]
    if not names or sum(map(len, words)) < 3:
        return True
    inner = all(name or token in _IN_NAMES for name, token in zip(names, tokens, strict=True))
    return inner and names[0] and names[-1]


def _by_phrase(
    text: str, words: Sequence[str], language: str, matched: Sequence[Phrase]
) -> Verdict | None:
    """Native where a list, or the script alone, says so."""
    if _is_in(matched, language):
        return Verdict(language, False, "", NEVER)
    if _shared(matched) or (matched and _international(words)):
        return NATIVE
    if alone_in_script(language) or (language == "ja" and _has_kana(text)):
        return Verdict(language, False, "", NEVER)
    return None


def _by_words(text: str, words: Sequence[str], language: str) -> Verdict | None:
    """Native by its words: too few letters, code, shared words, or the language's stop words."""
    if len(words) >= 3 and _in_stop_words(words, language):
        return Verdict(language, False, "", NEVER)
    letters = sum(map(len, words))
    if letters < 3 or letters == len(words):  # "A B C D": an index
        return None if any(character > "\u3040" for character in text) else NATIVE
    if _is_code(text) or sum(map(str.isdigit, text)) > letters:
        return NATIVE
    return NATIVE if _international(words) else None


def _international(words: Sequence[str]) -> bool:
    """Whether the words, or all in one, are English that every language uses."""
    known = interface_words().international
    return known.issuperset(words) or " ".join(words) in known


@lru_cache(maxsize=256)
def _own(language: str) -> Callable[[str], bool]:
    """Whether a word stands in any list of the language; one that does is never foreign alone."""
    mine, columns = codes.twins(language), profiled_columns()
    listed: list[Set[str]] = [phrase_lists.shipped().words_of(code) for code in mine]
    listed += [interface_words().shared[code] for code in mine if code in interface_words().shared]
    profiled = [columns[code] for code in mine if code in columns]
    return lambda word: (
        any(word in words for words in listed)
        or any(lexicon().has(word, column) for column in profiled)
    )


def _has_kana(text: str) -> bool:
    return sum("\u3041" <= character <= "\u30fa" for character in text) >= 2


def _is_code(text: str) -> bool:
    """Whether a text is one token with marks or digits in it: "node.js", "user_id", "A320neo"."""
    return " " not in text and any(
        mark in "._@\\" or mark.isdigit() for mark in text.strip(".:… ")[1:]
    )


def _in_stop_words(words: Sequence[str], language: str) -> bool:
    """Whether enough words are the language's stop words, and no other has more of them.

    Settles most native sentences at a tenth of the cost of the models.
    """
    columns = profiled_columns()
    if language not in columns:
        return False
    words = words[:STOP_WORDS_READ]
    share = STOP_SHARE if len(words) < LONG else STOP_SHARE_OF_LONG
    return lexicon().leads(words, columns[language], share)


def _is_in(matched: Sequence[Phrase], language: str) -> bool:
    """Whether a wording is listed in a language, or in one that is the same to us."""
    return any(phrase.language in codes.twins(language) for phrase in matched)


def _shared(matched: Sequence[Phrase]) -> bool:
    return len({phrase.language for phrase in matched}) >= SHARED


def _by_margin(
    language: str, matched: Sequence[Phrase], text: str, margin: float, other: str | None
) -> Verdict:
    words = WORD.findall(text)
    more = UNPROFILED if codes.twins(language).isdisjoint(profiled_columns()) else 0.0
    thick = _is_thick(language)
    one = AGAINST_ONE_UNLISTED if thick else AGAINST_ONE
    if matched and margin > (one if len(words) == 1 else AGAINST_PHRASE) + more:
        first = matched[0]
        reason = f"phrase: {first.category}/{first.language}"
        return Verdict(first.language, True, reason, float("inf"))
    listed = _listed(words, language) if margin > AGAINST_UNLISTED + more else ()
    least = AGAINST_UNLISTED if thick else AGAINST_WORDS
    against = (AGAINST_WIDESPREAD if len(listed) >= SHARED else least) + more
    if listed and margin > (max(against, LISTED_NAME) if _reads_as_name(words) else against):
        shown = other if other in listed else listed[0]
        reason = f"{codes.name(shown)} interface word{'s' if len(words) > 1 else ''}"
        return Verdict(shown, True, reason, float("inf"))
    least = NAME if _reads_as_name(words) else 0.0
    if len(words) == 1 and thick and text.isalpha() and text.islower():
        least = SINGLE
    if margin > least and other is not None:
        names = f"reads as {codes.name(other)}, not {codes.name(language)}"
        return Verdict(other, True, f"{names}: margin {margin:.1f}", margin)
    return Verdict(language if margin < -1 else None, False, "", margin)


@lru_cache(maxsize=256)
def _is_thick(language: str) -> bool:
    """Whether a language's lists are so long that a word which they lack is hardly its own."""
    mine = codes.twins(language)
    return sum(interface_words().sizes.get(code, 0) for code in mine) >= THICK


def _listed(words: Sequence[str], language: str) -> tuple[str, ...]:
    """Other languages that list every one of some words, where the document's lacks one at least.

    () where there is none, or the words are too few letters to say so.
    """
    if not words or len(words) > LISTED_WORDS or max(map(len, words)) < LEAST_WORD:
        return ()
    lowered = [word.lower() for word in words]
    if all(map(_own(language), lowered)):
        return ()
    # A capital makes a name likelier than another language's frequent word: "Portugal".
    named = len(words) == 1 and not words[0].islower()
    common = interface_words().languages(lowered[0]) if named else languages_of(lowered[0])
    for word in lowered[1:]:
        listed = languages_of(word)
        common = tuple(code for code in common if code in listed)
    return common if codes.twins(language).isdisjoint(common) else ()


def _reads_as_name(words: Sequence[str]) -> bool:
    """Whether several words are written like a name: "São Tomé en Príncipe"."""
    return len(words) > 1 and all(word[0].isupper() or word in _IN_NAMES for word in words)


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'AEIOU' else 'a'} {noun}"
