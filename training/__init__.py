"""Training: from pages with reference texts to the weights that the package ships.

Run as `python -m training DATA`; needs the `train` extra (torch). Nothing in `cleaner/` imports
from here.
"""
