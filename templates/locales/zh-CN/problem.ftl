# 错误页与登录
problem-missing = 页面不存在
problem-hint-missing = 该页面不存在，或您无权查看。请检查网址或返回首页。
problem-forbidden = 您的角色无此权限
problem-hint-forbidden = 您可以查看本届展会，但不能执行此操作。项目总监可为您授权。
problem-invalid = 无法识别的请求
problem-hint-invalid = 请求内容缺失或格式有误。请返回检查后重试。
problem-conflict = 状态已发生变化
problem-hint-conflict = 他人已先行操作，或状态已变化。请查看最新状态后重试。
problem-too-many = 请稍候
problem-hint-too-many = 尝试次数过多，请几分钟后再试。
problem-too-large = 内容过大
problem-hint-too-large = 提交的内容超过上限，请选择较小的文件。
problem-fault = 系统出错
problem-hint-fault = 这是我们的问题，已记录在案。之前保存的内容没有丢失，请重试。
problem-offline = 网络未连接
problem-hint-offline = 暂时无法连接服务器。网络恢复后页面会重新显示。
problem-reference = 参考编号
problem-home = 返回首页

sign-in-title = 登录
sign-in-hint = 供主办方团队使用。
sign-in-portal-title = 参展商登录
sign-in-portal-hint = 请使用收到邀请的电子邮箱。
sign-in-email = 电子邮箱
sign-in-password = 密码
sign-in-submit = 登录
refusal-sign-in = 邮箱或密码不正确。
