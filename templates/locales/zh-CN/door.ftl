# 入口设备：设备状态、移动、消息，以及规则的名额。
door-needs = 需要关注
door-care-silent = 失去联系
door-care-battery = 电量低
door-care-unsent = 扫码未发送
door-care-refused = 扫码被拒收
door-care-stale = 数据过旧
door-care-clock = 时钟不准
door-battery = 电量
door-charging = 充电中
door-unsent = 未发送
door-refused = 服务器拒收
door-badges = 设备上的证件
door-data-at = 证件与规则更新于
door-clock = 时钟偏差
door-seconds = { $count } 秒
door-kept = 浏览器保留数据
door-kept-yes = 是
door-kept-no = 未承诺
door-agent = 浏览器
door-told = 设备状态

door-handed-in-late = 设备停用后上交

door-move = 移动或更改
door-move-help = 设备保留密钥，数秒内获知更改。已有的扫码仍属于当时的入口。
door-moved = 设备已更改。

door-messages = 消息
door-message-new = 发送消息
door-messages-sent = 已发送
door-messages-none = 还没有消息
door-messages-none-help = 消息显示在设备屏幕上，直到有人阅读或到期。
door-to = 接收方
door-to-all = 所有设备
door-to-gate = 入口 { $gate } 的所有设备
door-to-device = 设备 { $device }
door-text = 消息
door-minutes = 显示分钟数
door-minutes-hint = 留空为 60。
door-send = 发送
door-sent = 消息已发送。
door-from = 发送人
door-until = 显示至
door-read = 已阅

admission-rule-quota = 名额
admission-rule-quota-hint = 同一公司或同一代表团中可由此规则进入的不同人数。
admission-rule-quota-limit = 人数
admission-quota-none = 不限名额
admission-quota-company = 按公司
admission-quota-delegation = 按代表团或邀请
admission-quota-of-company = 每家公司最多 { $limit } 人
admission-quota-of-delegation = 每个代表团最多 { $limit } 人

refusal-quota-needs-allow = 只有放行规则可以设名额。

fact-device-changed = 已移动或更改：{ $name }，入口 { $gate }
fact-device-station-chosen = { $name } 的证件在 { $station } 打印
fact-device-station-cleared = { $name } 不打印证件
fact-device-message-sent = 已发送消息：{ $text }
