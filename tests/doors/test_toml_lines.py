"""Lines and columns of keys in TOML texts, against `tomllib` on texts drawn at random."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.reading.toml_lines import key_places

TEXT = '''\
title = "x" # a comment with [brackets] = and "quotes"
"quoted.key" = 1
a.b."c d" = """
not = a key
[not.a.table]
"""

[table] # comment
list = [
  1,
  # 2,
  { inner = 3, deep = { x = 1 } },
]
[[rows]]
n = 1
[[rows]]
n = 2
[rows.sub]
k = \'\'\'it\'s [fine]\'\'\'
[[rows.leaf]]
z = 0
'''


def test_lines_of_all_forms_of_keys():
    tomllib.loads(TEXT)
    places = key_places(TEXT)
    expected = {
        "title": (1, 1),
        "quoted.key": (2, 1),
        "a.b.c d": (3, 5),
        "table": (8, 2),
        "table.list": (9, 1),
        "table.list.0": (10, 3),
        "table.list.1.inner": (12, 5),
        "table.list.1.deep.x": (12, 25),
        "rows.0.n": (15, 1),
        "rows.1.n": (17, 1),
        "rows.1.sub.k": (19, 1),
        "rows.1.leaf.0.z": (21, 1),
    }
    assert {path: places[path] for path in expected} == expected
    assert "not" not in places


def test_windows_line_ends_do_not_move_lines():
    assert key_places(TEXT.replace("\n", "\r\n")) == key_places(TEXT)


KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,5}", fullmatch=True)
SCALARS = st.sampled_from(
    ["1", "-0.5", "nan", "true", '"text = 1"', "'[x]'", '"""two\nlines # x"""', "2013-01-31"]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ",\n".join(items) + "\n]")
        | st.dictionaries(KEYS, inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{k} = {v}" for k, v in table.items()) + "}"
        )
    ),
    max_leaves=6,
)


def leaves(value, path=""):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}.{index}")
    else:
        yield path


@given(
    st.dictionaries(KEYS, VALUES, max_size=4),
    st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=3), max_size=3),
)
def test_every_value_of_a_text_has_the_place_of_its_key(top, tables):
    written = [f"{key} = {value}" for key, value in top.items()]
    for name, table in tables.items():
        if name not in top:
            written.append(f"# a comment\n[{name}]")
            written += [f"{key} = {value}" for key, value in table.items()]
    text = "\n".join(written)
    places = key_places(text)
    shown = text.split("\n")
    for path in leaves(tomllib.loads(text)):
        assert path in places
        key = path.rpartition(".")[2]
        if not key.isdigit():
            line, column = places[path]
            assert shown[line - 1][column - 1 :].startswith(key)


@given(st.text(max_size=80))
def test_any_text_is_scanned_to_its_end(text):
    assert all(line >= 1 <= column for line, column in key_places(text).values())
