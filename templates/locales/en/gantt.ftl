# Words of the Gantt.

gantt-zoom = Scale
gantt-zoom-hours = Hours
gantt-zoom-days = Days
gantt-zoom-weeks = Weeks
gantt-zoom-months = Months
gantt-group = Grouped by
gantt-group-stage = stage
gantt-group-phase = phase
gantt-group-place = place
gantt-group-owner = owner
gantt-group-flat = nothing
gantt-open = Show the tasks of this group
gantt-shut = Hide the tasks of this group
gantt-as-table = As a table
gantt-week = Week shown
gantt-week-before = The week before
gantt-week-after = The week after
gantt-week-opening = To opening day
gantt-tasks = { $count } tasks
gantt-page = Page { $page } of { $pages }
gantt-page-before = Previous page
plan-only-near = Nearly critical

# What a row says
gantt-float-of = float { $time }
gantt-deadline-of = wanted by { $day }
gantt-baseline-of = baseline { $days }
gantt-waits-for = waits for { $codes }

# Legend
gantt-legend-task = Task
gantt-legend-path = On the way to opening
gantt-legend-critical = Critical
gantt-legend-near = Nearly critical
gantt-legend-late = Late
gantt-legend-done = Done
gantt-legend-progress = Progress
gantt-legend-float = Float
gantt-legend-baseline = Baseline
gantt-legend-point = Milestone
gantt-legend-deadline = Wanted by
gantt-legend-bracket = Group, with what is done
gantt-legend-opening = Opening day
gantt-legend-today = Today
gantt-legend-reached = Line of progress
gantt-legend-idle = No work

# Moving
gantt-walk = Tab enters the chart at one bar: ↑ ↓ go from row to row, ← → along the links to what a task waits for and what waits for it, Home and End to the ends, Enter opens the task.
gantt-keys = With a task in focus: Shift and ← → move it, Shift, Ctrl and ← → stretch it, Enter shows the effect, Esc puts it back. Bars can be dragged, their right end stretches.
gantt-say-moved = { $code }: { $from } to { $until }, { $shift }. Enter shows the effect, Escape puts it back.
gantt-say-stretched = { $code } now ends { $until }, { $shift }. Enter shows the effect, Escape puts it back.
gantt-say-back = Put back. Nothing was changed.
gantt-say-fixed = This task cannot be moved: it has begun, is done, or is a summary.
gantt-move-title = What would move
gantt-move-of = Move { $code }
gantt-move-now = Now
gantt-move-begun = Work has begun: the start is a fact. The length can still change.
gantt-move-wish = Its date wish becomes: { $wish }, { $day }.
gantt-move-held = If you expected a move: what the task waits for, or its own dates, hold it where it is.
gantt-move-back = Put it back
gantt-field-start = First day
gantt-move = Move
refusal-plan-shift-begun = Work on this task has begun. Its start is a fact and cannot be moved.
