# Words of promises, the look-ahead, control figures and template learning.
commitment-title = Promises
commitment-span = Period
commitment-span-week = Weeks
commitment-span-day = Days
commitment-before = Period before
commitment-after = Period after
commitment-ppc = Percent plan complete
commitment-ppc-hint = Kept of those judged
commitment-promised = Promised
commitment-open-count = { $count } not judged yet
commitment-missed-hint = Each with its reason
commitment-mean = Lately
commitment-mean-hint = Mean of the last four periods
commitment-outcome-open = Open
commitment-outcome-done = Kept
commitment-outcome-missed = Not kept
commitment-none = Nothing promised
commitment-none-hint = Promise below what each team will have done by the end of the period.
commitment-goal-is = up to { $goal } %
commitment-again = Undo
commitment-kept = Kept
commitment-not-kept = Not kept
commitment-reason = Why
commitment-note = Note
commitment-past = This period is over; nothing more can be promised for it.
commitment-nothing-open = Nothing else falls into this period.
commitment-choose = Tasks of this period
commitment-goal = How far
commitment-goal-hint = 100: handed in. Less for work that goes on.
commitment-promise = Promise
commitment-can = Promise more ({ $count } possible)
commitment-trend = Percent plan complete over time
commitment-target = Target 80 %
commitment-pareto = Reasons for promises not kept
commitment-pareto-unit = promises
commitment-promised-flash = { $count ->
    [one] One task promised.
   *[other] { $count } tasks promised.
}
commitment-judged-flash = Saved.
refusal-commitment-over = This period is over.
refusal-commitment-done = { $code } is done already.
refusal-commitment-none = Choose at least one task.
refusal-commitment-twice = One of these tasks is promised for this period already.
refusal-commitment-not-done = { $code } is at { $percent } %; promised were { $goal } %.
fact-task-promised = Promised { $code } for { $begins_on }
fact-task-promise-kept = Promise kept: { $code }
fact-task-promise-missed = Promise not kept: { $code } ({ $reason })
fact-task-promise-open = Promise open again: { $code }

lookahead-title = Look-ahead
lookahead-by = Order
lookahead-by-place = By place
lookahead-by-team = By team
lookahead-window = Window
lookahead-hours = { $hours } h
lookahead-begins = Begin
lookahead-ends = End
lookahead-held = Held up
lookahead-held-hint = { $count } conditions to clear
lookahead-none = Nothing begins or ends
lookahead-none-hint = Look further ahead to see more.
lookahead-clear = To clear first
lookahead-condition = Condition
lookahead-who = Who clears it
lookahead-holds = Holds
lookahead-waiting = Tasks waiting
lookahead-when = When
lookahead-against = Stands against it
lookahead-nothing-against = nothing
lookahead-from = from { $at }
lookahead-to = until { $at }

figures-title = Control figures
figures-room-hint = Working time the preparation may slip
figures-first-pass = First-pass acceptance
figures-first-pass-hint = { $first } of { $all } passed their first check
figures-rounds = Rounds per task
figures-rounds-hint = Work and check until it passed
figures-close = Time to close
figures-close-hint = Median; { $closed } closed, { $open } open
figures-ppc-hint = Last week with a judgement
figures-spi-hint = Time earned of time passed
figures-cpi-hint = Value earned of money spent
figures-places = Places established
figures-places-hint = Of those the plan needs by now
figures-gates = Float to what comes
figures-gate = Reached
figures-gate-day = Planned
figures-gate-open = Tasks open
figures-gate-float = Float
figures-closing = Median time to close a deviation

learning-title = Learning
learning-none = Nothing to learn from yet
learning-none-hint = When an edition of this series is closed, its real durations come here.
learning-from = { $count ->
    [one] From one finished edition of the series
   *[other] From { $count } finished editions of the series
}
learning-unfinished-hint = This edition is not closed. Its lesson can be taken over when it is.
learning-same = The template already has these durations.
learning-accept-hint = Taken over, these durations become a new version of the series’ template. New editions of the series start from it; existing plans stay as they are.
learning-accept = Accept as version { $number }
learning-lessons = What would change: { $count } tasks
learning-formula = Optimistic / likely / pessimistic. Weight of experience w = n ÷ (n + 2) for n samples; likely moves by w to the median of the times to the first hand-in, optimistic to the shortest of them, pessimistic to the longest time to acceptance. Single values are held between a quarter and four times the template’s; delays from outside stay risks.
learning-old = Now
learning-new = Learned
learning-change = Likely
learning-spread = spread only
learning-why = Why
learning-why-times = { $samples ->
    [one] 1 sample
   *[other] { $samples } samples
 }: median { $median }, longest { $longest }
learning-why-rounds = { $rounds } rounds on average
learning-why-outside = { $count } delayed from outside
learning-glue = { "; " }
learning-versions = Versions of the template
learning-number = Version
learning-edition = Learned from
learning-tasks = Tasks
learning-by = Accepted by
learning-at = Accepted
learning-accepted-flash = Version { $number } of the template is in force.
refusal-learning-unfinished = This edition is not closed yet.
refusal-learning-nothing = There is nothing new to learn.
fact-series-learned = Learned durations of { $tasks } tasks as version { $number } of the template
