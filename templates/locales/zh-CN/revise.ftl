# 修改计划：任务与关联的增删、单元格、批量修改、撤销。

revise-word-cell = 修改单元格
revise-word-edit = 修改任务
revise-word-bulk = 批量修改
revise-word-add = 新建任务
revise-word-copy = 复制
revise-word-delete = 删除
revise-word-move = 顺序与层级
revise-word-link = 关联
revise-word-unlink = 删除关联
revise-word-undo = 撤销
revise-word-redo = 重做
revise-word-import = 导入
revise-word-assign = 指派
revise-word-start = 开工
revise-word-report = 进度
revise-word-submit = 提交
revise-word-block = 受阻
revise-word-unblock = 恢复
revise-word-waive = 免除
revise-word-cancel = 取消
revise-word-data-date = 数据日期
revise-word-opening = 开幕日（D0）
revise-word-scenario = 方案
revise-word-rules = 按场地规则
revise-word-hours = 场地开放时间
revise-word-places = 场地需求
revise-word-soft-link = 商定的先后顺序
revise-word-conflict = 解决冲突
revise-word-levelling = 资源平衡
revise-word-settings = 日历与选项
revise-review-hint = 尚未保存。请先查看影响，再决定接受或返回。
revise-accept = 接受修改
revise-count = { $count } 项任务
revise-more = 另有 { $count } 项
revise-changes = 修改内容
revise-added = 新增
revise-removed = 删除
revise-saved =
    { $what ->
        [add] 已新增 { $codes }。
        [copy] 已复制为 { $codes }。
        [delete] 已删除 { $codes }。
        [move] 已移动 { $codes }。
        [undo] 已撤销。{ $codes }
        [redo] 已重做。{ $codes }
        *[other] 已保存 { $codes }。
    }{ $moves ->
        [none] 日期不变。
        *[other] { $moved } 个日期随之变动。
    }
revise-refused = 无法执行。{ $words }

# 字段
revise-field-name = 名称
revise-field-objective = 目标
revise-field-phase = 阶段
revise-field-stage = 环节
revise-field-order = 顺序
revise-field-kind = 类型
revise-field-duration = 工期
revise-field-estimate = 三点估算
revise-field-remaining = 剩余工期
revise-field-calendar = 日历
revise-field-parent = 层级
revise-field-priority = 优先级
revise-field-budget = 预算
revise-field-start = 开始要求
revise-field-deadline = 截止日期
revise-field-percent = 进度
revise-field-place = 地点
revise-field-role = 团队
revise-field-confirmer-role = 确认团队
revise-field-owner = 负责人
revise-field-checker = 检查人
revise-field-confirmer = 确认人
revise-field-done-when = 完成标准
revise-field-links = 关联
revise-field-data-date = 数据日期
revise-field-opening = 开幕日（D0）
revise-field-state = 状态
revise-field-choices = 计划选项
revise-field-rules = 按场地规则
revise-field-needs = 场地需求
revise-field-hours = 开放时间

# 新建任务
revise-new = 新建任务
revise-new-below = 在下方新建任务
revise-add = 新增任务
revise-after = 位于其后
revise-after-hint = 列表中上一项任务的编号。下面留空的内容取自该任务。
revise-kind = 类型
revise-kind-task = 任务
revise-kind-start-milestone = 开始里程碑
revise-kind-finish-milestone = 完成里程碑
revise-kind-summary = 摘要任务
revise-start-on = 不早于此日开始
revise-start-on-hint = 留空：由前置任务决定，或与上一项任务同时开始。
revise-more-fields = 阶段、团队、地点、日历
revise-stage-en = 环节（英文）
revise-stage-zh = 环节（中文）
revise-place-kind = 地点类型
revise-calendar-hint = 留空：采用计划日历。
revise-priority-hint = 0 至 1000；争用同一地点时决定先后。

# 关联
revise-links = 关联
revise-links-title = { $code } 的关联
revise-link-new = 新建关联
revise-link-side = 另一项任务
revise-side-before = 在前
revise-side-after = 在后
revise-link-other = 任务
revise-link-add = 新增关联
revise-link-remove = 删除关联
revise-lag = 间隔
revise-lag-hint = 天数，或前置任务工期的百分比；负数表示提前。
revise-lag-kind = 计算方式
revise-lag-kind-working = 工作时间
revise-lag-kind-elapsed = 自然时间
revise-lag-kind-percent = 前置任务工期的百分比
revise-lag-unit-working = 个工作日
revise-lag-unit-elapsed = 天
revise-lag-unit-percent = %
revise-max-lag = 最多
revise-release = 放行条件
revise-release-hint = 前置任务到达此状态后，后续任务方可开始。
revise-release-submitted = 已提交
revise-release-accepted = 检查通过
revise-release-confirmed = 已确认
revise-origin-logic = 硬逻辑
revise-origin-soft = 软顺序
revise-origin-derived = 派生

# 顺序、层级、删除
revise-tools = 更多
revise-step-copy = 复制
revise-step-up = 上移
revise-step-down = 下移
revise-step-indent = 降级
revise-step-outdent = 升级
revise-delete = 删除
revise-delete-task = 删除任务
revise-delete-one = 删除 { $code }
revise-delete-many = 删除 { $count } 项任务
revise-delete-hint = 已开始或已有记录的任务不能删除，请改为取消，其记录会保留。删除可以撤销。
revise-delete-preview = 查看影响
revise-typed = 请确认
revise-typed-hint = 请输入 { $wanted }

# 批量
revise-bulk = 修改所选任务
revise-keep = 保持不变
revise-none = 无
revise-shift = 平移天数
revise-shift-hint = +3 为推后，−3 为提前。平移任务已有的日期要求；没有要求的任务以当前开始日平移。

# 撤销
revise-changes-title = 我的最近修改
revise-changes-hint = 按从新到旧的顺序撤销。其他人之后改动过的内容不会被覆盖。测量、检查和确认是记录，不在此列表中，也不能撤销。
revise-changes-none = 暂无修改
revise-changes-none-hint = 您对此计划的修改会列在这里，并可撤销。
revise-undone = 已撤销

# 拒绝原因
refusal-plan-none-chosen = 请至少选择一项任务。
refusal-plan-bulk-empty = 请说明要修改什么。
refusal-revise-shift-begun = { $code } 已开始，已发生的内容不能平移。
refusal-plan-code-syntax = 编号最多 16 个字母、数字、点或短横线。
refusal-plan-code-taken = 编号 { $code } 已被使用。
refusal-plan-cell-clash = 其他人已修改此处。请先查看对方的值再决定。
refusal-plan-typed-code = 请输入 { $wanted } 以确认。
refusal-plan-delete-opening = { $code } 是开幕任务，整个计划以它为准。
refusal-plan-delete-begun = { $code } 已开始。请改为取消，其记录会保留。
refusal-plan-delete-history = { $code } 已有记录（{ $reports } 份报告、{ $measurements } 次测量、{ $deviations } 项偏差、{ $duties } 项展商任务）。请改为取消。
refusal-plan-delete-children = { $code } 之下还有 { $children }。请先升级或删除它们。
refusal-plan-delete-used = 其他内容（地点需求、关口或基线）引用了其中的任务。请改为取消。
refusal-plan-move-first = { $code } 已在最前。
refusal-plan-move-last = { $code } 已在最后。
refusal-plan-move-into-itself = { $code } 不能移到自身之下。
refusal-plan-indent-nothing-above = { $code } 上方没有可归入的任务。
refusal-plan-indent-under = { $code } 不能归入 { $above }：它是里程碑或已开始。
refusal-plan-indent-deep = { $code } 的层级已过深。
refusal-plan-outdent-top = { $code } 不在任何摘要任务之下。
refusal-plan-link-own-summary = 摘要任务与其下属任务不能互相等待：{ $from }、{ $to }。
refusal-plan-link-max-lag = 最大间隔不能小于间隔本身。
refusal-plan-link-gone = 该关联已不存在。
refusal-plan-link-derived = 此关联由地点或状态规则派生，请修改规则。
refusal-plan-undo-nothing = 您没有可撤销的修改。
refusal-plan-redo-nothing = 您没有可重做的修改。
refusal-plan-undo-gone = { $code } 已不存在。
refusal-plan-undo-begun = { $code } 之后已开始，或已有记录。
refusal-plan-undo-closed = { $code } 之后已关闭，其记录不再变更。
refusal-plan-undo-changed = { $code } 之后已被修改（{ $field ->
        [name] 名称
        [duration] 工期
        [start] 开始要求
        [deadline] 截止日期
        [owner] 负责人
        [checker] 检查人
        [confirmer] 确认人
        [place] 地点
        [order] 顺序
        [parent] 层级
        [priority] 优先级
        [percent] 进度
        [phase] 阶段
        *[other] 其他字段
    }），撤销会将其覆盖。
refusal-plan-undo-link = { $from } 到 { $to } 的关联之后已被修改。
refusal-plan-undo-linked = 之后有关联指向 { $code }。
refusal-plan-undo-parent = { $code } 的摘要任务已不存在。
refusal-plan-undo-data-date = 数据日期之后又被移动。
refusal-plan-undo-opening = 展会日期之后又被修改。
refusal-plan-undo-calendar = 日历 { $code } 之后又被修改。
refusal-plan-undo-choices = 计划选项之后又被修改。
refusal-plan-undo-rule = 规则“{ $reason }”之后又被修改。
refusal-plan-undo-need = { $code } 的场地需求之后又被修改。
refusal-plan-undo-hours = { $place } 的开放时间之后又被修改。
refusal-plan-undo-place = 该场地已不存在。
refusal-plan-undo-scenario = 方案 { $number } 之后已被修改。请打开该方案并重新采纳。
refusal-plan-undo-state = { $code } 之后已继续推进，状态已变。
refusal-plan-undo-measured = { $code } 之后已被检查。测量是记录，会保留，因此之前的步骤不能撤销，已从您的列表移除。
refusal-plan-undo-signed = { $code } 之后已被确认。签字会保留；错误请通过新任务或偏差纠正。该步骤已从您的列表移除。

# 日志
fact-task-revised =
    { $what ->
        [add] 新增 { $codes }
        [copy] 复制为 { $codes }
        [delete] 删除 { $codes }
        [move] 移动 { $codes }
        [undo-cell] 撤销对 { $codes } 的修改
        [redo-cell] 重做对 { $codes } 的修改
        [undo-start] 撤销了 { $codes } 的开工
        [undo-report] 撤销了 { $codes } 的进度
        [undo-submit] 撤销了 { $codes } 的提交
        [undo-block] 撤销了 { $codes } 的受阻
        [undo-unblock] 重新标记 { $codes } 受阻
        [undo-waive] 恢复了 { $codes }
        [undo-cancel] 撤销了 { $codes } 的取消
        [redo-start] 重新开工 { $codes }
        [redo-report] 重新上报 { $codes } 的进度
        [redo-submit] 重新提交 { $codes }
        [redo-block] 重新标记 { $codes } 受阻
        [redo-unblock] 重新恢复 { $codes }
        [redo-waive] 重新免除 { $codes }
        [redo-cancel] 重新取消 { $codes }
        *[other] 修改 { $codes }
    }
fact-plan-revised =
    { $what ->
        [add] 新增 { $codes }
        [copy] 复制为 { $codes }
        [delete] 删除 { $codes }
        [move] 移动 { $codes }
        [link] 关联 { $codes }
        [unlink] 删除 { $codes } 的关联
        [import] 导入 { $count } 项任务：{ $codes }
        [bulk] 批量修改 { $count } 项任务：{ $codes }
        [undo-data_date] 恢复了数据日期
        [redo-data_date] 再次移动了数据日期
        [undo-opening] 恢复了开幕日
        [redo-opening] 再次移动了开幕日
        [undo-rules] 撤销了按场地规则的修改
        [redo-rules] 重做了按场地规则的修改
        [undo-hours] 撤销了开放时间的修改
        [redo-hours] 重做了开放时间的修改
        [undo-places] 撤销了 { $codes } 的场地需求修改
        [redo-places] 重做了 { $codes } 的场地需求修改
        [undo-soft_link] 撤销了 { $codes } 的商定顺序
        [redo-soft_link] 重做了 { $codes } 的商定顺序
        [undo-conflict] 撤销了冲突的解决：{ $codes }
        [redo-conflict] 重新解决了冲突：{ $codes }
        [undo-levelling] 撤销了资源平衡：{ $codes }
        [redo-levelling] 重新采纳了资源平衡：{ $codes }
        [undo-settings] 撤销了日历与选项的修改
        [redo-settings] 重做了日历与选项的修改
        [undo-scenario] 将方案移出计划：{ $codes }
        [redo-scenario] 将方案重新转入计划：{ $codes }
        *[other] 修改 { $codes }
    }

# 总览
revise-choose = 选择
revise-choose-task = 选择 { $code }
plan-only-unnamed = 人员未定
plan-only-deviations = 有未关闭的偏差
plan-column-deadline = 截止日期
plan-column-predecessors = 前置任务
plan-column-priority = 优先级
plan-column-calendar = 日历
cell-field-name-en = 英文名称
cell-field-name-zh = 中文名称
cell-field-objective = 目标
cell-field-done-when = 完成标准
cell-field-duration = 工期（天）
cell-field-start = 不早于此日开始
cell-field-deadline = 截止日期
cell-field-predecessors = 前置任务
cell-field-owner = 负责人
cell-field-checker = 检查人
cell-field-confirmer = 确认人
cell-field-place = 地点
cell-field-percent = 进度（百分比）
cell-field-priority = 优先级
cell-field-calendar = 日历
cell-value = 新值
cell-rename = 重命名
cell-rename-task = 重命名 { $code }
cell-ask-title = 此修改会带来影响
cell-ask-no = 继续编辑
cell-take-theirs = 采用对方的值
cell-keep-mine = 保留我的值
cell-lost = 服务器没有响应。您输入的内容仍在此处。
cell-key-edit = 编辑单元格
cell-key-down = 保存并下移
cell-key-right = 保存并右移
cell-key-cancel = 放弃编辑
cell-key-move = 在单元格之间移动
cell-key-choose = 选择该行
cell-key-undo = 撤销
cell-key-redo = 重做

# 命名视图
saved-views = 视图
saved-views-none = 暂无视图。筛选、排序并选择列后即可保存。
saved-view-name = 视图名称
saved-view-keep = 保存
saved-view-kept = 已保存视图“{ $name }”。
saved-view-forget = 删除
saved-view-forget-name = 删除视图 { $name }
saved-view-forgotten = 已删除视图“{ $name }”。
refusal-saved-view-many = 已有 { $most } 个视图，请先删除一个。
fact-user-view-kept = 保存视图“{ $name }”
fact-user-view-forgotten = 删除视图“{ $name }”
