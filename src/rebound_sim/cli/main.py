"""Entry point of `rebound`: a group whose commands are imported when they are called."""

from __future__ import annotations

import _thread
import errno
import os
import signal
import sys
import time
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn

import click

from rebound_sim import __version__
from rebound_sim.cli.streams import prepare_streams
from rebound_sim.errors import EngineError, InputError, ReboundError
from rebound_sim.matplotlib_settings import settings_of_a_command

# name: (module, attribute, line shown by `rebound --help`)
_COMMANDS = {
    "compare": ("compare", "compare", "Compare the allocation strategies of a programme."),
    "optimise": ("optimise", "optimise", "Find the best allocations of a programme."),
    "drivers": ("drivers", "drivers", "Find what decides a comparison: parameters and worlds."),
    "value": ("value", "value", "Say what finding out is worth, in jobs or euros."),
    "run": ("run", "run", "Simulate a scenario with and without a policy."),
    "sweep": ("sweep", "sweep", "Simulate a design: programmes, strategies, levers, draws."),
    "results": ("results", "results", "Say what a results folder holds; query it in SQL."),
    "figures": ("figures", "figures", "Draw the figures of results: PNG, SVG, PDF and CSV."),
    "new": ("new", "new", "Write a world file: a zone that loses a site, a programme."),
    "programme": ("programme", "programme", "Pick zones by rule, show a programme file."),
    "strategies": ("strategies", "strategies", "List or explain the allocation strategies."),
    "report": ("report", "report", "Write the evaluation report of a comparison (PDF, HTML)."),
    "page": ("page", "page", "Write one HTML file to explore results, without a server."),
    "tables": ("tables", "tables", "Write the statistics tables (XLSX, CSV, LaTeX, Markdown)."),
    "ledger": ("ledger", "ledger", "Show where each euro of a programme is; export it."),
    "basins": ("basins", "basins", "List, show or compare employment zones."),
    "explain": ("explain", "explain", "Explain a parameter: value, range, evidence, source."),
    "schema": ("schema", "schema", "Print the JSON Schema of a scenario, programme or policy."),
    "data": ("data", "data", "Rebuild the shipped figures from official files."),
    "validate": ("validate", "validate", "Compare the model with the figures of the sources."),
    "forecast": ("forecast", "forecast", "Forecast jobs and unemployment of a zone, intervals."),
    "sensitivity": ("sensitivity", "sensitivity", "Find which moments identify each parameter."),
    "calibrate": ("calibrate", "calibrate", "Search the parameter sets that moments allow."),
    "bench": ("bench", "bench", "Measure speed and memory on this machine."),
}
INTERRUPTED = 130
#: Environment variable with which an unforeseen fault ends in its traceback.
TRACEBACK = "REBOUND_TRACEBACK"
_AGAIN_SECONDS = 0.01


class LazyGroup(click.Group):
    """Commands listed with their help line, and imported only to be run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order of the table above, the most used first."""
        return list(_COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """Import one command."""
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"rebound_sim.cli.{module}"), attribute)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """As click does, with the nearest name when a command is unknown."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            raise InputError.unknown("unknown command", args[0], _COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """Help lines from the table, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, _, words) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rebound-sim")
def cli() -> None:
    """Employment basins hit by a site closure, and the public policies that answer it."""


def entry_point() -> NoReturn:
    """Run the command line. Exit codes: 0, 2 input error, 3 engine error, 130 interrupted."""
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):  # the last is Ctrl-Break, on Windows alone
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)
    prepare_streams(as_json="--json" in sys.argv)
    os.environ.update(settings_of_a_command())
    output = sys.stdout
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except ReboundError as error:
        _complain(error.message if isinstance(error, InputError) else str(error))
        sys.exit(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        sys.exit(InputError.exit_code)
    except click.ClickException as error:
        _complain(_one_line(error))
        sys.exit(InputError.exit_code)
    except (KeyboardInterrupt, click.Abort) as stop:
        # click raises an Abort from the interruption, whose text says what is kept.
        told = str(stop.__cause__ if isinstance(stop, click.Abort) and stop.__cause__ else stop)
        _complain(f"interrupted; {told}" if told else "interrupted")
        sys.exit(INTERRUPTED)
    except SystemExit as stop:
        # Where the reader of a pipe, such as `head`, has gone, click puts another stream in place
        # of the one that is broken, and rich stops in the fault; both end with 1.
        if sys.stdout is output and not isinstance(stop.__context__, BrokenPipeError):
            raise
        _drop_output()
        sys.exit(0)
    except Exception as fault:
        if _reader_has_gone(fault):
            _drop_output()  # of `head`: nothing to say
            sys.exit(0)
        if _is_refused_output(fault):
            _drop_output()
            _complain(f"standard output cannot be written: {fault}")
            sys.exit(EngineError.exit_code)
        _complain(_unexpected(fault))
        sys.exit(EngineError.exit_code)


def _reader_has_gone(fault: Exception, system: str = os.name) -> bool:
    """Whether a pipe is closed at its other end, which Windows tells as an invalid argument."""
    if isinstance(fault, BrokenPipeError):
        return True
    if system != "nt" or not isinstance(fault, OSError):
        return False
    return fault.filename is None and fault.errno == errno.EINVAL


def _is_refused_output(fault: Exception) -> bool:
    """Whether a disk refused what was to be printed: what names no file is a stream."""
    kinds = (errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EBADF)
    return isinstance(fault, OSError) and fault.filename is None and fault.errno in kinds


def _drop_output() -> None:
    """Nothing is left to flush at exit, where it would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupt(_signal: int, frame: FrameType | None) -> None:
    # A scheduler's SIGTERM is treated as Ctrl-C: finished replications are kept. What a destructor
    # raises is ignored, so an interruption that falls in one comes again a moment later.
    while frame is not None:
        if frame.f_code.co_name == "__del__":
            _thread.start_new_thread(_interrupt_again, ())
            return
        frame = frame.f_back
    raise KeyboardInterrupt


def _interrupt_again() -> None:
    time.sleep(_AGAIN_SECONDS)
    _thread.interrupt_main()


def _one_line(error: click.ClickException) -> str:
    text = " ".join(error.format_message().split())
    if isinstance(error, click.UsageError) and error.ctx is not None:
        text += f" (see {error.ctx.command_path} --help)"
    return text


def _unexpected(fault: Exception) -> str:
    """One line for a fault that nothing foresaw; what its author needs stands in a file."""
    if isinstance(fault, OSError) and fault.filename is not None:
        return f"{fault.filename}: {fault.strerror or fault}"
    text = " ".join(f"{type(fault).__name__}: {fault}".split())
    if os.environ.get(TRACEBACK):
        raise fault
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="rebound-fault-", suffix=".txt", encoding="utf-8", delete=False
        ) as stream:
            traceback.print_exception(fault, file=stream)
        where = stream.name
    except OSError:
        where = f"shown with {TRACEBACK}=1"
    return f"a fault of the program, not of what was given: {text} (details: {where})"


def _complain(text: str) -> None:
    print(f"rebound: {text}", file=sys.stderr)


if __name__ == "__main__":
    entry_point()
