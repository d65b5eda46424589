# Words of earned value and of the critical chain.

forecast-value = Earned value
forecast-buffers = Buffers

value-title = Earned value
value-none = No baseline to measure against
value-none-hint = Earned value compares what is done with what a baseline planned. Freeze one first.
value-against = Baseline
value-status-date = Status date
value-show = Show
value-by-minutes = The plan has no budgets, so planned working time is the weight; nothing is said about cost.
value-no-costs = No task has an actual cost yet, so nothing is said about cost.
value-left-out =
    { $count ->
        [one] One cancelled task is left out.
        *[other] { $count } cancelled tasks are left out.
    }
refusal-value-no-baseline = No baseline is chosen to measure against. Name one, or freeze one first.
value-pv = Planned value
value-ev = Earned value
value-ac = Actual cost
value-bac = Budget
value-of-all = { $share } of the whole
value-variance = variance { $amount }
value-budget = budget { $amount }
value-curves = Value over time
value-unit-money = thousand { $currency }
value-unit-days = days of work
value-phases = Phase by phase
value-all = Whole plan
value-formulas = SPI = EV ÷ PV, CPI = EV ÷ AC, EAC = BAC ÷ CPI (ISO 21508). Earned schedule ES is the time at which the value earned was to be reached; SPI(t) = ES ÷ actual time, EAC(t) = planned duration ÷ SPI(t) (Lipke 2003).

buffer-title = Critical chain
buffer-hint = The safety of single tasks stands as one buffer before the end, and as feeding buffers where other chains join. A chain that uses its buffer faster than it gets on needs action.
buffer-none = No tasks
buffer-sizing = How buffers are sized
buffer-sizing-root-square = Root of squared safeties
buffer-sizing-cut-paste = Half of the safety
buffer-project = Project buffer
buffer-used = Buffer used
buffer-against = slip against { $name }
buffer-against-room = by the room before opening day
buffer-complete = Chain done
buffer-length = { $days } of work on the chain
buffer-length-head = Length
buffer-feeding = Feeding chains
buffer-red =
    { $count ->
        [0] none in the red zone
        [one] one in the red zone
        *[other] { $count } in the red zone
    }
buffer-fever = Fever chart
buffer-fever-title = Buffer used against chain done
buffer-axis-complete = chain done, %
buffer-axis-used = buffer used, %
buffer-chains = Chains and buffers
buffer-critical = Critical chain
buffer-into = { $from } into { $to }
buffer-chain = Chain
buffer-tasks = Tasks
buffer-wanted = Buffer wanted
buffer-room = Room there is
buffer-zone = Zone
buffer-zone-green = Go on
buffer-zone-yellow = Plan
buffer-zone-red = Act
