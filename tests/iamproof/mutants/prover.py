"""Mutants of the prover; the test files are under tests/iamproof/proofs."""

from __future__ import annotations

from tests.iamproof.mutants.mutant import Mutant

PROVE, AXIOMS, PARTITION = (f"proofs/test_{name}.py" for name in ("prove", "axioms", "partition"))
ASKED, SETTLED = "proofs/test_actions_asked.py", "proofs/test_settled.py"
WHOLE = "proofs/test_whole_accounts.py"
WHO, TAGS, STRANGE = (f"proofs/test_{name}.py" for name in ("who_can", "open_tags", "strangers"))
ORIGINAL, COMPARE = "proofs/test_original_policies.py", "proofs/test_compare_and_who_can.py"

CLASSES = (
    Mutant(
        "partition.py",
        "letters.setdefault((single ^ once, loop ^ many), character)",
        "letters.setdefault((single | once, loop | many), character)",
        PARTITION,
    ),
    Mutant(
        "partition.py", "wider = state | (state & self._many) << 1", "wider = state | state & self._many", PARTITION
    ),
    Mutant(
        "partition.py",
        "if told not in met and all(state & group.final for group in self._groups):",
        "if told not in met:",
        PARTITION,
    ),
    Mutant("partition.py", "            if state & differing:\n", "            if False:\n", PARTITION),
    Mutant(
        "partition.py",
        "self._closed((state & once) << 1 | state & many)",
        "self._closed((state & once) << 1)",
        PARTITION,
    ),
    Mutant("partition.py", "if len(came) > MOST_STATES:", "if False:", PARTITION),
    Mutant("shapes.py", "NO_COLON if index < COMPONENTS - 1 else ANY", "ANY", PARTITION),
    Mutant("shapes.py", "ANY if glob.ends_segment(index) else NO_COLON", "ANY", PARTITION),
    Mutant(
        "shapes.py",
        "_chars(frozenset({character, character.upper()}) if len(character.upper()) == 1 else frozenset(character))",
        "_chars(frozenset(character))",
        PARTITION,
    ),
    Mutant("shapes.py", "_COMPONENT * (COMPONENTS - 1)", "_COMPONENT * COMPONENTS", PARTITION),
    Mutant("cuts.py", "yield stated[0] - 1", "yield stated[0]", PARTITION),
    Mutant("cuts.py", "    yield stated[-1] + 1\n", "", PARTITION),
    Mutant("cuts.py", "low + 1 if high - low > 1 else (low + high) / 2", "low", PARTITION),
    Mutant("cuts.py", ", *(int(other.broadcast_address) + 1 for other in inner)]", "]", PARTITION),
    Mutant("cuts.py", "if not any(_inside(address, other) for other in inner):", "if True:", PARTITION),
)
SEARCHING = (
    Mutant(
        "goals.py",
        "return one_of(parts) if isinstance(goal, AllOf) else all_of(parts)",
        "return all_of(parts) if isinstance(goal, AllOf) else one_of(parts)",
        PROVE,
    ),
    Mutant("goals.py", "return Test(goal.condition, goal.bound, not goal.wanted)", "return goal", PROVE),
    Mutant(
        "goals.py",
        "        if part is NEVER:\n            return NEVER\n",
        "        if part is NEVER:\n            continue\n",
        PROVE,
    ),
    Mutant("search.py", "for part in first.parts:", "for part in first.parts[:1]:", AXIOMS),
    Mutant(
        "search.py",
        "        if left is None:\n            return False\n",
        "        if left is None:\n            return True\n",
        PROVE,
    ),
    Mutant("domains.py", "+ [()] * (not always)", "+ [()]", AXIOMS),
    Mutant("domains.py", "passing if test.wanted else ~passing", "passing", PROVE),
    Mutant(
        "domains.py", "not demand.empty, not demand.of_every, self", "not demand.empty, demand.of_every, self", PROVE
    ),
    Mutant(
        "domains.py",
        "all(self.every & classes for classes in self.some)",
        "any(self.every & classes for classes in self.some)",
        PROVE,
    ),
    Mutant(
        "domains.py",
        "missing, empty = state.missing and demand.missing, state.empty and demand.empty",
        "missing, empty = state.missing, state.empty",
        AXIOMS,
    ),
    Mutant(
        "domains.py",
        "            some |= {_bits(text in texts for text in self.elements) for texts in values.some}\n",
        "",
        PROVE,
    ),
    Mutant("domains.py", "empty = self._blank and all", "empty = all", PROVE),
    Mutant("elements.py", "return Elements(_TRUTHS)", "return Elements(_TRUTHS[:1])", AXIOMS),
    Mutant("elements.py", ", complete=False)", ")", AXIOMS),
)
REQUESTS = (
    Mutant("compilation.py", "return all_of((contrary(denied), granted))", "return granted", PROVE),
    Mutant("compilation.py", "        if not known.at(which):\n", "        if known == NO:\n", PROVE),
    Mutant(
        "compilation.py",
        "            elif not condition_holds(",
        "            elif False and not condition_holds(",
        COMPARE,
    ),
    Mutant("compilation.py", "known = YES if statement.effect is Effect.ALLOW else NO", "known = NO", COMPARE),
    Mutant(
        "compilation.py",
        "reduce(and_, parts, EVERY_ACTION) if isinstance(need, Every) else reduce(or_, parts, 0)",
        "reduce(and_, parts, EVERY_ACTION)",
        COMPARE,
    ),
    Mutant("compilation.py", "everywhere = statement.is_whole and", "everywhere =", SETTLED),
    Mutant(
        "compilation.py",
        "if hit and all(map(holds, statement.conditions)):",
        "if hit and any(map(holds, statement.conditions)):",
        SETTLED,
    ),
    Mutant("settled.py", "        return False\n    if not free", "        pass\n    if not free", SETTLED),
    Mutant("settled.py", "return condition_holds(condition, fixed).low", "return True", SETTLED),
    Mutant("settled.py", "if not said or known is None or known.type.multi_valued:", "if known is None:", SETTLED),
    Mutant("settled.py", "domain.start(said, always=False)", "domain.start(said, always=True)", SETTLED),
    Mutant("settled.py", 'Test(condition, "low", wanted=False)', 'Test(condition, "high", wanted=False)', SETTLED),
    Mutant("sources.py", "                yield (text, text)\n", "                continue\n", PROVE),
    Mutant(
        "sources.py",
        "canonical(each.name) == key or (each.name in linked and",
        "canonical(each.name) == key or (each.name in () and",
        AXIOMS,
    ),
    Mutant("openings.py", "yield {_ENDPOINT: Missing}\n", "pass\n", AXIOMS),
    Mutant("openings.py", "yield {_ENDPOINT: AnyString}\n", "pass\n", AXIOMS),
    Mutant("openings.py", '(*nearest, *(("*",) if group.accepted.bare else ()))', "nearest", ORIGINAL),
    Mutant(
        "openings.py",
        "None if allowed_in is None else situations[allowed_in].environment",
        "situations[allowed_in or 0].environment",
        SETTLED,
    ),
    Mutant(
        "openings.py", "services_of(self._statements).union(*self._services)", "services_of(self._statements)", ASKED
    ),
    Mutant("openings.py", 'if action.partition(":")[0] in services)', ")", ASKED),
    Mutant("opening.py", "len(part) > 3 for part in parts", "len(part) > 2 for part in parts", ASKED),
    Mutant("solving.py", "rules = [*axioms(", "rules = [][:0] and [*axioms(", AXIOMS),
    Mutant("solving.py", "several = known is None or known.type.multi_valued", "several = False", PROVE),
    Mutant("openings.py", "if all(resource in texts for texts in asked) and (owner", "if (owner", PROVE),
    Mutant("axioms.py", '{"sagemaker:resourcetag/": "aws:resourcetag/"}', "{}", AXIOMS),
    Mutant("axioms.py", 'return known is not None and known.present.startswith("always")', "return False", AXIOMS),
    Mutant(
        "axioms.py",
        "return known is None or not known.principals or kind.value in known.principals",
        "return False",
        AXIOMS,
    ),
    Mutant(
        "axioms.py", "yield one_of((_missing(_ADDRESS), all_of(through))), NETWORK", "yield all_of(()), NETWORK", AXIOMS
    ),
    Mutant("axioms.py", '"ForAnyValue:StringEqualsIgnoreCase"', '"ForAnyValue:StringEquals"', AXIOMS),
    Mutant("action_classes.py", "is None or facts.may_carry(own, key))", "is None or True)", PROVE),
    Mutant("action_classes.py", "facts.condition_key(key) is None or facts.may", "facts.may", ASKED),
    Mutant("action_classes.py", "if own is None or (accepted.bare and bare):", "if False:", ASKED),
    Mutant("action_classes.py", "return all(each is None or not", "return all(each is not None and not", ASKED),
    Mutant("action_classes.py", "for part in (block & one, block & ~one) if part]", "for part in (block,)]", ASKED),
    Mutant("action_classes.py", "kind = (block, asks_trust(action), carried, accepted)", "kind = block", ASKED),
    Mutant("action_sets.py", "return ~covered if statement.not_actions else covered", "return covered", ASKED),
    Mutant("action_sets.py", "return _matched_by(patterns, len(_unlisted))", "return _matched_by(patterns, 0)", ASKED),
    Mutant("action_sets.py", "glob.matches(action.lower())", "glob.matches(action)", ASKED),
    Mutant("action_classes.py", "            found[UNKNOWN_ACTION] = None\n", "", PROVE),
    Mutant("action_classes.py", "if action not in left_out)", "if action in left_out or not left_out)", ASKED),
)
ANSWERS = (
    Mutant(
        "asking.py",
        "if decision.allowed is self._wanted and openings.means(request):",
        "if openings.means(request):",
        PROVE,
    ),
    Mutant("prove.py", "if asking.unreadable or proof.proved else proof", "if proof.proved else proof", PROVE),
    Mutant("prove.py", "Verdict.PROVED: Verdict.COUNTEREXAMPLE", "Verdict.PROVED: Verdict.PROVED", PROVE),
    Mutant("situations.py", "yield None, Texts(other_than=tuple(named))", "yield None, ANY_TEXT_AT_ALL", WHOLE),
    Mutant(
        "situations.py",
        "if query.kinds and principal.kind not in query.kinds:\n        return False",
        "if False:\n        return False",
        PROVE,
    ),
    Mutant("strangers.py", "own is (self.whose is Whose.OWN)", "True", COMPARE),
    Mutant("strangers.py", 'if condition.name == "aws:principalarn":', 'if condition.name == "":', COMPARE),
    Mutant("compilation.py", "reasons = [*before.denied(changed)]", "reasons = []", COMPARE),
    Mutant("compilation.py", "if gained is not NEVER:", "if gained is NEVER:", COMPARE),
    Mutant("compare.py", "heads if after_allows else reversed(heads)", "heads", COMPARE),
    Mutant("pairs.py", "actors=(*account.actors, *new), ", "", COMPARE),
    Mutant(
        "strangers.py", "                yield from _by_session(entry.value)\n", "                continue\n", STRANGE
    ),
    Mutant("strangers.py", 'for path in ("", "*/"))\n\n\ndef', "for path in ())\n\n\ndef", STRANGE),
    Mutant("strangers.py", 'text_shape(Glob.of(f"arn:aws:*::{account}:*"))', 'text_shape(Glob.of("*"))', STRANGE),
    Mutant("openings.py", "        if self._stands_for:\n", "        if False:\n", STRANGE),
    Mutant("situations.py", "stands_for=not named", "stands_for=True", STRANGE),
    Mutant("who_can.py", "        stated = set()\n", "        pass\n", WHO),
    Mutant("who_can.py", "canonical(test.condition.name), []", "test.condition.name, []", WHO),
    Mutant("who_can.py", "                *_put_in(opening, request),\n", "", WHO),
    Mutant("openings.py", "return key.removeprefix(_TAG) not in self._listed_tags", "return True", TAGS),
    Mutant("situations.py", "if (known or not open_tags) and not as_values", "if not as_values", TAGS),
    Mutant("pairs.py", "            raise CaseError(problems)\n", "            pass\n", TAGS),
    Mutant(
        "who_can.py", "if not any(set(other.conditions) < set(way.conditions) for other in ways):", "if True:", COMPARE
    ),
    Mutant("planned.py", "return text not in taken and", "return", COMPARE),
    Mutant("planned.py", " and text not in ids.values()", "", COMPARE),
)
WHOLE_ACCOUNTS = (
    Mutant("pairs.py", "if these != those and these in self._after and those in self._before:", "if False:", WHOLE),
    Mutant("pairs.py", " and not comparison.is_alike(situation, other)", "", WHOLE),
    Mutant("pairs.py", "if these.like is not None and set(these.like) <= set(those.other_than):", "if True:", WHOLE),
    Mutant("pairs.py", "(left.statements == right.statements, left, right)", "(True, left, right)", WHOLE),
    Mutant("pairs.py", "return any(text in those for text in these.listed)", "return False", WHOLE),
    Mutant("pairs.py", "len(left) == len(right) and ", "", WHOLE),
    Mutant("pairs.py", "return bool(classes(frozenset(), tuple(shapes)))", "return False", WHOLE),
    Mutant("pairs.py", "if dict(left.principal.tags) != dict(right.principal.tags):", "if False:", WHOLE),
    Mutant("pairs.py", "(one.missing and two.missing)", "True", WHOLE),
    Mutant("pairs.py", "(one.present and two.present and self._meets(one, two))", "False", WHOLE),
    Mutant("who_can.py", "                *_endpoint(where, request),\n", "", WHOLE),
    Mutant("account_output.py", "while self.documents.setdefault(name, document) != document:", "while False:", WHOLE),
)
PROVER = (*CLASSES, *SEARCHING, *REQUESTS, *ANSWERS, *WHOLE_ACCOUNTS)
