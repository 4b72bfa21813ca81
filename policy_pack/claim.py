"""What a claim is, and how to write one.

**Where.** One file a claim in `claims/`, named after its id in snake case; the catalogue finds it there. It holds a
docstring (what would be lost), one generator `ask` and one value `CLAIM`:

    def ask(stack: StackPolicies) -> Iterator[Question]:
        for identity in tenants_of(stack):
            yield Question(identity=identity, query=Query(actions="iam:*", sentence="changes IAM"))


    CLAIM = Claim(id="no-tenant-changes-iam", kind=Kind.SAFETY, sentence="No tenant changes identities.", ask=ask, …)

**Safety** claims hold when no request of any question is allowed; **liveness** claims when of each question some
request is. A safety claim names its liveness `partner`: what nobody may do at all is no safety.

**Decidable only after deployment.** A claim that needs a value which AWS mints and which no plan can stand for says why
in `after_deployment`. In a preview it is then reported and does not refuse; in an update it must be decided.

**Remarks.** Where a claim says less of some stack than its sentence, because what it speaks of is decided elsewhere,
its `ask` yields a `Remark`: it stands on the claim's own line of the table, so that nobody takes silence for proof.

**Assumptions** are printed beside each result: those of every proof (`docs/proofs.md`) and the claim's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from environment import StackPolicies
    from identities import Identity

    from iamproof import Query

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Kind(Enum):
    """What a claim says: that something never happens, or that something is possible."""

    SAFETY = "safety"
    LIVENESS = "liveness"


class Verdict(Enum):
    """What came out; `POSSIBLE` is a liveness claim that holds."""

    PROVED = "proved"
    POSSIBLE = "possible"
    COUNTEREXAMPLE = "counterexample"
    UNDECIDED = "undecided"

    @property
    def holds(self) -> bool:
        """Whether the claim holds."""
        return self in (Verdict.PROVED, Verdict.POSSIBLE)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A set of requests of one principal, or of every principal of other accounts where `identity` is None.

    `every` asks of a liveness claim that all of the requests are allowed, not only some. Policies on buckets,
    keys and other resources always count. Policies of endpoints only where `endpoints` says so: a safety claim must not
    rest on which way a request takes, a liveness claim shows that the way is open. `roles` are those whose trust
    policies count, for questions about becoming somebody else.

    To ask whether one lock keeps where the other is lost: `alone` leaves out the policies on resources, so that the
    identity's own decide; `inside`, without an identity, asks of every principal of this account, with whatever tags
    and policies, so that those on resources decide. `tenant` is whom a question without an identity is about.
    """

    identity: Identity | None
    query: Query
    endpoints: bool = False
    every: bool = False
    roles: tuple[Identity, ...] = ()
    alone: bool = False
    inside: bool = False
    tenant: str = ""


@dataclass(frozen=True, kw_only=True)
class Example:
    """One request that has to be allowed, with every key that it carries: `context` names no key that is missing.

    A liveness claim that lists examples says more than one that asks whether anything of the kind is possible. Where
    ``aws:SourceVpce`` is an endpoint of the stack its policy counts, where `resource` is a role of the stack its trust.
    """

    identity: Identity
    action: str
    resource: str
    context: Mapping[str, str | tuple[str, ...]]

    @property
    def sentence(self) -> str:
        """What is done, for a report."""
        with_keys = ", ".join(f"{key} = {value}" for key, value in sorted(self.context.items()))
        return f"{self.action} on {self.resource} with {with_keys or 'no condition key'}"


@dataclass(frozen=True, kw_only=True)
class Broken:
    """Something that contradicts a claim without a request: a rule of a security group, a missing document."""

    text: str
    urn: str


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Something without which a claim cannot be decided."""

    text: str
    urn: str


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a reader of the result must know of this stack: whom or what the claim does not speak of, and who answers.

    Short, as it stands beside the sentence; it changes no verdict.
    """

    text: str


Asked: TypeAlias = "Question | Example | Broken | Doubt | Remark"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence that an auditor understands, and the questions that decide it."""

    id: str
    sentence: str
    kind: Kind
    ask: Callable[[StackPolicies], Iterable[Asked]]
    assumptions: tuple[str, ...] = ()
    partner: str | None = None
    after_deployment: str | None = None

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r}: a claim id is kebab-case, such as no-tenant-changes-iam")
        if self.kind is Kind.SAFETY and not self.partner:
            raise ValueError(f"{self.id}: a safety claim names the liveness claim that keeps it from being empty")
        if self.kind is Kind.LIVENESS and self.partner:
            raise ValueError(f"{self.id}: a liveness claim has no partner")
