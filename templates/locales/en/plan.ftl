# Words of plan.

# Views and figures
plan-title = Plan
plan-views = Views of the plan
plan-overview = Overview
plan-gantt = Gantt
plan-mine = My work
plan-deviations = Deviations
plan-opening = Opening day D0
plan-opening-today = Today
plan-days-to-opening =
    { $count ->
        [one] one day to go
        *[other] { $count } days to go
    }
plan-days-since-opening =
    { $count ->
        [one] one day ago
        *[other] { $count } days ago
    }
plan-room = Room before D0
plan-room-missed = The plan misses opening day
plan-room-none = Preparation ends as D0 begins
plan-room-over = The show is open
plan-room-some = Preparation may slip by this much
plan-done = Done
plan-late = Late
plan-late-hint = Should be done, or begun, by now
plan-late-mark = late
plan-deviations-open = Open deviations
plan-deviations-hint = Waiting for a corrective action
plan-today = today
plan-critical = critical
plan-on-path = on the way to opening
plan-breaches = The plan cannot keep these
plan-breach-link = { $to } begins { $by } too early after { $from }
plan-breach-missed = { $code } misses its date by { $by }
plan-breach-no-time = { $code } has no working time left in its calendar
plan-earlier = { $time } earlier
plan-later = { $time } later

# Making a plan
plan-none-hint = This edition has no plan yet. Choose a template: its tasks are laid out from opening day through their dependencies.
plan-none-wait = This edition has no plan yet. Someone who may edit the plan can create it.
plan-template = Template
plan-template-tasks = { $count } tasks
plan-create = Create the plan
plan-created = Plan created: { $count } tasks.

# Overview
plan-search = Code, task, objective, person
plan-phase = Phase
plan-stage = Stage
plan-state = State
plan-owner = Owner
plan-owner-none = No owner yet
plan-only = Only
plan-only-critical = Critical
plan-only-late = Late
plan-only-path = On the way to opening
plan-columns = Columns
plan-column-code = Code
plan-column-task = Task
plan-column-objective = Objective
plan-column-role = Team
plan-column-owner = Owner
plan-column-place = Place
plan-column-start = Start
plan-column-finish = Finish
plan-column-duration = Duration
plan-column-float = Float
plan-column-done-when = Done when
plan-column-checker = Checker
plan-column-confirmer = Confirmer
plan-column-percent = Progress
plan-column-state = State
plan-none-found = No task fits
plan-none-found-hint = Loosen the filter to see more.
plan-export = Export
plan-export-csv = CSV file
plan-export-xlsx = Excel workbook
plan-deviations-count =
    { $count ->
        [one] 1 deviation
        *[other] { $count } deviations
    }

# Task
plan-key-facts = Key facts
plan-dates = Dates
plan-late-dates = At the latest
plan-checker = Checker
plan-checker-hint = Someone other than the owner.
plan-confirmer = Confirmer
plan-place = Place
plan-actual-start = Begun
plan-actual-finish = Handed in
plan-percent = Progress
plan-loop = Where the task stands
plan-round = Round { $round }
plan-indicator = Indicator
plan-indicators = Done when
plan-indicators-none = No indicators.
plan-target = Target
plan-measured = Measured
plan-not-measured = not measured yet
plan-answer-yes = Yes
plan-answer-no = No
plan-duties = Exhibitors’ progress
plan-duty-counts = { $done } done, { $waived } waived, { $open } open
plan-before = Waits for
plan-after = Waited for by
plan-link = Link
plan-link-fs = Finish → start
plan-link-ss = Start → start
plan-link-ff = Finish → finish
plan-link-sf = Start → finish
plan-lag = + { $time }
plan-lead = − { $time }
plan-links-none = None.
plan-driving = driving
plan-why = Why these dates
plan-why-hint = Each step is held by the one before it.
plan-why-start = begins with the plan
plan-why-hours = { $place } is open by “{ $calendar }”
plan-why-begins = begins when “{ $calendar }” works
plan-why-idle = “{ $calendar }” rests { $time } in between
plan-why-data-date = remaining work starts at the data date
plan-why-constraint = by its own date: { $wish }
plan-why-actual = really began then
plan-why-late = as late as possible
plan-why-child = with its first part { $code }
plan-why-link = after { $from }: { $link } { $lag }
plan-why-room = Room of the whole preparation before D0: { $time }.
plan-history = What happened
plan-reports = Reports and evidence
plan-report-kind-submit = Handed in
plan-report-kind-check = Checked
plan-report-kind-confirm = Confirmed
plan-report-kind-reject = Sent back
plan-report-kind-note = Note
plan-file-size = ({ $kb } kB)
plan-float-negative = With the present dates this task comes { $time } too late for what depends on a fixed date.

# Acts
plan-act-start = Begin
plan-act-submit = Hand in
plan-act-check = Check
plan-act-confirm = Confirm
plan-act-assign = Who and where
plan-act-aside = Block, waive or cancel
plan-unmet = Not ready yet
plan-ready-hint = Everything it waits for is there.
plan-start = Begin work
plan-start-again = Begin the rework
plan-start-again-hint = The check failed. Beginning again opens the next round.
plan-waiver = Begin all the same, because
plan-waiver-hint = The reason is recorded with the conditions passed over.
plan-submit = Hand in
plan-submit-text = What was done
plan-submit-text-hint = What the checker should look at.
plan-evidence = Evidence
plan-evidence-hint = PDF, picture, Word, Excel, CSV or text, at most 10 MB.
plan-report = Save progress
plan-check = Save the check
plan-check-text = Remark
plan-check-failed = If an indicator fails
plan-check-failed-hint = A failed indicator sends the task back for another round and opens a deviation.
plan-confirm = Confirm
plan-confirm-hint = Your signature closes the task and freezes its record.
plan-confirm-text = Remark
plan-reject = Send back
plan-reject-hint = Becomes a deviation for the owner.
plan-reason = Reason
plan-assign = Assign
plan-nobody = Nobody yet
plan-nowhere = Not chosen yet
plan-aside = What
plan-aside-block = Block: something outside stops it
plan-aside-unblock = Unblock: it may go on
plan-aside-waive = Waive: let it go
plan-aside-cancel = Cancel: not wanted any more
plan-do = Do it
plan-assigned = { $code } is assigned.
plan-started = { $code } has begun.
plan-reported = Progress of { $code } saved.
plan-submitted = { $code } is handed in for checking.
plan-accepted = { $code } passed its check.
plan-rejected = { $code } goes back for another round; a deviation is open.
plan-checking = Saved. Some indicators of { $code } are still open.
plan-confirmed = { $code } is confirmed.
plan-aside-done = { $code } is changed.

# Edit and preview
plan-edit = Edit
plan-edit-title = Change { $code }
plan-field-name-en = Name in English
plan-field-name-zh = Name in Chinese
plan-field-objective = Objective
plan-field-done-when = Done when
plan-field-duration = Duration
plan-field-constraint = Date wish
plan-field-constraint-on = Day of the wish
plan-field-constraint-on-hint = A finish means the end of the day.
plan-field-deadline = Deadline
plan-field-deadline-hint = Moves nothing, but shows when it is in danger.
plan-field-predecessors = Waits for
plan-field-predecessors-hint = Code, link (FS, SS, FF, SF) and days, separated by semicolons: E09 FS-25; S13 FS
plan-unit-days = days
plan-constraint-asap = As soon as possible
plan-constraint-alap = As late as possible
plan-constraint-snet = Start no earlier than
plan-constraint-snlt = Start no later than
plan-constraint-fnet = Finish no earlier than
plan-constraint-fnlt = Finish no later than
plan-constraint-mso = Must start on
plan-constraint-mfo = Must finish on
plan-preview = Show what would move
plan-preview-title = What would move, and why
plan-preview-now = Now
plan-preview-then = Then
plan-preview-by = Moves
plan-preview-why = Because
plan-preview-moves = Tasks that move
plan-preview-nothing = No task moves.
plan-preview-count =
    { $count ->
        [one] One task moves.
        *[other] { $count } tasks move.
    }
plan-preview-float =
    { $count ->
        [one] One other task gains or loses float.
        *[other] { $count } other tasks gain or lose float.
    }
plan-preview-opening = Room before D0: { $before } now, { $after } then.
plan-preview-opening-missed = Opening day would be missed
plan-preview-opening-tighter = Less room before opening day
plan-preview-opening-wider = More room before opening day
plan-preview-opening-same = Opening day is not touched
plan-preview-breaks = This would break
plan-preview-repairs = This would repair
plan-preview-stale = The plan changed while you were reading. This is the effect on the plan as it is now.
plan-accept = Accept and save
plan-saved = { $code } saved; { $count } tasks moved.
plan-crossed = Someone else changed this task while you were editing
plan-crossed-both = You both changed these. What you typed is kept in the form; change it if theirs is right.
plan-crossed-theirs = They saved
plan-crossed-yours = You typed
plan-crossed-taken = Taken over from their change: { $fields }.
plan-reschedule = Update to today
plan-reschedule-hint = Work that is not done cannot lie in the past. Moving the data date to today shows what that does.
plan-rescheduled = The plan is up to date; { $count } tasks moved.

# My work
plan-part-do = To do
plan-part-check = To check
plan-part-confirm = To confirm
plan-mine-empty = Nothing waits for you
plan-mine-empty-hint = Tasks appear here two weeks before they begin.
plan-ends-today = ends today
plan-overdue =
    { $count ->
        [one] one day overdue
        *[other] { $count } days overdue
    }

# Deviations
plan-deviation-state = Open or closed
plan-deviation-severity = Severity
plan-deviation-title = What is wrong
plan-deviation-cause = Cause
plan-deviation-action = Corrective action
plan-deviation-owner = Who puts it right
plan-deviation-due = Due
plan-deviation-proof = Proof
plan-deviation-proof-hint = What shows that it is put right?
plan-deviation-overdue = overdue
plan-deviation-open = Open a deviation
plan-deviation-close = Close with proof
plan-deviation-opened = Opened by { $name }, { $at }.
plan-deviation-closed = Closed by { $name }, { $at }.
plan-deviation-opened-flash = Deviation opened.
plan-deviation-closed-flash = Deviation closed.
plan-deviations-none = No deviations here
plan-deviations-none-hint = A failed check opens one by itself; anyone who works on the plan can open one.
deviation-state-open = Open
deviation-state-closed = Closed
deviation-severity-minor = Minor
deviation-severity-major = Major
deviation-severity-blocking = Blocking

# States
task-state-draft = Draft
task-state-planned = Planned
task-state-ready = Ready
task-state-in-progress = In progress
task-state-submitted = Handed in
task-state-checking = Being checked
task-state-accepted = Accepted
task-state-confirmed = Confirmed
task-state-rejected = Sent back
task-state-rework = Rework
task-state-blocked = Blocked
task-state-waived = Waived
task-state-cancelled = Cancelled

# Phases, teams, places
plan-phase-pre-show = Pre-show
plan-phase-on-site = On site
plan-phase-post-show = Post-show
plan-phase-planning = Planning
plan-phase-reception = Reception
plan-phase-in-session = In session
plan-phase-closing = Closing
plan-phase-adjournment = Adjournment
plan-function-PD = Project director
plan-function-PM = Show manager
plan-function-SM = Space sales
plan-function-MK = Marketing
plan-function-HB = Buyer programme
plan-function-OM = Operations
plan-function-FM = Hall manager
plan-function-TM = Technical services
plan-function-LM = Logistics
plan-function-HS = Health and safety
plan-function-SEC = Security
plan-function-RM = Registration
plan-function-CE = Conference
plan-function-CS = Customer service
plan-function-PR = Press
plan-function-FIN = Finance
plan-function-LEG = Legal
plan-function-IT = IT
plan-function-DPO = Privacy officer
plan-function-AUD = Auditor
plan-function-VEN = Venue
plan-function-AUTH = Authorities
plan-function-Board = Board
plan-place-office = Office
plan-place-hall = Hall
plan-place-stand = Stand
plan-place-dock = Loading dock
plan-place-yard = Marshalling yard
plan-place-registration-area = Registration area
plan-place-service-centre = Service centre
plan-place-meeting-room = Meeting room
plan-place-conference-room = Conference room
plan-place-control-room = Control room
plan-place-press-centre = Press centre
plan-place-warehouse = Warehouse
plan-place-hotel = Hotel
plan-place-all-places = Whole venue

# Refusals
refusal-plan-exists = This edition has a plan already.
refusal-plan-cycle = These tasks would wait for each other: { $tasks }.
refusal-plan-dangling = The link { $link } points to { $missing }, which does not exist.
refusal-plan-duplicate = The code { $code } is used twice.
refusal-plan-link-syntax = “{ $value }” is not a link. Write a code, then FS, SS, FF or SF, then days: E09 FS-25.
refusal-plan-link-self = { $value } cannot wait for itself.
refusal-plan-link-twice = { $value } is there twice.
refusal-plan-unknown-task = There is no task { $value }.
refusal-task-frozen = The task is closed; its record does not change any more.
refusal-task-state = This is not possible while the task is in its present state.
refusal-task-not-owner = Only the owner, or someone who leads the plan, may do this.
refusal-task-not-checker = Somebody else is named as checker.
refusal-task-not-confirmer = Somebody else is named as confirmer.
refusal-task-not-lead = Only someone who leads the plan may do this.
refusal-task-check-own = Whoever did the work does not check it.
refusal-task-confirm-own = Whoever did or owns the work does not confirm it.
refusal-task-checker-is-owner = The checker must be someone other than the owner.
refusal-task-confirmer-is-owner = The confirmer must be someone other than the owner.
refusal-task-not-on-team = This person is not on the team of this edition.
refusal-task-predecessor =
    has not been let go yet (it waits for: { $release ->
        [submitted] handed in
        [confirmed] confirmed
        *[other] accepted
    }).
refusal-task-predecessor-not-begun = has not begun yet.
refusal-task-waiting = the waiting time after it ends on { $until }.
refusal-task-no-owner = Nobody answers for the work yet.
refusal-task-no-checker = Nobody is named to check it.
refusal-task-not-measured = Not measured yet: { $name }
refusal-task-failing = Fails: { $name }
refusal-task-deviations-open =
    { $count ->
        [one] A blocking deviation is
        *[other] { $count } blocking deviations are
    } still open.
refusal-not-a-measure = “{ $value }” is neither a figure nor yes or no.
refusal-deviation-needs = A major or blocking deviation needs this.
refusal-deviation-closed = This deviation is closed already.
refusal-file-empty = The file is empty.
refusal-file-too-large = The file is larger than { $max } MB.
refusal-file-type = “{ $name }” is of a type that is not accepted here.
refusal-file-content = “{ $name }” is not what its name says.

# Facts
fact-plan-created = Plan made from the template: { $tasks } tasks
fact-plan-moved =
    { $count ->
        [one] One date
        *[other] { $count } dates
    } moved
fact-task-edited = Changed { $code }
fact-task-assigned = Assigned { $code }
fact-task-started = Began { $code }
fact-task-rework-started = Began the rework of { $code }, round { $round }
fact-task-progressed = { $code }: { $percent } % done
fact-task-submitted = Handed in { $code }, round { $round }
fact-task-measured = Measured { $code }; { $missing } indicators are still open
fact-task-accepted = { $code } passed its check in round { $round }
fact-task-rejected = { $code } failed round { $round } and goes back
fact-task-confirmed = Confirmed { $code }
fact-task-blocked = Blocked { $code }
fact-task-unblocked = Unblocked { $code }
fact-task-waived = Waived { $code }
fact-task-cancelled = Cancelled { $code }
fact-task-deviation-opened = Opened a deviation: { $title }
fact-task-deviation-closed = Closed a deviation: { $title }
fact-deviation-opened = Opened: { $title }
fact-deviation-closed = Closed: { $title }
