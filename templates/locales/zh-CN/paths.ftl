# 决定任务或里程碑的链条。
paths-title = { $code } 由什么决定
paths-to = 任务或里程碑
paths-within = 余量不超过
paths-days = { $count ->
    [0] 无余量
   *[other] { $count } 天
}
paths-none = 没有前置任务限制它：其日期由自身要求或计划开始决定。
paths-chain = 链条
paths-when = 时间
paths-float = 浮时
paths-critical = 关键
paths-room = 余量 { $time }
paths-show = 查看决定此任务的链条
