"""Arms that wait while others run to the end: their people and firms packed in little memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from rebound_sim.model import BasinModel
from rebound_sim.programme import cores
from rebound_sim.programme.sharing import Lane
from rebound_sim.state import packs

_CODEC = "zstd"
Arrays = Mapping[tuple[str, str], npt.NDArray[Any]]


class Waiting:
    """Arms as they are in a month, until `back`.

    arms : all in the same month    running : arms that go on now, which may hold the same zones
    """

    def __init__(self, arms: Sequence[Lane], running: Sequence[Lane]) -> None:
        self._arms = list(arms)
        self._cores: list[list[_Core]] = []
        for code in arms[0].model.codes:
            _own_zones(code, arms, {id(arm.model.zones[code]) for arm in running})
            beside: Arrays | None = None
            packed = []
            for zones in zones_by_core(code, arms):
                arrays = cores.own_arrays(zones[0])
                packed.append(_Core(zones, arrays, beside))
                beside = beside or arrays
            self._cores.append(packed)

    def back(self) -> list[Lane]:
        """The arms, as they were."""
        for packed in self._cores:
            beside: Arrays | None = None
            for core in packed:
                arrays = core.unpacked(beside)
                beside = beside or arrays
        self._cores.clear()
        return self._arms


class _Core:
    """People and firms that some zones share, compressed.

    beside : those of another core of the same zone, of which little differs; None to pack all
    """

    def __init__(self, zones: list[BasinModel], arrays: Arrays, beside: Arrays | None) -> None:
        self._zones, self._tables = zones, {}
        self._packed = {
            key: _Column(array, None if beside is None else beside[key])
            for key, array in arrays.items()
        }
        cores.part_market(zones[0])
        for table in ("workers", "firms"):
            columns = getattr(zones[0].state, table)
            empty = {name: None for of, name in arrays if of == table}
            self._tables[table] = columns._replace(**empty)
            for zone in zones:
                own = getattr(zone.state, table)
                setattr(zone.state, table, own._replace(**empty))

    def unpacked(self, beside: Arrays | None) -> Arrays:
        """Give the zones their core again; returns its columns."""
        arrays = {
            key: column.unpacked(None if beside is None else beside[key])
            for key, column in self._packed.items()
        }
        lead = self._zones[0].state
        for table, columns in self._tables.items():
            own = {name: array for (of, name), array in arrays.items() if of == table}
            shared = {name: array for name, array in columns._asdict().items() if name not in own}
            setattr(lead, table, packs.packed(type(columns), shared | own, shared))
        for zone in self._zones[1:]:
            cores.adopt(zone, self._zones[0])
        return arrays


def zones_by_core(code: str, arms: Sequence[Lane]) -> list[list[BasinModel]]:
    """The different copies of a zone that arms hold, by the core that they share."""
    zones = {id(arm.model.zones[code]): arm.model.zones[code] for arm in arms}
    groups: dict[int, list[BasinModel]] = {}
    for zone in zones.values():
        groups.setdefault(cores.core_of(zone), []).append(zone)
    return list(groups.values())


def _own_zones(code: str, arms: Sequence[Lane], held: Collection[int]) -> None:
    """Give arms copies of the zones that others hold. held : identities of those zones"""
    copies: dict[int, BasinModel] = {}
    for arm in arms:
        zone = arm.model.zones[code]
        if id(zone) in held:
            if id(zone) not in copies:
                copies[id(zone)] = cores.share(zone)
            arm.model.zones[code] = copies[id(zone)]


class _Column:
    """An array, compressed. beside : cells equal to those of it become zeros"""

    def __init__(self, array: npt.NDArray[Any], beside: npt.NDArray[Any] | None) -> None:
        self._dtype, self._shape, self._size = array.dtype, array.shape, array.nbytes
        cells = _bytes(array) if beside is None else _bytes(array) ^ _bytes(beside)
        self._packed: bytes = pa.compress(cells, codec=_CODEC, asbytes=True)

    def unpacked(self, beside: npt.NDArray[Any] | None) -> npt.NDArray[Any]:
        """The array again."""
        packed = pa.decompress(self._packed, self._size, codec=_CODEC)
        cells = np.frombuffer(packed, np.uint8)
        cells = cells.copy() if beside is None else cells ^ _bytes(beside)
        return cells.view(self._dtype).reshape(self._shape)


def _bytes(array: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8)
