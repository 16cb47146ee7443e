"""What acts of access read as in the account."""

from throughline.core.audit import sentences

sentences.register("access.viewed", "opened {page}: {why}")
sentences.register("access.broke_glass", "opened a record outside their own work until {until}, because: {reason}")
sentences.register("access.glass_closed", "closed a record that they had opened with a reason")
sentences.register("access.allocated", "allocated the child to {worker} as {kind} from {on}")
sentences.register("access.allocation_ended", "ended the work of {worker} as {kind} on {on}")
sentences.register("access.restricted", "restricted the record, because: {reason}")
sentences.register("access.restriction_lifted", "lifted the restriction, because: {reason}")
sentences.register("access.permitted", "let {worker} see the restricted record")
sentences.register("access.permit_withdrawn", "withdrew from {worker} the right to see the restricted record")
sentences.register("access.granted", "gave {worker} the role of {role}")
sentences.register("access.grant_ended", "ended the role of {role} for {worker}")
sentences.register("access.signed_in", "signed in")
sentences.register("access.signed_out", "signed out")
sentences.register("access.sign_in_failed", "failed to sign in")
sentences.register("access.log_read", "read the log of who opened the record")
sentences.register("access.password_set", "set a new password for {worker}")
sentences.register("access.second_factor_removed", "removed the lost second factor of {worker}")
