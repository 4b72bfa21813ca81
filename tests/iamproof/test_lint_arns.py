"""Whether a Resource entry can cover an ARN of a form; "cannot" is certain."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamproof.facts import ArnFormat
from iamproof.lint_arns import may_cover
from iamproof.matching import Glob
from iamproof.variables import parse_template

NOTEBOOK = ArnFormat(
    "arn:${Partition}:sagemaker:${Region}:${Account}:notebook-instance/${NotebookInstanceName}",
    frozenset({"NotebookInstanceName"}),
)
BUCKET = ArnFormat("arn:${Partition}:s3:::${BucketName}", frozenset({"BucketName"}))
OBJECT = ArnFormat("arn:${Partition}:s3:::${BucketName}/${ObjectName}", frozenset({"BucketName"}))
ROLE = ArnFormat("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}")
LOGS = ArnFormat("arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:${LogStreamName}")


def covers(text: str, arn: ArnFormat) -> bool:
    template, problems = parse_template(text, variables=True, wildcards=True)
    assert not problems
    return may_cover(template, arn)


@pytest.mark.parametrize(
    ("text", "arn"),
    [
        ("*", NOTEBOOK),
        ("arn:*", NOTEBOOK),
        ("arn:aws:sagemaker:*", NOTEBOOK),
        ("arn:aws:sagemaker:ap-northeast-1:111122223333:notebook-instance/a", NOTEBOOK),
        ("arn:aws:sagemaker:*:*:notebook-instance/${aws:PrincipalTag/user}-*", NOTEBOOK),
        ("arn:aws:sagemaker:ap-northeast-1:1111*:*", NOTEBOOK),
        ("arn:aws:s3:::bucket", BUCKET),
        ("arn:aws:s3:::bucket*", BUCKET),
        ("arn:aws:s3:::*", BUCKET),
        ("arn:aws:s3:::*sagemaker*", OBJECT),
        ("arn:aws:s3:::bucket/*", OBJECT),
        ("arn:aws:s3:::${aws:PrincipalTag/user}", OBJECT),
        ("arn:aws:iam::111122223333:role/tenants/*/job", ROLE),
        # What AWS owns.
        ("arn:aws:iam::aws:role/*", ROLE),
        ("arn:aws:logs:*:*:log-group:/aws/sagemaker/*", LOGS),
    ],
)
def test_an_entry_may_cover_an_arn_of_the_form(text: str, arn: ArnFormat) -> None:
    assert covers(text, arn)


@pytest.mark.parametrize(
    ("text", "arn"),
    [
        # Region and account are missing.
        ("arn:aws:sagemaker:::notebook-instance/a/*", NOTEBOOK),
        ("arn:aws:sagemaker:::notebook-instance/*", NOTEBOOK),
        # A notebook's name holds no slash.
        ("arn:aws:sagemaker:ap-northeast-1:111122223333:notebook-instance/a/*", NOTEBOOK),
        ("arn:aws:sagemaker:ap-northeast-1:111122223333:training-job/*", NOTEBOOK),
        ("arn:aws:s3:ap-northeast-1:111122223333:bucket", BUCKET),
        ("arn:aws:s3:::bucket/*", BUCKET),
        ("arn:aws:s3:::bucket", OBJECT),
        ("arn:aws:s3:::bucket/", OBJECT),
        ("arn:aws:iam:ap-northeast-1:111122223333:role/*", ROLE),
        ("arn:aws:iam::111122223333:user/*", ROLE),
    ],
)
def test_an_entry_cannot_cover_an_arn_of_the_form(text: str, arn: ArnFormat) -> None:
    assert not covers(text, arn)


LETTERS = st.text("ab/:", max_size=4)
FORMS = [NOTEBOOK, BUCKET, OBJECT, ROLE, LOGS]
VALUES = {"Partition": "aws", "Region": "ap-northeast-1", "Account": "111122223333"}


@given(st.sampled_from(FORMS), st.data())
def test_an_entry_that_matches_some_arn_of_the_form_may_cover_it(arn: ArnFormat, data: st.DataObject) -> None:
    def value(found: re.Match[str]) -> str:
        name = found[1]
        text = VALUES.get(name) or data.draw(st.text("ab-/:", min_size=1, max_size=5))
        return text.replace("/", "-") if name in arn.slashless else text

    concrete = re.sub(r"\$\{(\w+)\}", value, arn.text)
    cut = sorted(data.draw(st.lists(st.integers(0, len(concrete)), min_size=2, max_size=2)))
    pattern = concrete[: cut[0]] + data.draw(st.sampled_from(["*", "?", "*?", "**"])) + concrete[cut[1] :]
    if Glob.of(pattern).matches(concrete):
        assert covers(pattern, arn)
