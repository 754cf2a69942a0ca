"""nbval reads every rule of nbval_sanitize.cfg, and each does what its comment promises.

nbval finds a rule with one regular expression over the whole file: `regex: …` and, on the very next line,
`replace: …` with the blank after the colon. What does not fit is dropped without a word.
"""

import re

import pytest
from nbval.plugin import get_sanitize_patterns
from places import ROOT

PATH = ROOT / "tests" / "nbval_sanitize.cfg"
TEXT = PATH.read_text(encoding="utf-8")

# What a rule makes of an output, and what it must leave alone.
CHANGED = {
    "<Tool at 0x7f3a5c0d1e20>": "<Tool at ADDRESS>",
    "<Tool at 0x00000207CF5E6B80>": "<Tool at ADDRESS>",
    "[<f at 0x104f3a5c0>, <g at 0x104f3a660>]": "[<f at ADDRESS>, <g at ADDRESS>]",
}
UNCHANGED = ["accuracy 0.9512", "0x1f", "10x20", "7f3a5c0d1e20", "1.0e-06", "3 of 4 correct"]


def sanitized(text, rules):
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text)
    return text


def find_problems(text):
    """Lines that nbval would drop, or read otherwise than they look."""
    lines = text.split("\n")
    problems = [f"line {i}: not plain ASCII" for i, line in enumerate(lines, start=1) if not line.isascii()]
    problems += [f"line {i}: ends in CRLF" for i, line in enumerate(lines, start=1) if line.endswith("\r")]
    wanted = [i for i, line in enumerate(lines, start=1) if re.match(r"\s*regex\s*[:=]", line)]
    for i in wanted:
        pair = "\n".join(lines[i - 1 : i + 1])
        if not re.fullmatch(r"regex: .+\nreplace: .*", pair):
            problems.append(f"line {i}: must be 'regex: …', the next 'replace: …', a blank after each colon")
    read = len(get_sanitize_patterns(text))
    if read != len(wanted):
        problems.append(f"nbval reads {read} rules of {len(wanted)}")
    return problems


def test_nbval_reads_every_rule():
    # read_text would turn CRLF into LF before anybody sees it.
    assert find_problems(PATH.read_bytes().decode("utf-8")) == []
    assert get_sanitize_patterns(TEXT), "the file holds no rule"


@pytest.mark.parametrize("before, after", CHANGED.items())
def test_a_rule_does_what_it_promises(before, after):
    assert sanitized(before, get_sanitize_patterns(TEXT)) == after


@pytest.mark.parametrize("text", UNCHANGED)
def test_no_rule_touches_a_result(text):
    assert sanitized(text, get_sanitize_patterns(TEXT)) == text


@pytest.mark.parametrize("rule", get_sanitize_patterns(TEXT), ids=lambda rule: rule[0])
def test_no_rule_is_idle(rule):
    assert any(sanitized(text, [rule]) != text for text in CHANGED)


@pytest.mark.parametrize(
    "spoilt, expected",
    [
        ("regex: a\n\nreplace: b\n", "line 1"),  # a blank line between the two
        ("regex: a\nreplace:\n", "line 1"),  # an empty replacement without its blank
        ("regex: a\nreplace:\nregex: b\nreplace: c\n", "nbval reads 1 rules of 2"),
        ("regex:a\nreplace: b\n", "line 1"),
        (" regex: a\nreplace: b\n", "line 1"),
        ("regex: a\n", "line 1"),
        ("regex: a\r\nreplace: b\r\n", "line 1: ends in CRLF"),
        ("# memória\nregex: a\nreplace: b\n", "line 1: not plain ASCII"),
    ],
)
def test_a_dropped_rule_is_noticed(spoilt, expected):
    problems = find_problems(spoilt)
    assert any(problem.startswith(expected) for problem in problems), problems


def test_an_empty_replacement_with_its_blank_is_fine():
    assert find_problems("regex: a\nreplace: \n") == []
