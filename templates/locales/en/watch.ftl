# Words of supervision.
watch-title = Supervision
watch-views = Views of supervision
watch-rhythm = Reports
watch-search = Words, task, owner
watch-source = Opened by
watch-level = Escalated
watch-age = Open for
watch-state-all = All
watch-only-overdue = Overdue
watch-only-escalated = Escalated
watch-overdue = Overdue
watch-overdue-hint = Past their day
watch-blocking-hint = Nothing that depends on them goes on
watch-escalated = Escalated
watch-escalated-hint = Above the owner
watch-by-system = { $count } opened by Fairlead
watch-opened-at = Opened
watch-closed-at = Closed
watch-ageing-title = How long deviations have been open
watch-ageing = Open deviations by age
watch-ageing-unit = deviations
watch-escalation = Line of responsibility
watch-actions = Corrective actions
watch-actions-none = No corrective action yet.
watch-action-add = Add a corrective action
watch-action-name = What to do
watch-action-flash = Corrective action { $code } is in the plan.
watch-change = Change
watch-changed-flash = Deviation changed.
watch-ready = Every corrective action is confirmed
watch-ready-hint = What remains is to say what proves it.
watch-proof-confirmed = Confirmed: { $tasks }
watch-corrects = Corrective action for
watch-corrective-stage = Corrective actions
watch-owed = Tasks in work
watch-owed-none = Nobody is at work on a task
watch-owed-none-hint = Reports are expected for tasks that have begun.
watch-heard = Last word
watch-next = Next report
watch-missing = missing since { $due }
watch-in-time = in time
watch-rhythm-set = Set the rhythm
watch-rhythm-usual = usual
watch-rhythm-flash = Rhythm saved.
watch-seen-report = { $code } { $name }: no report by { $due }
watch-seen-deadline = { $code } { $name }: forecast { $by } past its deadline
watch-seen-opening = Opening day is missed by { $by }; the chain begins with { $code } { $name }
watch-seen-state = { $place } is no longer { $state ->
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
watch-seen-conflict = { $place } is taken twice: { $tasks }
watch-gone-report = The report came.
watch-gone-forecast = The forecast is back within its date.
watch-gone-conflict = The reservations no longer clash.

deviation-source-person = A person
deviation-source-check = A failed check
deviation-source-report = A missed report
deviation-source-forecast = A late forecast
deviation-source-state = A lost place state
deviation-source-conflict = A place conflict
deviation-age-today = under a day
deviation-age-days3 = 1–2 days
deviation-age-week = 3–6 days
deviation-age-weeks2 = 1–2 weeks
deviation-age-month = up to a month
deviation-age-longer = longer
escalation-level-0 = With the owner
escalation-level-1 = To the lead
escalation-level-2 = To the manager
escalation-level-3 = To the director
escalation-rung-owner = Owner
escalation-rung-lead = Lead of the role
escalation-rung-manager = Show manager
escalation-rung-director = Director
escalation-next = Goes to: { $rung }, { $at }, unless it is closed before.

rhythm-every-never = Never
rhythm-every-weekly = Weekly
rhythm-every-daily = Daily
rhythm-every-hourly = Hourly
rhythm-every-label = Reports
rhythm-weekday = Weekday
rhythm-weekday-hint = For weekly reports.
rhythm-due = Due at
rhythm-due-hint = For weekly and daily reports.
rhythm-from = Working day from
rhythm-from-hint = For hourly reports.
rhythm-until = until
rhythm-grace = Missed after
rhythm-grace-hint = Time of grace after the due moment.
rhythm-minutes = min
rhythm-closing-days = Last days before opening
rhythm-closing-days-hint = 0: no other rhythm near opening.
rhythm-closing-every = In those days
rhythm-never = No reports.
rhythm-weekly = Weekly, { $day } { $time }.
rhythm-daily = Daily, { $time }.
rhythm-hourly = Every hour from { $from } to { $until }.
rhythm-closing = { " " }In the last { $days } days before opening: { $every }
rhythm-grace-words = { " " }Missed after { $time }.
refusal-rhythm-time = “{ $value }” is not a time of day.
refusal-rhythm-day = The working day must end after it begins.
refusal-corrective-past = This day is over already.

mail-escalation-subject = { $count ->
    [one] A deviation needs you
   *[other] { $count } deviations need you
 }: { $edition }
mail-escalation-body = { $count ->
    [one] this deviation of { $edition } has not been closed in time and comes to you along the line of responsibility:
   *[other] these deviations of { $edition } have not been closed in time and come to you along the line of responsibility:
 }
mail-escalation-open = open for { $age }
mail-escalation-button = Open in Fairlead

fact-deviation-edited = Changed: { $title }
fact-deviation-escalated = Escalated to { $names }
fact-deviation-action-added = Corrective action { $code } added
fact-task-deviation-escalated = Deviation escalated to { $names }: { $title }
fact-plan-rhythm-changed = Changed the reporting rhythm

today-calls = Needs you now
today-call-own = yours
today-report = Report on { $name }
