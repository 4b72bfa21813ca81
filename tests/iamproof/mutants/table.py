"""Mutants of the evaluator and of the explainer, and with them those of the prover."""

from __future__ import annotations

from tests.iamproof.mutants.mutant import Mutant
from tests.iamproof.mutants.prover import PROVER

EDGES = "test_edge_cases.py"
RULES, OPERATORS, MATCHING = "test_evaluation_rules.py", "test_operators.py", "test_matching.py"
PRINCIPALS, VARIABLES, PARSE = "test_principals.py", "test_variables.py", "test_parse.py"
EXPLAIN, CASES = "test_explain.py", "test_command_line.py"
S2, S4, FORMS = (
    f"systems/{name}.py" for name in ("test_s2_closed_network", "test_s4_many_users", "test_forms_that_fail_open")
)

MATCHERS = (
    Mutant("matching.py", 'if token == "" or (token is', "if (token is", MATCHING),
    Mutant("matching.py", "end - width + 1", "end - width", EDGES),
    Mutant("matching.py", "return len(text) == position and", "return len(text) >= position and", MATCHING),
    Mutant("matching.py", "position > end or not", "not", MATCHING),
    Mutant("matching.py", "            position += width\n", "            position += 1\n", EDGES),
    Mutant("matching.py", 'and text[place] != ":"', "", MATCHING),
    Mutant("matching.py", 'else ":"\n', 'else ""\n', MATCHING),
    Mutant("matching.py", "else DOUBTFUL", "else YES", MATCHING),
    Mutant("matching.py", "        return UNDOCUMENTED\n", "        return NO\n", MATCHING),
    Mutant("matching.py", "return YES if all(p.matches", "return YES if any(p.matches", MATCHING),
    Mutant("matching.py", "ARN_COMPONENTS = 6", "ARN_COMPONENTS = 5", EDGES),
)
CONDITIONS = (
    Mutant("conditions.py", "return YES if (not values) in", "return YES if bool(values) in", OPERATORS),
    Mutant(
        "conditions.py",
        "return every if operator.quantifier is Quantifier.ALL",
        "return some if operator.quantifier is Quantifier.ALL",
        OPERATORS,
    ),
    Mutant("conditions.py", "not any(values) else holds", "not values else holds", OPERATORS),
    Mutant(
        "conditions.py",
        "every.exact if operator.comparison.negated",
        "some.exact if operator.comparison.negated",
        OPERATORS,
    ),
    Mutant("conditions.py", "low=every.low, exact=exact", "low=some.low, exact=exact", OPERATORS),
    Mutant(
        "conditions.py",
        "absent = operator.quantifier is Quantifier.ALL",
        "absent = operator.quantifier is Quantifier.ANY",
        OPERATORS,
    ),
    Mutant("conditions.py", "return matched.negated() if comparison.negated else matched", "return matched", OPERATORS),
    Mutant("conditions.py", "glob.lowered.matches(value.lower())", "glob.lowered.matches(value)", OPERATORS),
    Mutant("conditions.py", "            matched = UNDOCUMENTED\n", "            matched = NO\n", OPERATORS),
    Mutant("conditions.py", "found = any(satisfies", "found = all(satisfies", OPERATORS),
    Mutant(
        "operators.py",
        '"StringNotLike": Comparison(Family.STRING, negated=True, wildcards=True)',
        '"StringNotLike": Comparison(Family.STRING, wildcards=True)',
        OPERATORS,
    ),
    Mutant(
        "operators.py",
        'LessThanEquals": Comparison(family, order=compare.le)',
        'LessThanEquals": Comparison(family, order=compare.lt)',
        OPERATORS,
    ),
    Mutant(
        "operators.py",
        'GreaterThan": Comparison(family, order=compare.gt)',
        'GreaterThan": Comparison(family, order=compare.ge)',
        OPERATORS,
    ),
    Mutant("operators.py", "requested.version == stated.version and ", "", OPERATORS),
    Mutant("operators.py", "requested.subnet_of(stated)", "stated.subnet_of(requested)", OPERATORS),
    Mutant("operators.py", 'else found["day"] + "-01"', 'else found["day"]', EDGES),
    Mutant(
        "operators.py",
        'return {"true": True, "false": False}.get(text.lower())',
        'return text.lower() == "true"',
        EDGES,
    ),
)
VALUES = (
    Mutant(
        "variables.py",
        "        return None, (Wildcard.MANY,)\n",
        "        return (values[0],), (values[0],)\n",
        VARIABLES,
    ),
    Mutant(
        "variables.py",
        "return text, wildcard_tokens(values[0]) if",
        "return wildcard_tokens(values[0]), wildcard_tokens(values[0]) if",
        VARIABLES,
    ),
    Mutant("variables.py", "None if part.default is None else (part.default,)", "(part.default or '',)", VARIABLES),
    Mutant("variables.py", "context.get(part.key.lower(), ())", "context.get(part.key, ())", VARIABLES),
    Mutant("parse.py", "variables=version != VERSIONS[0]", "variables=True", VARIABLES),
    Mutant("parse.py", 'elements.get("Version", VERSIONS[0])', 'elements.get("Version", VERSIONS[1])', PARSE),
    Mutant("statements.py", "Glob.of(pattern.lower())", "Glob.of(pattern)", RULES),
    Mutant("context.py", "if kind is PrincipalKind.USER:", "if kind is not PrincipalKind.ROOT:", S4),
    Mutant(
        "context.py", "    keys.update(request.values())\n", "    keys = {**request.values(), **keys}\n", PRINCIPALS
    ),
    Mutant(
        "context.py",
        "for key, values in keys.items() if values}",
        "for key, values in keys.items() if values is not None}",
        EDGES,
    ),
    Mutant("context.py", '("false",)', '("true",)', PRINCIPALS),
    Mutant("context.py", "    if account:\n", "    if False:\n", PRINCIPALS),
)
STATEMENTS = (
    Mutant("statements.py", "action) is not statement.not_actions", "action)", RULES),
    Mutant("statements.py", "covered.negated() if statement.not_resources else covered", "covered", RULES),
    Mutant("statements.py", "truth = truth.and_(condition_holds", "truth = truth.or_(condition_holds", OPERATORS),
    Mutant("statements.py", "        return truth.doubtful()\n", "        return truth\n", VARIABLES),
    Mutant(
        "statements.py",
        "    if wide is None:\n        return NO\n",
        "    if wide is None:\n        return YES\n",
        VARIABLES,
    ),
    Mutant(
        "statements.py",
        "return Reach.ACCOUNT, YES if named == principal.account else NO",
        "return Reach.ACCOUNT, YES",
        RULES,
    ),
    Mutant("statements.py", "return Reach.ROLE, YES if", "return Reach.DIRECT, YES if", RULES),
    Mutant("statements.py", "return Reach.DIRECT, _is_session", "return Reach.ROLE, _is_session", RULES),
    Mutant("statements.py", "principal.kind is _KINDS[entry.kind] and ", "", PRINCIPALS),
    Mutant("statements.py", "return UNDOCUMENTED if same_role else NO", "return NO", PRINCIPALS),
    Mutant("statements.py", "exact=always or not spared.exact", "exact=not spared.exact", PRINCIPALS),
    Mutant("statements.py", "low=not (own.high or account.high)", "low=not own.high", PRINCIPALS),
    Mutant("statements.py", "own.or_(account) if principal.kind is", "own if principal.kind is", EDGES),
    Mutant(
        "truth.py",
        "Truth(not self.high, not self.exact, not self.low)",
        "Truth(not self.low, not self.exact, not self.high)",
        OPERATORS,
    ),
    Mutant(
        "truth.py",
        "Truth(low=False, exact=self.exact, high=self.high)",
        "Truth(low=self.low, exact=self.exact, high=self.high)",
        VARIABLES,
    ),
)
EVALUATION = (
    Mutant("evaluate.py", "        if denies:\n", "        if len(denies) > 1:\n", RULES),
    Mutant(
        "requirements.py", "            yield from (environment.boundary,) if environment.boundary else ()\n", "", RULES
    ),
    Mutant(
        "requirements.py",
        "for policy in (self._resource, self._endpoint) if policy",
        "for policy in (self._resource,) if policy",
        RULES,
    ),
    Mutant("requirements.py", "            yield from environment.sessions or ()\n", "", RULES),
    Mutant("requirements.py", "if own and not self._principal.is_service_linked else ()", "if own else ()", PRINCIPALS),
    Mutant("requirements.py", "if self._resource_account == self._home and not", "if not", RULES),
    Mutant(
        "evaluate.py",
        '"high" if effect is Effect.ALLOW else "low"',
        '"low" if effect is Effect.ALLOW else "high"',
        OPERATORS,
    ),
    Mutant(
        "requirements.py",
        "self._must_allow = environment.resource_kind in",
        "self._must_allow = environment.resource_kind not in",
        RULES,
    ),
    Mutant("requirements.py", 'if environment.resource_kind == "trust" and not', "if not", RULES),
    Mutant("requirements.py", '(Grant("endpoint", (self._endpoint,)),) if self._endpoint else ()', "()", RULES),
    Mutant("requirements.py", "if self._principal.account != self._resource_account:", "if False:", RULES),
    Mutant("requirements.py", 'Every((self._identity("identity"), *limits, ', "Every((*limits, ", RULES),
    Mutant("requirements.py", "*limits, self._foreign_or(named)))", "*limits))", RULES),
    Mutant("requirements.py", 'Every((self._identity("identity"), delegated))', 'self._identity("identity")', RULES),
    Mutant("requirements.py", "unknown = self._resource is None and", "unknown =", EDGES),
    Mutant("requirements.py", "return Every() if unknown else need", "return need", RULES),
    Mutant("requirements.py", "and self._reading is Reading.BRACKET\n", "\n", RULES),
    Mutant("requirements.py", '(Grant("boundary", (boundary,)),) if boundary else ()', "()", RULES),
    Mutant("requirements.py", '(*limits, Grant("session", sessions))', "limits", RULES),
    Mutant(
        "requirements.py",
        "Some((direct, Every((*limits, Some((role, own))))))",
        "Every((*limits, Some((direct, role, own))))",
        RULES,
    ),
    Mutant(
        "evaluate.py",
        "grant.reach)) for s in policy.allows)",
        "grant.reach)) for s in policy.denies)",
        RULES,
    ),
    Mutant("evaluate.py", "return reading is not Reading.BRACKET or has_key", "return has_key", RULES),
)
EXPLANATIONS = (
    Mutant("explain_search.py", "        if decision.allowed:\n", "        if True:\n", EXPLAIN),
    Mutant(
        "explain_search.py", "                if second.part != change.part:\n", "                if False:\n", EXPLAIN
    ),
    Mutant("explain_search.py", "            self._found.complete = False\n", "            pass\n", EXPLAIN),
    Mutant("explain_changes.py", "if condition.name.startswith(FIXED) and", "if False and", EXPLAIN),
)
MUTANTS = (*MATCHERS, *CONDITIONS, *VALUES, *STATEMENTS, *EVALUATION, *EXPLANATIONS, *PROVER)
