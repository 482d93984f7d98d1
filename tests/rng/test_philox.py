"""Philox4x32-10 against the published known answers."""

import numpy as np
import pytest

from rebound_sim.rng.philox import philox4x32

#: Lines "philox4x32 10" of tests/kat_vectors of the Random123 library (D. E. Shaw Research):
#: counter (4 words), key (2 words), answer (4 words), hexadecimal.
KNOWN_ANSWERS = (
    "00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1",
)


@pytest.mark.parametrize("line", KNOWN_ANSWERS)
def test_known_answer(line):
    words = [np.uint64(int(word, 16)) for word in line.split()]
    answer = philox4x32(tuple(words[:4]), tuple(words[4:6]))
    assert [int(word) for word in answer] == [int(word) for word in words[6:]]


def test_words_have_32_bits():
    words = [np.uint64(k) for k in range(1, 7)]
    answer = philox4x32(tuple(words[:4]), tuple(words[4:]))
    assert all(0 <= int(word) < 2**32 for word in answer)
