# Pictures as files.

picture-take = 下载
picture-svg = SVG 图形
picture-pdf = PDF（A3 分页）
