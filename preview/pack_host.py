"""Runs a policy pack, as the engine's Python language host does, but unpacks properties only when a policy looks.

This file is run as a script by the pack's own interpreter, so it imports nothing of the preview. Arguments: the
engine's address and the pack's folder. The server is the SDK's own (``python -m pulumi.policy``). It unpacks every
resource and its provider anew for each policy, while most policies look at the type and turn away: with a hundred
policies that is nearly all of its time. Here each policy gets the same mapping, unpacked by the same functions of the
SDK, when it first asks for a property. An SDK that is not built as expected runs as it is.
"""

from __future__ import annotations

import functools
import os
import runpy
import sys
import threading
from dataclasses import dataclass
from typing import Any

UNPACKING = ("json_format", "deserialize_properties", "unknown_checking_proxy", "signature", "_PolicyAnalyzerServicer")
FIELDS = ("_DictProxy__target", "_DictProxy__props_acc")


def main() -> None:
    """Start the pack; it serves until it is ended."""
    sys.path.insert(0, os.getcwd())  # noqa: PTH109  what ``python -m`` puts there
    try:
        from pulumi_policy import policy, proxy  # noqa: PLC0415  the path must be the pack's before anything is imported
    except ImportError:
        pass
    else:
        if all(hasattr(policy, name) for name in UNPACKING) and _keeps_its_fields(proxy):
            _unpack_late(policy, proxy)
    runpy.run_module("pulumi.policy", run_name="__main__", alter_sys=True)


def _keeps_its_fields(proxy: Any) -> bool:  # noqa: ANN401  a module of the SDK, untyped
    made = proxy.unknown_checking_proxy({"known": 1})
    return type(made).__name__ == "_DictProxy" and sorted(vars(made)) == sorted(FIELDS) and made["known"] == 1


@dataclass(frozen=True)
class _Message:
    """A property map as it came over the wire, not yet unpacked."""

    message: Any


class _JsonFormat:
    """Stands for the module where the SDK reads property maps; everything else of it stays as it is."""

    def __init__(self, module: Any) -> None:  # noqa: ANN401  a module without types
        self._module = module
        self.at_once = threading.local()

    def __getattr__(self, name: str) -> object:
        return getattr(self._module, name)

    def MessageToDict(self, message: Any) -> object:  # noqa: ANN401, N802  the module's own name
        """Put reading off, but for what is not handed on to `deserialize_properties`."""
        return self._module.MessageToDict(message) if vars(self.at_once) else _Message(message)


def _unpack_late(policy: Any, proxy: Any) -> None:  # noqa: ANN401  modules of the SDK, untyped
    """Put unpacking off until a policy looks."""
    module, deserialize, guard = policy.json_format, policy.deserialize_properties, policy.unknown_checking_proxy
    late = _JsonFormat(module)

    class LateProxy(proxy._DictProxy):  # type: ignore[misc]  # noqa: SLF001  what policies are given is of this class
        def __init__(self, given: _Message) -> None:
            self._given = given

        def __getattr__(self, name: str) -> object:
            if name not in FIELDS:  # only these are missing until somebody looks
                raise AttributeError(name)
            self.__dict__.update(vars(guard(deserialize(module.MessageToDict(self._given.message)))))
            return self.__dict__[name]

    def deserialize_properties(props: object, *options: object) -> object:
        if not isinstance(props, _Message):
            return deserialize(props, *options)
        return deserialize(module.MessageToDict(props.message), *options) if options else props

    def configure(self: object, *given: object) -> object:
        late.at_once.on = True
        try:
            return configure_now(self, *given)
        finally:
            del late.at_once.on

    policy.json_format = late
    policy.deserialize_properties = deserialize_properties
    policy.unknown_checking_proxy = lambda props: LateProxy(props) if isinstance(props, _Message) else guard(props)
    policy.signature = functools.cache(policy.signature)
    configure_now = policy._PolicyAnalyzerServicer.Configure  # noqa: SLF001  it reads settings, not properties
    policy._PolicyAnalyzerServicer.Configure = configure  # noqa: SLF001  as above


if __name__ == "__main__":
    main()
