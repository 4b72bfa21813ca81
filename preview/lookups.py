"""Lookups and reads: answered from the stack itself, from fixtures, or refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from preview import urn as urns
from preview.aws_place import Place
from preview.providers import denied, parse_reference
from preview.values import Unknown, has_unknown, revealed

if TYPE_CHECKING:
    from preview.deployment import Deployment
    from preview.fixtures import Fixtures

GET_RESOURCE = "pulumi:pulumi:getResource"
STACK_REFERENCE = "pulumi:pulumi:StackReference"


class Lookups:
    """Answers what the program asks about the world outside it."""

    def __init__(self, deployment: Deployment, fixtures: Fixtures) -> None:
        self._deployment = deployment
        self._fixtures = fixtures

    def invoke(self, token: str, arguments: dict[str, Any], provider: str) -> dict[str, Any] | None:
        """Return the answer of a lookup, None when its arguments are not known yet."""
        if token == GET_RESOURCE:
            return self._resource(str(revealed(arguments.get("urn", ""))))
        if has_unknown(arguments):
            return None
        if self._deployment.waits_for(self._deployment.states.get(parse_reference(provider)[0])):
            return {}
        if token in self._fixtures.invokes:
            return dict(self._fixtures.invokes[token])
        if denied(provider):
            package = urns.package_of(token)
            raise self._deployment.fail(
                f"Default provider for '{package}' disabled. '{token}' must use an explicit provider."
            )
        answer = self._place(token, provider)
        if answer is not None:
            return answer
        raise self._deployment.fail(
            f"the lookup {token} has no fixture. The preview reaches no cloud: write its answer in the fixtures file,"
            f' {{"invokes": {{"{token}": {{…}}}}}}, and pass --fixtures FILE'
        )

    def _resource(self, urn: str) -> dict[str, Any]:
        state = self._deployment.states.get(urn)
        if state is None:
            raise self._deployment.fail(f"unknown resource {urn}")
        identity = "" if state.id is None or isinstance(state.id, Unknown) else state.id
        return {"urn": urn, "id": identity, "provider": state.goal.provider, "state": state.outputs}

    def _place(self, token: str, provider: str) -> dict[str, Any] | None:
        """Answer where the program runs, from the provider's configuration and the stack's account id."""
        state = self._deployment.states.get(parse_reference(provider)[0])
        place = Place.of(self._deployment.context, state)
        answers: dict[str, dict[str, Any]] = {
            "aws:index/getRegion:getRegion": {
                "id": place.region,
                "name": place.region,
                "region": place.region,
                "description": place.region,
                "endpoint": f"ec2.{place.region}.{place.dns_suffix}",
            },
            "aws:index/getPartition:getPartition": {
                "id": place.partition,
                "partition": place.partition,
                "dnsSuffix": place.dns_suffix,
                "reverseDnsPrefix": ".".join(reversed(place.dns_suffix.split("."))),
            },
            "aws:index/getCallerIdentity:getCallerIdentity": {
                "id": place.account,
                "accountId": place.account,
                "arn": f"arn:{place.partition}:iam::{place.account}:root",
                "userId": place.account,
            },
        }
        return answers.get(token)

    def read(self, goal_type: str, name: str, identity: str, urn: str) -> dict[str, Any]:
        """Return the outputs of a resource that exists already."""
        if goal_type == STACK_REFERENCE:
            return self._stack(name, identity)
        for key in (urn, identity):
            if key in self._fixtures.reads:
                return dict(self._fixtures.reads[key])
        raise self._deployment.fail(
            f"{goal_type} '{name}' is read with id '{identity}' and has no fixture. The preview reaches no cloud: write"
            f' its properties in the fixtures file, {{"reads": {{"{identity}": {{…}}}}}}, and pass --fixtures FILE'
        )

    def _stack(self, name: str, identity: str) -> dict[str, Any]:
        context = self._deployment.context
        parts = identity.split("/")
        full = {
            1: f"{context.organization}/{context.project}/{identity}",
            2: f"{parts[0]}/{context.project}/{parts[-1]}",
        }.get(len(parts), identity)
        outputs = self._fixtures.stacks.get(full, self._fixtures.stacks.get(identity))
        if outputs is None:
            raise self._deployment.fail(
                f"the stack reference '{name}' names the stack {full}, which has no fixture: write its outputs in the"
                f' fixtures file, {{"stacks": {{"{full}": {{…}}}}}}, and pass --fixtures FILE'
            )
        return {"name": identity, "outputs": dict(outputs), "secretOutputNames": []}
