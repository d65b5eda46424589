# Time and space: places in the plan

# Refusals
refusal-task-place-state =
    { $places }{ $more ->
        [0] { "" }
       *[other] { " " }(+{ $more })
    } must be { $state ->
        [released] released
        [handed_over] handed over
        [marked_out] marked out
        [serviced] serviced
        [built] built
        [inspected] inspected
        [established] established
        [live] live
        [stripped] stripped
        [cleared] cleared
        [returned] returned
       *[suspended] closed
    }.
refusal-task-place-occupied = holds { $places }{ $more ->
        [0] { "" }
       *[other] { " " }(+{ $more })
    } at the moment.
refusal-task-place-full = { $place } has too little left: { $taken } in use, { $wanted } wanted, { $capacity } there is.
refusal-space-only-stands = This choice is for stands only.
refusal-space-needs-own-state = A task cannot need the state it brings.
refusal-space-rule-nobody = No task is meant by “{ $value }”.
refusal-space-rule-ring = Tasks would wait for each other: { $tasks }
refusal-space-repair-gone = This conflict or this way out is there no more; the plan has changed.
refusal-place-suspended = The place is closed; open it first.
refusal-place-not-suspended = The place is open.
refusal-place-state-order = This state cannot follow now. Who leads the plan may set it with a reason.
refusal-place-not-responsible = Only the one responsible for this place may confirm it.
refusal-place-state-ended = This state was taken back before.
refusal-place-not-confirmed = Nobody responsible has confirmed it.
refusal-place-not-checked = Not checked yet: { $item }
refusal-place-check-failed = Failed: { $item }
refusal-place-check-expired = Expired: { $item } ({ $at })
refusal-place-deviations-open = { $count ->
        [one] One blocking deviation is open.
       *[other] { $count } blocking deviations are open.
    }
refusal-place-above-not-established = { $place }, in which it lies, is not established.
refusal-not-a-moment-ahead = Please give a day and time that lies ahead.

# Facts
fact-task-place-added = Added a place to { $code }
fact-task-place-changed = Changed a place of { $code }
fact-task-place-removed = Took a place from { $code }
fact-task-place-lost = { $code } stopped: a state it needs was lost
fact-task-place-back = { $code } goes on: the state it needs is back
fact-task-states-brought = Confirmed with { $code }: { $count } place states
fact-place-state-set = { $name } is { $state ->
        [released] released
        [handed_over] handed over
        [marked_out] marked out
        [serviced] serviced
        [built] built
        [inspected] inspected
        [established] established
        [live] live
        [stripped] stripped
        [cleared] cleared
        [returned] returned
       *[suspended] closed
    }
fact-place-state-brought = { $name } is { $state ->
        [released] released
        [handed_over] handed over
        [marked_out] marked out
        [serviced] serviced
        [built] built
        [inspected] inspected
        [established] established
        [live] live
        [stripped] stripped
        [cleared] cleared
        [returned] returned
       *[suspended] closed
    }, by { $task }
fact-place-state-revoked = { $name } is no longer { $state ->
        [released] released
        [handed_over] handed over
        [marked_out] marked out
        [serviced] serviced
        [built] built
        [inspected] inspected
        [established] established
        [live] live
        [stripped] stripped
        [cleared] cleared
        [returned] returned
       *[suspended] closed
    }
fact-place-closed = Closed { $name }: { $reason }
fact-place-opened = Opened { $name }: { $reason }
fact-place-check-passed = { $name }: passed – { $item }
fact-place-check-failed = { $name }: failed – { $item }
fact-place-limits-set = Set the limits of { $name }
fact-place-hours-set = Set the open hours of { $name }: { $calendar }
fact-place-hours-taken = Took the open hours from { $name }
fact-plan-rule-added = Added the rule “{ $reason }”
fact-plan-rule-removed = Took the rule “{ $reason }” away
fact-plan-rule-changed = Changed the rule “{ $reason }”
fact-plan-rule-on = Switched the rule “{ $reason }” on
fact-plan-rule-off = Switched the rule “{ $reason }” off
fact-plan-soft-link-added = { $to } follows { $from }: { $reason }
fact-plan-soft-link-removed = { $to } no longer has to follow { $from }
fact-plan-conflict-repaired = Solved a conflict ({ $kind ->
        [state] state
        [exclusive] exclusive use
        [keep_clear] keep-clear
        [access] blocked access
       *[capacity] capacity
    }): { $reason }

# Pages
plan-space = Places
space-views = Views of places
space-chart = Places over time
space-conflicts = Conflicts
space-conflicts-hint = Two tasks in one place's way
space-rules = Rules by location
space-zoom = Zoom
space-zoom-hours = Hours
space-zoom-days = Days
space-zoom-weeks = Weeks
space-look = Show as
space-as-picture = Picture
space-as-table = Table
space-earlier = Earlier
space-later = Later
space-now = Now
space-hall = Hall or area
space-unfold = Show what lies in it
space-fold = Hide what lies in it
space-unfold-all = Unfold all
space-fold-all = Fold all
space-none = No places here
space-none-hint = Places come from the venue; what tasks ask of them stands on each task.
space-established = Established
space-established-of = { $planned } by now as planned, { $places } in all
space-faults = States nobody brings
space-faults-hint = Needed, and no task produces them
space-faults-intro = A task needs a state of a place that does not hold and that no task produces, or a rule would make tasks wait for each other.
space-closed = Closed places
space-closed-hint = Nothing goes on there meanwhile
space-conflicts-here = { $count } conflicts here
space-inside = at { $count } places in it
space-place = Place
space-mode = Use
space-mode-x = Exclusive
space-mode-s = Shared
space-mode-p = Passing
space-mode-k = Keep clear
space-taken = Taken
space-conflict = Conflict
space-conflict-state = State missing
space-conflict-exclusive = Exclusive clash
space-conflict-keep-clear = Keep-clear breach
space-conflict-access = Access blocked
space-conflict-capacity = Over capacity
space-walk = Tab enters the chart at one bar: ← → go from bar to bar in a place, ↑ ↓ to the place above or below, Home and End to its ends, Enter opens the task.
space-legend-inner = At places folded away
space-legend-band = State
space-legend-planned = Planned state
space-unit = Unit
space-unit-m2 = m²
space-unit-kw = kW
space-unit-trucks-h = trucks/h
space-unit-persons = persons
space-unit-kg-m2 = kg/m²
space-state-none = No state yet
place-state-released = Released
place-state-handed-over = Handed over
place-state-marked-out = Marked out
place-state-serviced = Serviced
place-state-built = Built
place-state-inspected = Inspected
place-state-established = Established
place-state-live = Live
place-state-stripped = Stripped
place-state-cleared = Cleared
place-state-returned = Returned
place-state-suspended = Closed
space-lost = It needs “{ $state }” at { $places }, which does not hold any more. It goes on by itself once the state is back.
space-places-more = { $places } and { $more } more
space-and-more = { $more } more
space-says-exclusive = { $first } and { $second } want the same place, one of them alone
space-says-keep-clear = { $first } and { $second }: work where it must be kept clear
space-says-access = { $second } shuts the way of { $first }
space-says-capacity = { $tasks } want { $load } at once, there is { $capacity }
space-says-late = { $first } needs “{ $state }” before { $second } brings it
space-says-lowered = { $first } needs “{ $state }” while { $second } takes it away
space-says-revoked = { $first } needs “{ $state }”, which was taken back
space-source-state = needs “{ $state }”
space-fault-nobody = { $code } needs “{ $state }” at { $places }; no task brings it.
space-fault-ring = { $to } should wait for { $from }, but { $from } already waits for { $to }.
space-way = Way out
space-ways = Ways out, the cheapest first
space-ways-none = No way out is offered: the work has begun, or its dates are fixed.
space-way-look = Look at it
space-way-take = Take this way out
space-way-shift = { $task } begins { $by } later, on { $start }
space-way-order = { $second } follows { $first } (soft link); it moves by { $by }
space-way-elsewhere = { $task } moves from { $from } to { $to }, which is free then
space-way-narrow = { $task } keeps to the zones that are free: { $zones }
space-cost-none = Moves nothing else
space-cost = { $time } beyond free float: other tasks may move
space-where = Where
space-when = When
space-when-start = when work begins
space-when-throughout = throughout
space-conflicts-intro = What stands against what at the venue’s places, the worst first. Tasks in an order by links do not conflict.
space-conflicts-none = No conflicts
space-conflicts-none-hint = Nothing stands in anything’s way.
space-after-fewer = { $count } conflicts fewer afterwards
space-after-same = As many conflicts afterwards as now
space-after-more = { $count } conflicts more afterwards
space-reason = Why
space-reason-hint = Stays with the change, so that others understand it later.
space-way-gone = This conflict or this way out is there no more; here is what is.
space-way-taken = Done; { $count } tasks moved
space-since = In this state since
space-holds = Holds now
space-over = Reached over
space-over-hint = Codes of the places one comes through, with commas.
space-capacity-persons = Persons at work
space-capacity-m2 = Area
space-capacity-kw = Power
space-capacity-trucks-h = Trucks
space-capacity-kg-m2 = Floor load
space-closed-since = Closed since { $since }, until further notice.
space-closed-until = Closed since { $since }, expected to open on { $until }.
space-established-yes = Everything on the check list holds and it is confirmed.
space-established-no = Not established. What is lacking:
space-established-by = Confirmed by: { $role }
space-checks = Check list
space-check-item = What is looked at
space-check-result = Result
space-check-valid = Counts until
space-check-mandatory = Mandatory
space-check-optional = Optional
space-check-open = Not checked
space-check-passed = Passed
space-check-failed = Failed
space-check-expired = Expired
space-check-note = Remark
space-check-note-hint = Needed when it failed.
space-check-keep = Keep the answer
space-check-kept = Answer kept
space-bookings = Tasks here
space-bookings-none = No open task uses this place.
space-needs = Needs state
space-produces = Brings state
space-states = States on record
space-taken-back = Taken back
space-state = State
space-state-no = None
space-note = What was seen
space-note-hint = Words or a file: a state needs evidence. Out of turn it needs a reason.
space-set = Set the state
space-state-set = State set
space-out-of-turn = { $state } (out of turn)
space-act-state = Set a state
space-act-check = Answer the check list
space-act-close = Close this place
space-act-open = Open this place
space-act-limits = Limits for work
space-close = Close
space-close-hint = Work that needs a state here stops at once; what is left moves behind the moment given.
space-close-why = Why
space-close-until = Expected to open
space-close-until-hint = Leave empty when nobody knows.
space-place-closed = Place closed
space-open = Open again
space-open-why = What has changed
space-place-opened = Place open again
space-limits-set = Limits saved
space-hours = Open hours
space-hours-none = None of its own
space-hours-hint = A task here, or at a place within, works only while its own calendar and this one both do.
space-hours-ask = Tasks at { $place } shall work only within “{ $calendar }”.
space-hours-ask-none = { $place } shall have no open hours of its own.
space-hours-set = Open hours saved; { $count } tasks moved
space-revoke = Take back
space-revoke-why = Why it does not hold
space-state-revoked = State taken back
space-rules-intro = Stored once, spelled out for every pair of tasks that meet in such a place, and again whenever places change.
space-rules-none = No rules yet.
space-rule = Rule
space-rule-each = In every
space-rule-before = First
space-rule-after = Then
space-rule-links = Links
space-rule-within = Within
space-rule-reason = What it says, and why
space-rule-work-hint = Task codes such as B05 or B1*, or state:serviced for the tasks that bring a state.
space-rule-release = The first lets go when
space-release-submitted = handed in
space-release-accepted = accepted
space-release-confirmed = confirmed
space-rule-new = New rule
space-rule-add = Add the rule
space-rule-added = Rule added: { $links } links follow
space-rule-changed = Rule changed
space-rule-switched-on = Rule switched on
space-rule-switched-off = Rule switched off; nothing follows from it
space-rule-acts = What can be done
space-rule-switch-on = Switch on
space-rule-switch-off = Switch off
space-rule-remove-sure = Take the rule “{ $reason }” away, with the links that follow from it?
space-rule-off = Off
space-rule-off-hint = This rule is switched off. What it would come to stands below.
space-rule-look = Show what follows
space-rule-save = Save the rule
space-rule-follow = Links that follow
space-rule-links-none = No link follows: no two such tasks meet in such a place, they are in this order already, or the work has begun.
space-rule-links-added = { $count ->
        [one] One link comes
       *[other] { $count } links come
    }
space-rule-links-kept = { $count ->
        [one] One link stays
       *[other] { $count } links stay
    }
space-rule-links-removed = { $count ->
        [one] One link goes
       *[other] { $count } links go
    }
space-rule-removed = Rule removed with its links
space-everywhere = The whole venue
space-remove = Remove
space-first = First task
space-second = Second task
space-by = By
space-soft = Soft links
space-soft-intro = An order chosen because two tasks want one place. Kept apart from hard logic and taken away without touching it.
space-soft-none = No soft links.
space-soft-new = New soft link
space-soft-add = Put in order
space-soft-added = Soft link added; { $count } tasks moved
space-soft-removed = Soft link removed; { $count } tasks moved
space-lag = Time between
space-minutes = min
space-derived = Derived links
space-derived-intro = They follow from rules and from states tasks need; nobody edits them.
space-derived-none = No links follow from rules or states.
space-follows-from = Follows from
space-requirements = Places and states
space-requirements-intro = Where the work happens, how the place is used, which state it needs and which it leaves behind.
space-requirements-none = This task asks nothing of any place.
space-requirement-new = Add a place
space-requirement-add = Add
space-requirement-change = Change a place
space-requirement-save = Save
space-requirement-saved = Places of { $code } saved
space-look-at = Look
space-each = every { $kind }, { $within }
space-own-place = The task’s own place
space-each-kind = Every place of a kind
space-each-no = Only this one
space-each-hint = In the place above, or in the whole venue.
space-only = Only stands sold as
space-only-all = All stands
space-quantity = Quantity
space-around = Set-up + clear-out
space-setup = Set-up
space-clear = Clear-out
space-lead = Time to confirmation
space-lead-hint = From the end of work to the signature, as planned.
space-places-count = { $count } places
