"""Application shells: pages whose text is made by scripts."""

from __future__ import annotations

from typing import Final

from lxml import etree

from cleaner.page import Element

NOTE: Final = "the page is an application shell: its text is made by scripts, which are not run"

# The mount points of React, Vue, Next, Nuxt, Gatsby, Angular, SvelteKit and Ember.
_MOUNT_POINT: Final = etree.XPath(
    "boolean(//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='___gatsby' "
    "or @id='main-app' or @id='react-root' or @id='svelte' or @id='ember-app' "
    "or local-name()='app-root' or @ng-app or @data-reactroot])"
)
_STATE: Final = etree.XPath(
    "boolean(//script[@type='application/json' or contains(., '__INITIAL_STATE__') "
    "or contains(., '__PRELOADED_STATE__')])"
)
_SCRIPT: Final = etree.XPath("boolean(//script)")


def is_shell(root: Element) -> bool:
    """Whether a page that shows next to no text has scripts and a place for them to write it."""
    return bool(_SCRIPT(root)) and bool(_MOUNT_POINT(root) or _STATE(root))
