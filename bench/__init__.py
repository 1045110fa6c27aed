"""Measurements of cleaner beside its peers: `python -m bench --help` lists them."""
