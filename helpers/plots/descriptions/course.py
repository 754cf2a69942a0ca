"""The two drawings of the first notebook: the course and the history of its subject."""

from .words import POINT, USEFUL, clause, compose, count, name, quiet


@quiet
def course_map(groups, side_trips=()):
    """Describe the course: its groups in order, each with its notebooks, and which of these are side trips."""
    clauses = []
    for key, notebooks in groups.items():
        full = [name(each) for each in notebooks]
        brief = [each.split()[0] if each else "" for each in full]
        clauses.append(clause(f"{name(key)} ({', '.join(full)})", f"{name(key)} ({', '.join(brief)})", cost=POINT))
    if side_trips:
        numbers = ", ".join(each.split()[0] for each in side_trips)
        clauses.append(clause(f"side trips, in dashed frames: {numbers}", cost=POINT))
    return compose(clause(f"{count(len(groups), 'group')} in order", cost=USEFUL), clauses)


@quiet
def timeline(events):
    """Describe events in the order of their years."""
    clauses = []
    for year, text, *_ in sorted(events, key=lambda event: event[0]):
        whole = name(text, 60)
        brief = max(whole.split(": "), key=len)
        clauses.append(clause(f"{year} {whole}", f"{year} {brief}", cost=POINT))
    return compose(clause(), clauses)
