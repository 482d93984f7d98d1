"""The notebook of a first morning, run from its first cell to its last in a fresh process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "first_morning.ipynb"


@pytest.mark.slow
def test_the_first_morning_runs(tmp_path):
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    # What a notebook echoes is echoed here too: the last expression of each cell.
    program = "import ast\nspace = {'__name__': '__main__'}\n" + "\n".join(
        f"cell = ast.parse({text!r})\n"
        "last = cell.body.pop() if isinstance(cell.body[-1], ast.Expr) else None\n"
        "exec(compile(cell, 'cell', 'exec'), space)\n"
        "if last is not None:\n"
        "    print(repr(eval(compile(ast.Expression(last.value), 'cell', 'eval'), space)))"
        for text in code
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True,
        timeout=1800, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "need_and_fragility" in done.stdout and "report.pdf" in done.stdout
