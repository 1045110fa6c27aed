"""How many of 17 encodings behind an English menu come out right, beside other detectors."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tests.sentences import ENCODINGS, SENTENCES, behind_english_menu, python_name

Decoder = Callable[[bytes], str]


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    print("| system | undeclared | declared | wrong, undeclared |\n| :-- | --: | --: | :-- |")
    for name, make in SYSTEMS.items():
        try:
            decode = make()
        except ImportError as error:
            print(f"| {name} | not installed ({error.name}) | | |")
            continue
        wrong = {
            declared: [e for e in ENCODINGS if not _is_right(decode, e, declared, options.chars)]
            for declared in (False, True)
        }
        right = [str(len(ENCODINGS) - len(wrong[declared])) for declared in (False, True)]
        print(f"| {name} | {' | '.join(right)} | {', '.join(wrong[False])} |", flush=True)
    return 0


def _is_right(decode: Decoder, encoding: str, declared: bool, chars: int) -> bool:
    text = (SENTENCES[ENCODINGS[encoding]] * 20)[:chars]
    page = behind_english_menu(text, declare=encoding if declared else None)
    try:
        return text in decode(page.encode(python_name(encoding)))
    except (LookupError, UnicodeError, ValueError):
        return False


def _cleaner() -> Decoder:
    from cleaner.reading.encoding import decode

    return lambda data: decode(data)[0]


def _resiliparse() -> Decoder:
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return lambda data: str(bytes_to_str(data, detect_encoding(data, from_html_meta=True)))


def _cchardet() -> Decoder:
    import cchardet

    return lambda data: data.decode(cchardet.detect(data)["encoding"] or "utf-8", "replace")


def _charset_normalizer() -> Decoder:
    from charset_normalizer import from_bytes

    return lambda data: str(from_bytes(data).best())


def _lxml() -> Decoder:
    from lxml import html

    return lambda data: str(html.fromstring(data).text_content())


SYSTEMS: dict[str, Callable[[], Decoder]] = {
    "cleaner": _cleaner,
    "resiliparse": _resiliparse,
    "faust-cchardet, whole page": _cchardet,
    "charset-normalizer": _charset_normalizer,
    "lxml alone": _lxml,
}


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=400, help="length of the text on each page")
    return parser.parse_args(argv)
