# Changing the plan: tasks and links that come and go, cells, bulk changes, undo.

revise-word-cell = Change of a cell
revise-word-edit = Change of a task
revise-word-bulk = Change of several tasks
revise-word-add = New task
revise-word-copy = Copy
revise-word-delete = Deletion
revise-word-move = Order and outline
revise-word-link = Link
revise-word-unlink = Link removed
revise-word-undo = Undo
revise-word-redo = Redo
revise-word-import = Import
revise-word-assign = Assignment
revise-word-start = Start of work
revise-word-report = Progress
revise-word-submit = Handing in
revise-word-block = Blocking
revise-word-unblock = Going on
revise-word-waive = Letting go
revise-word-cancel = Cancelling
revise-word-data-date = Data date
revise-word-opening = Opening day (D0)
revise-word-scenario = Scenario
revise-word-rules = Rule by location
revise-word-hours = Open hours of a place
revise-word-places = Need of a place
revise-word-soft-link = Agreed order
revise-word-conflict = Conflict solved
revise-word-levelling = Levelling
revise-word-settings = Calendars and choices
revise-review-hint = Nothing is saved yet. Look at the effect, then accept it or go back.
revise-accept = Accept the change
revise-count =
    { $count ->
        [one] One task
        *[other] { $count } tasks
    }
revise-more = and { $count } more
revise-changes = Changes
revise-added = New
revise-removed = Deleted
revise-saved =
    { $what ->
        [add] Added { $codes }.
        [copy] Copied: { $codes }.
        [delete] Deleted { $codes }.
        [move] Moved { $codes }.
        [undo] Taken back. { $codes }
        [redo] Made again. { $codes }
        *[other] Saved { $codes }.
    } { $moves ->
        [none] No date moves.
        [one] One date moves.
        *[other] { $moved } dates move.
    }
revise-refused = Not possible. { $words }

# Fields
revise-field-name = Name
revise-field-objective = Objective
revise-field-phase = Phase
revise-field-stage = Stage
revise-field-order = Order
revise-field-kind = Kind
revise-field-duration = Duration
revise-field-estimate = Three-point estimate
revise-field-remaining = Remaining work
revise-field-calendar = Calendar
revise-field-parent = Outline
revise-field-priority = Priority
revise-field-budget = Budget
revise-field-start = Start wish
revise-field-deadline = Deadline
revise-field-percent = Progress
revise-field-place = Place
revise-field-role = Team
revise-field-confirmer-role = Confirming team
revise-field-owner = Owner
revise-field-checker = Checker
revise-field-confirmer = Confirmer
revise-field-done-when = Done when
revise-field-links = Links
revise-field-data-date = Data date
revise-field-opening = Opening day (D0)
revise-field-state = State
revise-field-choices = Choices of the plan
revise-field-rules = Rules by location
revise-field-needs = Needs of places
revise-field-hours = Open hours

# A new task
revise-new = New task
revise-new-below = New task below
revise-add = Add the task
revise-after = After
revise-after-hint = Code of the task above it in the list. What you leave empty below is taken from it.
revise-kind = Kind
revise-kind-task = Task
revise-kind-start-milestone = Milestone at a start
revise-kind-finish-milestone = Milestone at a finish
revise-kind-summary = Summary
revise-start-on = Starts no earlier than
revise-start-on-hint = Empty: as its predecessors allow, or with the task above.
revise-more-fields = Phase, team, place, calendar
revise-stage-en = Stage in English
revise-stage-zh = Stage in Chinese
revise-place-kind = Kind of place
revise-calendar-hint = Empty: the plan’s.
revise-priority-hint = 0 to 1000; who goes first where two want one place.

# Links
revise-links = Links
revise-links-title = Links of { $code }
revise-link-new = New link
revise-link-side = The other task
revise-side-before = comes before
revise-side-after = comes after
revise-link-other = Task
revise-link-add = Add the link
revise-link-remove = Remove the link
revise-lag = Lag
revise-lag-hint = Days, or percent of the predecessor’s duration. Negative: a lead.
revise-lag-kind = Counted in
revise-lag-kind-working = Working time
revise-lag-kind-elapsed = Time of the clock
revise-lag-kind-percent = Percent of the predecessor
revise-lag-unit-working = working days
revise-lag-unit-elapsed = days
revise-lag-unit-percent = %
revise-max-lag = At most
revise-release = Lets go when
revise-release-hint = From which state on the earlier task lets the later one go.
revise-release-submitted = handed in
revise-release-accepted = checked and accepted
revise-release-confirmed = confirmed
revise-origin-logic = Hard logic
revise-origin-soft = Soft order
revise-origin-derived = Derived

# Order, outline, deleting
revise-tools = More
revise-step-copy = Copy
revise-step-up = Move up
revise-step-down = Move down
revise-step-indent = Indent
revise-step-outdent = Outdent
revise-delete = Delete
revise-delete-task = Delete the task
revise-delete-one = Delete { $code }
revise-delete-many = Delete { $count } tasks
revise-delete-hint = What has begun or has a history is not deleted: cancel it, and its record stays. You can undo a deletion.
revise-delete-preview = Show what that moves
revise-typed = To be sure
revise-typed-hint = Type { $wanted }

# Several at once
revise-bulk = Change the chosen tasks
revise-keep = Leave as it is
revise-none = Nobody, none
revise-shift = Shift by days
revise-shift-hint = +3 later, −3 earlier. Moves the date a task has; a task without one gets its present start, moved.

# Undo
revise-changes-title = My last changes
revise-changes-hint = Taken back in turn, the latest first. What somebody else has changed since stays. Measurements, checks and confirmations are records: they are not in this list and are not taken back.
revise-changes-none = No changes yet
revise-changes-none-hint = What you change in this plan is listed here and can be taken back.
revise-undone = taken back

# Refusals
refusal-plan-none-chosen = Choose at least one task.
refusal-plan-bulk-empty = Say what should change.
refusal-revise-shift-begun = { $code } has begun; what has happened is not shifted.
refusal-plan-code-syntax = A code has at most 16 letters, digits, dots, dashes.
refusal-plan-code-taken = The code { $code } is taken.
refusal-plan-cell-clash = Somebody else has changed this since. Look at their value, then decide.
refusal-plan-typed-code = Type { $wanted } to show that you mean it.
refusal-plan-delete-opening = { $code } is the opening; the plan hangs on it.
refusal-plan-delete-begun = { $code } has begun. Cancel it instead; its record stays.
refusal-plan-delete-history = { $code } has a history ({ $reports } reports, { $measurements } measurements, { $deviations } deviations, { $duties } exhibitor duties). Cancel it instead.
refusal-plan-delete-children = { $code } brackets { $children }. Outdent or delete those first.
refusal-plan-delete-used = Something else refers to one of these tasks: a need for a place, a gate or a baseline. Cancel the task instead.
refusal-plan-move-first = { $code } is the first already.
refusal-plan-move-last = { $code } is the last already.
refusal-plan-move-into-itself = { $code } cannot move below itself.
refusal-plan-indent-nothing-above = There is no task above { $code } that it could lie under.
refusal-plan-indent-under = { $code } cannot lie under { $above }: it is a milestone or has begun.
refusal-plan-indent-deep = { $code } lies too deep already.
refusal-plan-outdent-top = { $code } lies under no summary.
refusal-plan-link-own-summary = A summary and what lies below it cannot wait for each other: { $from }, { $to }.
refusal-plan-link-max-lag = The most cannot be less than the lag itself.
refusal-plan-link-gone = The link is not there any more.
refusal-plan-link-derived = This link follows from a rule of place or state; change the rule.
refusal-plan-undo-nothing = There is nothing of yours to take back.
refusal-plan-redo-nothing = There is nothing of yours to make again.
refusal-plan-undo-gone = { $code } is not there any more.
refusal-plan-undo-begun = { $code } has begun since, or something hangs on it.
refusal-plan-undo-closed = { $code } is closed since; its record does not change any more.
refusal-plan-undo-changed = { $code } has been changed since ({ $field ->
        [name] name
        [duration] duration
        [start] start wish
        [deadline] deadline
        [owner] owner
        [checker] checker
        [confirmer] confirmer
        [place] place
        [order] order
        [parent] outline
        [priority] priority
        [percent] progress
        [phase] phase
        *[other] another field
    }); that would be overwritten.
refusal-plan-undo-link = The link from { $from } to { $to } has been changed since.
refusal-plan-undo-linked = { $code } has been linked to it since.
refusal-plan-undo-parent = The summary of { $code } is not there any more.
refusal-plan-undo-data-date = The data date has been moved again since.
refusal-plan-undo-opening = The days of the event have been changed again since.
refusal-plan-undo-calendar = The calendar { $code } has been changed again since.
refusal-plan-undo-choices = The choices of the plan have been changed again since.
refusal-plan-undo-rule = The rule “{ $reason }” has been changed again since.
refusal-plan-undo-need = What { $code } asks of a place has been changed again since.
refusal-plan-undo-hours = The open hours of { $place } have been changed again since.
refusal-plan-undo-place = The place is not there any more.
refusal-plan-undo-scenario = Scenario { $number } has been changed since. Open it and accept it again.
refusal-plan-undo-state = { $code } has gone on since; its state is another now.
refusal-plan-undo-measured = { $code } has been checked since. Measurements are records and stay, so the step before them cannot be taken back; it is off your list.
refusal-plan-undo-signed = { $code } has been confirmed since. A signature stays; what was wrong is put right by a new task or a deviation. The step is off your list.

# Journal
fact-task-revised =
    { $what ->
        [add] Added { $codes }
        [copy] Copied to { $codes }
        [delete] Deleted { $codes }
        [move] Moved { $codes }
        [undo-cell] Took back a change of { $codes }
        [redo-cell] Made a change of { $codes } again
        [undo-start] Took back the start of { $codes }
        [undo-report] Took back the progress of { $codes }
        [undo-submit] Took back the handing in of { $codes }
        [undo-block] Took back the blocking of { $codes }
        [undo-unblock] Blocked { $codes } again
        [undo-waive] Took { $codes } up again
        [undo-cancel] Took back the cancelling of { $codes }
        [redo-start] Started { $codes } again
        [redo-report] Reported the progress of { $codes } again
        [redo-submit] Handed { $codes } in again
        [redo-block] Blocked { $codes } again
        [redo-unblock] Let { $codes } go on again
        [redo-waive] Let { $codes } go again
        [redo-cancel] Cancelled { $codes } again
        *[other] Changed { $codes }
    }
fact-plan-revised =
    { $what ->
        [add] Added { $codes }
        [copy] Copied to { $codes }
        [delete] Deleted { $codes }
        [move] Moved { $codes }
        [link] Linked { $codes }
        [unlink] Removed a link of { $codes }
        [import] Imported { $count } tasks: { $codes }
        [bulk] Changed { $count } tasks at once: { $codes }
        [undo-data_date] Set the data date back
        [redo-data_date] Moved the data date again
        [undo-opening] Moved the opening day back
        [redo-opening] Moved the opening day again
        [undo-rules] Took back a change of the rules by location
        [redo-rules] Made a change of the rules by location again
        [undo-hours] Took back a change of open hours
        [redo-hours] Made a change of open hours again
        [undo-places] Took back what { $codes } asks of places
        [redo-places] Asked of places again for { $codes }
        [undo-soft_link] Took back an agreed order of { $codes }
        [redo-soft_link] Agreed on an order of { $codes } again
        [undo-conflict] Took back the solving of a conflict: { $codes }
        [redo-conflict] Solved a conflict again: { $codes }
        [undo-levelling] Took back a levelling: { $codes }
        [redo-levelling] Accepted a levelling again: { $codes }
        [undo-settings] Took back a change of calendars and choices
        [redo-settings] Made a change of calendars and choices again
        [undo-scenario] Took a scenario out of the plan: { $codes }
        [redo-scenario] Made a scenario the plan again: { $codes }
        *[other] Changed { $codes }
    }

# The overview
revise-choose = Choose
revise-choose-task = Choose { $code }
plan-only-unnamed = Owner, checker or confirmer missing
plan-only-deviations = With open deviations
plan-column-deadline = Deadline
plan-column-predecessors = Waits for
plan-column-priority = Priority
plan-column-calendar = Calendar
cell-field-name-en = English name
cell-field-name-zh = Chinese name
cell-field-objective = Objective
cell-field-done-when = Done when
cell-field-duration = Duration in days
cell-field-start = Starts no earlier than
cell-field-deadline = Deadline
cell-field-predecessors = Waits for
cell-field-owner = Owner
cell-field-checker = Checker
cell-field-confirmer = Confirmer
cell-field-place = Place
cell-field-percent = Progress in percent
cell-field-priority = Priority
cell-field-calendar = Calendar
cell-value = New value
cell-rename = Rename
cell-rename-task = Rename { $code }
cell-ask-title = This is not harmless
cell-ask-no = Keep editing
cell-take-theirs = Take their value
cell-keep-mine = Keep mine
cell-lost = The server does not answer. What you typed is still here.
cell-key-edit = Write into a cell
cell-key-down = Save, go down
cell-key-right = Save, go right
cell-key-cancel = Leave a cell as it was
cell-key-move = From cell to cell
cell-key-choose = Choose the row
cell-key-undo = Take back
cell-key-redo = Make again

# Views by name
saved-views = Views
saved-views-none = No views yet. Filter, sort and choose columns, then keep the view.
saved-view-name = Name of this view
saved-view-keep = Keep
saved-view-kept = View “{ $name }” kept.
saved-view-forget = Forget
saved-view-forget-name = Forget { $name }
saved-view-forgotten = View “{ $name }” forgotten.
refusal-saved-view-many = There are { $most } views already. Forget one first.
fact-user-view-kept = Kept the view “{ $name }”
fact-user-view-forgotten = Forgot the view “{ $name }”
