# 人员与单位。
party-title = 单位与人员
party-kind-person = 人员
party-kind-organisation = 单位
party-kind-many-person = 人员
party-kind-many-organisation = 单位
party-search = 名称、拼音、电话、邮箱
party-name = 名称
party-name-en = 英文名称
party-name-zh = 中文名称
party-other-script = 另一文字的姓名
party-company = 单位
party-website = 网站
party-credit-code = 统一社会信用代码
party-country = 国家或地区
party-email = 邮箱
party-phone = 电话
party-role = 本届角色
party-roles-here = 本届角色
party-none = 没有符合条件的记录
party-none-hint = 请少输几个字，试试拼音，或换一个筛选条件。人员和单位随登记和参展申请进入系统。
party-contacts = 联系方式
party-contacts-none = 没有联系方式。
party-works-for = 任职单位
party-people = 人员
party-affiliations-none = 暂无记录。
party-participations = 历届参与
party-participations-none = 尚未参与任何一届。
party-until = 至 { $day }
party-saved = 已保存
party-stale = 有人刚刚修改了该记录。表单显示的是现在保存的内容，请重新输入您的修改。

contact-kind-email = 邮箱
contact-kind-phone = 电话
contact-kind-mobile = 手机

participation-role-exhibitor = 参展商
participation-role-co-exhibitor = 联合参展商
participation-role-represented = 被代理企业
participation-role-pavilion-organizer = 展团组织者
participation-role-visitor = 观众
participation-role-buyer = 买家
participation-role-hosted-buyer = 特邀买家
participation-role-speaker = 演讲嘉宾
participation-role-media = 媒体
participation-role-sponsor = 赞助商
participation-role-contractor = 承建商
participation-role-agent = 代理
participation-role-staff = 工作人员

participation-status-prospect = 潜在
participation-status-invited = 已邀请
participation-status-applied = 已申请
participation-status-screened = 已筛选
participation-status-confirmed = 已确认
participation-status-present = 已到场
participation-status-no-show = 未到场
participation-status-cancelled = 已取消

refusal-not-a-phone = 这不是电话号码。
refusal-not-a-website = 这不是网站地址。
refusal-not-a-credit-code = 这不是统一社会信用代码（18 位）。

fact-party-created = 已建立
fact-party-changed = 已修改
fact-party-affiliated = 新增任职单位
fact-party-participates = 新增届次角色
