"""Official downloads as their users have them: told apart, read whole, and counted.

`files` opens a file, `recognise` tells what it is, one module a kind reads it, `record` counts what
was read and what was not, `updates` puts the figures over a set of tables.
"""
