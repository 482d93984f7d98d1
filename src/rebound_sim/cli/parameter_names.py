"""How commands show a parameter: a few words to read, its name to type below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text


def named(parameter: str) -> Text:
    """Two lines, or the name alone where a parameter has no words."""
    from rich.text import Text

    from rebound_sim.parameters.names import short_name

    words = short_name(parameter)
    if words == parameter:
        return Text(parameter)
    return Text.assemble(words, "\n", (f"  {parameter}", "dim"))
