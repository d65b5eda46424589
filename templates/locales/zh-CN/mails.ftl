# Words of mails.
mail-hello = { $name }，您好：
mail-bye = 此致
    { $edition }项目组
mail-received-subject = { $edition }参展申请（#{ $number }）
mail-received-body = 我们已收到{ $company }参加{ $edition }的展位申请，编号 #{ $number }。我们正在为您寻找合适的展位，并将尽快答复。
mail-declined-subject = { $edition }参展申请
mail-declined-body = 感谢{ $company }申请参加{ $edition }。很遗憾，本届我们无法为您提供展位，原因如下：
mail-invitation-subject = 欢迎参加{ $edition }：您的展商平台
mail-invitation-body = { $company }已确认参加{ $edition }。展位相关事项都在展商平台：待办事项与截止日期、公司资料、联系人。请通过以下链接设置密码，链接仅可使用一次，{ $until } 前有效。
mail-invitation-stand = 您的展位：{ $stands }
mail-invitation-button = 打开展商平台
# mails
mail-reminder-subject = { $edition }:{ $day }前有 { $count } 项待办
mail-reminder-body = { $company } 在 { $day } 前还需完成以下事项:
mail-reset-subject = 设置新密码
mail-reset-body = 有人（可能是您本人）请求为该邮箱设置新密码。请点击下面的链接设置；链接仅可使用一次，{ $minutes } 分钟内有效。如非本人操作，无需处理，原密码不变。
mail-reset-button = 设置新密码
mail-reset-bye = 此致
    Fairlead
