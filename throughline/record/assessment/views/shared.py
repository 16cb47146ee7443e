"""What every page of an assessment begins with."""

from typing import Any

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest
from throughline.record.assessment import queries
from throughline.record.assessment.models import Assessment
from throughline.record.people.models import Person


def opened(
    request: SignedInRequest, pk: int, page: str, action: Action = Action.VIEW
) -> tuple[Assessment, list[Person]]:
    """Return the assessment and the children of it whom the user may see; each child's look is written down."""
    assessment = queries.one(request.user, pk, action)
    children = queries.children_of(request.user, assessment)
    if not children:
        raise door.NotFound
    for child in children:
        door.looked(request.user, child.pk, page)
    return assessment, children


def frame(request: SignedInRequest, assessment: Assessment, children: list[Person]) -> dict[str, Any]:
    """Return what the templates of every page of an assessment need."""
    ids = [child.pk for child in children]
    return {
        "assessment": assessment,
        "children": children,
        "may_record": reach.people(request.user, Action.RECORD).filter(pk__in=ids).exists(),
        "may_decide": reach.people(request.user, Action.DECIDE).filter(pk__in=ids).count() == len(ids),
    }


class AssessmentView(RecordingView):
    """A page on which something is recorded about an assessment."""

    template_name = "assessment/recording.html"
    assessment: Assessment
    children: list[Person]
    page = "a form about an assessment"
    needs = Action.RECORD

    def reach(self) -> None:
        """Fetch the assessment for this user."""
        self.assessment, self.children = opened(self.request, self.kwargs["pk"], self.page, self.needs)

    def context(self) -> dict[str, Any]:
        """Add the assessment and its children."""
        return {"assessment": self.assessment, "children": self.children}

    def draft_person_id(self) -> int:
        """A draft about a family's record is listed with its first child."""
        return int(self.children[0].pk)

    def child(self, pk: int) -> Person:
        """Return one of the record's children, or raise NotFound."""
        for one in self.children:
            if one.pk == pk:
                return one
        raise door.NotFound
