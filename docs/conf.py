"""Settings of the documentation site. Build: python -m sphinx -W -b html docs site.

Nothing is fetched: no font, script or inventory comes from outside.
"""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "rebound-sim"
author = "The rebound-sim contributors"
copyright = "The rebound-sim contributors, MIT licence"
release = installed("rebound-sim")

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "parameter_pages",
]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["figures"]
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure"]

# Notebooks run at each build, in a folder of their own, and a failure fails the build.
nb_execution_mode = "cache"
nb_execution_timeout = 600
nb_execution_raise_on_error = True
nb_execution_in_temp = True
nb_merge_streams = True
# Warnings of libraries about the machine that builds are no part of a page.
nb_output_stderr = "remove"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"

html_theme = "furo"
html_title = "rebound-sim"
html_static_path: list[str] = []
html_copy_source = False
html_show_sphinx = False
