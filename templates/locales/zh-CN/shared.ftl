# 通用拒绝原因
refusal-required = 请填写此项。
refusal-too-long = 最多 { $max } 个字符。
refusal-not-a-number = 请输入整数。
refusal-out-of-range = 必须在 { $min } 到 { $max } 之间。
refusal-not-a-date = 日期无效。
refusal-not-an-email = 电子邮箱地址无效。
refusal-unknown-choice = 所选项无效。
refusal-control-characters = 含有无法显示的字符。
refusal-stale = 此内容已被他人修改。请查看最新状态后重试。
component-timeline = 历史
locale-en = English
locale-zh-CN = 简体中文
