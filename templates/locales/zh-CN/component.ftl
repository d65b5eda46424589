# 组件、日期与单位
component-close = 关闭
component-back = 返回
component-print = 打印
component-progress = 已完成 { $done }/{ $total }
component-timeline-empty = 暂无记录。
component-filter-all = 全部
component-filter-apply = 筛选
component-filter-clear = 清除
component-pager = 分页
component-pager-of = 显示 { $shown } 条，共 { $total } 条
component-pager-of-more = 显示 { $shown } 条，共超过 { $total } 条
component-pager-shown = 显示 { $shown } 条
component-pager-first = 回到开头
component-pager-next = 下一页
component-export-csv = CSV
component-export-xlsx = Excel
component-form-refused = 请检查填写的内容
component-field-optional = （选填）
component-field-choose = 请选择

unit-days = { $count } 天
unit-hours = { $count } 小时
unit-minutes = { $count } 分钟

weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日

month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月

chart-table = 以表格查看数据
chart-label = 项目
component-cancel = 取消
component-yes = 确定
component-save = 保存
component-edit = 编辑
component-add = 添加
component-delete = 删除
