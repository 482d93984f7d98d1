"""Sections of the report of a comparison: each writes its blocks with a `Writer`."""
