# office
search-nothing = 没有找到
search-nothing-hint = 可尝试姓名、企业、展位号、任务编号或胸卡编号。
search-places = 前往

subject-edition = 届次
subject-series = 展会系列
subject-user = 用户
subject-token = 令牌
subject-task = 任务
subject-plan = 计划
subject-deviation = 偏差
subject-place = 场地
subject-stand = 展位
subject-application = 参展申请
subject-party = 企业与人员
subject-exhibitor = 参展商
subject-contact = 联系人
subject-duty = 展商任务
subject-registration = 观众登记
subject-credential = 胸卡
subject-device = 设备
subject-gate = 闸口
subject-access-rule = 通行规则
subject-document = 文件
subject-scan = 扫描
subject-mail = 邮件
subject-venue = 场馆
