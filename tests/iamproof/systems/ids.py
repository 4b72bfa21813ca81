"""Every hole by its id, and those that no policy decides, each with the reason.

The systems' descriptions keep these ids: a fixture per id shows what the original policies let through, refuse, or
refuse although it is wanted. Ids that the descriptions skip are not used.
"""

from __future__ import annotations

from typing import NamedTuple


class Ids(NamedTuple):
    """The ids of one system: requests that get through, that are refused, and that are refused although wanted."""

    open: frozenset[str]
    tight: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()


def _numbered(letter: str, numbers: str) -> frozenset[str]:
    return frozenset(f"{letter}{number}" for number in numbers.split())


S0 = Ids(open=_numbered("P", "1 2 3 4 5 6 7"))
S1 = Ids(
    open=_numbered("E", "2 4 6 8") | _numbered("M", "4 5") | {"R13"},
    tight=frozenset({"E1", "M1"}),
    broken=_numbered("E", "3 5 7") | _numbered("M", "2 3"),
)
S2 = Ids(
    open=_numbered("D", "2 4 5 7 8 9 11 12 13 14 17 18")
    | _numbered("R", "1 2 5 6 7 8 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30")
    | {"B1"},
    tight=_numbered("D", "1 3 5b 6") | _numbered("R", "2b 3 4 9"),
)
S3 = Ids(
    open=_numbered("G", "1 2 4 6 7 8 9 10 11 12") | {"V3"},
    tight=frozenset({"G1b"}),
    broken=_numbered("G", "3 5 13 14"),
)
S4 = Ids(
    open=_numbered("F", "2 4 5 6 9 10 11 12 15 16 19 21 23 24 25"),
    tight=_numbered("F", "1 3 8 13 17 22"),
    broken=_numbered("F", "1b 14 18 20"),
)
SYSTEMS = {"S0": S0, "S1": S1, "S2": S2, "S3": S3, "S4": S4}
NOT_DECIDED_BY_POLICIES = {
    "B2": "reading another login's ~/.aws on a shared host is no request to AWS: the operating system decides it",
    "V1": "who mounts a volume is decided by the file system's export policy and the network: NFS knows no IAM",
    "V2": "the uid of a client with root is believed by the NFS server: no request to AWS",
    "F7": "a check that passed; which request it is, no description says",
}
FORMS = {
    "C1": "a name without a delimiter behind it reaches longer names",
    "C2": "a perimeter on the role that a service uses refuses the service",
    "T1": "own request tags on what deploys another's model",
    "T2": "UpdateInferenceComponent carries no key of the model",
    "T3": "a job mounts a file system",
    "T4": "serverless by its concurrency alone",
    "T5": "associations under a list of few verbs",
    "T6": "the owner's tag key in other letters",
    "T7": "a permission on an interface for another account",
    "T8": "a Deny on a variable that has no value",
    "T9": "a perimeter over one service",
    "T10": "a bucket policy that lists writing verbs",
    "W1": "Null of two keys in one block",
    "W2": "a domain lock that asks for missing subnets as well",
    "W3": "CreateDomain guarded, UpdateDomain not",
}
"""Forms of statements that fail open wherever they are used: of simpler guardrails (T), of published samples (W), and
of guardrails that were corrected once (C). Their fixtures are the entries of docs/gallery.md."""
