"""Put machine code into the wheel where `scripts/build_wheel.py` has made some."""

from __future__ import annotations

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MachineCode(BuildHookInterface):  # type: ignore[misc]
    """Include the folder that REBOUND_MACHINE_CODE names; without it the wheel is pure Python."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Tell Hatchling what to add. version : of the build."""
        folder = os.environ.get("REBOUND_MACHINE_CODE")
        if folder:
            build_data["force_include"][folder] = "rebound_sim/machine_code"
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
