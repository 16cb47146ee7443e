"""Where each table of the census stands in the record: how a row is made, read and changed, element by element."""

from throughline.readings.census.places.case import AssessmentPlace, CasePlace, PlanPeriodPlace
from throughline.readings.census.places.court import PreProceedingsPlace
from throughline.readings.census.places.person import CharacteristicsPlace, IdentifiersPlace
from throughline.readings.census.places.place import Place
from throughline.readings.census.places.protection import EnquiryPlace, ProtectionPlanPlace

PLACES: dict[str, Place] = {
    place.table: place
    for place in (
        IdentifiersPlace(),
        CharacteristicsPlace(),
        CasePlace(),
        AssessmentPlace(),
        PlanPeriodPlace(),
        EnquiryPlace(),
        ProtectionPlanPlace(),
        PreProceedingsPlace(),
    )
}
