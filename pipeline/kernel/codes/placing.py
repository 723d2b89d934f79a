"""The codes of the dossier: which files stand where."""

from __future__ import annotations

from pipeline.kernel.finding import Code, Severity

MISPLACED = Code(
    code="D01",
    title="agreements/ 里的文件都放对了地方",
    why="文件的位置决定它是什么记录；放错地方的文件不会被检查，也不会进入任何文书。",
    hint="项目的记录放 agreements/projects/<项目编号>/（agreement.yaml、signing.yaml 等），企业放 agreements/enterprises/<编号>.yaml。",
)
BAD_ID = Code(
    code="D02",
    title="项目、企业等编号写法规范",
    why="编号就是文件夹或文件的名字，要在各种电脑上都能用，定了以后不再改。",
    hint="只用小写字母、数字和单个连字符，至多 48 个，例如 2026-im-001；年份、日期、时段按各自的写法。",
)
NO_COLLEGE = Code(
    code="D03",
    title="有学校信息",
    clause="指南（草案）6.1",
    why="学校是每份协议的一方，名称、住所、签字人都取自这个文件。",
    hint="新建 agreements/college.yaml，写学校名称、信用代码、校企合作办公室、部门和人员。",
)
EMPTY_PROJECT = Code(
    code="D04",
    title="每个项目文件夹里有记录",
    clause="指南（草案）8.1",
    why="项目从调研开始就有记录；只有文件夹没有记录的项目，后面无从管理。",
    hint="运行 coop new project <项目编号> 生成一份带提示的协议草稿；不用的空文件夹删去。",
    severity=Severity.WARNING,
)

UNKNOWN_NAME = Code(
    code="D05",
    title="记录里引用的编号都存在",
    clause="记录约定：引用的编号必须存在",
    why="人员、部门、企业、项目、目标都只在一处登记，别处写编号；编号对不上，台账和报告里就是空白或别人的数。",
    hint="核对编号；新的先登记到它该在的文件里。",
)

UNFINISHED = Code(
    code="D06",
    title="写完的记录不再标“起草”",
    why="没写完的记录可以先存进库里，不妨碍别的文书；可是写完忘了改阶段，它就一直不计入台账、数字和各道关口。",
    hint="写完后把 stage 改成写完的阶段（一般是 done；协议、计划是 submitted），或删去这一行。",
    severity=Severity.INFO,
)

CODES = (MISPLACED, BAD_ID, NO_COLLEGE, EMPTY_PROJECT, UNKNOWN_NAME, UNFINISHED)
