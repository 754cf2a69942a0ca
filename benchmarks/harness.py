"""The measuring itself: pairs in one process, median and spread, claims, and a stored result.

A comparison sets ours against another. For each seed both run one after the other, who is first alternates,
and their seconds give one ratio: the other's divided by ours. The machine's mood hits both halves of a pair,
so ratios carry over to other machines where seconds do not.
"""

import datetime
import importlib.metadata
import json
import os
import platform
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
CPUINFO = Path("/proc/cpuinfo")  # where Linux tells what it runs on
PACKAGES = ("keras", "tensorflow", "numpy")


@dataclass(frozen=True)
class Run:
    """One training, measured.

    Attributes:
        seconds: how long it took; where the goal was not reached, how long it was tried.
        reached: whether it reached its goal.
        facts: what else was measured, by name; for instance ``{"accuracy": 0.991}``.
    """

    seconds: float
    reached: bool = True
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """Both runs of one seed, and which of them came first ("ours" or "other")."""

    seed: int
    first: str
    ours: Run
    other: Run

    @property
    def ratio(self):
        """How many times as long the other took; if it gave up, a number that the true ratio exceeds."""
        return self.other.seconds / self.ours.seconds


@dataclass(frozen=True)
class Claim:
    """One sentence that the measured numbers bear out, or do not.

    Attributes:
        text: what is claimed.
        measured: the numbers it was judged by, as text.
        holds: whether they bear it out.
    """

    text: str
    measured: str
    holds: bool


@dataclass(frozen=True)
class Comparison:
    """One row of the table.

    Attributes:
        name: its short name, that of its module and of its stored result.
        title: what is compared, in a few words.
        ours: what stands on our side.
        other: what it is compared with.
        prepare: called once, untimed; returns the two functions ``ours(seed)`` and ``other(seed)``, each of
            which gives a ``Run``.
        claims: takes the list of pairs, returns the list of claims.
        seeds: one pair for each.
    """

    name: str
    title: str
    ours: str
    other: str
    prepare: Callable
    claims: Callable
    seeds: tuple[int, ...] = (0, 1, 2, 3, 4)


def at_least(text, values, bound, form):
    """Return the claim that every one of some numbers is at least a bound.

    Args:
        text: what is claimed.
        values: the numbers.
        bound: what none of them may fall below.
        form: how to print one, as for ``format``: ".1f" or ".2%".
    """
    shown = ", ".join(format(value, form) for value in values)
    return Claim(text, shown, bool(values) and all(value >= bound for value in values))


def median_ratio(pairs):
    """Return the median over the pairs of how many times as long the other took."""
    return statistics.median(pair.ratio for pair in pairs)


def measure(comparison):
    """Run all pairs of a comparison, printing each; return the list of pairs."""
    ours, other = comparison.prepare()
    pairs = []
    for number, seed in enumerate(comparison.seeds):
        if number % 2 == 0:
            first, mine = "ours", ours(seed)
            theirs = other(seed)
        else:
            first, theirs = "other", other(seed)
            mine = ours(seed)
        pairs.append(Pair(seed, first, mine, theirs))
        print(describe(pairs[-1]))
    return pairs


def describe(pair):
    """Return one line about a pair."""
    more = "" if pair.other.reached else "more than "
    sides = "; ".join(f"{name} {_side(run)}" for name, run in (("ours", pair.ours), ("other", pair.other)))
    return f"seed {pair.seed}: {sides}; ratio {more}{pair.ratio:.1f}"


def _side(run):
    facts = "".join(f", {name} {value:g}" for name, value in run.facts.items())
    return f"{run.seconds:.1f} s{facts}" + ("" if run.reached else ", goal not reached")


def summarise(comparison, pairs):
    """Return the result of a comparison as plain data, ready to be stored."""
    ratios = [pair.ratio for pair in pairs]
    return {
        "name": comparison.name,
        "title": comparison.title,
        "ours": comparison.ours,
        "other": comparison.other,
        "ratio": {
            "median": round(median_ratio(pairs), 2),
            "smallest": round(min(ratios), 2),
            "largest": round(max(ratios), 2),
        },
        "given_up": sum(not pair.other.reached for pair in pairs),
        "claims": [asdict(claim) for claim in comparison.claims(pairs)],
        "pairs": [asdict(pair) for pair in pairs],
        **circumstances(),
    }


def pairs_of(result):
    """Return the pairs of a stored result."""
    return [Pair(pair["seed"], pair["first"], Run(**pair["ours"]), Run(**pair["other"])) for pair in result["pairs"]]


def circumstances():
    """Return date, machine and versions; nothing that names the machine or its owner."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": {"processor": processor(), "cores": cores(), "system": system()},
        "versions": {
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in PACKAGES},
        },
    }


def system():
    """Return the operating system and the kind of its processor: "Linux x86_64"."""
    return f"{platform.system()} {platform.machine()}"


def cores():
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def processor():
    """Return the processor's name as the system tells it; "unknown" where it tells none."""
    if CPUINFO.exists():
        for line in CPUINFO.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                return value.strip()
    return platform.processor() or "unknown"


def store(result, folder=FOLDER):
    """Write a result below the folder, as ``results/<name>.json``."""
    text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
    (folder / "results").mkdir(exist_ok=True)
    (folder / "results" / f"{result['name']}.json").write_text(text, encoding="utf-8", newline="\n")


def load(name, folder=FOLDER):
    """Return the stored result of that name, or None if there is none."""
    path = folder / "results" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def table(results):
    """Return the comparisons as lines of a Markdown table, one row each."""
    lines = [
        "| ours | compared with | seconds of ours | of the other | ratio: median (smallest to largest) | claims |",
        "|---|---|---|---|---|---|",
    ]
    for result in results:
        pairs = pairs_of(result)
        ours = statistics.median(pair.ours.seconds for pair in pairs)
        other = statistics.median(pair.other.seconds for pair in pairs)
        ratio = result["ratio"]
        more = "more than " if result["given_up"] else ""
        claims = "<br>".join(
            f"{'holds' if claim['holds'] else '**does not hold**'}: {claim['text']} ({claim['measured']})"
            for claim in result["claims"]
        )
        lines.append(
            f"| {result['ours']} | {result['other']} | {ours:.1f} | {more}{other:.1f} "
            f"| {more}{ratio['median']:.1f} ({ratio['smallest']:.1f} to {ratio['largest']:.1f}) | {claims} |"
        )
    return [*lines, "", *(f"`{result['name']}`: {setting(result)}." for result in results)]


def setting(result):
    """Return one sentence on where and when a result was measured."""
    machine = result["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    return f"{result['date']}, {machine['processor']}, {machine['cores']} cores, {machine['system']}; {versions}"


def between(text, marker, lines):
    """Return a text with new lines between ``<!-- marker -->`` and ``<!-- /marker -->``.

    Raises:
        ValueError: when the text does not hold each of the two exactly once.
    """
    start, end = f"<!-- {marker} -->\n", f"<!-- /{marker} -->"
    if text.count(start) != 1 or text.count(end) != 1:
        raise ValueError(f"The text needs the line {start.strip()} and, below it, {end}, once each.")
    before, rest = text.split(start)
    return before + start + "".join(f"{line}\n" for line in lines) + end + rest.split(end)[1]


def write_between(marker, lines, folder=FOLDER):
    """Replace what stands between two markers of the folder's README.md."""
    readme = folder / "README.md"
    text = between(readme.read_text(encoding="utf-8"), marker, lines)
    readme.write_text(text, encoding="utf-8", newline="\n")
