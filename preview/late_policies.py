"""Asks a pack's policies as the SDK does, but makes what they are given only when they look.

Loaded by `pack_host` in the pack's own process; it imports nothing of the preview. The SDK makes every resource with
its properties, options and provider anew for each policy, while most policies look at the type and turn away: with two
hundred policies that is nearly all of its time. Here each policy still gets objects of its own, made by the same
functions of the SDK, but empty until it asks for an attribute. The loops are those of `_PolicyAnalyzerServicer`
(pulumi-policy 1.21.0, `pulumi_policy/policy.py`); a test holds both against each other.
"""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import weakref
from functools import cached_property
from inspect import isawaitable
from typing import Any

import pulumi_policy.policy
import pulumi_policy.proxy

sdk: Any = pulumi_policy.policy  # most of what is needed of it is its own, and untyped
proxy: Any = pulumi_policy.proxy
PRIVATE = "_PolicyAnalyzerServicer__"
FIELDS = ("_DictProxy__target", "_DictProxy__props_acc")
TOLD = ("PULUMI_CONFIG", "PULUMI_PROJECT", "PULUMI_STACK", "PULUMI_DRY_RUN", "PULUMI_ORGANIZATION")
_thread = threading.local()


def install() -> None:
    """Put the loops of this module in place of the SDK's."""
    sdk._PolicyAnalyzerServicer.Analyze = analyze  # noqa: SLF001  what the server calls
    sdk._PolicyAnalyzerServicer.AnalyzeStack = analyze_stack  # noqa: SLF001  as above


class Given:
    """A property map as it came over the wire, decoded once."""

    def __init__(self, message: Any) -> None:  # noqa: ANN401  a message of the protocol
        self._message = message

    @cached_property
    def decoded(self) -> Any:  # noqa: ANN401  the SDK is untyped
        """The map as plain values, from which each policy's own is made."""
        return sdk.json_format.MessageToDict(self._message)


class LateProperties(proxy._DictProxy):  # type: ignore[misc]  # noqa: SLF001  the SDK's class is untyped; policies are given it
    """A property map of one policy's own."""

    def __init__(self, given: Given) -> None:
        self._given = given

    def __getattr__(self, name: str) -> object:
        if name not in FIELDS:  # only these are missing until somebody looks
            raise AttributeError(name)
        self.__dict__.update(vars(sdk.unknown_checking_proxy(sdk.deserialize_properties(self._given.decoded))))
        return self.__dict__[name]


LateProperties.__name__ = proxy._DictProxy.__name__  # noqa: SLF001  private, so a pack can ask for it by name alone


class Asked:
    """A resource of a request, which all policies are asked about; `message` holds it."""

    def __init__(self, servicer: Any, message: Any) -> None:  # noqa: ANN401  the SDK is untyped
        self.servicer, self.message = servicer, message
        self.urn: str = message.urn
        self.same = {"resource_type": message.type, "urn": self.urn, "name": message.name}
        self._properties = Given(message.properties)
        self._of_provider = Given(message.provider.properties) if message.HasField("provider") else None

    def props(self) -> LateProperties:
        """Return the properties."""
        return LateProperties(self._properties)

    def opts(self) -> object:
        """Return the options."""
        return self.servicer._get_resource_options(self.message)  # noqa: SLF001  the SDK's own way

    def provider(self) -> object:
        """Return the provider, None where there is none."""
        if self._of_provider is None:
            return None
        one = self.message.provider
        return sdk.PolicyProviderResource(one.type, LateProperties(self._of_provider), one.urn, one.name)


class LateArguments(sdk.ResourceValidationArgs):  # type: ignore[misc]  # the SDK is untyped
    """What a resource policy is given."""

    def __init__(self, asked: Asked, policy: str) -> None:
        self.__dict__.update(asked.same)
        self._asked, self._policy = asked, policy

    def __getattr__(self, name: str) -> object:
        match name:
            case "props" | "opts" | "provider":
                value = getattr(self._asked, name)()
            case "stack_tags":
                value = getattr(self._asked.servicer, f"{PRIVATE}stack_tags")
            case "_ResourceValidationArgs__config":
                value = self._asked.servicer._get_policy_config(self._policy) or {}  # noqa: SLF001  the SDK's own way
            case _:
                raise AttributeError(name)
        self.__dict__[name] = value
        return value


class Beside(dict[str, "LateResource"]):
    """The resources of the stack as one policy is given them, by URN."""


class LateResource(sdk.PolicyResource):  # type: ignore[misc]  # the SDK is untyped
    """A resource of the stack as a stack policy is given it.

    It knows those beside it only as long as its policy judges, or each would keep all others until a collection.
    """

    def __init__(self, asked: Asked, everything: dict[str, Asked], beside: Beside) -> None:
        self.__dict__.update(asked.same)
        self._asked, self._everything, self._beside = asked, everything, weakref.ref(beside)

    def __getattr__(self, name: str) -> object:
        message = self._asked.message
        match name:
            case "props" | "opts" | "provider":
                value = getattr(self._asked, name)()
            case "parent":
                value = next(iter(self._found([message.parent])), None)
            case "dependencies":
                value = self._found(message.dependencies)
            case "property_dependencies":
                value = {key: self._found(listed.urns) for key, listed in message.propertyDependencies.items()}
            case _:
                raise AttributeError(name)
        self.__dict__[name] = value
        return value

    def _found(self, urns: Any) -> list[LateResource]:  # noqa: ANN401  a repeated field of the protocol
        beside = self._beside()
        if beside is None:
            beside = given_to_one(self._everything)
        return [beside[urn] for urn in urns if urn in beside]


def given_to_one(everything: dict[str, Asked]) -> Beside:
    """Return the resources of the stack as objects of one policy's own."""
    beside = Beside()
    beside.update((urn, LateResource(asked, everything, beside)) for urn, asked in everything.items())
    return beside


def analyze(servicer: Any, request: Any, _context: object) -> object:  # noqa: ANN401  the SDK is untyped
    """Ask the resource policies about one resource."""
    tell_runtime(servicer)
    response = sdk.proto.AnalyzeResponse()
    asked = Asked(servicer, request)
    for policy, level in _asked_of(servicer, sdk.ResourceValidationPolicy):
        if policy.has_validation():
            ask(servicer, policy, LateArguments(asked, policy.name), response, level)
        else:
            _not_applicable(response, policy, "Policy does not implement validate")
    return response


def analyze_stack(servicer: Any, request: Any, _context: object) -> object:  # noqa: ANN401  the SDK is untyped
    """Ask the stack policies about all resources."""
    tell_runtime(servicer)
    response = sdk.proto.AnalyzeResponse()
    everything = {message.urn: Asked(servicer, message) for message in request.resources}
    gc.freeze()  # what came before lives on, and need not be looked through again with each policy
    for policy, level in _asked_of(servicer, sdk.StackValidationPolicy):
        beside = given_to_one(everything)
        config = servicer._get_policy_config(policy.name)  # noqa: SLF001  the SDK's own way
        tags = getattr(servicer, f"{PRIVATE}stack_tags")
        ask(servicer, policy, sdk.StackValidationArgs(list(beside.values()), config, tags), response, level)
    return response


def _asked_of(servicer: Any, kind: type) -> list[tuple[Any, Any]]:  # noqa: ANN401  the SDK is untyped
    """Return the policies of a kind that are on, with the level at which they report."""
    levels = sdk.EnforcementLevel
    found = [
        (policy, servicer._get_enforcement_level(policy))  # noqa: SLF001  the SDK's own way
        for policy in getattr(servicer, f"{PRIVATE}policies")
        if isinstance(policy, kind)
    ]
    return [
        (policy, levels.MANDATORY if level == levels.REMEDIATE else level)
        for policy, level in found
        if level != levels.DISABLED
    ]


def ask(servicer: Any, policy: Any, given: object, response: Any, level: object) -> None:  # noqa: ANN401  the SDK is untyped
    """Let one policy judge what it is given, and put down what comes of it."""
    report = servicer._create_report_violation(response, policy.name, policy.description, level, policy.severity)  # noqa: SLF001  the SDK's own way
    try:
        result = policy.validate(given, report)
        if result is not None and isawaitable(result):
            coroutine: Any = result
            loop = asyncio.new_event_loop()
            loop.run_until_complete(asyncio.Task(coroutine, loop=loop))
            loop.close()
    except sdk.UnknownValueError as error:
        pack, version = (
            getattr(servicer, f"{PRIVATE}policy_pack_name"),
            getattr(servicer, f"{PRIVATE}policy_pack_version"),
        )
        response.diagnostics.append(
            sdk.proto.AnalyzeDiagnostic(
                policyName=policy.name,
                policyPackName=pack,
                policyPackVersion=version,
                message=f"can't run policy '{policy.name}' from policy pack '{pack}@v{version}' during preview:"
                f" {error.message}",
                urn="",
                description=policy.description,
                enforcementLevel=servicer._map_enforcement_level(sdk.EnforcementLevel.ADVISORY),  # noqa: SLF001  as above
            )
        )
    except sdk._NotApplicableError as error:  # noqa: SLF001  what args.not_applicable() raises
        _not_applicable(response, policy, error.reason or "")


def _not_applicable(response: Any, policy: Any, reason: str) -> None:  # noqa: ANN401  the SDK is untyped
    response.not_applicable.append(sdk.proto.PolicyNotApplicable(policy_name=policy.name, reason=reason))


def tell_runtime(servicer: Any) -> None:  # noqa: ANN401  the SDK is untyped
    """Hand the stack's configuration to the SDK's runtime, which keeps it for each thread, unless it has it."""
    told = [os.environ.get(name) for name in TOLD]
    if getattr(_thread, "told", None) != told:
        servicer._configure_runtime_settings()  # noqa: SLF001  the SDK's own way
        _thread.told = told
