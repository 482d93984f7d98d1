"""Standard streams that write any text, whatever their encoding can hold.

A pipe on Windows has the code page of the machine, and a locale may have any encoding. What goes
to a file or a pipe is UTF-8 unless PYTHONIOENCODING says otherwise; a terminal keeps its encoding.
What an encoding lacks is replaced by its nearest ASCII spelling, and in JSON by an escape.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import Final

_PLAIN: Final = "rebound_sim.plain"
_ESCAPED: Final = "rebound_sim.escaped"
_ASCII: Final = "rebound_sim_ascii"
#: Signs of tables and of French typography. Spaces that do not break are spaces.
_NEAREST: Final = {
    "€": "EUR", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"',
    "»": '"', "…": "...", "×": "x", "·": ".", "≤": "<=", "≥": ">=", "±": "+/-", "→": "->",
    "œ": "oe", "Œ": "OE", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip


def prepare_streams(*, as_json: bool) -> None:
    """Make standard output and standard error accept any text.

    as_json : standard output carries JSON, whose escapes every reader understands
    """
    codecs.register_error(_PLAIN, _plain)
    codecs.register_error(_ESCAPED, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            chosen = os.environ.get("PYTHONIOENCODING") or stream.isatty()
            encoding = _kept(stream.encoding) if chosen else "utf-8"
            json_here = as_json and stream is sys.stdout
            stream.reconfigure(encoding=encoding, errors=_ESCAPED if json_here else _PLAIN)


def _kept(encoding: str) -> str | None:
    """The encoding of a stream; ASCII under another name, since click would write UTF-8 there."""
    if codecs.lookup(encoding).name != "ascii":
        return None
    plain = codecs.lookup("ascii")
    own = codecs.CodecInfo(
        plain.encode,
        plain.decode,
        plain.streamreader,
        plain.streamwriter,
        plain.incrementalencoder,
        plain.incrementaldecoder,
        name=_ASCII,
    )
    codecs.register(lambda name: own if name == _ASCII else None)
    return _ASCII


def _plain(fault: UnicodeError) -> tuple[str, int]:
    """Nearest ASCII spelling of what an encoding lacks: letters lose their accents."""
    from unicodedata import combining, normalize

    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    found = []
    for sign in fault.object[fault.start : fault.end]:
        letters = [s for s in normalize("NFKD", sign) if ord(s) < 128 and not combining(s)]
        found.append(_NEAREST.get(sign) or "".join(letters) or "?")
    return "".join(found), fault.end


def _escaped(fault: UnicodeError) -> tuple[str, int]:
    """JSON escapes of what an encoding lacks: UTF-16 units, as JSON has them."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    units = fault.object[fault.start : fault.end].encode("utf-16-be", "surrogatepass")
    pairs = (units[k : k + 2].hex() for k in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs), fault.end
