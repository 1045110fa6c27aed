"""What a source is: HTML, text, or no page at all."""

from __future__ import annotations

import json
import re
from typing import Final

from cleaner.errors import ReadError
from cleaner.page import Kind

# What the first bytes say, by the signatures of file(1) and the formats' own specifications.
_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"8BPS", "a Photoshop image"),
    (b"\x1f\x8b", "gzip-compressed data; decompress it first"),
    (b"BZh", "bzip2-compressed data; decompress it first"),
    (b"\xfd7zXZ\x00", "xz-compressed data; decompress it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data; decompress it first"),
    (b"\x04\x22\x4d\x18", "lz4-compressed data; decompress it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls or .ppt)"),
    (b"\x7fELF", "a program"),
    (b"\x00asm", "a WebAssembly program"),
    (b"\xca\xfe\xba\xbe", "a Java class or a macOS program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OTTO", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1a\x45\xdf\xa3", "a Matroska or WebM video"),
    (b"FLV\x01", "a Flash video"),
    (b"WARC/", "a WARC archive; give its records one by one"),
)
_ZIPPED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"mimetypeapplication/epub+zip", "an EPUB book"),
    (b"META-INF/MANIFEST.MF", "a Java archive"),
)
_FEEDS: Final[dict[str, str]] = {
    "rss": "an RSS feed",
    "feed": "an Atom feed",
    "rdf:rdf": "an RSS or RDF document",
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap",
    "svg": "an SVG image",
    "opml": "an OPML list",
    "plist": "a property list",
}
_XML_ROOT: Final = re.compile(
    # Nothing is tried twice: a crowd of declarations would take for ever.
    r"\s*+(?:<\?(?>.*?\?>)\s*+|<!--(?>.*?-->)\s*+"
    r"|<!DOCTYPE[^>\[]*+(?:\[(?>.*?\])\s*+)?+>\s*+)*+<([a-z][\w:.-]*)",
    re.I | re.S,
)

_STARTS_AS_JSON: Final = re.compile(r"""\s*+(?:\[\s*+)?\{\s*+"[^"\n]{1,100}+"\s*+:""")
# Whole lines of one length, as encoders write them, with letters of both cases and digits.
_BASE64: Final = re.compile(
    r"(?=[^a-z]{0,60}[a-z])(?=[^A-Z]{0,60}[A-Z])(?=\D{0,60}\d)\s*+"
    r"[A-Za-z0-9+/]{60,76}\r?\n(?:[A-Za-z0-9+/]{60,76}\r?\n){2,}+[A-Za-z0-9+/]*+(?:=|\s|$)"
)

_LONGEST_PLACE: Final = 2_000
_ADDRESS: Final = re.compile(r"(?:https?|file)://[^\s<>]+", re.I)
_FILE_NAME: Final = re.compile(r"[^\s<>]+\.x?html?", re.I)

_HEAD: Final = 65_536  # characters looked at; markup shows itself long before
_STARTS_AS_HTML: Final = re.compile(
    r"[\s\ufeff\x00-\x1f]*(?:<!doctype|<\?xml|<!--|</?[a-z][\w:-]*(?:[\s/>]|$))", re.I
)
_TAG: Final = re.compile(
    r"</?(?:html|head|body|title|meta|link|script|style|div|span|p|br|hr|a|b|i|u|em|strong|small"
    r"|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|img|figure|figcaption|section|article"
    r"|header|footer|main|nav|aside|blockquote|pre|code|font|center|form|input|button|iframe"
    r"|frame|frameset|noscript|template|svg|video|audio|label|sup|sub|ruby|plaintext)"
    r"(?:\s[^<>]*)?/?>",
    re.I,
)
_NO_TEXT: Final = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\uf8ff\ufffd-\uffff]"
)
_ENOUGH_MARKUP: Final = 0.03  # share of tags in a text from which it is markup, not about markup


# A script that writes tags is no page. One that ends within the source is the rest of a page's own.
_STARTS_AS_SCRIPT: Final = re.compile(
    r"(?:\s++|//[^\n]*+\n|/\*(?>.*?\*/))*+"
    r"(?:[\"']use strict[\"']|(?:var|let|const)\s+[\w$]+\s*=(?!=)|[;!(]*function\s*[\w$]*\s*\("
    r"|(?:[;!(]*\(\)\s*=>)|(?:document|window)\.[\w$.]+\s*[(=])",
    re.S,
)
_SCRIPT_ENDS: Final = re.compile(r"</script", re.I)


def guess(source: str, *, content_type: str | None = None) -> Kind:
    """Whether a decoded source is HTML or plain text.

    HTML begins with markup, or has tags in it for at least 3 % of its characters: a fragment
    such as `Two <b>words</b>` does, prose that mentions `<div>` does not. A content type of HTML
    is believed where there is any tag at all, since servers call plain text HTML by default. A
    script is text, whatever it writes.
    """
    head = source[:_HEAD]
    if _STARTS_AS_HTML.match(head):
        return "html"
    tagged = sum(len(tag) for tag in _TAG.findall(head))
    if tagged and _STARTS_AS_SCRIPT.match(head) and not _SCRIPT_ENDS.search(head):
        return "text"
    if content_type and "html" in content_type.lower() and tagged:
        return "html"
    return "html" if tagged and tagged >= _ENOUGH_MARKUP * len(head) else "text"


def refuse(source: bytes | str) -> None:
    """Raise `ReadError` for what is no page, naming what it looks like.

    Bytes are judged by their signature; decoded text by what only text can show: JSON, feeds,
    and binary data that no signature gave away.
    """
    looks_like = _by_signature(source) if isinstance(source, bytes) else _by_content(source)
    if looks_like is not None:
        raise ReadError(f"the source is no page: it looks like {looks_like}")


def _by_signature(data: bytes) -> str | None:
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:1027]
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    head = data[:1024]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        # The names of a zip's parts stand in the local headers and once more at its end.
        listing = data[:4096] + data[-65_536:]
        for part, name in _ZIPPED:
            if part in listing:
                return name
        return "a zip archive"
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "a WebP image", b"WAVE": "a WAV recording"}.get(head[8:12], "an AVI video")
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0" and len(head) >= 18:
        return "a BMP image"
    if head[4:8] == b"ftyp":
        return "an AVIF or HEIC image" if head[8:11] in (b"avi", b"hei", b"mif") else "an MP4 video"
    if head.startswith(b"MZ") and b"\0" in head[:64]:
        return "a Windows program"
    if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "an MP3 recording"
    if head[257:262] == b"ustar":
        return "a tar archive"
    return None


def _by_content(text: str) -> str | None:
    if len(text) <= _LONGEST_PLACE:
        place = text.strip()
        if _ADDRESS.fullmatch(place):
            return "an address; fetch it first, and give what comes back"
        if _FILE_NAME.fullmatch(place):
            return "the name of a file; read it first, and give what is in it"
    if text.startswith("{\\rtf"):
        return "an RTF document"
    if text.startswith("%PDF-"):
        return "a PDF document"
    if _is_json(text):
        return "JSON"
    if _is_json_lines(text):
        return "JSON Lines; give the text of each record"
    if _is_cut_json(text):
        return "JSON that was cut off"
    if _BASE64.match(text[:_HEAD]):
        return "base64; decode it first"
    root = _XML_ROOT.match(text[:_HEAD])
    name = "" if root is None else root[1].lower()
    # Fragments of pages begin with an icon at times.
    if name in _FEEDS and (name != "svg" or text[-20:].rstrip().lower().endswith("</svg>")):
        return _FEEDS[name]
    if _is_mhtml(text):
        return "an MHTML archive or an e-mail; give its HTML part"
    return "binary data" if _is_binary(text) else None


def _is_json(text: str) -> bool:
    text = text.strip()
    if not text or (text[0], text[-1]) not in (("{", "}"), ("[", "]")):
        return False
    first = text[1:200].lstrip()[:1]
    if first not in ('"', "{", "[", "}", "]", "-", "t", "f", "n") and not first.isdigit():
        return False
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    # "[1]" or "[]" alone is a footnote or a stub of text; a value with a string in it is data.
    return '"' in text


def _is_cut_json(text: str) -> bool:
    """Whether a text begins as JSON with a key or a string, and ends before that does."""
    if not _STARTS_AS_JSON.match(text):
        return False
    try:
        json.loads(text)
    except RecursionError:
        return True
    except json.JSONDecodeError as error:
        whole = len(text.rstrip())
        return error.pos >= whole or error.msg.startswith("Unterminated string")
    return False


def _is_json_lines(text: str) -> bool:
    """Whether each of the first lines, two at least, is a JSON object."""
    if text[:1] != "{":
        return False
    lines = [line for line in text[:_HEAD].splitlines() if line.strip()]
    if len(text) > _HEAD:
        del lines[-1:]  # cut off
    if len(lines) < 2:
        return False
    try:
        return all(isinstance(json.loads(line), dict) for line in lines[:3])
    except (RecursionError, ValueError):
        return False


def _is_mhtml(text: str) -> bool:
    head = text[:4096]
    return "MIME-Version:" in head and "Content-Type: multipart/" in head and head[0] != "<"


def _is_binary(text: str) -> bool:
    """Whether more than 4 % of the characters can be no part of any text.

    NUL, controls, private code points, and U+FFFD for bytes that fit nowhere. Short sources are
    not judged: a few broken bytes are common, and nothing much is at stake.
    """
    middle = len(text) // 2
    sample = text[:4096] + text[middle : middle + 4096]
    odd = len(_NO_TEXT.findall(sample))
    if len(sample) < 32 or odd * 25 <= len(sample) or _STARTS_AS_HTML.match(sample):
        return False
    return len(_TAG.findall(sample)) < 5  # among random bytes a few come by chance
