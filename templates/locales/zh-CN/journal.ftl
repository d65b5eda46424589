# 日志用语。
journal-title = 日志
journal-empty = 还没有记录
journal-empty-hint = 本届的每次变动都会记在这里:谁、何时、做了什么。
journal-not-found = 没有符合条件的记录。
journal-search = 操作人
journal-when = 时间
journal-who = 操作人
journal-about = 对象
journal-what = 事项
journal-said = 说明
journal-from = 自
journal-until = 至
