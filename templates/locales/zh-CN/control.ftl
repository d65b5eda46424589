# 控制看板与个人工作。

control-title = 控制看板
control-refused = { $code } 保持原状
control-unmet = 尚缺 { $count } 项条件
control-done =
    { $what ->
        [start] { $code } 已开始。
        [submit] { $code } 已提交。
        [confirm] { $code } 已确认。
        [block] { $code } 已阻塞。
        [unblock] { $code } 可继续。
        *[other] { $code } 已更新。
    }
control-column-planned = 已计划
control-column-ready = 就绪
control-column-in-progress = 进行中
control-column-submitted = 已提交
control-column-checking = 检查中
control-column-rework = 退回与返工
control-column-accepted = 检查通过
control-column-confirmed = 已确认
control-column-blocked = 阻塞
control-step-start = 开始
control-step-submit = 提交
control-step-check = 检查
control-step-confirm = 确认
control-step-block = 阻塞
control-step-unblock = 解除阻塞
mine-when-late = 已逾期
mine-when-today = 今天
mine-when-week = 本周
mine-when-later = 一个月内
mine-done = 已按计划完成。
mine-photo = 拍照取证
mine-all-pass = 全部合格
