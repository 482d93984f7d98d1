"""What is made of a compiled function: machine code where Python calls it, LLVM code elsewhere.

Numba makes of every function, alone, optimised machine code and a wrapper for Python, and once more
inside each of its callers. Here a function that another one calls is only translated to LLVM's
language, and optimised inside the function that Python calls. Numba's internals are used in this
file alone, by subclasses; tested with Numba 0.68.1.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.registry import CPUDispatcher

from rebound_sim.caches import report_fault
from rebound_sim.compilation.blocks import is_block
from rebound_sim.compilation.cache import Kept

_STRICT: dict[str, Any] = {
    "nopython": True,
    "boundscheck": None,
    "nogil": True,
    "error_model": "numpy",
}
_numbers = itertools.count()


class _Code(JITCodeLibrary):
    """LLVM code that others link with: neither optimised as a whole nor emitted."""

    def _optimize_final_module(self) -> None:
        """Left to the function that links with it."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


class _InnerCompiler(Compiler):
    """Numba's steps down to LLVM's language."""

    def __init__(self, typingctx: Any, targetctx: Any, library: Any, *arguments: Any) -> None:
        library = _Code(targetctx.codegen(), f"inner{next(_numbers)}")
        super().__init__(typingctx, targetctx, library, *arguments)
        self.state.flags.no_compile = True


class _Inner(CPUDispatcher):
    """A function as other compiled functions call it."""

    def compile(self, sig: Any) -> Any:
        """Translate it for these types of arguments, once."""
        if sig not in self.overloads:
            made: Any = self._compiler.compile(sig, None)  # type: ignore[attr-defined]
            made = made._replace(entry_point=object())  # a name for this version among callers
            self.targetctx.insert_user_function(made.entry_point, made.fndesc, [made.library])
            self.overloads[sig] = made
        return self.get_overload(sig)

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """As for variables where an argument is a constant: one version for all constants."""
        plain = [types.unliteral(kind) for kind in args]
        named = {name: types.unliteral(kind) for name, kind in kws.items()}
        return super().get_call_template(plain, named)


def _kind(value: Any) -> Any:
    """What tells whether machine code made for one value takes another as it is."""
    kind = type(value)
    if kind is np.ndarray:
        return value.dtype, value.ndim, value.flags.num
    if isinstance(value, tuple) and not is_block(kind):
        return kind, *map(_kind, value)
    return kind


class Entry(CPUDispatcher):
    """A function as Python calls it, with machine code on disk; callers link with `inner`.

    Numba looks at every column of every record to find the machine code of a call (50-80 µs). Here
    the classes of the arguments find it (2 µs), once Numba has.
    """

    def __init__(self, function: Callable[..., Any], **options: Any) -> None:
        super().__init__(function, targetoptions={**_STRICT, **options})
        self._direct: dict[Any, Any] = {}
        self.enable_caching()
        inner = {**_STRICT, **options, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        self.inner = _Inner(function, targetoptions=inner, pipeline_class=_InnerCompiler)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Run the machine code for these arguments; the first call of a kind finds or makes it."""
        kinds = tuple([_kind(value) for value in args])
        code = self._direct.get(kinds)
        if code is not None and not named:
            return code(*args)
        result = super().__call__(*args, **named)
        if not named:
            made: Any = self.overloads.get(tuple(self.typeof_pyval(value) for value in args))
            if made is not None:
                self._direct[kinds] = made.entry_point
        return result

    def enable_caching(self) -> None:
        """Keep machine code where that can be done; without, the function is compiled anew."""
        try:
            self._cache = Kept(self.py_func)
        except (OSError, RuntimeError) as fault:
            report_fault(fault)

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Type of a call from a compiled function."""
        return self.inner.get_call_template(args, kws)

    def get_overload(self, sig: Any) -> Any:
        """What a compiled function calls."""
        return self.inner.get_overload(sig)
