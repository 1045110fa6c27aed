"""Tests of cleaner.language."""
