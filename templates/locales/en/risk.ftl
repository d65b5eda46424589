# Words of the forecast: risks, estimates, simulations.

forecast-risk = Risk

risk-title = Risk and forecast
risk-doubt =
    { $uncertain ->
        [one] One of { $tasks } tasks has
        *[other] { $uncertain } of { $tasks } tasks have
    } a three-point estimate; { $risks ->
        [one] one open risk can strike.
        *[other] { $risks } open risks can strike.
    }
risk-no-estimates = Without estimates every run gives the same dates.
risk-estimates = Estimates
risk-none = No forecast yet
risk-none-hint = A simulation lays the plan out thousands of times with durations drawn from their estimates and risks that strike by chance.
risk-no-result = This simulation has no result.
risk-outdated = The plan has changed since
risk-outdated-hint = Tasks, estimates or risks are not those of this forecast any more. Simulate again.
risk-curve = When it is reached
risk-curve-title = { $aim }: share of runs that are through by each day
risk-curve-share = Share of runs
risk-histogram = How it is spread
risk-histogram-title = { $aim }: runs by day
risk-tornado = What moves it
risk-tornado-title = { $aim }: mean date at either end of each duration or risk
risk-tornado-low = Shortest tenth, or the risk does not strike
risk-tornado-high = Longest tenth, or the risk strikes
risk-tornado-none = Nothing moves this date.
risk-unit-percent = %
risk-unit-runs = runs
risk-unit-days-from-mean = days from the mean
risk-mark-due = due
risk-name = Risk { $number }: { $name }
risk-dates = Every date
risk-drivers = What drives the date
risk-drivers-hint = Criticality: share of runs in which the task drives the date. Cruciality: rank correlation of its duration with the date. Sensitivity: criticality × spread of the task ÷ spread of the date. Swing: mean date at its longest tenth less that at its shortest.
risk-by-date = chance by { $date }
risk-planned = planned { $date }
risk-how =
    { $runs ->
        [one] one run
        *[other] { $runs } runs
    }, seed { $seed }
risk-mean = Mean
risk-spread = Standard deviation
risk-on-time = on the day
risk-late = { $time } late
risk-in-hand = { $time } in hand
risk-aim-opening = Ready for opening day
risk-aim-end = End of the plan
risk-aim-phase = { $phase } complete
risk-column-aim = Date
risk-column-due = Due
risk-column-chance = Chance
risk-column-late = P80 against due
risk-column-criticality = Criticality
risk-column-cruciality = Cruciality
risk-column-sensitivity = Sensitivity
risk-column-duration = Duration
risk-column-swing = Swing
risk-ask = Simulate
risk-field-aim = Date in front
risk-field-shape = Law of the estimates
risk-field-runs = Runs
risk-field-runs-hint = 100 to 100,000; 10,000 is plenty.
risk-field-seed = Seed
risk-field-seed-hint = The same plan and seed give the same result.
risk-shape-pert = Beta-PERT
risk-shape-triangular = Triangular
risk-simulate = Simulate
risk-stop = Stop
risk-show-result = Show the result
risk-history = Simulations
risk-run-asked = Asked
risk-run-by = By
risk-run-state = State
risk-run-revision = Plan revision
risk-state-waiting = Waiting
risk-state-running = Running
risk-state-done = Done
risk-state-cancelled = Stopped
risk-state-failed = Failed
risk-asked-flash = The simulation runs. This page shows how far it is.
risk-done-flash = The forecast is ready.
risk-stopped-flash = The simulation is stopped.

risk-register = Risk register
risk-register-hint = What may happen, how likely it is and which tasks it would delay. Open risks strike by chance in every simulation.
risk-register-none = No risk registered
risk-register-none-hint = Think of customs, weather, contractors, permits: what would delay which task?
risk-add = Add risk
risk-save = Save
risk-added-flash = Risk { $number } is in the register.
risk-changed-flash = Risk { $number } is saved.
risk-exposure = Exposure
risk-field-name = Risk
risk-field-name-en = Name in English
risk-field-name-zh = Name in Chinese
risk-field-description = Cause and effect
risk-field-probability = Chance
risk-field-delay = Delay, days
risk-field-delay-least = Delay at least
risk-field-delay-likely = Delay as a rule
risk-field-delay-most = Delay at most
risk-field-tasks = Tasks it delays
risk-field-tasks-hint = Codes, such as L02; L03.
risk-field-owner = Owner
risk-field-response = Response
risk-field-state = State
risk-event-state-open = Open
risk-event-state-closed = Closed

estimate-title = Estimates
estimate-hint = How long each task takes when all goes well, as a rule, and when much goes wrong; what it may cost and has cost.
estimate-suggest-title = Suggest estimates where nobody has given one
estimate-suggest = Suggest estimates
estimate-suggested-flash =
    { $count ->
        [one] One task has a suggested estimate.
        *[other] { $count } tasks have a suggested estimate.
    }
estimate-overwrite = Also replace estimates that are there
estimate-less = Shorter at best by
estimate-more = Longer at worst by
estimate-optimistic = Optimistic
estimate-optimistic-hint = When everything goes well.
estimate-likely = Likely
estimate-likely-hint = As a rule.
estimate-pessimistic = Pessimistic
estimate-pessimistic-hint = When much goes wrong. Leave all three empty for no estimate.
estimate-budget = Budget
estimate-actual-cost = Actual cost
estimate-actual-cost-hint = All it has cost so far.
estimate-edit = Estimate and cost
estimate-of = Estimate and cost of { $code }
estimate-planned = Planned duration: { $days }
estimate-save = Save
estimate-saved-flash = Estimate of { $code } saved.

refusal-estimate-order = Optimistic, likely and pessimistic must not decrease.
refusal-risk-nothing-uncertain = No task has an estimate and no risk can strike: every run would give the same dates.

fact-task-estimated = Estimated { $code }: { $days } days
fact-plan-estimates-suggested =
    { $count ->
        [one] One estimate suggested
        *[other] { $count } estimates suggested
    }
fact-plan-risk-added = Registered risk { $number }, { $name }, { $percent } %
fact-plan-risk-changed = Changed risk { $number }, { $name }, { $percent } %
fact-plan-risk-simulated = Simulated the plan: { $percent } % chance
