"""What people call the document of each wording: beside the table of documents, which says how each is made."""

from __future__ import annotations

from collections.abc import Mapping

DOCUMENTS: Mapping[str, str] = {
    "survey": "合作项目调研报告",
    "scheme": "合作方案",
    "opinion-form": "论证意见",
    "appraisal-waiver": "不作论证的说明",
    "agreement-full": "合作协议",
    "agreement-uniform": "学院统一文本",
    "agreement-letter": "合作意向书",
    "agreement-apprenticeship": "学徒培养协议",
    "internship-agreement": "实习三方协议",
    "apprentice-agreement": "学徒三方协议",
    "approval-form": "合同审批表",
    "amendment": "补充协议",
    "amendment-comparison": "补充协议修改前后对照表",
    "dossier": "案卷",
    "progress": "项目进展报告",
    "plan": "系部年度工作计划",
    "plan-college": "学校年度工作计划",
    "minutes": "例会纪要",
    "inspection": "督查报告",
    "rectification-notice": "整改通知单",
    "evaluation-form": "绩效评价表",
    "report": "系部年度总结",
    "report-college": "学校年度总结",
    "assessment": "部门考核表",
    "exit": "退出清理记录",
}
"""Every wording, with what people call its document: clauses, pages and explanations name it so."""
