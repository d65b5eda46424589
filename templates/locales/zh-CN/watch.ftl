# Words of supervision.
watch-title = 督办
watch-views = 督办视图
watch-rhythm = 汇报
watch-search = 关键词、任务、负责人
watch-source = 来源
watch-level = 升级
watch-age = 已开启
watch-state-all = 全部
watch-only-overdue = 逾期
watch-only-escalated = 已升级
watch-overdue = 逾期
watch-overdue-hint = 超过整改期限
watch-blocking-hint = 相关工作全部停止
watch-escalated = 已升级
watch-escalated-hint = 已越过负责人
watch-by-system = 系统开立 { $count } 项
watch-opened-at = 开立
watch-closed-at = 关闭
watch-ageing-title = 偏差开启时长
watch-ageing = 未关闭偏差按时长分布
watch-ageing-unit = 项
watch-escalation = 责任链
watch-actions = 纠正措施
watch-actions-none = 尚无纠正措施。
watch-action-add = 添加纠正措施
watch-action-name = 要做什么
watch-action-flash = 纠正措施 { $code } 已列入计划。
watch-change = 修改
watch-changed-flash = 偏差已修改。
watch-ready = 纠正措施已全部确认
watch-ready-hint = 只需说明证明即可关闭。
watch-proof-confirmed = 已确认：{ $tasks }
watch-corrects = 所属偏差
watch-corrective-stage = 纠正措施
watch-owed = 进行中的任务
watch-owed-none = 目前没有进行中的任务
watch-owed-none-hint = 任务开始后才需要汇报。
watch-heard = 最近消息
watch-next = 下次汇报
watch-missing = 缺报，应于 { $due }
watch-in-time = 按时
watch-rhythm-set = 设置汇报频次
watch-rhythm-usual = 默认
watch-rhythm-flash = 汇报频次已保存。
watch-seen-report = { $code } { $name }：{ $due } 前未收到汇报
watch-seen-deadline = { $code } { $name }：预计超出期限 { $by }
watch-seen-opening = 开幕日将延误 { $by }，链条始于 { $code } { $name }
watch-seen-state = { $place } 已失去状态：{ $state ->
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
watch-seen-conflict = { $place } 占用冲突：{ $tasks }
watch-gone-report = 已收到汇报。
watch-gone-forecast = 预测已回到期限之内。
watch-gone-conflict = 占用不再冲突。

deviation-source-person = 人员
deviation-source-check = 检查未通过
deviation-source-report = 缺报
deviation-source-forecast = 预测超期
deviation-source-state = 场地状态丧失
deviation-source-conflict = 场地冲突
deviation-age-today = 不足 1 天
deviation-age-days3 = 1–2 天
deviation-age-week = 3–6 天
deviation-age-weeks2 = 1–2 周
deviation-age-month = 一个月内
deviation-age-longer = 更久
escalation-level-0 = 在负责人处
escalation-level-1 = 升至角色主管
escalation-level-2 = 升至项目经理
escalation-level-3 = 升至总监
escalation-rung-owner = 负责人
escalation-rung-lead = 角色主管
escalation-rung-manager = 项目经理
escalation-rung-director = 总监
escalation-next = 若届时仍未关闭，将于 { $at } 升至{ $rung }。

rhythm-every-never = 不汇报
rhythm-every-weekly = 每周
rhythm-every-daily = 每日
rhythm-every-hourly = 每小时
rhythm-every-label = 汇报频次
rhythm-weekday = 星期
rhythm-weekday-hint = 用于每周汇报。
rhythm-due = 汇报时刻
rhythm-due-hint = 用于每周和每日汇报。
rhythm-from = 工作时段自
rhythm-from-hint = 用于每小时汇报。
rhythm-until = 至
rhythm-grace = 视为缺报
rhythm-grace-hint = 到点之后的宽限时间。
rhythm-minutes = 分钟
rhythm-closing-days = 开幕前最后几天
rhythm-closing-days-hint = 0 表示临近开幕不改频次。
rhythm-closing-every = 这些天里
rhythm-never = 不要求汇报。
rhythm-weekly = 每{ $day } { $time } 汇报。
rhythm-daily = 每日 { $time } 汇报。
rhythm-hourly = { $from } 至 { $until } 每小时汇报。
rhythm-closing = 开幕前最后 { $days } 天：{ $every }
rhythm-grace-words = 宽限 { $time }。
refusal-rhythm-time = “{ $value }”不是有效时刻。
refusal-rhythm-day = 工作时段的结束必须晚于开始。
refusal-corrective-past = 这一天已经过去。

mail-escalation-subject = { $edition }：{ $count } 项偏差需要您处理
mail-escalation-body = { $edition } 有 { $count } 项偏差未按时关闭，现按责任链上报给您：
mail-escalation-open = 已开启 { $age }
mail-escalation-button = 在 Fairlead 中打开

fact-deviation-edited = 修改：{ $title }
fact-deviation-escalated = 升级至 { $names }
fact-deviation-action-added = 添加纠正措施 { $code }
fact-task-deviation-escalated = 偏差升级至 { $names }：{ $title }
fact-plan-rhythm-changed = 修改了汇报频次

today-calls = 急需您处理
today-call-own = 由您负责
today-report = 汇报：{ $name }
