"""Language codes, English names, and the scripts each language is written in.

A language here is an ISO 639-1 code (639-3 where there is no shorter one). Regions and scripts
("pt-BR", "zh-Hant", "sr_Latn") are accepted and dropped; superseded and macro codes are mapped.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache

from cleaner.errors import OptionError

# code: (English name, scripts it is commonly written in)
LANGUAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "af": ("Afrikaans", ("Latin",)),
    "am": ("Amharic", ("Ethiopic",)),
    "ar": ("Arabic", ("Arabic",)),
    "as": ("Assamese", ("Bengali",)),
    "az": ("Azerbaijani", ("Latin", "Cyrillic")),
    "be": ("Belarusian", ("Cyrillic",)),
    "bg": ("Bulgarian", ("Cyrillic",)),
    "bn": ("Bengali", ("Bengali",)),
    "bo": ("Tibetan", ("Tibetan",)),
    "br": ("Breton", ("Latin",)),
    "bs": ("Bosnian", ("Latin", "Cyrillic")),
    "ca": ("Catalan", ("Latin",)),
    "ckb": ("Central Kurdish", ("Arabic",)),
    "cs": ("Czech", ("Latin",)),
    "cy": ("Welsh", ("Latin",)),
    "da": ("Danish", ("Latin",)),
    "de": ("German", ("Latin",)),
    "dv": ("Dhivehi", ("Thaana",)),
    "el": ("Greek", ("Greek",)),
    "en": ("English", ("Latin",)),
    "eo": ("Esperanto", ("Latin",)),
    "es": ("Spanish", ("Latin",)),
    "et": ("Estonian", ("Latin",)),
    "eu": ("Basque", ("Latin",)),
    "fa": ("Persian", ("Arabic",)),
    "fi": ("Finnish", ("Latin",)),
    "fo": ("Faroese", ("Latin",)),
    "fr": ("French", ("Latin",)),
    "fy": ("West Frisian", ("Latin",)),
    "ga": ("Irish", ("Latin",)),
    "gd": ("Scottish Gaelic", ("Latin",)),
    "gl": ("Galician", ("Latin",)),
    "gu": ("Gujarati", ("Gujarati",)),
    "ha": ("Hausa", ("Latin",)),
    "he": ("Hebrew", ("Hebrew",)),
    "hi": ("Hindi", ("Devanagari",)),
    "hr": ("Croatian", ("Latin",)),
    "ht": ("Haitian Creole", ("Latin",)),
    "hu": ("Hungarian", ("Latin",)),
    "hy": ("Armenian", ("Armenian",)),
    "id": ("Indonesian", ("Latin",)),
    "ig": ("Igbo", ("Latin",)),
    "is": ("Icelandic", ("Latin",)),
    "it": ("Italian", ("Latin",)),
    "ja": ("Japanese", ("Han", "Hiragana", "Katakana")),
    "jv": ("Javanese", ("Latin",)),
    "ka": ("Georgian", ("Georgian",)),
    "kk": ("Kazakh", ("Cyrillic", "Latin")),
    "km": ("Khmer", ("Khmer",)),
    "kn": ("Kannada", ("Kannada",)),
    "ko": ("Korean", ("Hangul",)),
    "ku": ("Kurdish", ("Latin", "Arabic")),
    "ky": ("Kyrgyz", ("Cyrillic",)),
    "la": ("Latin", ("Latin",)),
    "lb": ("Luxembourgish", ("Latin",)),
    "lo": ("Lao", ("Lao",)),
    "lt": ("Lithuanian", ("Latin",)),
    "lv": ("Latvian", ("Latin",)),
    "mg": ("Malagasy", ("Latin",)),
    "mk": ("Macedonian", ("Cyrillic",)),
    "ml": ("Malayalam", ("Malayalam",)),
    "mn": ("Mongolian", ("Cyrillic", "Mongolian")),
    "mr": ("Marathi", ("Devanagari",)),
    "ms": ("Malay", ("Latin",)),
    "mt": ("Maltese", ("Latin",)),
    "my": ("Burmese", ("Myanmar",)),
    "ne": ("Nepali", ("Devanagari",)),
    "nl": ("Dutch", ("Latin",)),
    "no": ("Norwegian", ("Latin",)),
    "oc": ("Occitan", ("Latin",)),
    "or": ("Odia", ("Oriya",)),
    "pa": ("Punjabi", ("Gurmukhi", "Arabic")),
    "pl": ("Polish", ("Latin",)),
    "ps": ("Pashto", ("Arabic",)),
    "pt": ("Portuguese", ("Latin",)),
    "ro": ("Romanian", ("Latin",)),
    "ru": ("Russian", ("Cyrillic",)),
    "rw": ("Kinyarwanda", ("Latin",)),
    "sa": ("Sanskrit", ("Devanagari",)),
    "sd": ("Sindhi", ("Arabic", "Devanagari")),
    "si": ("Sinhala", ("Sinhala",)),
    "sk": ("Slovak", ("Latin",)),
    "sl": ("Slovene", ("Latin",)),
    "so": ("Somali", ("Latin",)),
    "sq": ("Albanian", ("Latin",)),
    "sr": ("Serbian", ("Cyrillic", "Latin")),
    "su": ("Sundanese", ("Latin",)),
    "sv": ("Swedish", ("Latin",)),
    "sw": ("Swahili", ("Latin",)),
    "ta": ("Tamil", ("Tamil",)),
    "te": ("Telugu", ("Telugu",)),
    "tg": ("Tajik", ("Cyrillic",)),
    "th": ("Thai", ("Thai",)),
    "tk": ("Turkmen", ("Latin", "Cyrillic")),
    "tl": ("Tagalog", ("Latin",)),
    "tr": ("Turkish", ("Latin",)),
    "tt": ("Tatar", ("Cyrillic", "Latin")),
    "ug": ("Uyghur", ("Arabic",)),
    "uk": ("Ukrainian", ("Cyrillic",)),
    "ur": ("Urdu", ("Arabic",)),
    "uz": ("Uzbek", ("Latin", "Cyrillic")),
    "vi": ("Vietnamese", ("Latin",)),
    "xh": ("Xhosa", ("Latin",)),
    "yi": ("Yiddish", ("Hebrew",)),
    "yo": ("Yoruba", ("Latin",)),
    "zh": ("Chinese", ("Han", "Bopomofo")),
    "zu": ("Zulu", ("Latin",)),
}

# Scripts of languages that no model here knows the language in; see `unread`.
_UNREAD = {"az": "Cyrillic", "kk": "Latin", "ku": "Arabic", "pa": "Arabic", "tt": "Latin",
           "uz": "Cyrillic"}  # fmt: skip

_ALIASES = {
    "cmn": "zh", "yue": "zh", "wuu": "zh", "fil": "tl", "in": "id", "iw": "he", "ji": "yi",
    "jw": "jv", "mo": "ro", "nb": "no", "nn": "no", "nno": "no", "nob": "no", "sh": "sr",
    "arz": "ar", "ary": "ar", "arb": "ar", "pes": "fa", "prs": "fa", "uzs": "uz", "zsm": "ms",
    "swh": "sw", "kmr": "ku", "cnr": "sr",
    # ISO 639-2 codes, as they stand in some `lang` attributes
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it",
    "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru", "ukr": "uk", "pol": "pl", "ces": "cs",
    "cze": "cs", "slk": "sk", "slo": "sk", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko",
    "ara": "ar", "heb": "he", "fas": "fa", "per": "fa", "tur": "tr", "swe": "sv", "dan": "da",
    "nor": "no", "fin": "fi", "hun": "hu", "ron": "ro", "rum": "ro", "bul": "bg", "ell": "el",
    "gre": "el", "hin": "hi", "tha": "th", "vie": "vi", "ind": "id", "msa": "ms", "may": "ms",
    "cat": "ca", "hrv": "hr", "srp": "sr", "slv": "sl", "est": "et", "lav": "lv", "lit": "lt",
}  # fmt: skip

# Roughly by the number of web pages in each; only the order matters, and only between languages
# that share a wording.
_SPREAD = {
    code: place
    for place, code in enumerate(
        "en es de ja fr pt ru it nl pl tr zh fa vi id cs ko uk ar el hu ro sv da fi no sk bg he "
        "th hr sr lt sl ca et lv hi bn ur".split()
    )
}


# Countries whose code is often written for that of their language.
_COUNTRIES = {
    "at": "de", "cn": "zh", "cz": "cs", "dk": "da", "ge": "ka", "gr": "el", "il": "he",
    "ir": "fa", "jp": "ja", "kr": "ko", "kz": "kk", "mx": "es", "rs": "sr", "se": "sv", "tw": "zh",
    "ua": "uk", "us": "en", "vn": "vi",
}  # fmt: skip

# One language to n-grams and in interface strings, in a script that they share.
_TWINS = (frozenset(("bs", "hr", "sr")), frozenset(("id", "ms")))


@lru_cache(maxsize=1024)
def normal_code(code: str) -> str | None:
    """The code this package uses for a language tag ("pt-BR" -> "pt"), None for an unknown one."""
    base = code.strip().lower().replace("_", "-").split("-")[0]
    base = _ALIASES.get(base, base)
    return base if base in LANGUAGES else None


def known_code(code: str) -> str:
    """Like `normal_code`, but an unknown code is an `OptionError` that lists the known ones.

    Those of most web pages, since nobody reads a hundred codes, and what the caller may have meant.
    """
    known = normal_code(code) if isinstance(code, str) else None
    if known is None:
        near = [f"{each} ({name(each)})" for each in nearest(code)] if isinstance(code, str) else []
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        raise OptionError(
            f"language {code!r} is not known; {meant}known are {' '.join(sorted(_SPREAD))} "
            f"and {len(LANGUAGES) - len(_SPREAD)} rarer ISO 639 codes, all of them in "
            "cleaner.language.codes.LANGUAGES"
        )
    return known


def nearest(code: str) -> tuple[str, ...]:
    """Codes that somebody may have meant who wrote an unknown one: a country's, or a name."""
    base = code.strip().lower().replace("_", "-").split("-")[0]
    if base in _COUNTRIES:
        return (_COUNTRIES[base],)
    names = {english.lower(): each for each, (english, _) in LANGUAGES.items()}
    similar = get_close_matches(code.strip().lower(), names, n=2, cutoff=0.75)
    return tuple(names[each] for each in similar)


def name(code: str) -> str:
    """English name of a language, the code itself where none is known."""
    return LANGUAGES[code][0] if code in LANGUAGES else code


@lru_cache(maxsize=1024)
def scripts(code: str) -> tuple[str, ...]:
    """Scripts a language is commonly written in, the first the most common; () for unknown."""
    return LANGUAGES[code][1] if code in LANGUAGES else ()


def unread(code: str) -> str | None:
    """The script that a language is also written in, but that nothing can tell it by."""
    return _UNREAD.get(code)


@lru_cache(maxsize=1024)
def twins(code: str) -> frozenset[str]:
    """A language and those that no short text tells it from: Bosnian, Croatian, Serbian."""
    return next((twins for twins in _TWINS if code in twins), frozenset((code,)))


def spread(code: str) -> int:
    """Place of a language among those of most web pages, 0 for English; the rest share the last.

    For a text that is the same in several languages: it is most likely in the commonest.
    """
    return _SPREAD.get(code, len(_SPREAD))


def languages_in(script: str) -> tuple[str, ...]:
    """Languages commonly written in a script, in order of their codes."""
    return _BY_SCRIPT.get(script, ())


_BY_SCRIPT: dict[str, tuple[str, ...]] = {}
for _code, (_, _scripts) in LANGUAGES.items():
    for _script in _scripts:
        _BY_SCRIPT[_script] = (*_BY_SCRIPT.get(_script, ()), _code)
