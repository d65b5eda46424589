# Words of the Gantt.

gantt-zoom = 时间比例
gantt-zoom-hours = 小时
gantt-zoom-days = 日
gantt-zoom-weeks = 周
gantt-zoom-months = 月
gantt-group = 分组
gantt-group-stage = 阶段步骤
gantt-group-phase = 阶段
gantt-group-place = 场地
gantt-group-owner = 负责人
gantt-group-flat = 不分组
gantt-open = 展开本组任务
gantt-shut = 收起本组任务
gantt-as-table = 以表格查看
gantt-week = 显示的一周
gantt-week-before = 上一周
gantt-week-after = 下一周
gantt-week-opening = 转到开幕日
gantt-tasks = { $count } 项任务
gantt-page = 第 { $page } 页，共 { $pages } 页
gantt-page-before = 上一页
plan-only-near = 近关键任务

# What a row says
gantt-float-of = 浮动 { $time }
gantt-deadline-of = 期望不晚于 { $day }
gantt-baseline-of = 基线 { $days }
gantt-waits-for = 等待 { $codes }

# Legend
gantt-legend-task = 任务
gantt-legend-path = 通往开幕的关键路径
gantt-legend-critical = 关键
gantt-legend-near = 近关键
gantt-legend-late = 逾期
gantt-legend-done = 已完成
gantt-legend-progress = 进度
gantt-legend-float = 浮动时间
gantt-legend-baseline = 基线
gantt-legend-point = 里程碑
gantt-legend-deadline = 期望完成日
gantt-legend-bracket = 分组及完成程度
gantt-legend-opening = 开幕日
gantt-legend-today = 今天
gantt-legend-reached = 前锋线
gantt-legend-idle = 非工作时间

# Moving
gantt-walk = 按 Tab 进入图表中的一个横条：↑ ↓ 逐行移动，← → 沿关联前往前置或后续任务，Home 和 End 到首尾，回车打开任务。
gantt-keys = 选中任务后：Shift 加 ← → 移动，Shift 加 Ctrl 加 ← → 改变工期，回车查看影响，Esc 还原。也可直接拖动横条，拖右端改变工期。
gantt-say-moved = { $code }：{ $from } 至 { $until }，{ $shift }。回车查看影响，Esc 还原。
gantt-say-stretched = { $code } 现于 { $until } 结束，{ $shift }。回车查看影响，Esc 还原。
gantt-say-back = 已还原，未作任何更改。
gantt-say-fixed = 该任务不能移动：已开工、已完成或为汇总任务。
gantt-move-title = 将产生的变动
gantt-move-of = 移动 { $code }
gantt-move-now = 现在
gantt-move-begun = 工作已经开始，开始时间是事实；工期仍可调整。
gantt-move-wish = 其日期要求将改为：{ $wish }，{ $day }。
gantt-move-held = 如果您期望它移动：它所等待的任务或自身的日期要求使其保持不动。
gantt-move-back = 还原
gantt-field-start = 开始日
gantt-move = 移动
refusal-plan-shift-begun = 该任务已经开工，开始时间是事实，不能移动。
