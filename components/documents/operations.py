"""Every operation of SageMaker and what bounds it: the table that the guardrails are made of.

A row of ``sagemaker_operations.csv`` says what an operation does, which resources it is judged on (``*`` marks those
that it always is), which condition keys it carries (without a service they are SageMaker's), how the platform controls
it, and why. An operation that the table refuses, or does not know, is denied: `open_changes` is all that the guardrails
let through.

Sources: Service Authorization Reference of Amazon SageMaker (2026-04-01) and its API models; keys that the reference
misses stand in ``sagemaker_keys.csv`` with their source.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from components.documents.model import actions

TABLE = Path(__file__).with_name("sagemaker_operations.csv")

# Operations that change nothing. What they show is the business of tenancy and of the grants.
READ_VERBS = ("Describe", "Get", "List", "Query", "Search")
READS = actions("sagemaker", "Describe*", "Get*", "List*", "Query*", "Search")


class Control(StrEnum):
    """How an operation is bounded; each is a statement of the guardrails."""

    READ = "read"
    # Where hosts stand.
    SUBNETS = "subnets"
    GROUPS = "groups"
    ISOLATED_TRAINING = "isolated-training"
    ISOLATED_PROCESSING = "isolated-processing"
    ISOLATED_MODEL = "isolated-model"
    NO_DIRECT_INTERNET = "no-direct-internet"
    NO_ROOT = "no-root"
    NO_ROOT_LATER = "no-root-later"
    METADATA_V2 = "metadata-v2"
    METADATA_V2_LATER = "metadata-v2-later"
    PLATFORM_SCRIPT = "platform-script"
    VPC_ONLY = "vpc-only"
    NO_SERVERLESS = "no-serverless"
    NO_REMOTE_DEBUG = "no-remote-debug"
    NO_FILE_SYSTEM = "no-file-system"
    # Whose it is.
    OWNER_ON_CREATE = "owner-on-create"
    OWN_TAG = "own-tag"
    OWN_MODEL = "own-model"
    OWN_MODEL_NAME = "own-model-name"
    OWN_PACKAGE_NAME = "own-package-name"
    OWN_GROUP = "own-group"
    OWN_CONFIG = "own-config"
    OWN_ENDPOINT = "own-endpoint"
    OWN_SEARCH = "own-search"
    FROZEN_OWNER = "frozen-owner"
    # Refused: by the complement of what is open, and where it has a reason of its own by name.
    DENIED = "denied"
    UNCONTROLLED = "uncontrolled"
    ADMINISTRATION = "administration"


REFUSALS = frozenset({Control.DENIED, Control.UNCONTROLLED, Control.ADMINISTRATION})


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One row; `resources` are types without the mark, `needed` those that the operation is always judged on."""

    name: str
    effect: str
    resources: tuple[str, ...]
    needed: tuple[str, ...]
    keys: frozenset[str]
    controls: frozenset[Control]
    why: str

    @property
    def action(self) -> str:
        """The action as policies write it."""
        return f"sagemaker:{self.name}"

    @property
    def refused(self) -> bool:
        """Whether no tenant gets to do it, whatever is granted."""
        return bool(self.controls & REFUSALS)

    @property
    def reads(self) -> bool:
        """Whether its name is one of those that guardrails take for a read."""
        return self.name.startswith(READ_VERBS)


def _key(name: str) -> str:
    return name if name.startswith("aws:") else f"sagemaker:{name}"


def parse(text: str) -> tuple[Operation, ...]:
    """Return the rows of a table; raises ValueError naming every row that cannot be read, and why."""
    found, problems = [], []
    for row in csv.DictReader(text.splitlines()):
        controls = row["control"].split()
        unknown = sorted(set(controls) - {control.value for control in Control})
        refusals = [control for control in controls if control in REFUSALS]
        if unknown or not controls or len(refusals) > 1:
            problems.append(
                f"{row['operation']}: control {row['control']!r} given, one or more of {', '.join(Control)} are "
                "allowed, and one refusal at most; write denied where nobody has reviewed it"
            )
            continue
        resources = row["resources"].split()
        found.append(
            Operation(
                name=row["operation"],
                effect=row["effect"],
                resources=tuple(name.removesuffix("*") for name in resources),
                needed=tuple(name[:-1] for name in resources if name.endswith("*")),
                keys=frozenset(_key(key) for key in row["keys"].split()),
                controls=frozenset(Control(control) for control in controls),
                why=row["why"],
            )
        )
    names = [operation.name for operation in found]
    problems += [f"{name}: given twice, once is allowed" for name in sorted({n for n in names if names.count(n) > 1})]
    if problems:
        raise ValueError("; ".join(problems))
    return tuple(found)


@cache
def operations() -> tuple[Operation, ...]:
    """Return every row of the platform's table, in its order."""
    return parse(TABLE.read_text(encoding="utf-8"))


def under(*controls: Control) -> tuple[str, ...]:
    """Return the actions that one of the controls bounds."""
    return tuple(operation.action for operation in operations() if operation.controls & set(controls))


@cache
def open_changes() -> tuple[str, ...]:
    """Return the actions that the guardrails let through and that are no mere reads: nothing else changes anything."""
    return tuple(each.action for each in operations() if not each.refused and not each.reads)


@cache
def reviewed_types() -> tuple[str, ...]:
    """Return the resource types whose open actions are judged by a statement each; optional ones are left out.

    A training job, say, may name a training plan, which is judged beside it: that type is not reviewed, so it is
    refused.
    """
    types = {
        kind
        for each in operations()
        if each.action in open_changes() and each.resources != ("any",)
        for kind in (each.needed or each.resources)
    }
    return tuple(sorted(types))


def judged_by_name_alone() -> tuple[str, ...]:
    """Return the actions on things that cannot carry a tag: packages in a group, whose owner stands in their name."""
    tagged = {Control.OWN_TAG, Control.OWNER_ON_CREATE}
    return tuple(
        each.action for each in operations() if Control.OWN_PACKAGE_NAME in each.controls and not each.controls & tagged
    )
