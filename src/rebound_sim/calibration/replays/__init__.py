"""Closures of the past replayed, beside what was published of them."""
