"""What every part of a made-up journey needs: the authority, whose turn it is, and writing an event down."""

from dataclasses import dataclass
from datetime import date, time
from random import Random

from throughline.synthetic.plan import (
    AFamily,
    AnAuthority,
    AnEpisode,
    AnEvent,
    APart,
    APerson,
    AWorker,
)


@dataclass
class Case:
    """A stretch of statutory work with one family."""

    family: AFamily
    worker: AWorker
    start: date


class Happenings:
    """Writes events into ``authority``, one after another."""

    def __init__(self, authority: AnAuthority, random: Random) -> None:
        self.authority, self.random = authority, random
        self.door = next(one for one in authority.workers if one.role == "front_door_worker")
        self.decider = next(one for one in authority.workers if one.role == "front_door_manager")
        self.managers = {one.team: one for one in authority.workers if one.role == "team_manager"}
        self.social_workers = [one for one in authority.workers if one.role == "social_worker"]
        self.turn = 0
        self.recent = 0

    def _event(
        self,
        kind: str,
        on: date,
        family: AFamily,
        parts: list[APart],
        summary: str,
        *,
        words: str = "",
        worker: AWorker | None = None,
        at: time | None = None,
        follows: int | None = None,
        decision: str = "",
        reason: str = "",
        more: dict[str, object] | None = None,
    ) -> AnEvent:
        event = AnEvent(
            key=len(self.authority.events),
            kind=kind,
            on=min(on, self.authority.as_of),
            family=family.key,
            summary=summary,
            parts=parts,
            words=words,
            at=at,
            worker=worker.key if worker else None,
            follows=follows,
            decision=decision,
            reason=reason,
            more=more or {},
        )
        self.authority.events.append(event)
        return event

    def _episode(
        self,
        child: APerson,
        kind: str,
        start: date,
        end: date | None,
        why: str,
        opened: AnEvent,
        closed: AnEvent | None,
    ) -> None:
        over = end is not None and end <= self.authority.as_of
        self.authority.episodes.append(
            AnEpisode(
                child.key,
                kind,
                start,
                end if over else None,
                why if over else "",
                opened.key,
                closed.key if closed else None,
            )
        )

    def _next_worker(self, team: int | None = None) -> AWorker:
        here = [one for one in self.social_workers if team is None or one.team == team]
        self.turn += 1
        return here[self.turn % len(here)]

    def _child(self, family: AFamily) -> APerson:
        return self.authority.people[self.random.choice(family.children)]

    def _carer(self, family: AFamily) -> APerson:
        return self.authority.people[next(tie.person for tie in family.ties if tie.main_carer)]

    def _children(self, family: AFamily, day: date) -> list[APerson]:
        people = [self.authority.people[key] for key in family.children]
        return [one for one in people if one.born is None or (day - one.born).days < 18 * 365.25] or people[:1]

    @staticmethod
    def _age(child: APerson, day: date) -> float:
        return (day - child.born).days / 365.25 if child.born else 0.0
