# 登记与证件。
category-trade-visitor = 专业观众
category-hosted-buyer = 特邀买家
category-media = 媒体
category-speaker = 演讲嘉宾
category-exhibitor-staff = 参展商
category-contractor = 承建商
category-organizer = 主办方
category-vip = 贵宾

badge-serial = 证件编号
badge-number = 登记编号
