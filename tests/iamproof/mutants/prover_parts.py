"""Further mutants of the prover, so that each of its parts has some: what is asked, of whom, and what is answered."""

from __future__ import annotations

from tests.iamproof.mutants.mutant import Mutant

PROVE, AXIOMS, PARTITION, ASKED, SMALLEST = (
    f"proofs/test_{name}.py" for name in ("prove", "axioms", "partition", "actions_asked", "smallest")
)
COMPARE, QUESTIONS, PARTS, LIMITS = (
    f"proofs/test_{name}.py"
    for name in ("compare_and_who_can", "question_commands", "question_parts", "limits_of_accounts")
)
WORDS = "proofs/test_wording.py"
BAD = "proofs/test_bad_questions.py"
HOLES = "proofs/test_holes_by_kind.py"
REMEMBERED, WHOLE = "proofs/test_remembered.py", "proofs/test_whole_accounts.py"

VERDICTS = (
    Mutant("prove.py", "turned.get(found.verdict, found.verdict)", "turned.get(found.verdict, Verdict.PROVED)", PROVE),
    Mutant("prove.py", "    if reasons:\n", "    if asking.unreadable:\n", AXIOMS),
    Mutant("prove.py", "        asking.notes.doubts[TOO_MANY] = None\n", "        pass\n", LIMITS),
    Mutant("prove.py", "if any_will_do else asking.smallest()", "if not any_will_do else asking.smallest()", SMALLEST),
    Mutant(
        "questions.py",
        "Verdict.COUNTEREXAMPLE: FAILS}.get(proof.verdict, UNDECIDED)",
        "}.get(proof.verdict, UNDECIDED)",
        QUESTIONS,
    ),
    Mutant("questions.py", "FAILS if FAILS in codes else max(codes)", "max(codes)", PARTS),
    Mutant("questions.py", "FAILS if found.allowed or found.refused else", "FAILS if found.refused else", QUESTIONS),
    Mutant(
        "questions.py",
        "return Answer(UNDECIDED if found.reasons else HOLDS, result, text)",
        "return Answer(HOLDS, result, text)",
        LIMITS,
    ),
    Mutant("questions.py", '"always": prove_every', '"always": prove', QUESTIONS),
    Mutant(
        "asking.py",
        '(*(f"{name} cannot be read" for name in self.unreadable), *self.notes.doubts)',
        "(*self.notes.doubts,)",
        PROVE,
    ),
    Mutant("asking.py", "key=lambda each: each.principal", "key=lambda each: 0", SMALLEST),
    Mutant("smallest.py", "size < self._size", "size > self._size", SMALLEST),
    Mutant("smallest.py", "return len(written), ", "return -len(written), ", SMALLEST),
    Mutant("smallest.py", "return 0 if len(components)", "return 2 if len(components)", SMALLEST),
    Mutant("smallest.py", "self.found, self.fewest.keys = size, found, size[0]", "self.found = size, found", SMALLEST),
    Mutant("smallest.py", "len(texts), length, ", "length, len(texts), ", SMALLEST),
    Mutant("search.py", "self._there(states) > self._most", "self._there(states) >= self._most", SMALLEST),
    Mutant("search.py", "return self._steps < 0 or", "return self._steps < MOST_STEPS or", SMALLEST),
    Mutant("search.py", "if len(inner) == len(way.parts) and not any(", "if not any(", LIMITS),
    Mutant(
        "search.py", "            if any(ways == () for ways in simpler):\n                return None\n", "", LIMITS
    ),
    Mutant("domains.py", "        return not state >> len(self.elements)\n", "        return False\n", SMALLEST),
    Mutant("domains.py", "        return not state.missing\n", "        return False\n", SMALLEST),
    Mutant("replay.py", "values[0] if len(values) == 1 else values", "values[0]", PROVE),
    Mutant("replay.py", "text if canonical(name) in opening.unnamed else value", "value", PROVE),
    Mutant("who_can.py", '        yield f"action {opening.request.action}"\n', "        pass\n", LIMITS),
    Mutant("who_can.py", "missing = bool(state >> len(domain.elements))", "missing = False", LIMITS),
    Mutant("who_can.py", "                more.add(request.principal)\n", "                pass\n", LIMITS),
    Mutant("who_can.py", "    return said if any(_needs_the_key(test)", "    return said if any(True", WORDS),
    Mutant("wording.py", "holds = comparison.negated is not wanted", "holds = wanted", WORDS),
    Mutant("wording.py", "_ORDERS[comparison.order][not wanted]", "_ORDERS[comparison.order][0]", WORDS),
    Mutant("wording.py", "if template.variables and mine else None", "if False else None", WORDS),
    Mutant("wording.py", "if missing and passes else said", "if False else said", WORDS),
    Mutant("wording.py", '== "true") == test.wanted', '== "true")', WORDS),
    Mutant("compare.py", "if dict(left.principal.tags) != dict(right.principal.tags):", "if False:", COMPARE),
    Mutant(
        "pairs.py",
        "before, after = _with_those_of(before, after), ",
        "before, after = before, ",
        COMPARE,
    ),
)
ASKING = (
    Mutant("opening.py", "return None in named or not owners", "return not owners", PROVE),
    Mutant(
        "opening.py",
        "if statement.not_resources or statement.resources is None:",
        "if statement.resources is None:",
        LIMITS,
    ),
    Mutant("arns.py", 'for letter in "*?$")', 'for letter in "?$")', LIMITS),
    Mutant("openings.py", "asked = asks_trust(group.action), ", "asked = ", REMEMBERED),
    Mutant("openings.py", "tuple(map(id, relevant)), left, tuple(", "left, tuple(", REMEMBERED),
    Mutant("openings.py", "relevant)), left, tuple(fixed", "relevant)), tuple(fixed", REMEMBERED),
    Mutant("openings.py", "left, tuple(fixed.context.items()), ", "left, ", REMEMBERED),
    Mutant("settled.py", "asked = example, owners", "asked = owners", REMEMBERED),
    Mutant("solving.py", "tuple(map(id, about)), tuple(", "tuple(", REMEMBERED),
    Mutant("solving.py", "tuple(map(id, asked)), put_in", "tuple(map(id, asked))", REMEMBERED),
    Mutant("situations.py", "not set(query.asked.like) <= set(named)", "not set(query.asked.like) & set(named)", WHOLE),
    Mutant("openings.py", "unnamed = any(True for _ in self._of_action(group))", "unnamed = False", PROVE),
    Mutant("openings.py", '{"", arn_account(resource) or owner}', '{owner or ""}', LIMITS),
    Mutant("openings.py", "        within.append(", "        [].append(", LIMITS),
    Mutant("solving.py", "        if not found.complete:\n", "        if False:\n", AXIOMS),
    Mutant(
        "solving.py",
        "            if state is None:\n                return\n",
        "            if state is None:\n                continue\n",
        PROVE,
    ),
    Mutant("openings.py", "fitting and all(request.resource in texts for texts in self._within)", "fitting", LIMITS),
    Mutant("sources.py", "            yield ()\n", "            pass\n", LIMITS),
    Mutant(
        "mentions.py",
        "        yield from statement.keys\n",
        "        yield from ()\n",
        LIMITS,
    ),
    Mutant(
        "action_classes.py",
        "Accepted(GENERIC_ARNS, bare=True, owners=None)",
        "Accepted(GENERIC_ARNS, bare=False, owners=None)",
        LIMITS,
    ),
    Mutant("query.py", "            return self.missing\n", "            return True\n", PROVE),
    Mutant(
        "query.py", "return all(any(value in texts for value in values) for texts in self.some)", "return True", LIMITS
    ),
    Mutant(
        "partition.py",
        "if shape and shape[-1].many and all(each <= shape[-1].chars for each in steps):",
        "if shape and shape[-1].many:",
        PARTITION,
    ),
    Mutant("partition.py", "kept = kept or end | end << 1", "kept = kept or end", PARTITION),
    Mutant(
        "partition.py",
        "for each, _, _, differing in self._letters if not state & differing]",
        "for each, _, _, differing in self._letters]",
        PARTITION,
    ),
    Mutant("shapes.py", "return other.others and self.listed >= other.listed", "return other.others", PARTITION),
    Mutant("shapes.py", "if components[4].startswith(_OPEN) else", 'if components[4] == "${Account}" else', PARTITION),
    Mutant("shapes.py", "if components[2].startswith(_OPEN) else", 'if components[2] == "" else', PARTITION),
    Mutant(
        "axioms.py", 'yield one_of((_missing(_AGE), _test("Bool", _MFA, "true"))), MFA', "yield all_of(()), MFA", AXIOMS
    ),
    Mutant(
        "axioms.py",
        '_OF_PRINCIPAL = ("aws:principaltag/", "aws:username")',
        '_OF_PRINCIPAL = ("aws:principaltag/",)',
        LIMITS,
    ),
)
ACCOUNTS = (
    Mutant("situations.py", "OtherThan(*listed).or_missing() if limited", "OtherThan(*listed) if limited", PROVE),
    Mutant(
        "situations.py", "            if carried and said.admits((endpoint.id,)):\n", "            if False:\n", LIMITS
    ),
    Mutant(
        "situations.py",
        "    if asked.like is None:\n        return True\n",
        "    if asked.like is None:\n        return False\n",
        LIMITS,
    ),
    Mutant("situations.py", "            resource_controls=self.resource_controls,\n", "", LIMITS),
    Mutant("situations.py", "            service_controls=self.service_controls,\n", "", LIMITS),
    Mutant("situations.py", "            boundary=actor.boundary,\n", "", LIMITS),
    Mutant("situations.py", "            session=actor.session,\n", "", LIMITS),
    Mutant(
        "situations.py",
        "if owner == self.id and _may_meet(query.asked, own):",
        "if _may_meet(query.asked, own):",
        LIMITS,
    ),
    Mutant("situations.py", "*(said.every.listed or ()), _STRANGER)", "*(said.every.listed or ()))", COMPARE),
    Mutant(
        "situations.py", "{tag.lower(): value for tag, value in principal.tags.items()}", "dict(principal.tags)", LIMITS
    ),
    Mutant(
        "situations.py",
        "replace(situation, open_tags=True, ",
        "replace(situation, open_tags=False, ",
        COMPARE,
    ),
    Mutant("strangers.py", "            unlisted.append(Principal.anonymous())\n", "            pass\n", LIMITS),
    Mutant(
        "strangers.py",
        "dict.fromkeys((*_services(statements), _UNNAMED_SERVICE))",
        "dict.fromkeys(_services(statements))",
        LIMITS,
    ),
    Mutant(
        "strangers.py",
        "        shapes |= {text_shape(glob) for values in asked for glob in values.globs}\n",
        "",
        LIMITS,
    ),
    Mutant("strangers.py", 'elif condition.name == "aws:principalaccount":', 'elif condition.name == "":', LIMITS),
    Mutant(
        "strangers.py",
        'elif condition.name == "aws:username" and word == "user":',
        'elif condition.name == "":',
        LIMITS,
    ),
    Mutant(
        "strangers.py",
        "            elif entry.kind in {EntryKind.ROLE, EntryKind.USER}:\n",
        "            elif False:\n",
        LIMITS,
    ),
    Mutant("account_input.py", "            self._unreadable.append(", "            [].append(", QUESTIONS),
    Mutant(
        "account_input.py",
        'boundary=self._policy(given.get("boundary"), f"{path}.boundary"),',
        "boundary=None,",
        PARTS,
    ),
    Mutant("account_input.py", 'if "session" in given else None', "if False else None", PARTS),
    Mutant("account_input.py", '"service_controls": self._levels("scps"),', '"service_controls": (),', PARTS),
    Mutant("account_input.py", '"resource_controls": self._levels("rcps"),', '"resource_controls": (),', PARTS),
    Mutant("account_input.py", '"anybody": self._several("anybody", ANYBODY, self._anybody),', '"anybody": (),', PARTS),
    Mutant(
        "account_input.py",
        '"endpoints": self._several("endpoints", ENDPOINT, self._endpoint),',
        '"endpoints": (),',
        PARTS,
    ),
    Mutant("account_input.py", "            return Missing\n", "            return Anything\n", PARTS),
    Mutant(
        "account_input.py",
        'return found.or_missing() if self.flag(given, "orMissing", path) else found',
        "return found",
        PARTS,
    ),
    Mutant("account_input.py", '        if "but" in given:\n', "        if False:\n", QUESTIONS),
    Mutant("account_input.py", '"but": self.texts(given.get("but", []), f"{path}.but"),', '"but": (),', PARTS),
    Mutant("account_input.py", '"blank_lists": self.flag(given, "blankLists", path),', '"blank_lists": False,', PARTS),
    Mutant("planned.py", "(beginnings or {})[fitting[-1]]", "(beginnings or {})[fitting[0]]", COMPARE),
    Mutant(
        "truth.py",
        "UNDOCUMENTED = Truth(low=False, exact=False, high=True)",
        "UNDOCUMENTED = Truth(low=False, exact=False, high=False)",
        LIMITS,
    ),
    Mutant(
        "requirements.py",
        "        unknown = foreign and not environment.identity and",
        "        unknown = not environment.identity and",
        "proofs/test_prove.py",
    ),
)
MEANINGLESS = (
    Mutant("meaningless.py", "not facts.expand(pattern):", "False:", BAD),
    Mutant("meaningless.py", "if not classes(frozenset(), (_RESOURCES, (text_shape(glob),))):", "if False:", BAD),
    Mutant("meaningless.py", "and facts.action(pattern) is None:", "and False:", BAD),
    Mutant(
        "account_input.py",
        "        if value == []:\n            self.problems",
        "        if False:\n            self.problems",
        BAD,
    ),
    Mutant("account_input.py", "        if not isinstance(value, bool):\n", "        if False:\n", BAD),
    Mutant("questions.py", '    if "query" in given and "queries" in given:\n', "    if False:\n", BAD),
)
PROVER_PARTS = (*VERDICTS, *ASKING, *ACCOUNTS, *MEANINGLESS)
