"""Draws inside a stream: hash the stream's key with the entity, take the bits.

The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014) applied to key + entity × an
odd constant, that is, SplitMix64 used as a counter-based generator. Two words of address are
mixed twice. One uniform per event, always through an inverse distribution function, keeps the
draws of two policies paired.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, inlined

_ENTITY = np.uint64(0x9E3779B97F4A7C15)
_OTHER = np.uint64(0xD1B54A32D192ED03)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _12, _56, _8, _3 = (np.uint64(k) for k in (30, 27, 31, 12, 56, 8, 3))
_TO_UNIT = 1.0 / 4503599627370496.0  # 2**-52


@inlined
def mix(word):  # type: ignore[no-untyped-def]
    """Finaliser of SplitMix64: uint64 to uint64, a bijection."""
    word = (word ^ (word >> _30)) * _MIX_1
    word = (word ^ (word >> _27)) * _MIX_2
    return word ^ (word >> _31)


@inlined
def bits(key, entity):  # type: ignore[no-untyped-def]
    """64 random bits at address (key, entity). entity : integer ≥ 0."""
    return mix(key + np.uint64(entity) * _ENTITY)


@inlined
def bits_pair(key, entity, other):  # type: ignore[no-untyped-def]
    """64 random bits at address (key, entity, other). entity, other : integers ≥ 0."""
    return mix(bits(key, entity) + np.uint64(other) * _OTHER)


@inlined
def next_word(word, number):  # type: ignore[no-untyped-def]
    """64 more random bits from those of an address: the number-th, number ≥ 0."""
    return mix(word + np.uint64(number + 1) * _OTHER)


@inlined
def octets(key, block):  # type: ignore[no-untyped-def]
    """First 8 random bits of each of the entities 8 × block … 8 × block + 7, lowest first."""
    return bits(key, block)


@inlined
def bits_after_octet(word, lane):  # type: ignore[no-untyped-def]
    """64 random bits of the entity at `lane` of a block, the first 8 those of `octets`.

    One hash serves eight entities where the first bits settle most cases. word : from `octets`.
    """
    octet = (word >> (np.uint64(lane) << _3)) << _56
    return octet | (next_word(word, lane) >> _8)


@inlined
def unit(word):  # type: ignore[no-untyped-def]
    """Uniform in (0, 1) from 64 bits: the upper 52, centred so that 0 and 1 never occur.

    With 53 bits the half would be rounded away, and the largest word would give 1. Processors
    without AVX-512 convert signed words alone in one instruction.
    """
    return (np.float64(np.int64(word >> _12)) + 0.5) * _TO_UNIT


@inlined
def uniform(key, entity):  # type: ignore[no-untyped-def]
    """Uniform in (0, 1) at address (key, entity)."""
    return unit(bits(key, entity))


@inlined
def uniform_pair(key, entity, other):  # type: ignore[no-untyped-def]
    """Uniform in (0, 1) at address (key, entity, other)."""
    return unit(bits_pair(key, entity, other))


@compiled
def laplace_quantile(u, scale):  # type: ignore[no-untyped-def]
    """Quantile of the Laplace distribution with mean 0: u in (0, 1), scale ≥ 0 (s.d. scale·√2)."""
    if u < 0.5:
        return scale * math.log(2.0 * u)
    return -scale * math.log(2.0 * (1.0 - u))


@compiled
def normal_quantile(u):  # type: ignore[no-untyped-def]
    """Quantile of the standard normal distribution, u in (0, 1).

    Rational approximation of Acklam (2003), relative error below 1.15e-9.
    """
    if u < 0.02425:
        q = math.sqrt(-2.0 * math.log(u))
        return _tail(q)
    if u > 1.0 - 0.02425:
        q = math.sqrt(-2.0 * math.log(1.0 - u))
        return -_tail(q)
    q = u - 0.5
    r = q * q
    numerator = (
        (
            ((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r
            + 1.383577518672690e2
        )
        * r
        - 3.066479806614716e1
    ) * r + 2.506628277459239
    denominator = (
        (
            ((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r
            + 6.680131188771972e1
        )
        * r
        - 1.328068155288572e1
    ) * r + 1.0
    return q * numerator / denominator


@compiled
def _tail(q):  # type: ignore[no-untyped-def]
    numerator = (
        (
            ((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q
            - 2.549732539343734
        )
        * q
        + 4.374664141464968
    ) * q + 2.938163982698783
    denominator = (
        ((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q
        + 3.754408661907416
    ) * q + 1.0
    return numerator / denominator


@compiled
def _fill(key, entities, other, out):  # type: ignore[no-untyped-def]
    for k in range(entities.size):
        out[k] = uniform_pair(key, entities[k], other)


@compiled
def _to_normals(out):  # type: ignore[no-untyped-def]
    for k in range(out.size):
        out[k] = normal_quantile(out[k])


def uniforms(key: np.uint64, entities: npt.NDArray[Any], other: int) -> npt.NDArray[np.float64]:
    """`uniform_pair` of each of these entities: one call for all of them. entities : int[n] ≥ 0"""
    out = np.empty(entities.size)
    _fill(key, np.asarray(entities, dtype=np.int64), other, out)
    return out


def normals(key: np.uint64, entities: npt.NDArray[Any], other: int) -> npt.NDArray[np.float64]:
    """Standard normals from `uniforms`."""
    out = uniforms(key, entities, other)
    _to_normals(out)
    return out
