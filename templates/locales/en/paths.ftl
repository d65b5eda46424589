# What holds a task or milestone.
paths-title = What holds { $code }
paths-to = Task or milestone
paths-within = Room up to
paths-days = { $count ->
    [0] none
    [one] one day
   *[other] { $count } days
}
paths-none = Nothing before it holds it: it begins by its own date or with the plan.
paths-chain = Chain
paths-when = When
paths-float = Float
paths-critical = critical
paths-room = { $time } of room
paths-show = What holds this task
