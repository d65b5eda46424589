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
fact-plan-rule-added = Added the rule “{ $reason }”
fact-plan-rule-removed = Took the rule “{ $reason }” away
fact-plan-soft-link-added = { $to } follows { $from }: { $reason }
fact-plan-soft-link-removed = { $to } no longer has to follow { $from }
fact-plan-conflict-repaired = Solved a conflict ({ $kind ->
        [state] state
        [exclusive] exclusive use
        [keep_clear] keep-clear
        [access] blocked access
       *[capacity] capacity
    }): { $reason }
