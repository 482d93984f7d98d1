"""Files that are whole or absent: a full disk or an interruption leaves the former one, or none."""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from pathlib import Path

from rebound_sim.windows_names import fault_of_name, on_windows

#: Seconds between tries to replace a file that somebody reads.
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8)


def write_whole(final: Path, *pieces: bytes, flushed: bool = False) -> None:
    """Write beside, then rename: readers see all of the file or none. Raises OSError.

    flushed : wait until the bytes are on the disk, for what a power loss must not take
    """
    fault = fault_of_name(final.name) if on_windows() else ""
    if fault:
        raise OSError(errno.EINVAL, f"Windows cannot keep this name: it {fault}", str(final))
    final = Path(os.path.realpath(final))  # a link stays one
    if final.exists() and not final.is_file():  # a device, a pipe: nothing can take its place
        with final.open("wb") as stream:
            stream.writelines(pieces)
        return
    partial = final.with_name(f".{final.name}.writing")
    try:
        with partial.open("wb") as stream:
            stream.writelines(pieces)
            if flushed:
                stream.flush()
                os.fsync(stream.fileno())
        replace_file(partial, final)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


def write_text_whole(final: Path, text: str) -> None:
    """A text, in UTF-8 and with the ends of lines that it has. Raises OSError."""
    write_whole(final, text.encode("utf-8"))


def replace_file(partial: Path, final: Path) -> None:
    """Put a file in the place of another. Raises OSError.

    Windows refuses while somebody reads the other (a second command, a scanner, a folder that is
    synchronised): it is tried again for about two seconds.
    """
    for pause in _PAUSES:
        try:
            partial.replace(final)
            return
        except PermissionError:
            time.sleep(pause)
    partial.replace(final)
