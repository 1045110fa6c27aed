"""The title of a result: the headline, without the site's name."""

from __future__ import annotations

from pathlib import Path

import pytest

import cleaner
from cleaner.page import Declared
from cleaner.reading import read
from cleaner.reading.headline import headline

CORPUS = Path(__file__).parents[2] / "corpus"
URL = "https://www.tea-house.example/green"


@pytest.mark.parametrize(
    "title",
    [
        "Green tea is picked in spring | The Tea House",
        "Green tea is picked in spring - The Tea House - News from The Tea House",
        "The Tea House: Green tea is picked in spring",
        "Green tea is picked in spring – tea-house.example",
        "Green tea is picked in spring",
    ],
)
def test_a_sites_name_goes_from_either_end(title: str) -> None:
    declared = Declared(site="The Tea House")
    assert headline(title, declared, (), URL) == "Green tea is picked in spring"


@pytest.mark.parametrize(
    "title",
    ["Green tea - picked in spring", "Tea | Water | Cups", "The Tea House", "Up-to-date prices"],
)
def test_what_is_not_known_for_a_sites_name_stays(title: str) -> None:
    assert headline(title, Declared(site="The Tea House"), (), URL) == title


def test_without_a_space_between_in_a_script_that_has_none() -> None:
    assert headline("绿茶在春天采摘_茶馆网", Declared(site="茶馆网"), ()) == "绿茶在春天采摘"


def test_what_the_page_says_twice_goes_before_its_heading() -> None:
    declared = Declared(shared="Spring: Tea is picked", headline="Spring - Tea is picked")
    assert headline("Tea", declared, ("Tea is picked",)) == "Spring: Tea is picked"
    only_shared = Declared(shared=declared.shared)
    assert headline("Tea", only_shared, ("Tea is picked",)) == "Tea is picked"


def test_the_heading_that_most_titles_hold_is_taken() -> None:
    declared = Declared(shared="Picking tea in spring | Leaves")
    title = "Picking tea in spring | News"
    assert headline(title, declared, ("News", "Picking tea in spring")) == "Picking tea in spring"
    assert headline(title, declared, ()) == "Picking tea in spring | Leaves"


def test_an_only_heading_is_taken_if_it_is_about_the_same() -> None:
    title = "Picking tea in spring | Leaves"
    assert headline(title, Declared(), ("Picking tea, and when",)) == "Picking tea, and when"
    assert headline(title, Declared(), ("Subscribe to our letter",)) == title
    assert headline("", Declared(), ("Subscribe to our letter",)) == "Subscribe to our letter"
    assert headline("", Declared(), ()) is None


def test_references_are_resolved_and_space_is_collapsed() -> None:
    declared = Declared(headline="Tea &amp;\n  water")
    assert headline("", declared, ()) == "Tea & water"


@pytest.mark.parametrize("url", [None, "", "not a url", "https://[", "https://x/"])
def test_any_address_will_do(url: str | None) -> None:
    assert headline("Tea | House", Declared(), (), url) == "Tea | House"


def test_a_title_of_any_length_is_taken_in_one_go() -> None:
    long = "Tea | House" + " | House" * 100_000
    assert headline(long, Declared(site="House"), ()) == long


def test_a_shop_whose_name_is_a_heading_too() -> None:
    source = (CORPUS / "product-page" / "page.html").read_bytes()
    assert cleaner.clean(source).title == "Kettle Stove Mk III"
    # What the scorer compares the blocks with is not the headline: its weights know the other.
    assert read(source).title == "Fell & Forge"


def test_a_heading_in_pieces_is_put_together_and_a_link_to_itself_left_out() -> None:
    title = "<title>Queues and workers</title><p>Text"
    assert read(f"{title}<h1><div>Queues</div><div>and workers</div></h1>").headline == (
        "Queues and workers"
    )
    assert read(f"{title}<h1>Queues and workers<a href=#q>¶</a></h1>").headline == (
        "Queues and workers"
    )


def test_json_ld_and_meta_tags_are_read() -> None:
    page = read(
        '<meta property="og:title" content="Tea is picked | Leaves">'
        '<meta property="og:site_name" content="Leaves">'
        '<script type="application/ld+json">{"@graph": [{"headline": " Tea is  picked "}]}</script>'
        "<title>Leaves</title><h1>Tea</h1><p>Text"
    )
    assert page.declared.headline == page.headline == "Tea is picked"
    assert page.declared.shared == "Tea is picked | Leaves"
    assert page.declared.site == "Leaves"
