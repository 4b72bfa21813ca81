"""The report for people: what would be built, what the policies say, what is open, and the verdict."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from preview import deferred, program_tables, report_claims, report_tree
from preview import urn as urns
from preview.json_report import secrets_of
from preview.shown import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from preview.pack_messages import Diagnostic
    from preview.run import RunResult
    from preview.state import ModelledValue, StackContext

PLAIN_WIDTH = 100
LOG_LINES = 20
MANY_TYPES = 4
TITLES = {"first": "first preview", "deployed": "as deployed"}
LEVELS = ("mandatory", "advisory")
LABEL = re.compile(r"\w{1,16} {2,}")


class _Console(Console):
    """A console that leaves a reader who has gone to its caller."""

    def on_broken_pipe(self) -> None:
        """Raise what rich takes for the end of the program."""
        raise BrokenPipeError


def is_violated(result: RunResult) -> bool:
    """Say whether a mandatory policy is violated."""
    return any(found.level == "mandatory" for found in result.diagnostics)


class Report:
    """The report of one preview; `verbose` lists every modelled value, deferral and log line."""

    def __init__(self, context: StackContext, results: Mapping[str, RunResult], *, verbose: bool = False) -> None:
        self._context = context
        self._results = results
        self._verbose = verbose
        self._secrets = {mode: secrets_of(context, result) for mode, result in results.items()}
        self._console = _Console(width=PLAIN_WIDTH)

    def write(self, stream: TextIO) -> None:
        """Write the report; colours only where the stream is a terminal."""
        terminal = stream.isatty()
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
        self._console = _Console(
            file=stream, highlight=False, markup=False, emoji=False, width=None if terminal else PLAIN_WIDTH
        )
        titles = " and ".join(TITLES[mode] for mode in self._results)
        self._line(Text(f"{self._context.project} · {self._context.stack}", style="bold").append(f" · {titles}"))
        self._tree()
        self._log()
        self._errors()
        self._findings()
        self._claims()
        self._deferred()
        self._modelled()
        self._tables()
        self._verdict()

    def _line(self, text: str | Text = "", indent: int = 0, hang: int = 0) -> None:
        """Write text below its indentation; a long line goes on where it began, or `hang` columns to the right.

        Plain text that begins with a label goes on below what follows the label.
        """
        if isinstance(text, Text):
            self._styled(text, indent, hang)
            return
        for line in text.split("\n"):
            own = " " * (indent + len(line) - len(line.lstrip()))
            label = LABEL.match(line.strip())
            below = own + " " * (label.end() if label else hang)
            wrapped = textwrap.wrap(
                line.strip(), self._console.width, initial_indent=own, subsequent_indent=below, break_on_hyphens=False
            )
            for part in wrapped or [""]:
                self._console.print(Text(part))

    def _styled(self, text: Text, indent: int, hang: int) -> None:
        """Write styled text whose first `hang` columns stand by themselves."""
        head, body = text[:hang], text[hang:]
        margin = " " * indent
        for number, part in enumerate(body.wrap(self._console, self._console.width - indent - hang) or [body]):
            start = Text(margin).append_text(head) if number == 0 else Text(margin + " " * hang)
            line = start.append_text(part)
            line.rstrip()
            self._console.print(line)

    def _heading(self, text: str, style: str = "bold") -> None:
        self._line()
        self._line(Text(text, style=style), hang=2)

    # What would be built

    def _tree(self) -> None:
        fullest = max(self._results.values(), key=lambda result: len(result.states))
        self._heading(report_tree.headline(fullest.states))
        for line in report_tree.lines(fullest.states):
            self._console.print(line, no_wrap=True, overflow="ellipsis")
        for mode, result in self._results.items():
            missing = sorted(set(fullest.states) - set(result.states))
            if missing and result.error is None:
                self._line(Text(f"not {TITLES[mode]}: {', '.join(missing)}", style="yellow"), 2)

    def _log(self) -> None:
        by_line: dict[str, None] = {}
        told = "\n".join(result.error.message for result in self._results.values() if result.error)
        for mode, result in self._results.items():
            failed = result.error.phase if result.error else None
            for origin, line in result.log:
                if line.strip() and line.removeprefix("error: ") not in told and origin != failed:
                    by_line[self._secrets[mode].hide(line)] = None
        lines = list(by_line)
        if not lines:
            return
        self._heading("Program and packs wrote")
        shown_lines = lines if self._verbose else lines[:LOG_LINES]
        for line in shown_lines:
            self._line(Text(line, style="dim"), 2)
        if len(shown_lines) < len(lines):
            self._line(f"… {len(lines) - len(shown_lines)} more lines, with --verbose", 2)

    def _errors(self) -> None:
        by_message: dict[str, list[str]] = defaultdict(list)
        for mode, result in self._results.items():
            if result.error:
                by_message[self._secrets[mode].hide(result.error.message)].append(mode)
        for message, modes in by_message.items():
            self._heading(f"Failed{self._where(modes)}", "bold red")
            self._line(message, 2)

    # What the policies say

    def _findings(self) -> None:
        runs: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for mode, result in self._results.items():
            for found in deferred.split(result.diagnostics)[0]:
                key = self._key(found, mode)
                if mode not in runs[key]:
                    runs[key].append(mode)
        for level in LEVELS:
            keys = sorted(key for key in runs if key[0] == level)
            if keys:
                noun = "violation" if level == "mandatory" else "remark"
                style = "bold red" if level == "mandatory" else "bold yellow"
                self._heading(f"{len(keys)} {level} {noun}{'s' if len(keys) > 1 else ''}", style)
            for key in keys:
                self._finding(key, runs[key])

    def _key(self, found: Diagnostic, mode: str) -> tuple[str, ...]:
        message = self._secrets[mode].hide(found.message)
        return (found.level, found.policy, found.urn, message, found.severity, f"{found.pack} {found.version}")

    def _finding(self, key: tuple[str, ...], modes: Sequence[str]) -> None:
        level, policy, urn, message, severity, pack = key
        mark, style = ("✗", "red") if level == "mandatory" else ("!", "yellow")
        line = Text(f"{mark} ", style=style).append(policy, style="bold")
        line.append("".join(f"  {part}" for part in (severity, pack) if part), style="dim")
        self._line(line.append(self._where(modes), style="magenta"), 2, 2)
        self._line(Text(f"{report_tree.short(urns.type_of(urn))} {urns.name_of(urn)}", style="cyan"), 4)
        self._line(message, 4)

    def _where(self, modes: Sequence[str]) -> str:
        if len(modes) == len(self._results):
            return ""
        return f"  (only {' and '.join(TITLES[mode] for mode in modes)})"

    def _claims(self) -> None:
        runs = {TITLES[mode]: result.claims for mode, result in self._results.items() if result.claims}
        if runs:
            self._heading(report_claims.headline(runs))
            for line in report_claims.lines(runs):
                self._line(line, 2, report_claims.HANG)

    # What is open

    def _deferred(self) -> None:
        waiting = {
            (row.policy, row.urn, ", ".join(row.properties))
            for result in self._results.values()
            for row in deferred.split(result.diagnostics)[1]
        }
        if not waiting:
            return
        by_policy: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for policy, urn, properties in sorted(waiting):
            by_policy[policy].append((urn, properties))
        self._heading(f"Deferred to the update: {len(waiting)} decisions that need values not known yet")
        for policy, rows in by_policy.items():
            paths = sorted({listed for _, listed in rows})
            line = Text(policy).append(f"  {len(rows)} on {', '.join(paths[:4])}", style="dim")
            self._line(line, 2, 2)
            for urn, listed in rows if self._verbose else ():
                self._line(Text(f"{report_tree.short(urns.type_of(urn))} {urns.name_of(urn)}: {listed}"), 4)

    def _modelled(self) -> None:
        rows = {
            (row.urn, row.property, repr(row.value)): row
            for result in self._results.values()
            for row in result.modelled
        }
        unknown_types = sorted({why for result in self._results.values() for _, why in result.not_modelled})
        if rows:
            uncertain = [row for row in rows.values() if not row.certain]
            self._heading(
                f"Modelled, not known: {len(rows)} values that AWS or its provider fills in, {len(uncertain)} of them"
                " not certain"
            )
            self._sources(list(rows.values()))
        for name in unknown_types:
            self._line(Text(f"not modelled: {name}", style="yellow"), 2)

    def _sources(self, rows: Sequence[ModelledValue]) -> None:
        """Count the values of each source; name those that are uncertain and judged, all of them where asked to."""
        by_source: dict[tuple[bool, str], list[ModelledValue]] = defaultdict(list)
        for row in rows:
            by_source[not row.certain, row.source].append(row)
        for (uncertain, source), listed in sorted(by_source.items()):
            self._line(Text(f"{len(listed):5}  {source}{' (not certain)' if uncertain else ''}"), 2, 7)
            named = [row for row in listed if self._verbose or (uncertain and row.before_creation)]
            if named:
                self._line(", ".join(self._counted(named)), 9)

    def _hidden(self, row: ModelledValue) -> str:
        text = str(shown(row.value))
        for secrets in self._secrets.values():
            text = secrets.hide(text)
        return text

    def _counted(self, rows: Sequence[ModelledValue]) -> list[str]:
        counted: dict[str, int] = defaultdict(int)
        types: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            types[row.property].add(urns.type_of(row.urn))
        for row in rows:
            if len(types[row.property]) > MANY_TYPES and not self._verbose:
                counted[f"{row.property} of {len(types[row.property])} types"] += 1
                continue
            where = f"{report_tree.short(urns.type_of(row.urn))}.{row.property}"
            counted[f"{where} = {self._hidden(row)}" if self._verbose else where] += 1
        return [f"{text} ({count})" if count > 1 else text for text, count in sorted(counted.items())]

    # What the program itself has to say

    def _tables(self) -> None:
        """Print the tables among the outputs, once where the runs agree."""
        found: dict[tuple[str, program_tables.Table | str], list[str]] = defaultdict(list)
        for mode, result in self._results.items():
            for name, table in program_tables.tables(self._secrets[mode].shown(dict(result.outputs))).items():
                found[name, table].append(mode)
        for (name, table), modes in found.items():
            if isinstance(table, str):
                self._line()
                self._line(Text(f"output {name} is no table: {table}", style="yellow"))
                continue
            self._heading(table.title + self._where(modes))
            for line in table.lines():
                self._console.print(Text(f"  {line}"), no_wrap=True, overflow="ellipsis")
            for note in table.notes:
                self._line(note, 2)

    # The verdict

    def _verdict(self) -> None:
        self._line()
        for mode, result in self._results.items():
            found, waiting = deferred.split(result.diagnostics)
            mandatory = sum(1 for one in found if one.level == "mandatory")
            word, style = "clean", "bold green"
            if result.error:
                word, style = f"failed ({result.error.phase})", "bold red"
            elif mandatory:
                word, style = f"{mandatory} violation{'s' if mandatory > 1 else ''}", "bold red"
            line = Text(f"{TITLES[mode]:15}").append(f"{word:18}", style=style)
            line.append(f"{len(result.states):5} resources  {len(found) - mandatory} remarks  {len(waiting)} deferred")
            self._line(line.append(f"  {result.seconds:.1f} s", style="dim"))
        failed = any(result.error for result in self._results.values())
        violated = any(is_violated(result) for result in self._results.values())
        text = "The preview failed." if failed else "Policies are violated." if violated else "Nothing to object to."
        self._line(Text(text, style="bold red" if failed or violated else "bold green"))
