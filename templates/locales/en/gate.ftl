# Words of gates between phases.

gate-title = Gates
gate-gate = Gate
gate-line = Gates in order
gate-forecast = Forecast
gate-passed = Passed on
gate-latest = At the latest
gate-float = { $time } float
gate-criteria = Criteria
gate-criterion = Criterion
gate-holds = Holds
gate-held-count = { $ahead } of { $count }
gate-waived-count = { $count } waived
gate-last-decision = Last decision
gate-undecided = Not decided yet
gate-none = This plan has no gates yet
gate-none-hint = Gates stand where a phase ends: each has criteria, a decision with signatures, and holds the tasks of the next phase until it is open.
gate-lay = Add the gates of the template
gate-lay-divided = Add them, hall by hall where the template says so
gate-laid = { $count } gates added.
gate-since = since { $at }
gate-report = Gate report
gate-counts = { $met } met, { $waived } waived, of { $total }
gate-signers = Signed by
gate-guards = Holds the tasks
gate-wanted = Wanted
gate-found = Found
gate-standing = Standing
gate-standing-met = Met
gate-standing-not-met = Not met
gate-standing-waived = Waived
gate-more = and { $count } more
gate-until = until { $day }
gate-no-data = no data
gate-open-deviations = { $blocking } blocking, { $majors } major
gate-loose-deviations = { $count } without owner or day
gate-wanted-deviations = none blocking, at most { $majors } major with owner and day
gate-wanted-all = all
gate-wanted-by = by { $day }
gate-wanted-budget = within budget
gate-criterion-next = P80 of the next gate, { $gate }
gate-criterion-indicators = Indicators of the deliverables
gate-criterion-established = Places established
gate-criterion-deviations = Open deviations
gate-criterion-forecast = P80 of the next gate
gate-criterion-budget = Cost against budget
gate-group-deliverable = Deliverables confirmed
gate-group-indicator = Indicators of the gate
gate-group-indicators = Indicators of the deliverables
gate-group-established = Places
gate-group-deviations = Deviations
gate-group-forecast = Forecast
gate-group-budget = Money
gate-state-closed = Closed
gate-state-open = Open
gate-state-conditional = Open on conditions
gate-state-held = On hold
gate-state-recycled = Sent back
gate-state-stopped = Stopped
gate-state-reclosed = Closed again
gate-why-deviation = a blocking deviation
gate-why-condition = a missed condition
gate-why-waiver = an expired waiver
gate-reclosed-why = Because of { $why }: { $about }
gate-reclosed-hint = Work that has begun goes on; nothing else of the next phase may begin. Propose a new decision when it is put right.

# Decisions
gate-decisions = Decisions
gate-no-decisions = Nothing has been decided here yet.
gate-decision-state-proposed = Waits for signatures
gate-decision-state-decided = Decided
gate-decision-state-declined = Not signed
gate-outcome = Decision
gate-outcome-go = Go
gate-outcome-conditional = Conditional go
gate-outcome-hold = Hold
gate-outcome-recycle = Recycle
gate-outcome-stop = Stop
gate-outcome-hint-go = The next phase may begin. Every criterion is met or waived.
gate-outcome-hint-conditional = It may begin; each condition becomes a task with a deadline.
gate-outcome-hint-hold = Not yet; looked at again later.
gate-outcome-hint-recycle = Part of the phase is done again.
gate-outcome-hint-stop = The next phase is not to begin.
gate-proposed-by = proposed by { $name }, { $at }
gate-as-they-were = Values as they were: { $met } met, { $waived } waived, of { $total }
gate-baseline = baseline “{ $name }”
gate-values = Show the values
gate-conditions = Conditions
gate-conditions-hint = Only for a conditional go. A missed condition closes the gate again for what has not started.
gate-condition = Condition
gate-condition-number = Condition { $number }
gate-condition-missed = missed
gate-text = Reasons
gate-text-hint = Needed for hold, recycle and stop.
gate-act-propose = Propose a decision
gate-propose = Propose
gate-propose-open =
    { $count ->
        [one] One criterion is not met: a go is not possible yet.
        *[other] { $count } criteria are not met: a go is not possible yet.
    }
gate-propose-clear = Every criterion is met or waived.
gate-act-sign = Decision waiting for signatures
gate-waits-for = Still to sign: { $who }
gate-sign-as = Sign for { $function }
gate-sign-text = Remark
gate-sign-not-you = You cannot sign this one: it takes another role, or you have signed already.
gate-decline = Do not sign
gate-withdraw = Withdraw the proposal
gate-proposed-flash = Proposed; the signatures of { $code } are waited for.
gate-signed-flash = Signed; { $code } waits for another signature.
gate-decided-flash = { $code } is decided.
gate-declined-flash = The proposal for { $code } is off.

# Readings and waivers
gate-act-measure = Readings
gate-measure-open = Take readings of the gate’s own indicators
gate-measure = Save readings
gate-measured-flash =
    { $count ->
        [one] One reading saved.
        *[other] { $count } readings saved.
    }
gate-waivers = Waivers
gate-waiver-valid = Valid
gate-waiver-over = Over
gate-waiver-end = Take back
gate-waiver-ended-flash = The waiver is taken back.
gate-act-waive = Waive a criterion
gate-waive-open = Let a criterion pass for a time
gate-waive = Waive
gate-waived-flash = Waived until { $day }.
gate-replacement = What replaces it
gate-replacement-hint = The measure that stands in for what is missing.
gate-until-on = Last day
gate-early = early start
gate-early-start = Early start of { $task }
gate-early-open = Let one task start early
gate-early-hint = The gate stays closed; only this task may begin before it opens.
gate-early-allow = Allow early start
gate-held-tasks = Tasks this gate holds
gate-holds-nothing = It holds no task.

# Dividing and settings
gate-divide = Decide hall by hall
gate-divide-hint = One gate for each hall: hall 2 may open for build-up while hall 1 is still stripped.
gate-divided-flash = { $code } is now decided hall by hall: { $count } gates.
gate-settings = Settings
gate-settings-save = Save
gate-settings-more = The gate’s own indicators have a page of their own:
gate-saved-flash = { $code } is saved.
gate-guards-hint = Codes, separated by blanks. B* means all that begin so, -B01 all but this.
gate-asks = Also asks for
gate-majors = Major deviations it lets pass
gate-majors-hint = Each needs an owner and a day. Blocking ones never pass.
gate-signer-1 = First signature
gate-signer-2 = Second signature
gate-one-signature = One signature is enough

# Today
gate-today = Next gates
gate-today-sign = waits for your signature

# Refusals
refusal-gate-closed = is closed: the phase before it has not been passed.
refusal-task-is-gate = { $code } is a gate: it is decided on its own page, not done like a task.
refusal-gates-exist = This plan has gates already.
refusal-gates-none = The plan has none of the tasks its template’s gates stand behind.
refusal-gate-proposal-open = A proposal waits for signatures: sign or withdraw it first.
refusal-gate-not-proposed = Nothing waits for a signature here.
refusal-gate-open-already = The gate is open already.
refusal-gate-criterion-open =
    Not met: { $kind ->
        [deliverable] { $code } { $name }
        [indicator] { $name }
        [indicators] indicators of the deliverables
        [established] places established
        [deviations] open deviations
        [forecast] P80 of the next gate
        *[budget] cost against budget
    }
refusal-gate-blocked = A blocking deviation is open: no go, not even on conditions.
refusal-gate-no-condition = A conditional go needs at least one condition.
refusal-gate-sign-own = Whoever proposed it does not sign it.
refusal-gate-signed = You have signed already.
refusal-gate-not-signer = It takes a signature of another role.
refusal-gate-measure-own = Whoever proposed the decision does not measure for it.
refusal-gate-nothing-measured = Nothing was filled in.
refusal-gate-waiver-over = This waiver does not hold any more.
refusal-gate-decided = Something has been decided, waived or measured here: it cannot be divided any more.
refusal-gate-no-halls = The venue has fewer than two halls.
refusal-date-past = This day is over.

# Facts
fact-plan-gates-laid = { $count } gates added to the plan
fact-phase-gate-proposed =
    Proposed at { $code }: { $outcome ->
        [go] go
        [conditional] conditional go
        [hold] hold
        [recycle] recycle
        *[stop] stop
    }
fact-phase-gate-signed = Signed the decision on { $code }
fact-phase-gate-decided =
    Decided { $code }: { $outcome ->
        [go] go
        [conditional] conditional go
        [hold] hold
        [recycle] recycle
        *[stop] stop
    } ({ $met } met, { $waived } waived, of { $total })
fact-phase-gate-declined = Did not sign the proposal for { $code }
fact-phase-gate-reclosed =
    { $code } closed again: { $why ->
        [deviation] blocking deviation
        [condition] missed condition
        *[waiver] expired waiver
    } – { $about }
fact-phase-gate-fulfilled = All conditions of { $code } are met
fact-phase-gate-waived = Waived at { $code } until { $until }
fact-phase-gate-early-start = { $about } may start before { $code }, until { $until }
fact-phase-gate-waiver-ended = Took back a waiver at { $code }
fact-phase-gate-measured = Measured at { $code }: { $count } readings
fact-phase-gate-adjusted = Changed the settings of { $code }
fact-phase-gate-divided = Divided { $code } into { $count } gates
