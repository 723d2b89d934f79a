"""On which page of a signed paper each of the twelve elements stands, by the titles of its articles (8.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.desk.papers.denied import says_nothing
from pipeline.desk.papers.outline import PaperArticle, PaperOutline, compact
from pipeline.desk.papers.proposal import Proposal

_AND = "(?:和|与|及|、|及其|以及|的)"
_BEGINS = "(?:关于|本?(?:合作|协议|合同|项目)(?:书)?(?:的)?)?"
_ENDS = "(?:条款|约定|规定|说明)?"
_TITLES = (
    ("E01", "(?:名称|范围|项目)(?:(?:和|与|及)(?:名称|范围))?"),
    ("E02", f"(?:目的|宗旨|目标|背景)(?:{_AND}(?:意义|目的|宗旨|目标))?"),
    ("E03", "方式|形式|模式"),
    ("E04", f"(?:具体|主要)?(?:内容|事项)(?:{_AND}要求)?"),
    (
        "E05",
        f"(?:[甲乙丙丁双各三]方|甲乙双方|甲、乙双方)?(?:的)?(?:主要)?(?:权利|义务|责任|职责)(?:{_AND}?(?:权利|义务|责任|职责))?",
    ),
    ("E06", "(?:企业|乙方|公司)(?:方)?(?:的)?(?:设备|资金|资源|技术)?投入"),
    ("E07", "(?:占用|使用)?(?:学校|学院|甲方|校方)(?:的)?(?:资源|场地|设备|投入)(?:使用|占用)?"),
    ("E08", f"(?:费用|成本|经费|运行成本|运行费用)(?:{_AND}?(?:承担|分担|负担|支付|结算|支付方式))?"),
    ("E09", f"(?:收益|收入|利益|成果收益)(?:{_AND}?(?:分配|分成|归属|管理))?"),
    ("E10", f"(?:提前)?(?:终止|解除|变更)(?:{_AND}?(?:终止|解除|变更))?(?:条件)?"),
    ("E11", f"违约(?:责任)?(?:{_AND}(?:赔偿|处理))?"),
    ("E12", "(?:期限|有效期|时间|期)"),
)
"""Titles as a whole, by the element that an article of that title is about."""


def elements(paper: PaperOutline) -> Iterator[Proposal]:
    """Where the elements stand; only of a paper whose pages are known."""
    found = 0
    for element, title in _TITLES:
        named = [
            one
            for one in paper.articles
            if re.fullmatch(f"{_BEGINS}(?:{title}){_ENDS}", compact(one.title).rstrip("：:"))
            and not _empty(paper, one)
        ]
        line = paper.line(named[0].head) if named else None
        if line is not None and line.page:
            label = named[0].label.rstrip("、.． ")
            value = {"element": element, "page": line.page, **({"clause": label} if label else {})}
            yield Proposal(
                path=("origin", "elements", found),
                value=value,
                where=f"第 {line.page} 页 {named[0].name}",
                said=named[0].name,
            )
            found += 1


def _empty(paper: PaperOutline, article: PaperArticle) -> bool:
    texts = [text for _, text in paper.texts(article)]
    return bool(texts) and all(map(says_nothing, texts))
