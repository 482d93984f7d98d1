"""Mutations of files of users: what an editor, a spreadsheet or a bad transfer does to them."""

from __future__ import annotations

from random import Random

TOKENS = (
    b"", b";", b",", b"\t", b"\n", b"\r\n", b'"', b"'", b"nan", b"inf", b"-", b"-1", b"1e999",
    b"0", b"0,5", b"\x00", b"\xff", b"\xe9", b"s", b"9" * 400, b"(p)", b"=", b"#REF!", b"0051",
    b"NaN", b" ", b"\xc2\xa0", b"\xef\xbb\xbf", b"2024-T1", b"{", b"}", b"[", b"]", b"null",
    b"true", b"None", b"[[x]]", b"x = 1", b"import os", b"()", b"#", b":",
)  # fmt: skip


def _cells(random: Random, lines: list[bytes]) -> None:
    """Put a token in place of a cell of a line."""
    place = random.randrange(len(lines))
    separator = next((s for s in (b";", b"=", b",") if s in lines[place]), b" ")
    cells = lines[place].split(separator)
    cells[random.randrange(len(cells))] = random.choice(TOKENS)
    lines[place] = separator.join(cells)


def mutated(random: Random, content: bytes) -> bytes:
    """A copy with one to eight faults: bytes cut, put in or replaced, lines moved, cells lost."""
    data = content
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        kind, at = random.randrange(8), random.randrange(len(data) + 1)
        lines = data.split(b"\n")
        if kind == 0:
            data = data[:at] + data[at + random.choice((1, 2, 5, 50)) :]
        elif kind == 1:
            data = data[:at] + random.choice(TOKENS) + data[at:]
        elif kind == 2:
            data = data[:at] + random.choice(TOKENS) + data[at + random.choice((1, 2, 4)) :]
        elif kind == 3:
            data = data[: max(at, 1)]
        elif kind == 4:
            lines.insert(random.randrange(len(lines) + 1), random.choice(lines))
        elif kind == 5:
            del lines[random.randrange(len(lines))]
        elif kind == 6:
            random.shuffle(lines)
        else:
            _cells(random, lines)
        if kind >= 4:
            data = b"\n".join(lines)
    return data
