"""What is true of every request, whatever policies say: how keys hang together, and which can never be missing.

Sources: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.goals import Test, all_of, one_of
from iamproof.parse_condition import parse_conditions
from iamproof.reader import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamproof.goals import Goal
    from iamproof.principal import PrincipalKind

_ADDRESS, _ENDPOINT, _NETWORK = "aws:sourceip", "aws:sourcevpce", "aws:sourcevpc"
_AGE, _MFA = "aws:multifactorauthage", "aws:multifactorauthpresent"
_SET_TAG, _TAG_KEYS = "aws:requesttag/", "aws:tagkeys"
_SAME = {"sagemaker:resourcetag/": "aws:resourcetag/"}
_OF_PRINCIPAL = ("aws:principaltag/", "aws:username")
_OF_EVERY_PRINCIPAL = frozenset(
    {
        "aws:principalarn",
        "aws:principalaccount",
        "aws:principaltype",
        "aws:principalisawsservice",
        "aws:principalservicename",
    }
)

CARRIED = "which keys and resources an action takes is as the library's facts say (Service Authorization Reference)"
NETWORK = "aws:SourceIp is missing where aws:SourceVpce or aws:SourceVpc is there"
MFA = "aws:MultiFactorAuthAge is there only where aws:MultiFactorAuthPresent is true"
TAGS = "a request that sets a tag names it in aws:TagKeys"
NO_BLANKS = "no value of a key that may have several is empty text"
SAME = "sagemaker:ResourceTag/… and aws:ResourceTag/… have the same value"


def canonical(key: str) -> str:
    """Return the name in small letters of the key that always has the same value as this one."""
    key = key.lower()
    for beginning, other in _SAME.items():
        if key.startswith(beginning):
            return other + key.removeprefix(beginning)
    return key


def follows_from_principal(key: str) -> bool:
    """Whether the principal alone decides a key in small letters."""
    return key in _OF_EVERY_PRINCIPAL or key.startswith(_OF_PRINCIPAL)


def always_there(key: str) -> bool:
    """Whether a request that can carry the key is never without it."""
    known = facts.condition_key(key)
    return known is not None and known.present.startswith("always")


def of_kind(key: str, kind: PrincipalKind) -> bool:
    """Whether principals of the kind may carry the key."""
    known = facts.condition_key(key)
    return known is None or not known.principals or kind.value in known.principals


def axioms(keys: Iterable[str]) -> Iterator[tuple[Goal, str]]:
    """Yield what holds between keys in small letters that are free, with the sentence that says it."""
    keys = frozenset(keys)
    through = [_missing(key) for key in (_ENDPOINT, _NETWORK) if key in keys]
    if _ADDRESS in keys and through:
        yield one_of((_missing(_ADDRESS), all_of(through))), NETWORK
    if {_AGE, _MFA} <= keys:
        yield one_of((_missing(_AGE), _test("Bool", _MFA, "true"))), MFA
    if _TAG_KEYS in keys:
        for key in sorted(keys):
            if key.startswith(_SET_TAG):
                named = _test("ForAnyValue:StringEqualsIgnoreCase", _TAG_KEYS, key.removeprefix(_SET_TAG))
                yield one_of((_missing(key), named)), TAGS


def _missing(key: str) -> Test:
    return _test("Null", key, "true")


@lru_cache(maxsize=1024)
def _test(operator: str, key: str, value: str) -> Test:
    problems = Problems()
    (condition,) = parse_conditions({operator: {key: value}}, "", problems, variables=False)
    return Test(condition, "exact")
