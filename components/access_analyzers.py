"""What AWS finds out about access: who reaches in from outside, and what nobody uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlatformComponent, platform_tags

if TYPE_CHECKING:
    import pulumi

    from components.naming import Naming

UNUSED_DAYS = range(1, 366)


@dataclass(frozen=True, kw_only=True)
class AccessAnalyzersArgs:
    """Whose access is analysed. With `unused_days` access that nobody used for so long is found too, for a fee."""

    naming: Naming
    unused_days: int | None = None

    def __post_init__(self) -> None:
        if self.unused_days is not None and self.unused_days not in UNUSED_DAYS:
            raise ValueError(
                f"unused_days: {self.unused_days} given, {UNUSED_DAYS.start} to {UNUSED_DAYS.stop - 1} are allowed, "
                "IAM Access Analyzer takes no others; write for example 90"
            )


class AccessAnalyzers(PlatformComponent):
    """The account's analyzers of access.

    Creates: the analyzer of access from outside and, where asked, the one of unused access.
    Guarantee: a resource that somebody outside the account reaches becomes a finding, whoever made it so.
    It stops nobody: findings are read and settled by people.
    """

    def __init__(self, name: str, args: AccessAnalyzersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        super().__init__("closed-sagemaker:audit:AccessAnalyzers", name, {}, opts)
        self._outside = self._create_outside()
        if args.unused_days:
            self._create_unused(args.unused_days)
        self.publish()

    @property
    def outside_analyzer_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the analyzer of access from outside."""
        return self._outside.arn

    def _create_outside(self) -> aws.accessanalyzer.Analyzer:
        analyzer_name = self._args.naming.label("outside-access")
        return aws.accessanalyzer.Analyzer(
            f"{self._stem}-outside",
            analyzer_name=analyzer_name,
            type="ACCOUNT",
            tags=platform_tags(analyzer_name),
            opts=self.child_options(),
        )

    def _create_unused(self, days: int) -> aws.accessanalyzer.Analyzer:
        analyzer_name = self._args.naming.label("unused-access")
        return aws.accessanalyzer.Analyzer(
            f"{self._stem}-unused",
            analyzer_name=analyzer_name,
            type="ACCOUNT_UNUSED_ACCESS",
            configuration=aws.accessanalyzer.AnalyzerConfigurationArgs(
                unused_access=aws.accessanalyzer.AnalyzerConfigurationUnusedAccessArgs(unused_access_age=days)
            ),
            tags=platform_tags(analyzer_name),
            opts=self.child_options(),
        )
