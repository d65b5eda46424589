# 挣值与关键链用语。

forecast-value = 挣值
forecast-buffers = 缓冲

value-title = 挣值
value-none = 没有可对照的基线
value-none-hint = 挣值把已完成的工作与基线计划相比，请先冻结一个基线。
value-against = 基线
value-status-date = 数据日期
value-show = 显示
value-by-minutes = 计划没有预算，因此以计划工时为权重，不对成本作出判断。
value-no-costs = 尚无任务登记实际成本，因此不对成本作出判断。
value-left-out = 未计入 { $count } 项已取消的任务。
refusal-value-no-baseline = 尚未选定用来对照的基线，请指定一个，或先冻结一个。
value-pv = 计划价值
value-ev = 挣值
value-ac = 实际成本
value-bac = 预算
value-of-all = 占总量 { $share }
value-variance = 偏差 { $amount }
value-budget = 预算 { $amount }
value-curves = 价值随时间变化
value-unit-money = 千{ $currency }
value-unit-days = 工作天
value-phases = 分阶段
value-all = 整个计划
value-formulas = SPI = EV ÷ PV，CPI = EV ÷ AC，EAC = BAC ÷ CPI（ISO 21508）。挣得进度 ES 为基线中应达到当前挣值的时间；SPI(t) = ES ÷ 实际时间，EAC(t) = 计划工期 ÷ SPI(t)（Lipke 2003）。

buffer-title = 关键链
buffer-hint = 各任务的安全时间合并为终点前的项目缓冲，并在其他链汇入处设接驳缓冲。缓冲消耗快于链的进展时，需要采取行动。
buffer-none = 没有任务
buffer-sizing = 缓冲计算方法
buffer-sizing-root-square = 平方和根法
buffer-sizing-cut-paste = 剪切粘贴法（一半）
buffer-project = 项目缓冲
buffer-used = 已用缓冲
buffer-against = 相对「{ $name }」的推迟
buffer-against-room = 按距开幕日余量计
buffer-complete = 链已完成
buffer-length = 链上工作 { $days }
buffer-length-head = 长度
buffer-feeding = 接驳链
buffer-red = { $count } 条处于红区
buffer-fever = 发热图
buffer-axis-complete = 链已完成（%）
buffer-axis-used = 已用缓冲（%）
buffer-chains = 链与缓冲
buffer-critical = 关键链
buffer-into = { $from } 汇入 { $to }
buffer-chain = 链
buffer-tasks = 任务
buffer-wanted = 所需缓冲
buffer-room = 现有余量
buffer-zone = 区域
buffer-zone-green = 照常
buffer-zone-yellow = 备案
buffer-zone-red = 行动
