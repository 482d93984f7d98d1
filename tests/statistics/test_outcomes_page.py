"""docs/outcomes.md says what the declarations say."""

from outcomes_page import PAGE, in_step


def test_the_page_is_in_step():
    text = PAGE.read_text(encoding="utf-8")
    assert text == in_step(text), "run: python tests/outcomes_page.py"
