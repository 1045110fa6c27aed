"""Sentences in many languages, for tests to build pages of."""

from __future__ import annotations

SENTENCES = {
    "en": "The old harbour woke early today; the fishermen came back with full nets before dawn.",
    "ru": "Река ещё спала под туманом, когда рыбаки вышли на берег и начали готовить сети.",
    "el": "Το παλιό λιμάνι ξύπνησε νωρίς σήμερα και οι ψαράδες γύρισαν με γεμάτα δίχτυα. Ένα "
    "Άσπρο καΐκι έμεινε δεμένο.",
    "ar": "استيقظ الميناء القديم مبكرا هذا الصباح وعاد الصيادون بشباك مليئة بالأسماك.",
    "he": "הנמל הישן התעורר מוקדם הבוקר, הדייגים חזרו עם רשתות מלאות והשוק נפתח.",
    "zh": "老港口今天很早就醒来了，渔民们带着满满的渔网回来，市场在日出之前就开门了。",
    "zh-tw": "老港口今天很早就醒來了，漁民們帶著滿滿的漁網回來，市場在日出之前就開門了。",
    "ja": "古い港は今朝早く目を覚まし、漁師たちは網をいっぱいにして戻ってきた。",
    "ko": "오래된 항구는 오늘 아침 일찍 깨어났고 어부들은 그물을 가득 채워 돌아왔다.",
    "th": "ท่าเรือเก่าตื่นขึ้นแต่เช้าวันนี้ ชาวประมงกลับมาพร้อมกับอวนที่เต็มไปด้วยปลา",
    "hi": "पुराना बंदरगाह आज सुबह जल्दी जाग गया और मछुआरे भरे जाल लेकर लौट आए।",
    "cs": "Starý přístav se dnes probudil brzy, rybáři se vrátili s plnými sítěmi a šťastně "
    "otevřeli tržiště ještě před úsvitem.",
    "pl": "Stary port obudził się dziś wcześnie, rybacy wrócili z pełnymi sieciami. Żółte łodzie "
    "ślizgały się po wodzie, gdzieś źle śpiewał ptak.",
    "fr": "Le vieux port s'est réveillé tôt ; les pêcheurs sont rentrés, fatigués mais enchantés.",
    "de": "Der alte Hafen erwachte früh, und die Fischer kehrten mit vollen Netzen zurück.",
}

# The encodings that pages without a declaration are found in, each with a language it is for.
ENCODINGS = {
    "utf-8": "ru",
    "utf-16-le": "ru",
    "windows-1251": "ru",
    "koi8-r": "ru",
    "iso-8859-5": "ru",
    "windows-1253": "el",
    "iso-8859-7": "el",
    "windows-1256": "ar",
    "windows-1255": "he",
    "gb18030": "zh",
    "big5": "zh-tw",
    "shift_jis": "ja",
    "euc-jp": "ja",
    "euc-kr": "ko",
    "windows-1250": "cs",
    "iso-8859-2": "pl",
    "windows-874": "th",
}
"""The names are those of the WHATWG Encoding Standard; Python calls windows-874 cp874."""

MENU = "Home News Sports Weather Business Politics Contact About Subscribe Login".split()


def python_name(encoding: str) -> str:
    """The name Python knows an encoding by."""
    return {"windows-874": "cp874"}.get(encoding, encoding)


def behind_english_menu(text: str, *, declare: str | None = None) -> str:
    """A page whose text stands between English menus, with its charset declared or not."""
    links = "".join(f'<li><a href="/{word.lower()}">{word}</a></li>' for word in MENU)
    charset = f'<meta charset="{declare}">' if declare else ""
    return (
        f"<!doctype html><html><head>{charset}<title>Daily News</title>"
        '<script>var menu = "open"; // do not close</script></head><body>'
        f"<ul>{links * 5}</ul><div class='main'><p>{text}</p></div><ul>{links}</ul></body></html>"
    )
