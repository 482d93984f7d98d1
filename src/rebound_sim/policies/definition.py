"""A policy for one basin: which instruments, how much, when.

A section that is absent is an instrument that is not used. Months count from the announcement of
the closure. Euros are whole.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StringConstraints, create_model

from rebound_sim.errors import InputError, nearest
from rebound_sim.policies.instruments import INSTRUMENTS, Revitalisation, Settings
from rebound_sim.policies.plan import EVERY_ZONE, Line, Plan
from rebound_sim.reading.source import read_source
from rebound_sim.reading.strict import StrictRecord, validated

RESERVED_NAMES = ("no_shock",)
NO_POLICY = "none"


#: What a zone is told to do: an instrument, by name, and its settings.
Order = tuple[str, Settings]

# One section for each instrument, so that a new one needs nothing here.
if TYPE_CHECKING:
    _Sections = Any
else:
    _Sections = create_model(
        "_Sections",
        __base__=StrictRecord,
        **{item.name: (item.settings | None, None) for item in INSTRUMENTS.values()},
    )


class Sections(_Sections):  # type: ignore[misc]
    """Instruments and their settings, a section each."""

    def orders(self) -> tuple[Order, ...]:
        """Its sections, in the order in which instruments act; one may say `enabled = false`."""
        given = ((name, getattr(self, name)) for name in INSTRUMENTS)
        return tuple((name, section) for name, section in given if section is not None)


class Base(Sections):
    """What law and ordinary institutions do in a zone, in every arm (base policy).

    The revitalisation agreement where it is due and the CSP are on unless switched off; any other
    instrument can be there from the start. Training bought by France Travail and the regions for
    all job seekers is part of the labour market (parameters `instruments.training_*`).
    """

    revitalisation: Revitalisation | None = Field(
        Revitalisation(), description="agreement of a solvent group of 1,000 or more; on by default"
    )
    csp: bool = Field(True, description="CSP offered to staff that gets no redeployment leave")


class Policy(Sections):
    """One policy. Its name is its arm in results."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)] = Field(
        description="lower-case letters, digits and _"
    )
    title: str = ""
    description: str = ""

    def plan(self) -> Plan:
        """What it is: its sections for every zone with a closure."""
        lines = (Line(EVERY_ZONE, name, settings=section) for name, section in self.orders())
        return Plan(self.name, tuple(lines))

    def digest(self) -> str:
        """Digest of the instruments (texts left out): 16 hexadecimal digits."""
        values = self.model_dump(mode="json", exclude={"title", "description"}, exclude_none=True)
        text = json.dumps(values, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def named_policies() -> tuple[str, ...]:
    """Names of the policies shipped with the package, in alphabetical order."""
    folder = files("rebound_sim.policies") / "named"
    return tuple(
        sorted(
            entry.name.removesuffix(".toml")
            for entry in folder.iterdir()
            if entry.name.endswith(".toml")
        )
    )


def load_policy(name_or_path: str | Path, folder: Path | None = None) -> Policy:
    """A named policy, or one read from a TOML file.

    folder : where a relative path starts (the scenario's folder); the current one if None.
    Raises InputError: unknown name, or a fault of the file, located.
    """
    given = str(name_or_path)
    if given in named_policies():
        return _read_policy(Path(str(files("rebound_sim.policies") / "named" / f"{given}.toml")))
    if not given.endswith(".toml"):
        raise InputError(
            "unknown policy",
            value=given,
            allowed=f"{', '.join(named_policies())}, or a .toml file",
            nearest=nearest(given, named_policies()),
        )
    path = Path(given)
    return _read_policy(path if folder is None or path.is_absolute() else folder / path)


def _read_policy(path: Path) -> Policy:
    source = read_source(path)
    policy = validated(Policy, source.values, source)
    if policy.name in RESERVED_NAMES:
        raise source.error("this name is reserved", "name", value=policy.name)
    shipped = path.parent == Path(str(files("rebound_sim.policies") / "named"))
    if not shipped and policy.name in named_policies():
        raise source.error(
            "a shipped policy has this name; a result must not be taken for its own",
            "name",
            value=policy.name,
        )
    return policy


def policy_json_schema() -> dict[str, object]:
    """JSON Schema of a policy file, for editors."""
    return dict(Policy.model_json_schema())
