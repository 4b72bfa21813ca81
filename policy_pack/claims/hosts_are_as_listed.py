"""A host that is larger, runs longer, starts another script or opens a remote shell is not the one agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import is_person, tenants_of, workers_of
from claim import Claim, Kind, Question
from examples import listed_types, longest_run

from iamproof import AnyString, Contains, Equals, Like, Missing, OtherThan, Query, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


SIZED = (
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateTrainingJob",
    "sagemaker:CreateHyperParameterTuningJob",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateTransformJob",
    "sagemaker:CreateEndpointConfig",
)
RESIZED = ("sagemaker:UpdateNotebookInstance", "sagemaker:UpdateTrainingJob")
TIMED = ("sagemaker:CreateTrainingJob", "sagemaker:CreateHyperParameterTuningJob", "sagemaker:CreateProcessingJob")
NOTEBOOKS = ("sagemaker:CreateNotebookInstance", "sagemaker:UpdateNotebookInstance")
TYPES, SCRIPTS = "sagemaker:InstanceTypes", "sagemaker:NotebookInstanceLifecycleConfigArns"
METADATA = "sagemaker:MinimumInstanceMetadataServiceVersion"


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of who starts work, for other types, longer runs, other scripts, older metadata and remote shells."""
    script = stack.arn("sagemaker", f"notebook-instance-lifecycle-config/{stack_config.name_prefix()}-notebook")
    rows: tuple[tuple[tuple[str, ...], str, Values, str], ...] = (
        (SIZED, TYPES, Missing, "starts a host of a type that is not said"),
        ((*SIZED, *RESIZED), TYPES, Contains(OtherThan(*listed_types())), "starts a host of a type that is not listed"),
        (
            TIMED,
            "sagemaker:MaxRuntimeInSeconds",
            Equals(str(longest_run() * 3600 + 1)).or_missing(),
            "runs without an end",
        ),
        (NOTEBOOKS, SCRIPTS, Contains(Like("arn:*:*:*:*:*").but(script)), "starts a notebook with another script"),
        (NOTEBOOKS[:1], METADATA, OtherThan("2").or_missing(), "makes a notebook with old metadata"),
        (NOTEBOOKS[1:], METADATA, Equals("1"), "gives a notebook old metadata"),
        (("sagemaker:CreateTrainingJob",), "sagemaker:EnableRemoteDebug", Equals("true"), "opens a shell in a job"),
        (RESIZED[1:], "sagemaker:EnableRemoteDebug", Equals("true"), "opens a shell in a running job"),
        (SIZED[-1:], "sagemaker:ServerlessMemorySize", AnyString, "serves without a host in the network"),
        (SIZED[-1:], "sagemaker:ServerlessMaxConcurrency", AnyString, "serves without a host of its own"),
    )
    people = (identity for _, identity in tenants_of(stack) if is_person(identity))
    for identity in (*(identity for _, identity in workers_of(stack, "notebook")), *people):
        for actions, key, values, sentence in rows:
            yield Question(identity=identity, query=Query(actions, context={key: values}, sentence=sentence))


CLAIM = Claim(
    id="hosts-are-as-listed",
    sentence="No tenant starts a host of another type, without an end, with another script or open to a remote shell.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-does-its-work",
)
