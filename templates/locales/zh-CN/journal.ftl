# 日志用语。
journal-title = 日志
journal-empty = 还没有记录
journal-empty-hint = 本届的每次变动都会记在这里:谁、何时、做了什么。
