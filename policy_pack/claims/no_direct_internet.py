"""A notebook with direct internet access has a second network interface that leads around the closed network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask for a notebook whose internet access is anything but Disabled, or is not said: AWS then enables it."""
    enabled = {"sagemaker:DirectInternetAccess": OtherThan("Disabled").or_missing()}
    rooted = {"sagemaker:RootAccess": OtherThan("Disabled").or_missing()}
    for _owner, identity in tenants_of(stack):
        for keys, sentence in ((enabled, "makes a notebook on the internet"), (rooted, "makes a notebook with root")):
            query = Query("sagemaker:CreateNotebookInstance", context=keys, sentence=sentence)
            yield Question(identity=identity, query=query)
        changed = {"sagemaker:RootAccess": "Enabled"}
        query = Query("sagemaker:UpdateNotebookInstance", context=changed, sentence="gives a notebook root")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="no-direct-internet",
    sentence="No tenant makes a notebook with direct internet access or root access.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-opens-its-notebook",
)
