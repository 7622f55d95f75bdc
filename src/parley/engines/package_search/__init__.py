"""Packages over all issues at once: which could be signed, and which of them theory picks. `PackageSearch`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.engines.package_search.detail import detail, recorded
from parley.engines.package_search.outcome import Outcome, by_kernel, by_methods
from parley.engines.package_search.search import LARGEST, Asked, search
from parley.errors import UsageError
from parley.methods.columns import no_agreement, positions, red_lines, saliences
from parley.methods.package_tables import Scope, Table, read
from parley.methods.package_wishes import worth_at
from parley.methods.payoff import expected, payoffs
from parley.methods.results import dataset, made, single

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["PackageSearch"]

AT_ONCE = 10
"""So many draws are answered together where programs must be solved, so that progress can be told."""

Which = Literal["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"]


@dataclass(frozen=True, kw_only=True)
class PackageSearch:
    """Search the packages that put every issue on one of its levels.

    Attributes
    ----------
    solution : which point is the settlement: `nash`, `kalai_smorodinsky`, `egalitarian` or `utilitarian`
    scope : whether a package settles `all_issues`, or `any_issues`: those with a reference point may then be left as
        they are, which crosses no red line
    levels : how many levels an issue without fixed rungs has at least, 2..100
    max_packages : the most packages of issues that hang together that are listed, 16..3000000; of all issues where
        more than two must sign; of more, integer programs prove what is told
    solved_draws : where programs must be solved, so many draws are, from the first on, 1..1000000; others have no
        answer, and count as failed

    Raises
    ------
    UsageError
        If a setting is unknown or out of range.
    """

    solution: Which = "nash"
    scope: Scope = "all_issues"
    levels: int = 5
    max_packages: int = 10_000
    solved_draws: int = 100

    card: ClassVar[EngineCard] = EngineCard(
        title="Package search",
        short="search of packages",
        question="Is there any package that all who must sign could sign, and what would be traded for what?",
        needs=("positions or payoffs",),
        assumptions=(
            "Those must sign whom the rule of decision names by unanimity; where it names nobody, the belligerents; "
            "where there are none, all who want something. Votes and thresholds are not read.",
            "A party signs if no red line of its own is crossed and it gets no less than without agreement.",
            "A signer of whom the scenario gives no payoff without agreement would sign for anything above 0.",
            "Payoffs add up over issues: salience, as a share of all that the party cares about, times closeness to "
            "its position, 0..1, plus what links are worth as stated. Nothing is rescaled.",
            "A party that states payoffs number by number gets what it states, in a unit of its own, and its reserve "
            "value without agreement; where it states none, any package is better to it than none.",
            "Where a condition is not met, the party stands where the condition says; where it says nothing, it does "
            "not sign. Of several that are not met, the one counts that leaves it least.",
            "An issue may be agreed on a few levels only: rungs, what signers ask for, red lines, the points on which "
            "conditions and links turn, anchors, and the middle of the widest gaps.",
            "A package settles every issue on which somebody who must sign wants something, unless `scope` says "
            "otherwise.",
        ),
        silent_on=("time_to_agreement",),
        cannot_say=(
            "Whether there will be a deal: an open zone is a necessary condition, and the share of draws is the "
            "probability that there is a zone.",
            "When there is a deal, who offers what, and how the parties get there.",
            "What the parties would do if they did not know each other's wishes.",
            "What happens on an issue on which nobody who must sign wants anything: it is left open.",
            "What capabilities, flexibility or the war would change, beyond what an approach moves.",
            "The common payoff of a party that states payoffs: see `worth`. Sums and equal gains of such parties "
            "compare units that need not be comparable.",
        ),
        variables={
            "worth": "what the package is worth to a party as the search counts it, with links and conditions; NaN "
            "where there is no zone or the party wants nothing",
            "within_red_lines": "1 where some package crosses no signer's red line and breaks no condition, whatever "
            "it is worth, else 0",
            "red_lines_clash": "1 where the signers' red lines on the issue exclude each other, else 0",
            "left_as_it_is": "1 where the package leaves the issue as it is, else 0; NaN where there is no zone",
            "signs": "one forecast only: 1 where the party must sign, else 0",
            "package_role": "one forecast only: why a package is told: `pareto`, a solution, `leans` to or `nearest` "
            "to a party, `separate` (each issue by itself), `text` (step of the single text), `price` (without what is "
            "named), `finer` (twice the levels); after `any` those that may leave issues as they are",
            "package_level": "one forecast only: where a package puts an issue, 0..100; NaN where it is left open",
            "package_left": "one forecast only: 1 where a package leaves an issue as it is, else 0",
            "package_worth": "one forecast only: what a package is worth to a party",
            "package_against": "one forecast only: ids of what stands against a package, with spaces between",
            "closed_by": "one forecast only: a smallest set of ids whose falling opens the zone, with spaces between; "
            "empty where it is open",
            "closed_by_all": f"one forecast only: 1 where these are all such sets with up to {LARGEST} members, else 0",
            "searched_by": "one forecast only: how the packages were searched: `listing`, `merging` or `programs`; of "
            "a second table, on which issues may be left as they are, too",
            "frontier_whole": "one forecast only: 1 where the frontier of a table is whole, else 0",
            "frontier_step": "one forecast only: where it is not, the share of its range that everybody can get at "
            "most above the corner of a gap between its points; else 0",
            "proven": "1 where the package, or that there is none, is proven to be what `solution` picks, else 0",
            "unproven": "one forecast only: a role whose package may not be the best or was not found before the "
            "search stopped; after `any` of a second table",
            "unproven_gap": "one forecast only: how much more there may be at most of what that role maximises: of the "
            "product of gains a share, else the sum or the smallest gain; infinite where that is not known",
            "reserve": "one forecast only: what a party gets without agreement; NaN where nobody says",
            "levels_tried": "one forecast only: on how many levels the issue could be agreed; 0 where it is left open",
        },
        references=(
            "DaellenbachDeKluyver1980",
            "Imai1983",
            "Kalai1977",
            "Kalai1977Weights",
            "KalaiSmorodinsky1975",
            "KeeneyRaiffa1976",
            "Nash1950",
            "Raiffa1982",
        ),
    )

    def __post_init__(self) -> None:
        for name, allowed in {"solution": Which, "scope": Scope}.items():
            if getattr(self, name) not in get_args(allowed):
                raise UsageError(f"{name} is '{getattr(self, name)}'; it must be one of {', '.join(get_args(allowed))}")
        ranges = {"levels": (2, 100), "max_packages": (16, 3_000_000), "solved_draws": (1, 1_000_000)}
        for name, (low, high) in ranges.items():
            if not low <= getattr(self, name) <= high:
                raise UsageError(f"{name} is {getattr(self, name)}; it must lie in {low}..{high}")

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:  # noqa: ARG002
        """See `Engine.forecast`; this path uses the readable methods."""
        draws = Draws.of_modes(scenario)
        table = self._table(draws)
        outcome = by_methods(table, self.solution)
        data = single(dataset(scenario, 1, self._variables(draws, table, outcome)))
        data = data.assign(recorded(draws, table, search(draws, self._asked)))
        return Forecast(made=made("package_search", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:  # noqa: ARG002
        """See `BatchEngine.forecast_many`; this path uses the compiled twin."""
        different = draws.part(0, 1) if draws.alike else draws
        table = self._table(different)
        solved = by_kernel(table, self.solution, left_out=() if draws.alike else self._left_out(draws))
        found, failure = self._variables(different, table, solved), solved.failure
        if len(different) < len(draws):
            found = {name: _for_each(value, len(draws)) for name, value in found.items()}
            failure = np.repeat(failure, len(draws))
        return dataset(draws.base, len(draws), found, failure=failure)

    def draws_at_once(self, scenario: Scenario) -> int | None:
        """See `PacedEngine.draws_at_once`: a few where programs must be solved."""
        return AT_ONCE if self._table(Draws.of_modes(scenario)).way == "programs" else None

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`.

        Returns
        -------
        dict
            `zone`; `closed_by`, sets of ids; `pareto` and each solution as lists of packages with payoffs, and what
            stands against each; `method`, how they were found and what that proves; `leans` and `nearest` by party;
            `linkage`, `prices`, `single_text`, `grid`; `leaving`, the same with issues that may be left as they are.
        """
        return detail(forecast)

    def _left_out(self, draws: Draws) -> list[str]:
        """For each draw why it is left out where programs must be solved; empty where it is not."""
        says = (
            f"there are too many packages to be listed, and programs solve the first {self.solved_draws} draws only: "
            "raise solved_draws for more"
        )
        return [says if draws.first + k >= self.solved_draws else "" for k in range(len(draws))]

    @property
    def _asked(self) -> Asked:
        return Asked(levels=self.levels, most=self.max_packages, scope=self.scope, solution=self.solution)

    def _table(self, draws: Draws) -> Table:
        return read(draws, levels=self.levels, most=self.max_packages, scope=self.scope)

    def _variables(self, draws: Draws, table: Table, outcome: Outcome) -> dict[str, Any]:
        """The variables along draws."""
        settlement = np.full((len(draws), table.count), np.nan)
        settlement[:, list(table.issues)] = outcome.points
        left = np.where(outcome.zone[:, np.newaxis], 0.0, np.full_like(settlement, np.nan))
        left[:, list(table.issues)] += outcome.stays
        low, high = (bound[:, list(table.signers)] for bound in red_lines(draws))
        least = np.nan_to_num(low, nan=-np.inf).max(axis=1)
        most = np.nan_to_num(high, nan=np.inf).min(axis=1)
        agreement = outcome.zone.astype(np.float64)
        worth = np.where(outcome.zone[:, np.newaxis], worth_at(draws, settlement), np.nan)
        at_settlement = payoffs(settlement, positions(draws), saliences(draws))
        return {
            "agreement": agreement,
            "settlement": settlement,
            "payoff": expected(agreement, at_settlement, no_agreement(draws)),
            "worth": (("draw", "party"), worth),
            "within_red_lines": outcome.unbarred.astype(np.float64),
            "red_lines_clash": (("draw", "issue"), (least > most + 1e-9).astype(np.float64)),
            "left_as_it_is": (("draw", "issue"), left),
            "proven": outcome.proven.astype(np.float64),
        }


def _for_each(value: Any, draws: int) -> Any:
    """What was found for one draw, for so many that are all alike."""
    if isinstance(value, tuple):
        return value[0], np.repeat(value[1], draws, axis=0)
    return np.repeat(value, draws, axis=0)
