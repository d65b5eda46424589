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
refusal-space-rule-ring = 任务会互相等待：{ $tasks }
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
fact-place-hours-set = 设置 { $name } 的开放时间：{ $calendar }
fact-place-hours-taken = 取消 { $name } 的开放时间
fact-plan-rule-added = 增加规则“{ $reason }”
fact-plan-rule-removed = 删除规则“{ $reason }”
fact-plan-rule-changed = 修改规则“{ $reason }”
fact-plan-rule-on = 启用规则“{ $reason }”
fact-plan-rule-off = 停用规则“{ $reason }”
fact-plan-soft-link-added = { $to } 排在 { $from } 之后：{ $reason }
fact-plan-soft-link-removed = { $to } 不必再排在 { $from } 之后
fact-plan-conflict-repaired = 解决冲突（{ $kind ->
        [state] 状态
        [exclusive] 独占
        [keep_clear] 保持畅通
        [access] 通道受阻
       *[capacity] 容量
    }）：{ $reason }

# 页面
plan-space = 场地
space-views = 场地视图
space-chart = 场地时间图
space-conflicts = 冲突
space-conflicts-hint = 任务在场地上相互妨碍
space-rules = 场地规则
space-zoom = 缩放
space-zoom-hours = 小时
space-zoom-days = 天
space-zoom-weeks = 周
space-look = 显示方式
space-as-picture = 图形
space-as-table = 表格
space-earlier = 更早
space-later = 更晚
space-now = 现在
space-hall = 展馆或区域
space-unfold = 展开下级场地
space-fold = 收起下级场地
space-unfold-all = 全部展开
space-fold-all = 全部收起
space-none = 这里没有场地
space-none-hint = 场地来自场馆；任务对场地的需求在各任务中填写。
space-established = 已就绪场地
space-established-of = 计划至今 { $planned } 处，共 { $places } 处
space-faults = 无任务产生的状态
space-faults-hint = 有任务需要，但没有任务产生
space-faults-intro = 任务所需的场地状态目前不成立，也没有任务产生；或某条规则会使任务互相等待。
space-closed = 暂停使用
space-closed-hint = 期间不得作业
space-conflicts-here = 此处 { $count } 项冲突
space-inside = 其中 { $count } 处
space-place = 场地
space-mode = 使用方式
space-mode-x = 独占
space-mode-s = 共用
space-mode-p = 通行
space-mode-k = 保持畅通
space-taken = 占用时间
space-conflict = 冲突
space-conflict-state = 状态缺失
space-conflict-exclusive = 独占冲突
space-conflict-keep-clear = 占用禁停区
space-conflict-access = 通道受阻
space-conflict-capacity = 超出容量
space-walk = 按 Tab 进入图表中的一个横条：← → 在同一场所的横条间移动，↑ ↓ 前往上方或下方的场所，Home 和 End 到其首尾，回车打开任务。
space-legend-inner = 收起的下级场地
space-legend-band = 状态
space-legend-planned = 计划状态
space-unit = 单位
space-unit-m2 = m²
space-unit-kw = kW
space-unit-trucks-h = 车/小时
space-unit-persons = 人
space-unit-kg-m2 = kg/m²
space-state-none = 尚无状态
place-state-released = 已释放
place-state-handed-over = 已接收
place-state-marked-out = 已放线
place-state-serviced = 水电已通
place-state-built = 已搭建
place-state-inspected = 已验收
place-state-established = 已就绪
place-state-live = 运行中
place-state-stripped = 已拆除
place-state-cleared = 已清空
place-state-returned = 已归还
place-state-suspended = 暂停使用
space-lost = 所需状态“{ $state }”在 { $places } 已失效；状态恢复后任务自动继续。
space-places-more = { $places } 等另外 { $more } 处
space-and-more = 另外 { $more } 处
space-says-exclusive = { $first } 与 { $second } 争用同一场地，其中一方须独占
space-says-keep-clear = { $first } 与 { $second }：在须保持畅通处作业
space-says-access = { $second } 阻断了 { $first } 的通道
space-says-capacity = { $tasks } 同时需要 { $load }，容量为 { $capacity }
space-says-late = { $first } 需要“{ $state }”，而 { $second } 尚未产生
space-says-lowered = { $first } 需要“{ $state }”，而 { $second } 会使其失效
space-says-revoked = { $first } 需要“{ $state }”，但该状态已被撤销
space-source-state = 需要“{ $state }”
space-fault-nobody = { $code } 需要 { $places } 的“{ $state }”；没有任务产生该状态。
space-fault-ring = { $to } 应等待 { $from }，但 { $from } 已在等待 { $to }。
space-way = 解决方案
space-ways = 解决方案（代价由小到大）
space-ways-none = 无可用方案：作业已开始，或日期已固定。
space-way-look = 查看
space-way-take = 采用此方案
space-way-shift = { $task } 推迟 { $by }，于 { $start } 开始
space-way-order = { $second } 排在 { $first } 之后（软链接），后移 { $by }
space-way-elsewhere = { $task } 从 { $from } 改到 { $to }，届时空闲
space-way-narrow = { $task } 只使用空闲区域：{ $zones }
space-cost-none = 不影响其他任务
space-cost = 超出自由时差 { $time }：其他任务可能移动
space-where = 地点
space-when = 时间
space-when-start = 开始时
space-when-throughout = 全过程
space-conflicts-intro = 场地上的相互妨碍，按严重程度排列。已有先后链接的任务不构成冲突。
space-conflicts-none = 没有冲突
space-conflicts-none-hint = 没有任务相互妨碍。
space-after-fewer = 冲突将减少 { $count } 项
space-after-same = 冲突数量不变
space-after-more = 冲突将增加 { $count } 项
space-reason = 原因
space-reason-hint = 随更改保存，便于他人日后理解。
space-way-gone = 该冲突或方案已不存在；以下为最新情况。
space-way-taken = 已完成；{ $count } 项任务移动
space-since = 处于该状态自
space-holds = 当前成立
space-over = 经由
space-over-hint = 途经场地的代码，以逗号分隔。
space-capacity-persons = 作业人数上限
space-capacity-m2 = 面积
space-capacity-kw = 电力
space-capacity-trucks-h = 车流量
space-capacity-kg-m2 = 地面荷载
space-closed-since = 自 { $since } 起暂停使用，恢复时间另行通知。
space-closed-until = 自 { $since } 起暂停使用，预计 { $until } 恢复。
space-established-yes = 检查清单全部合格，且已确认。
space-established-no = 尚未就绪。缺少：
space-established-by = 确认人：{ $role }
space-checks = 检查清单
space-check-item = 检查项
space-check-result = 结果
space-check-valid = 有效期至
space-check-mandatory = 必查
space-check-optional = 选查
space-check-open = 未检查
space-check-passed = 合格
space-check-failed = 不合格
space-check-expired = 已过期
space-check-note = 备注
space-check-note-hint = 不合格时必填。
space-check-keep = 保存结果
space-check-kept = 结果已保存
space-bookings = 此处的任务
space-bookings-none = 没有未完成的任务使用该场地。
space-needs = 所需状态
space-produces = 产生状态
space-states = 状态记录
space-taken-back = 已撤销
space-state = 状态
space-state-no = 无
space-note = 现场情况
space-note-hint = 文字或文件：状态须有凭据。不按顺序设置须说明理由。
space-set = 设置状态
space-state-set = 状态已设置
space-out-of-turn = { $state }（不按顺序）
space-act-state = 设置状态
space-act-check = 填写检查清单
space-act-close = 暂停使用该场地
space-act-open = 恢复使用该场地
space-act-limits = 作业容量与通道
space-close = 暂停使用
space-close-hint = 需要此处状态的作业立即停止；剩余工作移到所给时间之后。
space-close-why = 原因
space-close-until = 预计恢复时间
space-close-until-hint = 未知时留空。
space-place-closed = 场地已暂停使用
space-open = 恢复使用
space-open-why = 变化情况
space-place-opened = 场地已恢复使用
space-limits-set = 容量已保存
space-hours = 开放时间
space-hours-none = 无自身时间
space-hours-hint = 在此场所及其内部场所的任务，只有自身日历与此日历都为工作时间时才推进。
space-hours-ask = { $place } 的任务将只在“{ $calendar }”内进行。
space-hours-ask-none = { $place } 将不再有自身的开放时间。
space-hours-set = 开放时间已保存；{ $count } 项任务移动
space-revoke = 撤销
space-revoke-why = 不再成立的原因
space-state-revoked = 状态已撤销
space-rules-intro = 规则只存一次，对在此类场地相遇的每对任务展开；场地变化时重新展开。
space-rules-none = 尚无规则。
space-rule = 规则
space-rule-each = 在每个
space-rule-before = 先
space-rule-after = 后
space-rule-links = 链接
space-rule-within = 范围
space-rule-reason = 规则内容与原因
space-rule-work-hint = 任务代码，如 B05 或 B1*；或 state:serviced 表示产生该状态的任务。
space-rule-release = 前者放行条件
space-release-submitted = 已提交
space-release-accepted = 已验收
space-release-confirmed = 已确认
space-rule-new = 新规则
space-rule-add = 添加规则
space-rule-added = 规则已添加：产生 { $links } 条链接
space-rule-changed = 规则已修改
space-rule-switched-on = 规则已启用
space-rule-switched-off = 规则已停用，不再产生链接
space-rule-acts = 操作
space-rule-switch-on = 启用
space-rule-switch-off = 停用
space-rule-remove-sure = 删除规则“{ $reason }”及由其产生的链接？
space-rule-off = 已停用
space-rule-off-hint = 该规则已停用。下方是启用后的结果。
space-rule-look = 查看产生的链接
space-rule-save = 保存规则
space-rule-follow = 产生的链接
space-rule-links-none = 没有链接产生：没有两项此类任务在此类场地相遇，或顺序已经如此，或工作已开始。
space-rule-links-added = 新增 { $count } 条链接
space-rule-links-kept = 保留 { $count } 条链接
space-rule-links-removed = 移除 { $count } 条链接
space-rule-removed = 规则及其链接已删除
space-everywhere = 整个场馆
space-remove = 删除
space-first = 先行任务
space-second = 后续任务
space-by = 添加人
space-soft = 软链接
space-soft-intro = 因争用场地而选择的先后顺序，与硬逻辑分开保存，可随时取消。
space-soft-none = 没有软链接。
space-soft-new = 新软链接
space-soft-add = 排定先后
space-soft-added = 软链接已添加；{ $count } 项任务移动
space-soft-removed = 软链接已取消；{ $count } 项任务移动
space-lag = 间隔
space-minutes = 分钟
space-derived = 派生链接
space-derived-intro = 由规则和任务所需状态派生，无需手工维护。
space-derived-none = 没有派生链接。
space-follows-from = 来源
space-requirements = 场地与状态
space-requirements-intro = 作业地点、使用方式、所需状态和产生的状态。
space-requirements-none = 该任务没有场地需求。
space-requirement-new = 添加场地需求
space-requirement-add = 添加
space-requirement-change = 更改场地需求
space-requirement-save = 保存
space-requirement-saved = { $code } 的场地需求已保存
space-look-at = 查看
space-each = { $within }，每个{ $kind }
space-own-place = 任务自身的场地
space-each-kind = 某类全部场地
space-each-no = 仅此一处
space-each-hint = 在上面所选场地内；未选则为整个场馆。
space-only = 仅限展位类型
space-only-all = 全部展位
space-quantity = 数量
space-around = 准备 + 清场
space-setup = 准备时间
space-clear = 清场时间
space-lead = 确认所需时间
space-lead-hint = 计划中从完工到签字的时间。
space-places-count = { $count } 处
