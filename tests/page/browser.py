"""A headless Chromium driven through its own pipe: a telephone's screen, keys, pictures.

No library: messages of the DevTools protocol are JSON texts that a zero byte ends.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
FOUND = next(filter(None, map(shutil.which, _NAMES)), None)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Code and virtual key code of the keys that tests press.
_KEYS = {"Tab": 9, "Enter": 13, "ArrowRight": 39, "ArrowDown": 40, "End": 35, " ": 32}


class Browser:
    """A page at a screen's width. Close it with `with`."""

    def __init__(self, folder: Path, width: int, *, script: bool = True) -> None:
        if FOUND is None:
            pytest.skip("no Chromium: install the system's package `chromium`")
        if sys.platform == "win32":
            pytest.skip("pipes numbered 3 and 4 are of POSIX")
        ask, self._asked = os.pipe()
        self._told, tell = os.pipe()
        command = f'exec "$0" "$@" 3<&{ask} 4>&{tell}'
        self._process = subprocess.Popen(
            ["bash", "-c", command, FOUND, *FLAGS, "--remote-debugging-pipe",
             f"--user-data-dir={folder}", "about:blank"],
            pass_fds=(ask, tell),
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(ask)
        os.close(tell)
        self._left, self._number, self._session = b"", 0, ""
        targets = self.call("Target.getTargets")["targetInfos"]
        target = next(one["targetId"] for one in targets if one["type"] == "page")
        told = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = told["sessionId"]
        self.call("Page.enable")
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        phone = width < 600
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=844 if phone else 768,
            deviceScaleFactor=1,
            mobile=phone,
        )

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.call("Browser.close")
        finally:
            self._process.wait(timeout=20)
            os.close(self._asked)
            os.close(self._told)

    def call(self, method: str, **parameters: Any) -> Any:
        """The answer to a message of the protocol."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._asked, json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == self._number:
                assert "error" not in found, found["error"]
                return found["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            more = os.read(self._told, 1 << 20)
            assert more, "the browser ended"
            self._left += more
        text, _, self._left = self._left.partition(b"\0")
        found: dict[str, Any] = json.loads(text)
        return found

    def open(self, page: Path) -> None:
        """Load a page and wait until it is drawn."""
        self.call("Page.navigate", url=page.as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def ask(self, expression: str) -> Any:
        """The value of an expression of the page's script."""
        told = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def press(self, key: str) -> None:
        """One key down and up, as from a keyboard."""
        code = _KEYS[key]
        named = {"key": key, "code": "Space" if key == " " else key}
        letters = {"text": "\r" if key == "Enter" else key} if key in ("Enter", " ") else {}
        for kind in ("keyDown" if letters else "rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                windowsVirtualKeyCode=code,
                **named,
                **(letters if kind == "keyDown" else {}),
            )

    def picture(self, path: Path) -> None:
        """The whole page as a PNG file."""
        told = self.call("Page.captureScreenshot", captureBeyondViewport=True, format="png")
        path.write_bytes(base64.b64decode(told["data"]))
