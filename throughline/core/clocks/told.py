"""What acts on time frames read as in the account."""

from throughline.core.audit import sentences

sentences.register("clocks.started", "started a time frame ({label}), due {due}")
sentences.register("clocks.agreed", "agreed a time frame with the family, due {due}")
sentences.register("clocks.moved", "moved a time frame from {before} to {after}")
sentences.register("clocks.told", "noted who was told of a moved time frame")
sentences.register("clocks.reviewed", "reviewed a time frame on {on}")
sentences.register("clocks.explained", "explained why a time frame was passed")
sentences.register("clocks.stopped", "ended a time frame on {on}")
