# 届次用语。
edition-title = 届次
edition-new = 新建届次
edition-none = 还没有届次
edition-none-hint = 届次是展会的一次举办。请创建第一个:名称、展馆、日期,以及起始计划。
edition-none-ask = 您在任何届次中还没有角色,请联系管理员分配。
edition-name = 届次
edition-status = 状态
edition-open-days = 开放日期
edition-venue = 展馆
edition-gross-area = 展览总面积
edition-status-planning = 筹备中
edition-status-running = 进行中
edition-status-closed = 已结束
edition-status-archived = 已归档
edition-part-series = 展会
edition-part-edition = 届次
edition-part-venue = 展馆
edition-part-plan = 计划
edition-series = 展会
edition-series-new = 新的展会
edition-series-name-en = 新展会名称(英文)
edition-series-name-zh = 新展会名称(中文)
edition-series-kind = 活动类型
series-kind-exhibition = 展览
series-kind-conference = 会议
edition-only-new = 仅在上方未选择时填写。
edition-venue-new = 新的展馆
edition-venue-name-en = 新展馆名称(英文)
edition-venue-name-zh = 新展馆名称(中文)
edition-venue-city = 城市
edition-venue-country = 国家或地区
edition-name-en = 名称(英文)
edition-name-zh = 名称(中文)
edition-slug = 短地址
edition-slug-hint = 本届所有网址的一部分:小写字母、数字和连字符,例如 fair-2027。
edition-time-zone = 时区
edition-build-up = 布展开始
edition-opens = 开幕日(D0)
edition-opens-hint = 计划中的每个日期都由这一天推算。
edition-closes = 最后开放日
edition-breakdown = 撤展结束
edition-badge-mode = 证件码
badge-mode-signed = 签名码:断网的入口也能识别真证
badge-mode-random = 短随机码:只有服务器认识
edition-registration-open = 观众可以登记
edition-applications-open = 企业可以申请展位
edition-template = 起始计划
edition-template-trade-show = 展览会:从立项到结算的 120 项任务
edition-template-conference = 会议:五个阶段的 43 项任务
edition-template-none = 空计划
edition-create = 创建届次
edition-created = 已创建 { $name }。
edition-saved = 届次已保存。
edition-settings = 届次设置
edition-public = 对外网址
edition-register-url = 观众登记
edition-apply-url = 企业申请
edition-stale = 有人在此期间修改了以下内容。这是目前保存的值;再次保存将以您填写的内容替换。
refusal-not-a-slug = 只能使用小写字母、数字和单个连字符。
refusal-slug-taken = 这个短地址已被其他届次使用。
refusal-days-out-of-order = 这一天必须晚于 { $before }。
refusal-too-many-open-days = 开放日最多 { $max } 天。
fact-edition-created = 创建届次 { $slug },开幕日 { $opens_on }
fact-edition-changed = 修改届次
fact-edition-list-downloaded = 下载了{ $list ->
    [letters] 函件
    [groups] 团组
    [codes] 邀请券码
    [invitations] 邀请
    [parties] 公司或人员
    [applications] 参展申请
    [journal] 日志
   *[other] 列表
  }名单，共 { $rows } 行
