# Words of the dependency network.

network-title = 网络图
network-of = { $count } 项任务的依赖网络
network-focus = 以某任务为中心（输入代码）
network-back = 向前步数
network-ahead = 向后步数
network-scale = 大小
network-fit = 适合宽度
network-lanes-on = 按阶段分泳道
network-lanes-off = 不分泳道
network-unknown = 没有代码为“{ $code }”的任务。
network-cut = 符合条件的任务有 { $count } 项，一张图最多 { $most } 项。现显示通往开幕的关键路径；请选择阶段，或以某任务为中心。
network-keys = 选中图后：方向键移动，+ 与 − 缩放，0 复原。点击方框进入任务。
network-legend-links = 深色箭头决定日期；字母对表示“完成→开始”以外的关系。
network-as-table = 以表格查看
network-show = 网络图
