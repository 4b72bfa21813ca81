"""Where two observations of one case differ, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from preview.values import Value
    from preview_parity.observation import Finding, Observation


def differences(real: Observation, stand_in: Observation) -> list[str]:
    """Return in words where the two differ; of a resource only what both can know is compared."""
    found = [
        *_missing("resource", set(real.resources), set(stand_in.resources)),
        *(
            line
            for urn in sorted({*real.resources} & {*stand_in.resources})
            for key in real.resources[urn]
            for line in _unlike(f"{urn} {key}", real.resources[urn][key], stand_in.resources[urn].get(key))
        ),
        *_missing("policy event", _counted(real.findings), _counted(stand_in.findings)),
    ]
    told, heard = real.seen(), stand_in.seen()
    found += _missing("call of the echo pack", set(told), set(heard))
    for call in sorted({*told} & {*heard}):
        found += _unlike(f"what {' '.join(call)} saw:", told[call], heard[call])
    return found


def _counted(findings: Sequence[Finding]) -> set[tuple[Finding, int]]:
    """Return the findings, each with how many like it came before, so that a repetition counts."""
    before: Counter[Finding] = Counter()
    result = set()
    for finding in findings:
        result.add((finding, before[finding]))
        before[finding] += 1
    return result


def _missing(kind: str, real: set[Any], stand_in: set[Any]) -> list[str]:
    return [f"{kind} of the engine that the preview lacks: {item}" for item in sorted(real - stand_in)] + [
        f"{kind} of the preview that the engine lacks: {item}" for item in sorted(stand_in - real)
    ]


def _unlike(place: str, real: Value, stand_in: Value) -> list[str]:
    if isinstance(real, dict) and isinstance(stand_in, dict):
        return [
            line
            for name in sorted({*real, *stand_in})
            for line in _unlike(f"{place}.{name}", real.get(name, "(absent)"), stand_in.get(name, "(absent)"))
        ]
    if isinstance(real, list) and isinstance(stand_in, list) and len(real) == len(stand_in):
        return [
            line
            for number, pair in enumerate(zip(real, stand_in, strict=True))
            for line in _unlike(f"{place}[{number}]", *pair)
        ]
    same = real == stand_in and isinstance(real, bool) == isinstance(stand_in, bool)  # in Python 1 equals True
    return [] if same else [f"{place}: the engine has {real!r}, the preview {stand_in!r}"]
