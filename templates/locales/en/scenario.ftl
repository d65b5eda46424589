# Words of scenarios.

forecast-scenarios = Scenarios

scenario-title = Scenarios
scenario-hint = A scenario tries changes on the plan without touching it. Compare several, then promote the one that is agreed.
scenario-none = No scenario yet
scenario-none-hint = What if the build-up is a day shorter? Make a scenario, add the changes and see what they do to opening day.
scenario-choose = Compare
scenario-choose-one = Compare { $name }
scenario-name = Scenario
scenario-steps = Changes
scenario-state = State
scenario-state-draft = Open
scenario-state-promoted = In the plan
scenario-state-dropped = Put away
scenario-made = Made
scenario-beside = Beside these baselines
scenario-compare = Compare
scenario-compare-title = Plans side by side
scenario-field-description = The question it answers
scenario-create = Make scenario
scenario-create-title = New scenario
scenario-created-flash = Scenario { $number } is made. Add its changes.
scenario-no-steps = No changes yet.
scenario-remove = Take out
scenario-day-off = day off
scenario-step-hint = Only what is filled in changes; everything else stays as it is in the plan.
scenario-field-task = Task code
scenario-predecessors-hint = As in the form of the task; a single - takes all links away.
scenario-field-calendar = Or a calendar
scenario-field-day = Day of the calendar
scenario-field-hours = Hours
scenario-field-hours-hint = 08:00-12:00, 13:00-17:00; empty for a day off.
scenario-add-step = Add change
scenario-add-title = Add a change
scenario-step-change = Change
scenario-step-add = New task
scenario-step-delete = Task goes
scenario-step-opening = Opening day
scenario-new-hint = What is left empty is taken from the task it comes after.
scenario-delete-hint = A task that has begun, that has a history or that holds others stays.
scenario-opening-hint = D0 is { $day } now. All days of the event and every date that follows from D0 move along.
scenario-opens-on = Opening day (D0)
scenario-added = Tasks it adds
scenario-removed = Tasks it has not
scenario-step-flash = The change is part of the scenario.
scenario-step-removed-flash = The change is taken out.
scenario-drop = Put away
scenario-dropped-flash = The scenario is put away.
scenario-unfit = It does not fit the plan as it is now
scenario-clashes = The plan has changed here too; the scenario’s value stands
scenario-effect = What it does
scenario-promote = Promote to the plan
scenario-promote-question = Make these changes in the plan?
scenario-promoted-flash =
    { $count ->
        [0] The scenario is in the plan. No dates moved.
        [one] The scenario is in the plan. One date moved.
        *[other] The scenario is in the plan. { $count } dates moved.
    }
scenario-current = Current plan
scenario-baseline = Baseline { $number }: { $name }
scenario-one = Scenario { $number }: { $name }
scenario-mark = Mark
scenario-breaks = Links and dates it breaks
scenario-moved = Tasks that move
scenario-moved-tasks = Tasks that stand elsewhere
scenario-plan = Plan
scenario-path = Critical path to opening
scenario-paths = Critical paths
scenario-more =
    { $count ->
        [one] and one more
        *[other] and { $count } more
    }

refusal-scenario-nothing = This changes nothing.
refusal-scenario-needs-edition = This scenario moves the opening day. Promoting it needs the right to change the edition.
refusal-scenario-hours = Write hours as 08:00-12:00, 13:00-17:00.
refusal-scenario-task-gone = Task { $code } is no longer in the plan.
refusal-scenario-calendar-gone = Calendar { $code } is no longer in the plan.
refusal-scenario-closed = This scenario is promoted or put away already.
refusal-scenario-empty = This scenario has no changes.

fact-plan-scenario-created = Made scenario { $number }, { $name }
fact-plan-scenario-dropped = Put scenario { $number }, { $name }, away
fact-plan-scenario-taken-back =
    Took scenario { $number }, { $name }, out of the plan: { $count ->
        [one] one date
        *[other] { $count } dates
    } moved
fact-plan-scenario-promoted =
    Promoted scenario { $number }, { $name }: { $count ->
        [one] one date
        *[other] { $count } dates
    } moved
