# 时间与空间：计划中的场地

# 拒绝
refusal-task-place-state =
    { $places }{ $more ->
        [0] { "" }
       *[other] { " " }(+{ $more })
    } 须处于“{ $state ->
        [released] 已释放
        [handed_over] 已接收
        [marked_out] 已放线
        [serviced] 水电已通
        [built] 已搭建
        [inspected] 已验收
        [established] 已就绪
        [live] 运行中
        [stripped] 已拆除
        [cleared] 已清空
        [returned] 已归还
       *[suspended] 暂停使用
    }”状态。
refusal-task-place-occupied = 正在占用 { $places }{ $more ->
        [0] { "" }
       *[other] { " " }(+{ $more })
    }。
refusal-task-place-full = { $place } 余量不足：已用 { $taken }，需要 { $wanted }，共有 { $capacity }。
refusal-space-only-stands = 此选项仅适用于展位。
refusal-space-needs-own-state = 任务不能以自身产生的状态为前提。
refusal-space-rule-nobody = 没有任务符合“{ $value }”。
refusal-space-repair-gone = 该冲突或该方案已不存在；计划已有变化。
refusal-place-suspended = 该场地已暂停使用，请先恢复。
refusal-place-not-suspended = 该场地并未暂停使用。
refusal-place-state-order = 目前不能进入该状态。计划负责人可说明理由后设置。
refusal-place-not-responsible = 只有该场地的责任人可以确认。
refusal-place-state-ended = 该状态此前已被撤销。
refusal-place-not-confirmed = 责任人尚未确认。
refusal-place-not-checked = 尚未检查：{ $item }
refusal-place-check-failed = 未通过：{ $item }
refusal-place-check-expired = 已过期：{ $item }（{ $at }）
refusal-place-deviations-open = 有 { $count } 项阻断性偏差未关闭。
refusal-place-above-not-established = 其所在的 { $place } 尚未就绪。
refusal-not-a-moment-ahead = 请填写将来的日期和时间。

# 事实
fact-task-place-added = 为 { $code } 增加场地需求
fact-task-place-changed = 更改 { $code } 的场地需求
fact-task-place-removed = 删除 { $code } 的场地需求
fact-task-place-lost = { $code } 停工：所需场地状态已失效
fact-task-place-back = { $code } 复工：所需场地状态已恢复
fact-task-states-brought = 随 { $code } 确认：{ $count } 项场地状态
fact-place-state-set = { $name } { $state ->
        [released] 已释放
        [handed_over] 已接收
        [marked_out] 已放线
        [serviced] 水电已通
        [built] 已搭建
        [inspected] 已验收
        [established] 已就绪
        [live] 运行中
        [stripped] 已拆除
        [cleared] 已清空
        [returned] 已归还
       *[suspended] 暂停使用
    }
fact-place-state-brought = { $name } { $state ->
        [released] 已释放
        [handed_over] 已接收
        [marked_out] 已放线
        [serviced] 水电已通
        [built] 已搭建
        [inspected] 已验收
        [established] 已就绪
        [live] 运行中
        [stripped] 已拆除
        [cleared] 已清空
        [returned] 已归还
       *[suspended] 暂停使用
    }（{ $task }）
fact-place-state-revoked = { $name } 不再处于“{ $state ->
        [released] 已释放
        [handed_over] 已接收
        [marked_out] 已放线
        [serviced] 水电已通
        [built] 已搭建
        [inspected] 已验收
        [established] 已就绪
        [live] 运行中
        [stripped] 已拆除
        [cleared] 已清空
        [returned] 已归还
       *[suspended] 暂停使用
    }”
fact-place-closed = { $name } 暂停使用：{ $reason }
fact-place-opened = { $name } 恢复使用：{ $reason }
fact-place-check-passed = { $name }：通过 – { $item }
fact-place-check-failed = { $name }：未通过 – { $item }
fact-place-limits-set = 设置 { $name } 的容量与通道
fact-plan-rule-added = 增加规则“{ $reason }”
fact-plan-rule-removed = 删除规则“{ $reason }”
fact-plan-soft-link-added = { $to } 排在 { $from } 之后：{ $reason }
fact-plan-soft-link-removed = { $to } 不必再排在 { $from } 之后
fact-plan-conflict-repaired = 解决冲突（{ $kind ->
        [state] 状态
        [exclusive] 独占
        [keep_clear] 保持畅通
        [access] 通道受阻
       *[capacity] 容量
    }）：{ $reason }
