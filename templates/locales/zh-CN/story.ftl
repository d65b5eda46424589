# What moved and why.

story-title = 变动说明
story-hint = 每一次被接受的计划变更：移动了什么、为什么。均可阅读、打印和发送。
story-empty = 尚无变更
story-empty-hint = 日期变更被接受后，其说明将显示在此。
story-revision = 序号
story-what = 变更内容
story-tasks-moved = 移动任务
story-of = 第 { $revision } 次变更：移动了什么、为什么
story-beside = 其他变更
story-before = 上一次变更
story-after = 下一次变更
story-before-days = 变更前
story-after-days = 变更后
story-lines-more = 另有 { $count } 项任务移动。

# Sentences
story-system = 系统
story-task = { $code }“{ $name }”
story-days = { $days } 天
story-changed = { $when }，{ $who } 更改了 { $task }：{ $fields }。
story-changed-several = { $when }，{ $who } 更改了 { $what }。
story-by-task = { $when }，{ $who } 更改了 { $what }。
story-by-opening = { $when }，{ $who } 移动了开幕日。
story-by-data-date = { $when }，{ $who } 移动了数据日期：此前为事实，剩余工作不早于该日期开始。
story-by-other = { $when }，{ $who } 更改了计划（{ $what }）。
story-cause-levelling = 资源平衡
story-cause-scenario = 方案
story-cause-places = 场地需求
story-cause-conflict = 解决冲突
story-cause-hours = 场地开放时间
story-cause-rules = 按场地规则
story-cause-soft-link = 商定的先后顺序
story-cause-mspdi = 从 Microsoft Project 导入
story-cause-import = 表格导入
story-cause-cell = 任务字段
story-cause-bulk = 批量更改
story-cause-add = 新增任务
story-cause-copy = 复制任务
story-cause-delete = 移除任务
story-cause-move = 列表顺序
story-cause-link = 新增关系
story-cause-unlink = 移除关系
story-cause-undo = 撤销
story-cause-redo = 重做
story-none = 没有任务移动。
story-moved =
    { $done ->
        [yes] 移动了
        *[no] 将移动
    } { $count } 项任务：推迟 { $later } 项，提前 { $earlier } 项。
story-furthest =
    变动最大的{ $done ->
        [yes] 是
        *[no] 将是
    } { $task }：{ $shift }，由 { $before } 改为 { $after }。
story-float = 另有 { $count } 项任务日期不变，仅浮动时间有增减。
story-opening-missed =
    计划{ $done ->
        [yes] 将错过
        *[no] 会错过
    }开幕日 { $short }；此前尚有 { $before } 余量。
story-opening-still-missed = 开幕日仍将错过 { $short }（变更前余量：{ $before }）。
story-opening-met =
    { $done ->
        [yes] 开幕日重新得到保证
        *[no] 开幕日可重新得到保证
    }，余量 { $after }。
story-opening-tighter =
    开幕日前的余量{ $done ->
        [yes] 已
        *[no] 将
    }由 { $before } 减至 { $after }。
story-opening-wider =
    开幕日前的余量{ $done ->
        [yes] 已
        *[no] 将
    }由 { $before } 增至 { $after }。
story-opening-same = 开幕日前的余量保持 { $after }。
story-chains = 如何传导
story-chain = 沿 { $chain }：{ $steps }。
story-itself = 自身：{ $steps }。
story-step = { $task } { $shift }，现为 { $after }
story-then = ；
story-steps-more = 其后还有 { $count } 项
story-chains-more = 另有 { $count } 条链，其任务见下表。
story-milestones = 里程碑
story-milestone = { $task } { $shift }，现为 { $after }
story-critical = 关键任务
story-critical-now =
    { $count } 项{ $done ->
        [yes] 已成为
        *[no] 将成为
    }关键任务：{ $tasks }。
story-critical-no-more =
    { $count } 项{ $done ->
        [yes] 已
        *[no] 将
    }缓解，不再关键：{ $tasks }。
story-breaks = 计划因此无法满足
story-repairs = 计划重新得以满足
story-tasks = 新增与移除的任务
story-added = 新增：{ $tasks }。
story-removed = 移除：{ $tasks }。
story-in-words = 文字说明

# Sending
story-send = 发送给团队
story-send-to = 收件人
story-send-note = 附言
story-send-button = 发送
story-sent = { $count } 封邮件已进入发送队列。
story-mail-subject = { $edition }：第 { $revision } 次变更移动了什么
story-mail-intro = { $from } 向您发送计划第 { $revision } 次变更的说明：移动了什么、为什么。
story-mail-button = 在 Fairlead 中阅读
fact-plan-story-sent = 将第 { $revision } 次变更的说明发送给团队 { $count } 人
