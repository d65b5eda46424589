# Words of gates between phases.

gate-title = 阶段门
gate-gate = 阶段门
gate-line = 各阶段门顺序
gate-forecast = 预计通过
gate-passed = 通过日期
gate-latest = 最迟
gate-float = 浮动 { $time }
gate-criteria = 判据
gate-criterion = 判据
gate-holds = 待放行
gate-held-count = { $ahead } / { $count }
gate-waived-count = 豁免 { $count } 项
gate-last-decision = 最近决定
gate-undecided = 尚未决定
gate-none = 本计划尚未设置阶段门
gate-none-hint = 阶段门设在阶段结束处：每个门有判据、带签字的决定，并在开启前控制下一阶段的任务。
gate-lay = 按模板设置阶段门
gate-lay-divided = 按模板设置，适用时逐馆设门
gate-laid = 已设置 { $count } 个阶段门。
gate-since = 自 { $at } 起
gate-report = 阶段门报告
gate-counts = 满足 { $met } 项，豁免 { $waived } 项，共 { $total } 项
gate-signers = 签字方
gate-guards = 控制的任务
gate-wanted = 要求
gate-found = 现状
gate-standing = 判定
gate-standing-met = 满足
gate-standing-not-met = 未满足
gate-standing-waived = 已豁免
gate-more = 另有 { $count } 项
gate-until = 至 { $day }
gate-no-data = 无数据
gate-open-deviations = 阻断 { $blocking } 项，重大 { $majors } 项
gate-loose-deviations = { $count } 项无负责人或期限
gate-wanted-deviations = 无阻断偏差，重大偏差不超过 { $majors } 项且有负责人和期限
gate-wanted-all = 全部
gate-wanted-by = { $day } 前
gate-wanted-budget = 不超预算
gate-criterion-next = 下一阶段门 P80 日期，{ $gate }
gate-criterion-indicators = 交付物指标
gate-criterion-established = 场地就位
gate-criterion-deviations = 未关闭偏差
gate-criterion-forecast = 下一阶段门 P80 日期
gate-criterion-budget = 成本与预算
gate-group-deliverable = 交付物已确认
gate-group-indicator = 本门指标
gate-group-indicators = 交付物指标
gate-group-established = 场地
gate-group-deviations = 偏差
gate-group-forecast = 预测
gate-group-budget = 费用
gate-state-closed = 关闭
gate-state-open = 开启
gate-state-conditional = 有条件开启
gate-state-held = 暂缓
gate-state-recycled = 退回
gate-state-stopped = 终止
gate-state-reclosed = 重新关闭
gate-why-deviation = 阻断性偏差
gate-why-condition = 逾期未满足的条件
gate-why-waiver = 豁免到期
gate-reclosed-why = 原因：{ $why }——{ $about }
gate-reclosed-hint = 已开始的工作继续进行，下一阶段其余任务不得开始。整改完成后请重新提出决定。

# Decisions
gate-decisions = 决定
gate-no-decisions = 尚未作出任何决定。
gate-decision-state-proposed = 待签字
gate-decision-state-decided = 已决定
gate-decision-state-declined = 未签字
gate-outcome = 决定
gate-outcome-go = 通过
gate-outcome-conditional = 有条件通过
gate-outcome-hold = 暂缓
gate-outcome-recycle = 退回返工
gate-outcome-stop = 终止
gate-outcome-hint-go = 下一阶段可以开始，所有判据已满足或已豁免。
gate-outcome-hint-conditional = 可以开始，每个条件成为一项有期限的任务。
gate-outcome-hint-hold = 暂不通过，择期再审。
gate-outcome-hint-recycle = 本阶段部分工作须返工。
gate-outcome-hint-stop = 下一阶段不再开始。
gate-proposed-by = { $name } 于 { $at } 提出
gate-as-they-were = 决定时的判据：满足 { $met } 项，豁免 { $waived } 项，共 { $total } 项
gate-baseline = 基准“{ $name }”
gate-values = 查看当时数值
gate-conditions = 条件
gate-conditions-hint = 仅用于有条件通过。条件逾期未满足时，阶段门对尚未开始的任务重新关闭。
gate-condition = 条件
gate-condition-number = 条件 { $number }
gate-condition-missed = 已逾期
gate-text = 理由
gate-text-hint = 暂缓、退回和终止须填写。
gate-act-propose = 提出决定
gate-propose = 提出
gate-propose-open = 有 { $count } 项判据未满足，暂不能通过。
gate-propose-clear = 所有判据已满足或已豁免。
gate-act-sign = 待签字的决定
gate-waits-for = 尚待签字：{ $who }
gate-sign-as = 代表{ $function }签字
gate-sign-text = 备注
gate-sign-not-you = 您不能签署此项：须由其他角色签字，或您已签字。
gate-decline = 不予签字
gate-withdraw = 撤回提议
gate-proposed-flash = 已提出，等待 { $code } 的签字。
gate-signed-flash = 已签字，{ $code } 尚待另一方签字。
gate-decided-flash = { $code } 已作出决定。
gate-declined-flash = { $code } 的提议已取消。

# Readings and waivers
gate-act-measure = 测量
gate-measure-open = 记录本门指标
gate-measure = 保存测量
gate-measured-flash = 已保存 { $count } 项测量。
gate-waivers = 豁免
gate-waiver-valid = 有效
gate-waiver-over = 失效
gate-waiver-end = 收回
gate-waiver-ended-flash = 豁免已收回。
gate-act-waive = 豁免判据
gate-waive-open = 在一段时间内豁免某项判据
gate-waive = 豁免
gate-waived-flash = 已豁免至 { $day }。
gate-replacement = 替代措施
gate-replacement-hint = 用来弥补缺失部分的措施。
gate-until-on = 截止日期
gate-early = 提前开始
gate-early-start = { $task } 提前开始
gate-early-open = 允许某项任务提前开始
gate-early-hint = 阶段门仍关闭，仅此任务可提前开始。
gate-early-allow = 允许提前开始
gate-held-tasks = 本门控制的任务
gate-holds-nothing = 未控制任何任务。

# Dividing and settings
gate-divide = 逐馆决定
gate-divide-hint = 每个展馆单独设门：1 号馆撤展时，2 号馆可以开始布展。
gate-divided-flash = { $code } 改为逐馆决定，共 { $count } 个门。
gate-settings = 设置
gate-settings-save = 保存
gate-settings-more = 本门自有指标在单独页面维护：
gate-saved-flash = { $code } 已保存。
gate-guards-hint = 任务代码，以空格分隔。B* 表示所有以 B 开头的任务，-B01 表示除外。
gate-asks = 另须满足
gate-majors = 允许的重大偏差数
gate-majors-hint = 每项须有负责人和期限。阻断性偏差一律不放行。
gate-signer-1 = 第一签字方
gate-signer-2 = 第二签字方
gate-one-signature = 一方签字即可

# Today
gate-today = 近期阶段门
gate-today-sign = 等待您签字

# Refusals
refusal-gate-closed = 未开启：前一阶段尚未通过。
refusal-task-is-gate = { $code } 是阶段门，请在其页面作出决定，不能按任务办理。
refusal-gates-exist = 本计划已设置阶段门。
refusal-gates-none = 计划中没有模板阶段门所依据的任务。
refusal-gate-proposal-open = 有提议等待签字，请先签字或撤回。
refusal-gate-not-proposed = 没有等待签字的决定。
refusal-gate-open-already = 阶段门已开启。
refusal-gate-criterion-open =
    未满足：{ $kind ->
        [deliverable] { $code } { $name }
        [indicator] { $name }
        [indicators] 交付物指标
        [established] 场地就位
        [deviations] 未关闭偏差
        [forecast] 下一阶段门 P80 日期
        *[budget] 成本与预算
    }
refusal-gate-blocked = 存在未关闭的阻断性偏差，有条件通过也不允许。
refusal-gate-no-condition = 有条件通过至少需要一项条件。
refusal-gate-sign-own = 提出者不能签字。
refusal-gate-signed = 您已签字。
refusal-gate-not-signer = 须由其他角色签字。
refusal-gate-measure-own = 提出决定者不能为其测量。
refusal-gate-nothing-measured = 未填写任何内容。
refusal-gate-waiver-over = 该豁免已失效。
refusal-gate-decided = 此门已有决定、豁免或测量，不能再拆分。
refusal-gate-no-halls = 场馆不足两个展馆。
refusal-date-past = 该日期已过。

# Facts
fact-plan-gates-laid = 为计划设置 { $count } 个阶段门
fact-phase-gate-proposed =
    提出 { $code } 的决定：{ $outcome ->
        [go] 通过
        [conditional] 有条件通过
        [hold] 暂缓
        [recycle] 退回返工
        *[stop] 终止
    }
fact-phase-gate-signed = 签署 { $code } 的决定
fact-phase-gate-decided =
    { $code } 决定：{ $outcome ->
        [go] 通过
        [conditional] 有条件通过
        [hold] 暂缓
        [recycle] 退回返工
        *[stop] 终止
    }（满足 { $met }，豁免 { $waived }，共 { $total }）
fact-phase-gate-declined = 未签署 { $code } 的提议
fact-phase-gate-reclosed =
    { $code } 重新关闭：{ $why ->
        [deviation] 阻断性偏差
        [condition] 条件逾期
        *[waiver] 豁免到期
    }——{ $about }
fact-phase-gate-fulfilled = { $code } 的条件已全部满足
fact-phase-gate-waived = { $code } 豁免至 { $until }
fact-phase-gate-early-start = { $about } 可在 { $code } 之前开始，至 { $until }
fact-phase-gate-waiver-ended = 收回 { $code } 的豁免
fact-phase-gate-measured = { $code } 测量 { $count } 项
fact-phase-gate-adjusted = 修改 { $code } 的设置
fact-phase-gate-divided = { $code } 拆分为 { $count } 个门
