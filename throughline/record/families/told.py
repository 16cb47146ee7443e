"""What acts on families read as in the account."""

from throughline.core.audit import sentences

sentences.register("families.made", "made a family of {people} people")
sentences.register("families.member_added", "added the person to a family as {part}")
sentences.register("families.member_ended", "ended the person's place in a family on {on}: {why}")
sentences.register("families.related", "recorded a relationship ({type})")
sentences.register("families.related_despite", "recorded a relationship ({type}) and confirmed it when asked: {asked}")
sentences.register("families.relationship_ended", "ended a relationship ({type}) on {on}")
sentences.register("families.responsibility", "recorded parental responsibility as {held}")
sentences.register("families.moved_in", "recorded the person in a household from {on}")
sentences.register("families.moved_out", "recorded that the person left a household on {on}")
sentences.register("families.professional_added", "added a professional around the child ({role})")
sentences.register("families.professional_ended", "ended a professional's part ({role}) on {on}")
