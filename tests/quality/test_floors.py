"""Floors under the quality on a fixed sample of pages, where the data is at hand.

The floors stand a little below what was measured when they were set, and are only ever raised.
"""

import pytest

import cleaner
from bench import datasets, measures

DATA = datasets.folder_from_environment()
pytestmark = pytest.mark.skipif(
    DATA is None, reason=f"{datasets.VARIABLE} does not name a folder with the data sets"
)

# set: (pages, F1 of HTML). These are pages that the weights were trained on: the floors see that
# nothing breaks; how good it is on other pages says the model card.
FLOORS = {"wcxb": (100, 0.89), "daniel": (100, 0.94), "fundus": (100, 0.955)}


@pytest.mark.parametrize("name", FLOORS)
def test_f1_of_a_fixed_sample(name):
    count, floor = FLOORS[name]
    made = cleaner.Cleaner()
    try:
        pages = list(datasets.pages(DATA, name, count))
    except datasets.DataMissingError as missing:
        pytest.skip(str(missing))
    scores = [
        measures.token_overlap(made.clean(page.html, url=page.url).text, page.reference)
        for page in pages
    ]
    assert len(scores) == count
    assert measures.mean_f1(scores) >= floor
