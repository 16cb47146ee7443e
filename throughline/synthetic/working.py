"""Statutory work with one family: understanding, planning, protecting, handing over, ending."""

from datetime import date, timedelta

from throughline.core.clocks import working_days
from throughline.synthetic.happenings import Case
from throughline.synthetic.plan import AFamily, AFrame, AnAllocation, AnEvent, APart, APerson, AWorker
from throughline.synthetic.rates import rate
from throughline.synthetic.visiting import Visiting
from throughline.synthetic.words import fill, phrases, said, said_how, say


class Working(Visiting):
    """Does the work that follows a referral."""

    def _work(self, family: AFamily, referral: AnEvent, start: date, need: str, worker: AWorker) -> date:
        pick, today = self.random, self.authority.as_of
        case = Case(family, worker, start)
        children = self._children(family, start)
        assessed_on = self._assessment(case, referral, children)
        if assessed_on is None:
            self._open(case, children, referral)
            self._visits(case, children, start, today, every=10)
            return today + timedelta(days=1)
        if pick.random() > rate("assessed_child_is_in_need"):
            self._close(case, children, referral, assessed_on, "closed after assessment")
            self._visits(case, children, start, assessed_on, every=12)
            return assessed_on
        protected = pick.random() < rate("in_need_child_has_protection_plan")
        length = int(pick.lognormvariate(5.2, 0.55)) + 40
        end = assessed_on + timedelta(days=length)
        if protected:
            end = self._protection(case, children, start, assessed_on, end, need)
        last = min(end, today)
        self._plan(case, children, assessed_on, end)
        self._visits(case, children, start, last, every=10 if protected else 20)
        self._between(case, children, start, last)
        self._handovers(case, children, referral, start, end)
        return end

    def _assessment(self, case: Case, referral: AnEvent, children: list[APerson]) -> date | None:
        pick = self.random
        child, carer = children[0], self._carer(case.family)
        due = working_days.add(case.start, 45)
        taken = min(max(int(pick.gauss(33, 11)), 8), 70)
        done = working_days.add(case.start, taken)
        finished = done <= self.authority.as_of
        factors = [
            code
            for code, share in (
                ("3A", rate("domestic_abuse_factor")),
                ("4B", rate("mental_health_factor")),
                ("16A", 0.2),
                ("17A", 0.18),
            )
            if pick.random() < share
        ] or ["21"]
        event = self._event(
            "assessment",
            case.start,
            case.family,
            [
                APart(
                    one.key, said=said(pick, self._age(one, case.start)), how=said_how(pick, self._age(one, case.start))
                )
                for one in children
            ],
            "Assessment with the family" if finished else "Assessment with the family, being written",
            worker=case.worker,
            follows=referral.key,
            more={
                "done": done if finished else None,
                "factors": factors,
                "due": due,
                "reason": say(pick, "reason_assessment", child, carer),
                "analysis": say(pick, "analysis", child, carer),
                "recommend": say(pick, "recommend", child, carer),
            },
        )
        moved = done > due or pick.random() < rate("frame_moved")
        for one in children:
            self.authority.frames.append(
                AFrame(
                    one.key,
                    event.key,
                    "assessment",
                    "Assessment",
                    case.start,
                    due,
                    done if finished else None,
                    moved_to=working_days.add(due, 10) if moved else None,
                    moved_on=working_days.add(case.start, 30) if moved else None,
                    moved_why="Grandmother is to be part of it, and she was in hospital." if moved else "",
                )
            )
        return done if finished else None

    def _told(self, child: APerson, on: date) -> APart:
        age = self._age(child, on)
        return APart(child.key, said=said(self.random, age), how=said_how(self.random, age))

    def _protection(
        self, case: Case, children: list[APerson], start: date, assessed: date, end: date, need: str
    ) -> date:
        pick = self.random
        enquiry = start + timedelta(days=pick.randrange(2, 20))
        conference = working_days.add(enquiry, pick.choices([13, 14, 15, 17], [0.2, 0.3, 0.4, 0.1])[0])
        if conference > self.authority.as_of:
            return end
        length = int(pick.lognormvariate(5.5, 0.4))
        ended = conference + timedelta(days=length)
        category = "NEG" if pick.random() < rate("neglect_among_plans") else pick.choice(["EMO", "EMO", "PHY", "SAB"])
        for one in children:
            self._event(
                "enquiry",
                enquiry,
                case.family,
                [APart(one.key)],
                "Section 47 enquiry",
                worker=case.worker,
                more={"conference": conference},
            )
            made = self._event(
                "conference",
                conference,
                case.family,
                [APart(one.key)],
                "Initial child protection conference: a plan was made",
                worker=case.worker,
                more={"category": category},
            )
            before = 1 if pick.random() < rate("second_plan") else 0
            self._episode(one, "protection", conference, ended, "no longer needed", made, None)
            self.authority.episodes[-1].why += f"|{category}|{before}"
            review = conference + timedelta(days=85)
            while review < min(ended, self.authority.as_of):
                self._event(
                    "protection_review",
                    review,
                    case.family,
                    [APart(one.key)],
                    "Review conference",
                    worker=case.worker,
                    more={},
                )
                review += timedelta(days=170)
        return max(end, ended + timedelta(days=30))

    def _plan(self, case: Case, children: list[APerson], day: date, end: date) -> None:
        pick, today = self.random, self.authority.as_of
        carer = self._carer(case.family)
        for one in children:
            chosen = pick.sample(phrases()["actions"], 3)
            plan = self._event(
                "plan",
                day,
                case.family,
                [APart(one.key)],
                "Plan agreed with the family",
                worker=case.worker,
                more={
                    name: say(pick, name, one, carer)
                    for name in ("need_to_change", "safe_enough", "strengths", "already", "family_ideas", "goals")
                }
                | {
                    "ended": end if end <= today else None,
                    "actions": [
                        (
                            fill(what, one, carer, case.worker.first),
                            fill(who, one, carer, f"{case.worker.first} {case.worker.last}"),
                            day + timedelta(days=pick.randrange(10, 60)),
                            pick.random() < 0.6,
                        )
                        for what, who in chosen
                    ],
                },
            )
            at = day + timedelta(days=pick.randrange(20, 40))
            while at < min(end, today):
                self._event(
                    "progress",
                    at,
                    case.family,
                    [APart(one.key)],
                    "Progress with the plan",
                    worker=case.worker,
                    words=say(pick, "progress", one, carer),
                    follows=plan.key,
                )
                at += timedelta(days=pick.randrange(30, 75))
            review = day + timedelta(days=90)
            while review < min(end, today):
                self._event(
                    "plan_review",
                    review,
                    case.family,
                    [APart(one.key)],
                    "Review of the plan",
                    worker=case.worker,
                    words=say(pick, "review", one, carer),
                    follows=plan.key,
                )
                review += timedelta(days=90)
            if end > today:
                self.authority.frames.append(
                    AFrame(one.key, plan.key, "", "Review of the plan", review - timedelta(days=90), review, None)
                )

    def _open(self, case: Case, children: list[APerson], referral: AnEvent) -> None:
        for one in children:
            self._episode(one, "in_need", referral.on, None, "", referral, None)
            self.authority.allocations.append(
                AnAllocation(one.key, case.worker.key, case.worker.team or 2, case.start, None)
            )

    def _close(self, case: Case, children: list[APerson], referral: AnEvent, end: date, why: str) -> None:
        closed = None
        if end <= self.authority.as_of:
            closed = self._event(
                "closure",
                end,
                case.family,
                [APart(one.key) for one in children],
                "Work with the family ended",
                worker=case.worker,
                decision="Close",
                reason=why,
            )
        for one in children:
            self._episode(one, "in_need", referral.on, end, why, referral, closed)
            self._allocate(one, case.worker, case.start, end, "work ended")

    def _handovers(self, case: Case, children: list[APerson], referral: AnEvent, start: date, end: date) -> None:
        pick, today = self.random, self.authority.as_of
        carer = self._carer(case.family)
        closed = None
        if end <= today:
            words = say(pick, "close", children[0], carer)
            closed = self._event(
                "closure",
                end,
                case.family,
                [APart(one.key) for one in children],
                "Work with the family ended",
                worker=case.worker,
                decision="Close",
                reason=words,
            )
        for one in children:
            self._episode(one, "in_need", referral.on, end, "no longer in need", referral, closed)
        first, worker = start, case.worker
        while (min(end, today) - first).days > 240 and pick.random() < 0.6:
            change = first + timedelta(days=pick.randrange(120, 230))
            for one in children:
                self._allocate(one, worker, first, change, "handed over")
            worker = self._next_worker(worker.team)
            words = say(pick, "handover", children[0], carer, f"{case.worker.first}")
            self._event(
                "meeting",
                change,
                case.family,
                [APart(one.key) for one in children],
                "Change of worker",
                words=words,
                worker=worker,
            )
            first = change
        for one in children:
            self._allocate(one, worker, first, end, "work ended")

    def _allocate(self, child: APerson, worker: AWorker, start: date, end: date, why: str) -> None:
        open_ = end > self.authority.as_of
        self.authority.allocations.append(
            AnAllocation(child.key, worker.key, worker.team or 2, start, None if open_ else end, "" if open_ else why)
        )
