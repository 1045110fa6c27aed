"""Line numbers of a TOML file."""

from __future__ import annotations

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.rules.positions import line_numbers

SAMPLE = """\
# A comment with [brackets] and "quotes
[site]
name = "A [b] # c"
hosts = [
  "one.example",  # "not a host"
  'two.example',
]

[[drop]]
css = ".a"

[[drop]]
css = [".b", ".c"]
[[test]]
html = '''
[site]
<p>"quoted"</p>
'''
url = "x"
"""


def test_tables_keys_and_items_have_their_lines() -> None:
    lines = line_numbers(SAMPLE)
    assert lines["site",] == 2
    assert lines["site", "name"] == 3
    assert lines["site", "hosts"] == 4
    assert lines["site", "hosts", 0] == 5
    assert lines["site", "hosts", 1] == 6
    assert lines["drop", 0] == 9
    assert lines["drop", 1, "css"] == 13
    assert lines["drop", 1, "css", 1] == 13
    assert lines["test", 0, "html"] == 15
    assert lines["test", 0, "url"] == 19


VALUES = st.sampled_from(
    ['"a"', "'b'", "1", "true", '["x", "y"]', '[\n  "x",\n  # "no"\n  "y",\n]', '"""\n[no]\n"""']
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(VALUES, max_size=3), max_size=4))
def test_every_key_is_found_on_its_line(tables: list[list[str]]) -> None:
    source = ""
    expected = {}
    for number, values in enumerate(tables):
        expected["drop", number] = source.count("\n") + 1
        source += "[[drop]]\n"
        for key, value in enumerate(values):
            expected["drop", number, f"k{key}"] = source.count("\n") + 1
            source += f"k{key} = {value}\n"
    tomllib.loads(source)
    found = line_numbers(source)
    assert {path: found.get(path) for path in expected} == expected
