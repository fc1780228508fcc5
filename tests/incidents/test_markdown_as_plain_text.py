from __future__ import annotations

import pytest

from incidents.plain import to_plain

REPORT = """# What we know

Cards are **declined** in *Europe*; see [the log](https://x.example/log) or
write to <help@x.example>.

- Visa
- `Maestro`:
  - old ones

3. Look
4. Mend

> We wait.

| city | state |
| --- | --- |
| Rome | **down** |

```
retry = 2 * 3
```
"""


def test_a_report_reads_as_it_was_meant() -> None:
    assert to_plain(REPORT) == (
        "What we know\n\n"
        "Cards are declined in Europe; see the log (https://x.example/log) or\nwrite to help@x.example.\n\n"
        "- Visa\n- Maestro:\n  - old ones\n\n"
        "3. Look\n4. Mend\n\n"
        "> We wait.\n\n"
        "city | state\nRome | down\n\n"
        "retry = 2 * 3"
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("https://x.example/a_b", "https://x.example/a_b"),
        ("<https://x.example/a>", "https://x.example/a"),
        ("![a graph](https://x.example/a.png)", "a graph"),
        ("[x](javascript:a)", "[x](javascript:a)"),
        ("2 * 3 * 4 < 5 & 6", "2 * 3 * 4 < 5 & 6"),
        ("one\r\ntwo", "one\ntwo"),
        ("- one\n\n- two\n\n  more", "- one\n\n- two\n\n  more"),
        ("<b>kept</b>", "<b>kept</b>"),
        ("", ""),
    ],
)
def test_nothing_else_changes(text: str, plain: str) -> None:
    assert to_plain(text) == plain


@pytest.mark.parametrize("text", ["*a **b " * 2000 + "c** d* " * 2000, ">" * 5000 + "a", "- " * 3000 + "a"])
def test_no_depth_of_marks_is_too_deep(text: str) -> None:
    to_plain(text)
