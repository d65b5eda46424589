# The control board and a person's own work.

control-title = Control board
control-refused = { $code } stays where it is
control-unmet =
    { $count ->
        [one] waits for one thing
        *[other] waits for { $count } things
    }
control-done =
    { $what ->
        [start] { $code } has begun.
        [submit] { $code } is handed in.
        [confirm] { $code } is confirmed.
        [block] { $code } is blocked.
        [unblock] { $code } may go on.
        *[other] { $code } moved on.
    }
control-column-planned = Planned
control-column-ready = Ready
control-column-in-progress = In progress
control-column-submitted = Handed in
control-column-checking = Being checked
control-column-rework = Sent back, rework
control-column-accepted = Accepted
control-column-confirmed = Confirmed
control-column-blocked = Blocked
control-step-start = Begin
control-step-submit = Hand in
control-step-check = Check
control-step-confirm = Confirm
control-step-block = Block
control-step-unblock = Unblock
mine-when-late = Late
mine-when-today = Today
mine-when-week = This week
mine-when-later = Within a month
mine-done = Done as planned.
mine-photo = Photo as evidence
mine-all-pass = Everything passes
