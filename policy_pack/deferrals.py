"""What rules could not decide in a preview, for the policy `deferred` to report."""

from __future__ import annotations

_RECORDED: dict[tuple[str, str], list[str]] = {}


def record(rule: str, urn: str, where: str) -> None:
    """Remember that a rule needs a property that is not known yet."""
    places = _RECORDED.setdefault((rule, urn), [])
    if where not in places:
        places.append(where)


def recorded() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return rule, URN and properties of each deferral, in the order of the URNs."""
    return [
        (rule, urn, tuple(places)) for (rule, urn), places in sorted(_RECORDED.items(), key=lambda item: item[0][::-1])
    ]


def forget() -> None:
    """Forget everything: another run begins or the report is written."""
    _RECORDED.clear()
