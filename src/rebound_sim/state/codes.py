"""Integer codes of the states of workers, firms and projects."""

from __future__ import annotations

from enum import IntEnum, IntFlag


class Status(IntEnum):
    """Where a person is. Codes are positions in `totals` (people by status)."""

    LATENT = 0  # not yet here: a future school leaver or in-migrant
    PERMANENT = 1
    FIXED_TERM = 2
    SELF_EMPLOYED = 3
    WORKING_OUTSIDE = 4  # resident with a job in another zone
    UNEMPLOYED = 5  # ILO sense: without work, available, searching
    IN_TRAINING = 6
    HALO = 7  # wants work, not ILO-unemployed
    INACTIVE = 8
    RETIRED = 9
    LEFT = 10  # moved out of the zone
    OUTSIDER = 11  # non-resident who looks at the zone's vacancies


N_STATUS = len(Status)

#: Statuses of residents in work.
IN_WORK = (Status.PERMANENT, Status.FIXED_TERM, Status.SELF_EMPLOYED, Status.WORKING_OUTSIDE)


class Regime(IntEnum):
    """Income support of a person without work."""

    NONE = 0
    ORDINARY = 1  # unemployment insurance
    CSP = 2  # contrat de sécurisation professionnelle
    REDEPLOYMENT_LEAVE = 3  # congé de reclassement (groups of 1,000 or more)


class FirmState(IntEnum):
    """Life of an establishment's row."""

    LATENT = 0
    OPEN = 1
    CLOSED = 2


class FirmKind(IntEnum):
    """What an establishment's row stands for."""

    ORDINARY = 0
    CLOSING_SITE = 1
    START_UP = 2
    PLANT = 3  # new plant of an outside sponsor, opened by a project
    SUCCESSOR = 4  # firm of a buyer of the closing site, or of the reused site


class ProjectKind(IntEnum):
    """What a project does."""

    EXTENSION = 0
    NEW_PLANT = 1
    NEW_SECTOR = 2  # plant in a sector that the basin lacks
    DIVERSIFICATION = 3  # exposed supplier turns to other markets


class Stage(IntEnum):
    """The funnel of a project."""

    UNBORN = 0  # idea not yet had
    LATENT = 1
    DETECTED = 2
    MATURE = 3
    DECIDED = 4
    PERMITTED = 5
    BUILT = 6  # hiring ramp
    OPERATING = 7
    ABANDONED = 8


N_STAGE = len(Stage)


class Support(IntFlag):
    """Public support that a project received."""

    ENGINEERING = 1
    GRANT = 2
    REVITALISATION = 4
    SPONSOR = 8  # aid to another project of the sponsor freed its own finance
    ADVANCE = 16


class Answer(IntEnum):
    """State of a project's aid file."""

    NO_FILE = 0
    WAITING = 1
    GRANTED = 2
    REFUSED = 3
