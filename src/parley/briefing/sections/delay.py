"""Delay: who gains from waiting and why, beside what people claim about time."""

from __future__ import annotations

import numpy as np

from parley.briefing import war_words, words
from parley.briefing.desk import Desk
from parley.briefing.prose import Run, caution, cited, items, joined, paragraph, plain, strong, table, write
from parley.briefing.sections.claims import claims
from parley.domain.briefing import Block, Chart, Piece, Section
from parley.domain.comparison import Statistic

__all__ = ["section", "verdict"]

NEVER, ALWAYS = 0.05, 0.95

CAUSES = (
    ("settles_without_red_lines", "neither side had red lines", "the red lines are"),
    ("settles_without_drift", "the front were as likely to move either way", "the drift of the front is"),
)
"""What the engine switches off, in words, and as the subject of a sentence."""


def section(desk: Desk) -> Section:
    """Write the section on delay."""
    engine = _engine(desk)
    blocks: list[Block] = []
    if engine is None:
        blocks.append(
            paragraph(plain("No model here follows the talks through time, so none can say who gains from waiting."))
        )
    else:
        blocks += [_who_gains(desk, engine), _chart(desk, engine), *_why(desk, engine), _unseen(), *_patience(desk)]
    blocks += [*claims(desk), *_deadlines(desk)]
    return Section(id="delay", title="Delay: who gains from waiting", blocks=tuple(blocks))


def _engine(desk: Desk) -> str | None:
    """The engine that says what waiting is worth to each side of the war."""
    if desk.scenario.war is None:
        return None
    return next(
        (name for name in desk.engines if desk.spread(name, "waiting_a") and desk.spread(name, "waiting_b")), None
    )


def _sides(desk: Desk, engine: str) -> list[tuple[str, str, Statistic]]:
    """For each side of the war: its id, its name, and what waiting is worth to it."""
    war = desk.scenario.war
    assert war is not None
    pairs = ((war.side_a, "waiting_a"), (war.side_b, "waiting_b"))
    return [
        (party, desk.named(party), found) for party, name in pairs if (found := desk.spread(engine, name)) is not None
    ]


def _gains(found: Statistic) -> str:
    """Whether waiting pays: `gains`, `loses`, or `unclear` where the interval has values on both sides of zero."""
    return "gains" if found.q10 >= 0 < found.q90 else "loses" if found.q90 <= 0 > found.q10 else "unclear"


def verdict(desk: Desk) -> Run:
    """Say in one sentence whom delay serves, for the bottom line; nothing where no engine can say."""
    engine = _engine(desk)
    if engine is None:
        return ()
    told = [
        write("{worth} to {party}", worth=_worth(desk, engine, found), party=name)
        for _, name, found in _sides(desk, engine)
    ]
    return write(
        "{finding}, as {engine} sees it: one more step{step} of fighting, instead of the best terms to be had now, is "
        "worth on average {told}, in points out of a hundred that the two divide.",
        finding=strong(_title(desk, engine)),
        engine=desk.mention(engine),
        step=_step(desk),
        told=joined(told),
    )


def _worth(desk: Desk, engine: str, found: Statistic) -> Piece:
    text = words.signed(found.mean)
    if desk.baseline.draws > 1:
        text += f" ({words.balance(found.q10, found.q90)})"
    return Piece(text=text, basis=desk.result(engine, "waiting"))


def _who_gains(desk: Desk, engine: str) -> Block:
    step = _step(desk)
    explained = write(
        "{title} asks each side at each step: take the best terms that the other would accept now, or fight on for "
        "another step{step} and talk again? What waiting is worth is the second less the first, in points out of a "
        "hundred of what the two sides divide; above zero, delay pays.",
        title=words.capital(desk.mention(engine)),
        step=step,
    )
    return paragraph(explained, *(_side_sentence(desk, engine, name, found) for _, name, found in _sides(desk, engine)))


def _step(desk: Desk) -> Run:
    clock = desk.scenario.clock
    if clock is None:
        return ()
    basis = desk.stated("step", f"A step of the clock is {clock.step_days} days.", grounds=_clock_grounds(desk))
    return write(" of {length}", length=Piece(text=f"{clock.step_days} day{'s' * (clock.step_days != 1)}", basis=basis))


def _clock_grounds(desk: Desk) -> list[str]:
    return [ground for path, ground in desk.grounds if path[0] == "clock"]


def _side_sentence(desk: Desk, engine: str, name: str, found: Statistic) -> Run:
    worth = _worth(desk, engine, found)
    verb = {"gains": "gains by waiting", "loses": "loses by waiting", "unclear": "may gain or lose"}[_gains(found)]
    return write("{party} {verb}: {worth}.", party=strong(words.capital(name)), verb=verb, worth=worth)


def _chart(desk: Desk, engine: str) -> Chart:
    rows, lines = [], []
    basis = desk.result(engine, "waiting")
    for party, _, found in _sides(desk, engine):
        quantiles = {key: getattr(found, key) for key in ("mean", "q05", "q10", "q50", "q90", "q95")}
        quantiles |= {"low": found.q10, "high": found.q90}
        rows.append({"party": party, "party_name": desk.party(party), "colour": desk.colour(party), **quantiles})
        mean = Piece(text=words.signed(found.mean), basis=basis)
        lines.append((desk.party(party), mean, Piece(text=words.balance(found.q10, found.q90), basis=basis)))
    title = _title(desk, engine)
    return Chart(
        id="waiting",
        title=title,
        subtitle="What one more step of fighting is worth to each side beside the best terms to be had now, in points "
        "of a hundred that the two divide; right of zero, delay pays; a bar holds eight of ten draws",
        kind="waiting",
        data={"rows": rows},
        alt=f"One mark for each side on a scale with zero in it. {title}.",
        table=table(
            "What waiting is worth, in points of a hundred",
            ("Side", "Mean", "Eight of ten draws"),
            lines,
            numeric=(1, 2),
        ),
    )


def _title(desk: Desk, engine: str) -> str:
    sides = _sides(desk, engine)
    gaining = [name for _, name, found in sides if _gains(found) == "gains"]
    losing = [name for _, name, found in sides if _gains(found) == "loses"]
    if gaining and losing:
        return f"Delay pays for {gaining[0]} and costs {losing[0]}"
    if len(gaining) == len(sides):
        return "Delay pays for both sides"
    if len(losing) == len(sides):
        return "Delay pays for neither side"
    one = gaining or losing
    if one:
        return f"Delay {'pays for' if gaining else 'costs'} {one[0]}; for the other side it is open"
    return "Whether delay pays is open for both sides: the ranges span zero"


def _why(desk: Desk, engine: str) -> list[Block]:
    runs = [*_until(desk, engine), *_settling(desk, engine), *_causes(desk, engine), *_together(desk, engine)]
    runs += [*_without_end(desk, engine), *_range(desk, engine), *_fighting(desk, engine)]
    return [paragraph(plain("Why, in the terms of this model:")), *items(runs)] if runs else []


def _unseen() -> Block:
    return caution(
        plain(
            "In this game both sides know everything and war always costs, so waiting can pay only where a red line "
            "or the drift of the front makes it. What a third party would do meanwhile, and what one side does not "
            "know of the other, stand in the next section, each by itself."
        )
    )


def _share(desk: Desk, engine: str, measure: str) -> float | None:
    """The share of draws in which a truth value of the engine holds; None where the engine does not have it."""
    values = desk.values(engine, measure)
    if values is None or not np.isfinite(values).any():
        return None
    return float((values[np.isfinite(values)] > 0.5).mean())


def _settles_now(desk: Desk, engine: str) -> float | None:
    """The share of draws in which there are terms now that both sides prefer to fighting on."""
    surplus = desk.values(engine, "surplus_now")
    if surplus is None or not np.isfinite(surplus).any():
        return None
    return float((surplus[np.isfinite(surplus)] >= 0).mean())


def _settling(desk: Desk, engine: str) -> list[Run]:
    share = _settles_now(desk, engine)
    if share is None:
        return []
    text = "In {share} of draws there are terms now that both sides would rather have than another step of fighting."
    return [write(text, share=desk.share(share, desk.result(engine, "waiting")))]


def _causes(desk: Desk, engine: str) -> list[Run]:
    now = _settles_now(desk, engine)
    if now is None or now > ALWAYS:
        return []
    runs = []
    basis = desk.result(engine, "waiting")
    for measure, what, cause in CAUSES:
        share = _share(desk, engine, measure)
        if share is None:
            continue
        verb = f"{cause} a cause of delay" if share > now + NEVER else f"{cause} not what keeps them from settling"
        text = "If {what}, there would be such terms in {share} of draws: {verb}."
        runs.append(write(text, what=what, share=desk.share(share, basis), verb=verb))
    return runs


def _until(desk: Desk, engine: str) -> list[Run]:
    """Until when each side gains by waiting, if the front still stands where it starts."""
    data, clock = desk.data(engine), desk.scenario.clock
    if data is None or clock is None or "waiting_by_step" not in data:
        return []
    worth = np.asarray(data["waiting_by_step"], dtype=np.float64).reshape(-1, *data["waiting_by_step"].shape[-2:])
    known = worth[np.isfinite(worth).all(axis=(1, 2))]
    if not known.size:
        return []
    runs, basis = [], desk.result(engine, "waiting")
    start = "now" if clock.opening is None else "at the first offer"
    for place, (_, name, _) in enumerate(_sides(desk, engine)):
        paying = (known[:, :, place] > 0).mean(axis=0)
        if paying.max() < NEVER:
            runs.append(write("{party} hardly ever gains by waiting, at any step.", party=words.capital(name)))
            continue
        best = int(paying.argmax())
        text = "{party} gains by waiting in {first} of draws {start}, and in the most draws, {share}, {when}."
        when = start if best == 0 else f"{words.duration(best * clock.step_days)} later"
        first, share = desk.share(float(paying[0]), basis), desk.share(float(paying[best]), basis)
        then = Piece(text=when, basis=basis)
        runs.append(write(text, party=words.capital(name), first=first, start=start, share=share, when=then))
    return runs


def _together(desk: Desk, engine: str) -> list[Run]:
    """The minimal sets of causes at the most plausible numbers, where it does not settle there."""
    told = desk.details.get(engine, {}).get("waiting", {})
    causes: list[list[str]] = next((each["causes"] for each in told.values()), [])
    if not causes:
        return []
    named = war_words.causes(causes)
    text = "At the most plausible numbers, what keeps them from settling now is {told}."
    return [plain(text.format(told=words.listed(named, last="or")))]


def _without_end(desk: Desk, engine: str) -> list[Run]:
    """What the war would be worth if the talks never ended, at the most plausible numbers."""
    detail, war = desk.details.get(engine, {}), desk.scenario.war
    if war is None or not (detail.get("bracket") or detail.get("if_endless")):
        return []
    basis = desk.result(engine, "without end")
    names = {side: desk.named(side).replace("{", "{{").replace("}", "}}") for side in (war.side_a, war.side_b)}
    text, parts = war_words.without_end(detail, names)
    return [write(text, **{name: Piece(text=part, basis=basis) for name, part in parts.items()})]


def _range(desk: Desk, engine: str) -> list[Run]:
    floor, ceiling = desk.values(engine, "floor"), desk.values(engine, "ceiling")
    war = desk.scenario.war
    if floor is None or ceiling is None or war is None:
        return []
    known = np.isfinite(floor) & np.isfinite(ceiling)
    if not known.any():
        return []
    none = float((floor[known] > ceiling[known]).mean())
    if none < NEVER:
        return []
    share = desk.share(none, desk.result(engine, "waiting"))
    text = (
        "In {share} of draws the red lines of {a} and {b}, taken over everything that they divide, exclude each "
        "other: there is then nothing to wait for, and no agreement in this model."
    )
    return [write(text, a=desk.named(war.side_a), b=desk.named(war.side_b), share=share)]


def _fighting(desk: Desk, engine: str) -> list[Run]:
    found = desk.spread(engine, "expected_rounds")
    if found is None or desk.scenario.clock is None:
        return []
    days = desk.scenario.clock.step_days
    basis = desk.result(engine, "waiting")
    if days * found.q90 < 1:
        return [plain("In nearly every draw it expects the two to settle before another step is fought.")]
    if days * found.q50 < 1:
        longest = Piece(text=words.duration(days * found.q90), basis=basis)
        text = (
            "In the middle draw the two settle before another step is fought; in one draw of ten fighting goes on for "
            "{longest} or more, until terms, a decision on the battlefield or the end of the talks."
        )
        return [write(text, longest=longest)]
    around = f"{words.duration(days * found.q10)} to {words.duration(days * found.q90)}"
    return [
        write(
            "Fighting goes on for {middle} in the middle draw ({around} in eight of ten) before it ends in terms, in "
            "a decision on the battlefield, or with the end of the talks.",
            middle=Piece(text=words.duration(days * found.q50), basis=basis),
            around=Piece(text=around, basis=basis),
        )
    ]


def _patience(desk: Desk) -> list[Block]:
    clock = desk.scenario.clock
    if clock is None or not clock.discounts:
        return []
    told = []
    for index, each in enumerate(clock.discounts):
        low, high = each.per_step.low, each.per_step.high
        name = desk.named(each.party)
        shown = words.percentages(low, high)
        basis = desk.estimate(
            ("clock", "discounts", index, "per_step"), f"What {name} counts a gain one step later as worth now", shown
        )
        told.append(write("{party} {shown}", party=name, shown=Piece(text=shown, basis=basis)))
    return [
        paragraph(
            write(
                "Patience: a gain one step later counts now as this much of it: {told}.",
                told=joined(told, separator="; ", last="; "),
            )
        )
    ]


def _deadlines(desk: Desk) -> list[Block]:
    clock = desk.scenario.clock
    if clock is None or not clock.deadlines:
        return []
    runs = []
    for each in sorted(clock.deadlines, key=lambda deadline: deadline.date):
        date = f"{each.date.day} {each.date:%B %Y}"
        basis = desk.stated(
            f"deadline {each.id}", f"A date of the scenario's clock: {each.words.rstrip('.')}.", grounds=each.grounds
        )
        presses = f" (presses {desk.named(each.party)})" if each.party else ""
        when = Piece(text=date, basis=basis, strong=True)
        runs.append(
            write(
                "{when}: {text}{presses}", when=when, text=cited(each.words.rstrip("."), each.grounds), presses=presses
            )
        )
    return [paragraph(plain("Dates that matter:")), *items(runs)]
