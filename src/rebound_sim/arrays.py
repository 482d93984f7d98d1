"""Types of arrays, by what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Numbers, of a shape that the docstring gives.
Floats = NDArray[np.float64]
#: One column of a table, of any type, and a table by the names of its columns.
Column = NDArray[Any]
Columns = Mapping[str, Column]
