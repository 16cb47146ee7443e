"""What acts on the spine read as in the account."""

from throughline.core.audit import sentences

sentences.register("journey.recorded", "recorded a {kind} of {on}")
sentences.register("journey.revised", "revised a {kind}")
sentences.register("journey.episode_opened", "opened an episode ({kind}) from {on}")
sentences.register("journey.episode_closed", "closed an episode ({kind}) on {on}")
sentences.register("journey.chronology_made", "made a chronology")
sentences.register("journey.chronology_changed", "changed a chronology")
