# 日历订阅。

feed-title = 日历订阅
feed-hint = 日历软件可通过保密地址读取您的任务并自动更新。知道地址的人都能看到这些任务：如有泄露，请更换或停用。
feed-none = 暂无日历
feed-none-hint = 为您的任务或某个地点创建日历，然后将地址粘贴到日历软件中。
feed-new = 新建日历
feed-about = 内容
feed-about-person = 我的任务
feed-about-place = 某个地点
feed-place-hint = 包含其下的所有地点。
feed-make = 创建日历
feed-address = 保密地址
feed-once = 请立即复制：该地址只显示这一次。原有地址（如有）已失效。
feed-used = 最近读取：{ $at }
feed-unused = 尚未读取
feed-rotate = 更换地址
feed-rotate-sure = 使用旧地址的日历将停止更新。是否继续？
feed-revoke = 停用
feed-revoke-sure = 使用此地址的日历将停止更新。是否继续？
feed-revoked = 日历已停用。
refusal-feed-many = 已有 { $most } 个日历，请先停用一个。
fact-user-feed-made = 创建日历地址
fact-user-feed-rotated = 更换日历地址
fact-user-feed-revoked = 停用日历地址
