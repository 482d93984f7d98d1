"""A call that cannot last longer than it may, whatever it does and in whatever thread.

The call runs in a thread of its own. When its time is over an exception is sent into that thread,
which stops any loop written in Python; code that does not listen (one long call of a compiled
library) is left behind, and the caller goes on all the same.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any

#: Seconds that a thread has to stop once it was told to.
_GRACE_SECONDS = 1.0


class OutOfTime(BaseException):
    """Sent into the call when its time is over. Not an Exception, so that `except` lets it by."""


class _Call(threading.Thread):
    def __init__(self, call: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.call = call
        self.value: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.value = self.call()
        except BaseException as error:
            self.error = error

    def stop(self) -> None:
        """Send OutOfTime into the thread, until it ends or does not listen."""
        for _ in range(3):
            if not self.is_alive():
                return
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self.ident or 0), ctypes.py_object(OutOfTime)
            )
            self.join(_GRACE_SECONDS / 3)


def call_within(seconds: float, call: Callable[[], Any]) -> Any:
    """The value of `call()`, or what it raised; OutOfTime if it lasts longer than `seconds`.

    The traceback of OutOfTime shows where the call was when it stopped.
    """
    thread = _Call(call)
    thread.start()
    try:
        thread.join(seconds)
        late = thread.is_alive()
    finally:
        # After Ctrl-C too, nothing is left running.
        thread.stop()
    if late and not isinstance(thread.error, OutOfTime):
        raise OutOfTime
    if thread.error is not None:
        raise thread.error
    return thread.value
