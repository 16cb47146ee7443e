"""What acts on people read as in the account."""

from throughline.core.audit import sentences
from throughline.core.audit.models import Event


def _searched(event: Event) -> str:
    ways = event.data.get("ways") or ["nothing"]
    found = event.data.get("found", 0)
    how_many = "nobody was found" if not found else "1 person was found" if found == 1 else f"{found} people were found"
    others = len(event.data.get("others") or ())
    beyond = f", {others} of them outside their own work" if others else ""
    return f"searched for a person by {', '.join(ways)}; {how_many}{beyond}"


sentences.register("people.searched", _searched)
sentences.register("people.created", "recorded a new person after a search that showed {shown}")
sentences.register("people.created_despite", "recorded a new person although {strong} like them were found: {despite}")
sentences.register("people.changed", "changed {fields}")
sentences.register("people.name_added", "added a {type}")
sentences.register("people.name_ended", "ended a {type}")
sentences.register("people.name_shown", "changed which name is shown")
sentences.register("people.number_added", "added the {type}")
sentences.register("people.number_ended", "ended the {type}")
sentences.register(
    "people.number_elsewhere", "recorded this person's {type} on another record: one of the two may be wrong"
)
sentences.register("people.moved", "recorded an address ({kind}) from {on}")
sentences.register("people.address_ended", "ended an address ({kind}) on {on}")
sentences.register("people.contact_added", "added a {kind}")
sentences.register("people.contact_ended", "ended a {kind}")
sentences.register("people.disability_added", "recorded a disability ({code})")
sentences.register("people.disability_removed", "removed a disability ({code})")
sentences.register("people.warned", "added a warning")
sentences.register("people.warning_ended", "ended a warning")
