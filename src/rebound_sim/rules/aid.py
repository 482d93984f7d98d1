"""Aid to investment: what a sponsor may ask for, and whether it files (topic `instruments`)."""

from __future__ import annotations

import math

from rebound_sim.compilation import compiled

#: Size of establishment to which `instruments.file_alone` refers [person].
_REFERENCE_SIZE = 50.0


@compiled
def aid_ceiling(size, group, base, regional_aid, p):  # type: ignore[no-untyped-def]
    """Highest aid [EUR] to a firm for an eligible base of `base` EUR; de minimis aid at least.

    size : employees (under 50, under 250, larger)    group : 1 if the firm belongs to a group;
    the law counts the group's staff, which is not known here: one class higher (assumed).
    regional_aid : 1 in a regional-aid zone. Source: parameters `instruments.ceiling_*`.
    """
    size_class = (1 if size >= 50 else 0) + (1 if size >= 250 else 0) + (1 if group else 0)
    if size_class == 0:
        rate = p.ceiling_small
    elif size_class == 1:
        rate = p.ceiling_medium
    else:
        rate = p.ceiling_large
    if not regional_aid:
        rate = max(rate - p.ceiling_outside, 0.0)
    return max(int(rate * base), int(p.de_minimis))


@compiled
def grant_asked(size, group, base, regional_aid, p):  # type: ignore[no-untyped-def]
    """Grant that a sponsor would ask for [EUR]. Arguments as in `aid_ceiling`."""
    ceiling = aid_ceiling(size, group, base, regional_aid, p)
    return min(int(p.asked_rate * base), ceiling, int(p.largest_grant))


@compiled
def success_expected(files, asked, granted, p):  # type: ignore[no-untyped-def]
    """Share of a grant asked that a sponsor counts on, from what the fund has answered so far.

    files : answered in the zone    asked, granted : EUR in these files. The share known before
    weighs as `instruments.success_memory` files of their mean size: a scheme that pays everyone
    comes to be known for it, and so does a fund that hardly pays anyone.
    """
    if asked <= 0:
        return p.success_expected
    known = p.success_memory
    return (known * p.success_expected + files * granted / asked) / (known + files)


@compiled
def files_for_aid(u, asked, written, known, size, months, p):  # type: ignore[no-untyped-def]
    """True if the sponsor knows the fund and the grant that it counts on covers a file's cost.

    u : uniform of the project    asked : EUR    written : 1 if engineering days or a project
    manager write the file    known : 1 if a visit or a project manager makes the fund known
    size : employees    months : since the fund opened: the longer, the more firms have heard of it
    """
    if asked <= 0 or not (written or p.success_expected * asked >= p.file_cost):
        return False
    if known:
        return u < p.file_helped
    in_a_year = min(p.file_alone * (size / _REFERENCE_SIZE) ** p.file_size, p.file_helped)
    return u < min(1.0 - (1.0 - in_a_year) ** (months / 12.0), p.file_helped)


@compiled
def finance_freed(grant, size, p):  # type: ignore[no-untyped-def]
    """Share of a firm's shortage of finance that a grant lifts, from 0 to 1.

    grant : EUR    size : employees. What the State pays, own funds and collateral no longer have
    to: it is counted against the own funds of a firm of that size (`instruments.own_funds`), so
    that the same grant frees a small firm and hardly a large one.
    """
    return 1.0 - math.exp(-grant / (p.own_funds * max(size, 1.0)))


@compiled
def ready_to_file(progress_left, maturation, p):  # type: ignore[no-untyped-def]
    """True if a project still studied would be ready within the months that the fund allows.

    progress_left : maturation still to gain    maturation : natural progress of a month
    Source: works start within 6-12 months of the file (FAIIT 2021, `instruments.files_ahead`).
    """
    return progress_left <= p.files_ahead * maturation
