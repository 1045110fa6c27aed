"""Pages for the tests of the command line."""

ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Ferry line reopens</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Ferry line reopens</h1>
<p>The ferry between the two islands will sail again from the first week of July, three years after
the line was closed because there was no ship for it, the port director said on Friday. The ship
was built for the crossing and was tried out in the harbour over the winter.</p>
<p>The crossing takes ninety minutes and saves drivers a detour of more than four hundred
kilometres, which is why the hauliers of both islands had asked for it again and again. There is
room on board for a hundred passengers and for thirty cars or eight lorries.</p>
<p>Tickets are sold from Monday at the harbour offices, and those who have kept one from the last
season, when the final sailing was cancelled, may still use it, she told reporters. None of
them has lost its value, and the offices will exchange those that have become hard to read.</p>
</article><footer><a href="/login">Log in</a> <a href="/privacy">Privacy policy</a></footer>
</body></html>
"""
