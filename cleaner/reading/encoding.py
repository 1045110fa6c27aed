"""Bytes to text, in the order browsers use, with declarations checked against the bytes.

The order: byte order mark, UTF-16/32 told by its NUL bytes, HTTP content type, `<meta>` or XML
declaration, detection. A declaration is believed unless the bytes contradict it: text that is
valid UTF-8 is UTF-8 whatever a page says, and a declared encoding whose reading is implausible
(broken sequences, letters of the wrong kind side by side) gives way to the detected one when that
reads well. Bytes that fit nowhere become U+FFFD; no input is fatal.
"""

from __future__ import annotations

import re
import unicodedata

_SAMPLE = 40_000  # bytes of text given to the detector; more changes no answer in our tests
_SCAN = 2_000_000  # bytes of a page searched for text worth sampling
_IN_PART = 0.8  # whole characters to broken ones from which bytes are UTF-8 in part
_TOO_ODD = 0.1  # share of odd characters from which a declaration is doubted

_NOT_TEXT = re.compile(
    rb"<script\b.*?</script|<style\b.*?</style|<!--.*?-->|<[A-Za-z/!?][^<>]*>", re.I | re.S
)
_HIGH_LINE = re.compile(rb"[^\r\n\x00]*[\x80-\xff][^\r\n\x00]*")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_CHINESE_JAPANESE = re.compile(r"[\s\x20-\x7e\u2010-\u2027\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]")
_VERY_COMMON = re.compile(r"[\u3040-\u30ff\u3001\u3002\uff0c的一是了我不在人有他]")
# High halves of UTF-16 in the scripts below U+2000, but for those that are white space.
_HIGH_HALVES = bytes([*range(9), *range(14, 32)])
_MULTIBYTE = ("gb18030", "gbk", "gb2312", "big5", "big5hkscs", "euc_jp", "euc_kr", "cp949", "cp932")
_DENSE = (*_MULTIBYTE, "shift_jis", "euc_jis_2004", "cp874", "tis_620", "iso8859-11")


def decode(data: bytes, *, content_type: str | None = None) -> tuple[str, str]:
    """The text of `data` and the Python name of the encoding it was read in.

    `content_type` is the value of the HTTP header, where there was one. Raises nothing.
    """
    from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

    bom_name, bom = read_bom(data)
    if bom_name is not None and bom is not None:
        return _read(data[len(bom) :], bom_name), bom_name
    wide = _wide_encoding(data)
    if wide is not None:
        return _read(data, wide), wide
    if b"\x1b$" in data[:_SCAN] and (text := _strictly(data, "iso2022_jp")) is not None:
        return text, "iso2022_jp"

    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(data)
    if declared is not None and not _is_ascii_superset(declared):
        declared = None  # the declaration was readable as ASCII, so it is wrong (as browsers say)
    if data.isascii():
        return data.decode("ascii"), "utf-8" if declared is None else declared
    text = _strictly(data, "utf-8")
    if text is not None and not _too_short_for_utf8(data, declared):
        return text, "utf-8"
    if declared is not None:
        text = _read(data, declared)
        oddness = _oddness(text)
        if oddness < _TOO_ODD or (declared == "utf-8" and _is_utf8_in_part(text)):
            return text, declared
        found = _detect(data)
        if found is None or _oddness(_read(_text_sample(data), found)) >= oddness / 2:
            return text, declared
        return _read(data, found), found
    text = _read(data, "utf-8")
    if _oddness(text) < _TOO_ODD or _is_utf8_in_part(text):
        return text, "utf-8"  # a few broken bytes in a UTF-8 page, or parts from elsewhere
    name = _unspaced_wide_encoding(data) or _detect(data) or "cp1252"
    return _read(data, name), name


def _read(data: bytes, name: str) -> str:
    return data.decode(name, "replace")


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _is_ascii_superset(name: str) -> bool:
    try:
        return b"<meta>".decode(name) == "<meta>"
    except (LookupError, UnicodeError):
        return False


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, told by where the NUL bytes of ASCII stand.

    Markup, spaces and line ends are ASCII in every script, so a page in a wide encoding has NUL
    bytes at regular places; pages in other encodings have none, or a few anywhere. Text without
    ASCII in a script below U+2000 has one and the same control byte at every other place.
    """
    head = data[:8192]
    if len(head) < 4 or 50 * len(head.translate(None, _HIGH_HALVES)) > 49 * len(head):
        return None
    quarter = len(head) / 4
    nuls = [head[place::4].count(0) / quarter for place in range(4)]
    even, odd = nuls[0] + nuls[2], nuls[1] + nuls[3]
    high = [1 - len(h.translate(None, _HIGH_HALVES)) / len(h) for h in (head[::2], head[1::2])]
    # Code points end at U+10FFFF: in UTF-32 one byte of four is always NUL, a second nearly so.
    if min(nuls[3], nuls[2] + 0.09) >= 0.98:
        name = "utf-32-le"
    elif min(nuls[0], nuls[1] + 0.09) >= 0.98:
        name = "utf-32-be"
    elif odd >= max(10 * even, 0.05) or high[1] > max(0.9, high[0]):
        name = "utf-16-le"
    elif even >= max(10 * odd, 0.05) or high[0] > max(0.9, high[1]):
        name = "utf-16-be"
    else:
        return None
    width = 4 if "32" in name else 2
    text = head[: len(head) // width * width].decode(name, "replace")
    broken = sum(c == "\ufffd" or unicodedata.category(c) in ("Cc", "Cn", "Co") for c in text)
    breaks = sum(c in "\t\n\r\f" for c in text)
    return name if broken - breaks <= len(text) // 20 else None


def _unspaced_wide_encoding(data: bytes) -> str | None:
    """UTF-16 of Chinese or Japanese plain text, which has next to no NUL bytes to tell it by.

    Read in the wrong order of bytes, or from another encoding, hardly a character would be one
    of theirs.
    """
    sample = data[: min(len(data), 4096) // 2 * 2]
    for name in ("utf-16-le", "utf-16-be"):
        text = sample.decode(name, "replace")
        known, common = (len(p.findall(text)) for p in (_CHINESE_JAPANESE, _VERY_COMMON))
        if len(text) >= 8 and known >= 0.95 * len(text) and common >= 0.08 * len(text):
            return name
    return None


def _too_short_for_utf8(data: bytes, declared: str | None) -> bool:
    """Whether bytes that are valid UTF-8 may as well be the declared encoding.

    Two letters of a dense encoding can look like UTF-8 by chance (the two characters of Unicom
    in GBK are the famous case); in the others the second byte would be a symbol amid a word.
    """
    if declared is None or declared.replace("-", "_") not in {n.replace("-", "_") for n in _DENSE}:
        return False
    return sum(len(run) for run in _HIGH_RUN.findall(data)) < 12


def _text_sample(data: bytes) -> bytes:
    """The lines outside markup that hold non-ASCII bytes: what is not the English around them."""
    visible = _NOT_TEXT.sub(b"\n", data[:_SCAN])
    found: list[bytes] = []
    size = 0
    for match in _HIGH_LINE.finditer(visible):
        found.append(match[0][:4000])
        size += len(found[-1])
        if size > _SAMPLE:
            break
    return b"\n".join(found) or data[:_SAMPLE]


def _detect(data: bytes) -> str | None:
    """Name of the encoding that the non-ASCII text is most likely in, or None."""
    import cchardet
    from w3lib.encoding import resolve_encoding

    sample = _text_sample(data)
    if _is_western_punctuation(sample):
        return "cp1252"
    found = cchardet.detect(sample)["encoding"]
    name = resolve_encoding(found) if found else None
    return name if name is not None and _is_ascii_superset(name) else None


def _is_western_punctuation(sample: bytes) -> bool:
    """Whether the non-ASCII bytes are below 0xC0 and mostly stand alone.

    They are the quotes and dashes of windows-1252 in English text, which a detector takes for
    letters of any script.
    """
    runs = _HIGH_RUN.findall(sample)
    return len(b"".join(runs)) <= 1.5 * len(runs) and all(max(run) < 0xC0 for run in runs)


def _oddness(text: str) -> float:
    """How implausible a reading is: the share of odd ones among its non-ASCII characters.

    Odd are U+FFFD, controls, unassigned and private characters; a capital right after a small
    letter; a symbol between two letters; and three non-ASCII Latin letters in a row. Text mostly of
    capitals is a little odd as a whole: KOI8-R and windows-1251 swap case.
    """
    high = [m.start() for m in _HIGH_CHAR.finditer(text[:_SCAN])]
    if not high:
        return 0.0
    step = max(1, len(high) // 10_000)
    odd = 0
    sampled = high[::step]
    for at in sampled:
        odd += _is_odd(text, at)
    letters = [text[at] for at in sampled if text[at].isalpha()]
    capitals = sum(map(str.isupper, letters))
    if 2 * capitals > len(letters):
        odd += capitals // 5
    return odd / len(sampled)


def _is_utf8_in_part(text: str) -> bool:
    """Whether a reading as UTF-8 has nearly as many whole characters beyond ASCII as broken ones.

    The bytes of other encodings make a whole one by chance: of 100 pairs in GBK some 15 do.
    """
    text = text[:_SCAN]
    broken = text.count("\ufffd")
    return len(_HIGH_CHAR.findall(text)) - broken >= _IN_PART * broken


_HIGH_CHAR = re.compile(r"[^\x00-\x7f]")


def _is_odd(text: str, at: int) -> bool:
    char = text[at]
    category = unicodedata.category(char)
    if char == "\ufffd" or category in ("Cc", "Cn", "Co", "Cs"):
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if category == "Lu":
        return before.islower() or (_is_latin(char) and _amid_latin(before, after))
    if category == "Ll":
        return _is_latin(char) and _amid_latin(before, after)
    if category[0] == "S":
        return before.isalpha() and after.isalpha()
    return False


def _is_latin(char: str) -> bool:
    return "\xc0" <= char < "\u0250"


def _amid_latin(before: str, after: str) -> bool:
    return bool(before and after) and _is_latin(before) and _is_latin(after)
