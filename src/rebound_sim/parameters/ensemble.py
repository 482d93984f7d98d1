"""The parameter sets that simulations use: declared values, the calibrated point, the ensemble, or
draws of the posterior.

Tables shipped beside this file, put there by `rebound calibrate --install`: one row a set, one
column a parameter. The ensemble holds simulated sets in random order, so that the first ones are a
sample of the whole; the posterior holds hundreds of draws, not simulated, for sensitivity and the
value of information. `ensemble.json` says who made them. Replication r uses set r modulo their
number, in all arms, so that pairs stay pairs.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from rebound_sim.errors import InputError, nearest
from rebound_sim.parameters.load import ParameterSet, check_value

Choice = Literal["declared", "point", "ensemble", "posterior"]
#: What simulations use unless told otherwise.
DEFAULT_CHOICE: Final[Choice] = "ensemble"
OPTION: Final = "--parameters"
TABLE: Final = "ensemble.csv"
DRAWS: Final = "posterior.csv"
PROVENANCE: Final = "ensemble.json"
#: Columns of the table that are not parameters: see calibration.ensemble.
ABOUT: Final = ("wave", "inside", "distance")
_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True)
class ParameterChoice:
    """Which parameter set each replication uses.

    name : as asked for    sets : values that replace declared ones, one mapping a set; never empty
    """

    name: str = "declared"
    sets: tuple[Mapping[str, float], ...] = field(default=({},))

    def __post_init__(self) -> None:
        if not self.sets:
            raise ValueError(f"parameters {self.name!r}: no set")

    def of(
        self, replication: int, overrides: Mapping[str, float] | None = None
    ) -> dict[str, float]:
        """Values of one replication that replace declared ones; `overrides` win over the set."""
        return {**self.sets[replication % len(self.sets)], **(overrides or {})}

    def overridden(self, overrides: Mapping[str, float]) -> ParameterChoice:
        """The same sets, some values replaced in each."""
        return ParameterChoice(self.name, tuple({**one, **overrides} for one in self.sets))

    def digest(self, overrides: Mapping[str, float] | None = None) -> str:
        """Digest of all values in use in any replication: 16 hexadecimal digits."""
        parts = [ParameterSet(self.of(n, overrides)).digest() for n in range(len(self.sets))]
        if len(parts) == 1:
            return parts[0]
        return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]

    def described(self) -> dict[str, Any]:
        """What a manifest records besides the digest: the choice and the number of sets."""
        return {"choice": self.name, "sets": len(self.sets)}


#: The declared values, in every replication.
DECLARED: Final = ParameterChoice()


@dataclass(frozen=True)
class Ensemble:
    """Sets of parameters that moments do not rule out.

    sets : full name -> value, in random order    about : figures of each set, by name of ABOUT
    provenance : command, seed, digests, moments, date    draws : of the posterior, () without any
    """

    sets: tuple[dict[str, float], ...]
    about: tuple[dict[str, float], ...]
    provenance: Mapping[str, Any]
    draws: tuple[dict[str, float], ...] = ()

    @property
    def point(self) -> dict[str, float]:
        """The set nearest to the figures."""
        return min(zip(self.about, self.sets, strict=True), key=lambda one: one[0]["distance"])[1]

    @property
    def names(self) -> tuple[str, ...]:
        """Full names of the parameters that the sets give."""
        return tuple(self.sets[0])

    def range_of(self, name: str) -> tuple[float, float, float]:
        """Value at the point, then lowest and highest of the sets. Raises KeyError."""
        values = [one[name] for one in self.sets]
        return self.point[name], min(values), max(values)


def choose_parameters(name: str | None = None, folder: Path | None = None) -> ParameterChoice:
    """The parameter sets behind a name; the default choice without any.

    folder : of the table, in place of the shipped one
    Raises InputError for another name, or when no ensemble is there.
    """
    name = DEFAULT_CHOICE if name is None else name
    if name not in get_args(Choice):
        known = get_args(Choice)
        raise InputError(
            "unknown choice",
            file=OPTION,
            value=name,
            allowed=", ".join(known),
            nearest=nearest(name, known),
        )
    if name == "declared":
        return DECLARED
    ensemble = shipped_ensemble() if folder is None else read_ensemble(folder)
    if ensemble is None:
        raise InputError(
            "no calibrated ensemble is installed",
            file=OPTION,
            value=name,
            allowed="declared, or rebound calibrate, then rebound calibrate --install DIR",
        )
    if name == "posterior" and not ensemble.draws:
        raise InputError(
            "no draws of the posterior are installed",
            file=OPTION,
            value=name,
            allowed="declared, point, ensemble",
        )
    sets = {"point": (ensemble.point,), "posterior": ensemble.draws}.get(name, ensemble.sets)
    return ParameterChoice(name, sets)


@cache
def shipped_ensemble() -> Ensemble | None:
    """The ensemble installed in the package, None without one. Raises InputError as below."""
    return read_ensemble(_FOLDER)


def read_ensemble(folder: Path) -> Ensemble | None:
    """An ensemble and its provenance, None when the folder has none.

    Raises InputError for a table that cannot be read, or a value that its declaration refuses.
    """
    table = folder / TABLE
    if not table.is_file():
        return None
    try:
        rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
        numbers = [{name: float(text) for name, text in row.items()} for row in rows]
        about = tuple({name: row.pop(name) for name in ABOUT} for row in numbers)
        provenance = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError("the ensemble cannot be read", file=str(table)) from None
    if not numbers:
        raise InputError("the ensemble has no set", file=str(table))
    try:
        sets = tuple({n: check_value(n, v) for n, v in row.items()} for row in numbers)
    except InputError as error:
        raise error.located(file=str(table)) from None
    return Ensemble(sets, about, provenance, _read_draws(folder / DRAWS))


def _read_draws(table: Path) -> tuple[dict[str, float], ...]:
    """Draws of the posterior, () without a table. Raises InputError as `read_ensemble`."""
    if not table.is_file():
        return ()
    try:
        rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
        return tuple({n: check_value(n, float(v)) for n, v in row.items()} for row in rows)
    except InputError as error:
        raise error.located(file=str(table)) from None
    except (OSError, ValueError, TypeError):
        raise InputError("the draws cannot be read", file=str(table)) from None


def write_ensemble(ensemble: Ensemble, folder: Path) -> None:
    """Write the table and its provenance into a folder. Raises OSError."""
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*ABOUT, *ensemble.names], lineterminator="\n")
        writer.writeheader()
        for about, values in zip(ensemble.about, ensemble.sets, strict=True):
            writer.writerow({name: f"{v:.8g}" for name, v in {**about, **values}.items()})
    if ensemble.draws:
        with (folder / DRAWS).open("w", encoding="utf-8", newline="") as stream:
            draws = csv.DictWriter(stream, ensemble.names, lineterminator="\n")
            draws.writeheader()
            for values in ensemble.draws:
                draws.writerow({name: f"{v:.6g}" for name, v in values.items()})
    text = json.dumps(dict(ensemble.provenance), indent=2, ensure_ascii=False)
    (folder / PROVENANCE).write_text(text + "\n", encoding="utf-8")


def install_ensemble(folder: Path) -> Ensemble:
    """Copy a checked ensemble into the package, where `--parameters` finds it.

    Raises InputError when the folder has none or the package cannot be written.
    """
    ensemble = read_ensemble(folder)
    if ensemble is None:
        raise InputError("no ensemble here", file=str(folder), allowed="the --out of calibrate")
    try:
        write_ensemble(ensemble, _FOLDER)
    except OSError as fault:
        raise InputError(f"cannot be written: {fault.strerror}", file=str(_FOLDER)) from None
    shipped_ensemble.cache_clear()
    return ensemble
