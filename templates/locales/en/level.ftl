# Words of crews and levelling.

crew-title = Crews
crew-none = No crews yet
crew-none-hint = Add the crews that build, clean and guard the show. Then say on each task how many it needs: the plan shows when they are too few.
crew-new = Add a crew
crew-change = Change the crew
crew-code = Code
crew-code-hint = Short, without spaces, such as RIG
crew-name = Crew
crew-name-en = Name in English
crew-name-zh = Name in Chinese
crew-quantity = Available
crew-quantity-hint = People, or teams, there are at once
crew-calendar = Calendar
crew-calendar-hint = Tasks of this crew that have no calendar of their own follow it.
crew-calendar-none = The plan’s
crew-save = Save
crew-open = Open
crew-saved = Crew { $code } saved.
crew-removed = Crew { $code } removed.
crew-remove = Remove the crew
crew-remove-hint = Tasks that need it lose the need; their dates stay unless they followed its calendar.
crew-remove-ask = Remove crew { $code } from the plan and from its tasks?
crew-needs = Needs
crew-needs-hint = Tasks that ask for a crew, counted for each crew
crew-needs-none = This task needs no crew.
crew-needs-change = Change the crews
crew-needs-of = { $needed } of { $quantity }
crew-needs-saved = Crews of { $code } saved.
crew-needed = Needed
crew-peak = Most at once
crew-tasks = Tasks
crew-tasks-none = No task needs this crew yet.
crew-overloads = Too few
crew-overloads-hint = Times when more is needed than there is
crew-overload-count =
    { $count ->
        [one] once
        *[other] { $count } times
    }
crew-figures = Needed a day: at most { $peak }, available { $quantity }
crew-unit = people or teams
crew-in-use = Needed and available
crew-too-many = Needed and missing

level-title = Levelling
level-one = Levelling
level-hint = Levelling looks for dates at which crews suffice and no two tasks are in each other’s way at a place, with as little lateness as it can. It proposes; nothing moves before you accept.
level-overloads =
    { $count ->
        [0] Crews and places suffice
        [one] Once a crew or a place does not suffice
        *[other] { $count } times a crew or a place does not suffice
    }
level-overloads-show = Show when, where and for which tasks
level-none = Nothing levelled yet
level-none-hint = A levelling takes seconds to minutes; you can go on working meanwhile.
level-new = Level crews and places
level-ask = Level
level-budget = Schedules to try
level-budget-hint = More take longer and find better dates.
level-seed = Seed
level-seed-hint = The same seed proposes the same.
level-asked-at = Asked
level-asked-by = By
level-asked = { $name }, { $at }
level-standing = State
level-built = Schedules tried
level-moves = Moves
level-state-queued = Waiting
level-state-running = Running
level-state-proposed = Proposed
level-state-accepted = Accepted
level-state-discarded = Discarded
level-state-cancelled = Cancelled
level-state-failed = Failed
level-running = Looking for better dates
level-progress = { $built } of { $budget } schedules tried
level-best = Best so far: { $late } past latest dates, { $moved } moved in all
level-stop = Stop here
level-stop-hint = The best found so far is proposed.
level-stopping = Stopping …
level-stopped = Stopping. The best found so far will be proposed.
level-failed = No proposal
level-failed-hint = The search ended before it had one. Level again.
level-solved = Conflicts solved
level-solved-of =
    { $count ->
        [one] of 1
        *[other] of { $count }
    }
level-follow =
    { $count ->
        [0] no other task follows
        [one] 1 more task follows
        *[other] { $count } more tasks follow
    }
level-room-before = { $room } before
level-seed-was = seed { $seed }
level-outdated = The plan has changed since
level-outdated-hint = The proposal belongs to an earlier plan and cannot be accepted any more. Level again.
level-decided = { $what } by { $name }, { $at }
level-left = What levelling cannot solve: work that is fixed, or that needs more than there is
level-nothing = Nothing has to move.
level-why = Because
level-lack-crew = { $used } of crew { $code } needed, { $capacity } available:
level-lack-place = { $code } cannot be used at the same time by
level-lack-room = { $used } wanted at { $code }, { $capacity } available:
level-how = By
level-soft-link = after
level-not-before = not before this day
level-cost = Float it costs
level-cost-none = none
level-late = past its latest date
level-choose = Take
level-choose-one = Take the move of { $code }
level-preview = Show the effect
level-accept = Accept chosen moves
level-accepted =
    { $count ->
        [one] Accepted: 1 task moves.
        *[other] Accepted: { $count } tasks move.
    }
level-discard = Discard the proposal
level-discarded = Proposal discarded.
level-effect = Effect on the plan

refusal-crew-code-spaces = A code has no spaces.
refusal-crew-code-taken = There is a crew with this code already.
refusal-levelling-running = A levelling is under way. Wait for it or stop it.
refusal-levelling-decided = This levelling is decided, or not there to be decided.
refusal-levelling-outdated = The plan has changed since the proposal was made. Level again.
refusal-levelling-none-chosen = Choose at least one move.

fact-plan-crew-added = Crew { $code } added: { $quantity }
fact-plan-crew-changed = Crew { $code } changed: { $before } → { $quantity }
fact-plan-crew-removed = Crew { $code } removed
fact-task-crewed = Crews of { $code }: { $crews }
fact-plan-levelling-asked = Levelling asked for: { $budget } schedules
fact-plan-levelling-started = Levelling begun
fact-plan-levelling-cancelled = Levelling cancelled before it began
fact-plan-levelling-stopped = Levelling asked to stop
fact-plan-levelling-proposed = Levelling proposes { $moves } moves after { $built } schedules
fact-plan-levelling-failed = Levelling ended without a proposal
fact-plan-levelling-discarded = Levelling discarded: { $moves } moves
fact-plan-levelling-accepted = Levelling accepted: { $accepted } of { $moves } moves
