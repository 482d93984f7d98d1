"""Columns of Insee's Flores files, in their order."""

FLORES = (
    "GEO",
    "GEO_OBJECT",
    "ACTIVITY",
    "NUMBER_EMPL",
    "LEGAL_FORM_WITH_PUBLIC",
    "FLORES_MEASURE",
    "OBS_STATUS",
    "TIME_PERIOD",
    "OBS_VALUE",
)
