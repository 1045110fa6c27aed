"""The properties of `checks`, each on a small budget; `python -m bench fuzz` gives them hours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from tests.properties.checks import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_property(check: Callable[..., None]) -> None:
    settings(max_examples=30, deadline=None)(given(CHECKS[check])(check))()
