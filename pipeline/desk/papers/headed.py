"""Articles into fields by their titles: the text as it stands, item by item where a field is a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.desk.papers.as_markdown import as_markdown
from pipeline.desk.papers.denied import no_liability, not_done, says_nothing
from pipeline.desk.papers.outline import PaperArticle
from pipeline.desk.papers.proposal import Proposal
from pipeline.kernel.finding import DataPath
from pipeline.prose.facts import Span
from pipeline.prose.passages import Prose

Texts = Sequence[tuple[int, str]]
Sides = Mapping[str, str]
Reader = Callable[["HeadedArticle"], Iterator[Proposal]]

_AND = "(?:和|与|及|、|及其|以及)"
_RIGHTS = rf"(?:主要)?(?:权利|义务|责任|职责)(?:{_AND}?(?:权利|义务|责任|职责))?"
_MARKER = re.compile(
    r"\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[）)]"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}(?:[、.．](?![0-9])|[）)]|(?=[甲乙丙丁双各三]方))"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\s+(?![0-9a-zA-Z%‰℃年月日天万亿元米吨倍台套名个])"
    r"|[①-⑳]|[一二三四五六七八九十]{1,2}[、.．](?![一二三四五六七八九十])|[·•●○◆■]|[\-–—](?![0-9])"
    r"|[a-zA-Z][.)）、](?![0-9a-zA-Z]))\s*"
)
"""What numbers a paragraph. A bare number is part of what is said (1+X证书, 5G实训室), one with a stop behind is not."""
_SIDE_HEAD = re.compile(rf"([甲乙丙丁])方(?:的)?(?:[（(][^）)]+[）)])?(?:的)?({_RIGHTS})[：:]?")
_RIGHT = re.compile(r"有权|享有|可以|有权利")
_DUTY = re.compile(r"应当?|负责|须|必须|需|提供|保证|承担|不得|配合|协助|按|安排|组织|支付|履行")
_BODY = re.compile(r"[\u4e00-\u9fff]{2,40}?(?:仲裁委员会|人民法院)")
_BEFORE_BODY = re.compile(
    r"\A(?:.*(?:向|由|(?<![所存现])在|至|提交|移交|提请|申请|(?<=[应可须将请])交))?(?:可以?|均可|依法|任何一方)*"
)
_NO_BODY = ("人民法院", "有管辖权的人民法院", "仲裁委员会", "有管辖权的仲裁委员会")
_REFUSED = re.compile(r"不(?:得|向|由|再|应|可(?!抗)|提交|提请|选择|适用|接受|申请)|无权|放弃|排除|而非|并非")
"""Words that deny a court or an arbitration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedArticle:
    """An article with what it says; `doubt` where its title says more than one field's."""

    article: PaperArticle
    texts: Texts
    sides: Sides
    path: DataPath
    doubt: str = ""

    def propose(
        self,
        path: DataPath,
        value: object,
        text: str,
        *,
        doubt: str = "",
        uses: tuple[int, ...] = (),
        joins: bool = False,
    ) -> Proposal:
        """A proposal out of this article."""
        return Proposal(
            path=path,
            value=value,
            where=self.article.name,
            said=text,
            doubt=self.doubt or doubt,
            uses=uses,
            joins=joins,
        )


def headed(article: PaperArticle, texts: Texts, sides: Sides) -> Iterator[Proposal]:
    """What an article is, by its title; nothing where the title is of no field, or where it only says 不适用."""
    if all(says_nothing(text) for _, text in texts):
        return
    title = re.sub(r"\s", "", article.title)
    begins = "(?:关于|本?(?:合作|协议|合同)(?:书)?(?:的)?)?"
    whole = next(
        (row for row in _TITLES if re.fullmatch(rf"{begins}(?:{row[0]})(?:条款|约定|规定)?", title)), None
    )
    near = next((row for row in _TITLES if len(title) <= 20 and re.search(row[0], title)), None)
    found = whole or near
    if title and found:
        doubt = "" if whole else f"标题“{article.title}”不只说这一项"
        _, path, reader = found
        yield from reader(HeadedArticle(article=article, texts=texts, sides=sides, path=path, doubt=doubt))


def unmarked(text: str) -> str:
    """A text without the number or sign at its beginning."""
    found = _MARKER.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def _whole(one: HeadedArticle) -> Iterator[Proposal]:
    """The whole text as one field."""
    said = [text for _, text in one.texts if text.strip()]
    if said:
        value = "\n\n".join(map(as_markdown, said))
        yield one.propose(one.path, value, "".join(said), uses=_places(one), joins=True)


def _places(one: HeadedArticle) -> tuple[int, ...]:
    return (one.article.head, *(place for place, _ in one.texts if place != one.article.head))


def _plain(one: HeadedArticle) -> Iterator[Proposal]:
    """One line of text, where the article has no more."""
    if len(one.texts) == 1 and len(one.texts[0][1]) <= 100:
        text = one.texts[0][1].strip().rstrip("。；")
        yield one.propose(one.path, text, text, uses=_places(one))


def _items(one: HeadedArticle) -> Iterator[Proposal]:
    """Paragraph by paragraph."""
    for number, (place, text) in enumerate(one.texts):
        yield one.propose((*one.path, number), as_markdown(unmarked(text)), text, uses=_with_head(one, place))


def _with_head(one: HeadedArticle, place: int) -> tuple[int, ...]:
    """A paragraph, and the heading with the first of them."""
    return (one.article.head, place) if place == one.texts[0][0] != one.article.head else (place,)


def _contents(one: HeadedArticle) -> Iterator[Proposal]:
    """Paragraph by paragraph, without the kind of content, which nobody can tell from words alone."""
    for number, (place, text) in enumerate(one.texts):
        value = {"text": as_markdown(unmarked(text))}
        yield one.propose((*one.path, number), value, text, uses=_with_head(one, place))


def _obligations(one: HeadedArticle) -> Iterator[Proposal]:
    """Rights and duties of each side, by the line that heads them or the side that a sentence begins with."""
    letter, kind = "", ""
    if found := _SIDE_HEAD.fullmatch(re.sub(r"\s", "", one.article.title)):
        letter, kind = f"{found[1]}方", _kind(found[2])
    counts: dict[tuple[str, str], int] = {}
    for place, text in one.texts:
        said = unmarked(text).strip()
        if head := _SIDE_HEAD.fullmatch(re.sub(r"\s", "", said)):
            letter, kind = f"{head[1]}方", _kind(head[2])
            yield one.propose((), None, text, uses=(place,))
            continue
        begins = re.match(r"([甲乙丙丁])方(?![、和与及或])", said)
        side = one.sides.get(f"{begins[1]}方" if begins else letter)
        if side is None or re.match(r"双方|各方|甲乙双方|甲、乙", said):
            continue
        sort = kind or ("rights" if _RIGHT.search(said) else "duties" if _DUTY.search(said) else "")
        doubt = (
            ""
            if sort and (kind or not (_RIGHT.search(said) and _DUTY.search(said)))
            else "看不出是权利还是义务"
        )
        doubt = doubt or not_done(said)
        sort = sort or "duties"
        number = counts[side, sort] = counts.get((side, sort), -1) + 1
        path = ("obligations", side, sort, number)
        yield one.propose(path, as_markdown(said), text, doubt=doubt, uses=_with_head(one, place))


def _kind(words: str) -> str:
    if "权利" in words and words.strip("主要") != "权利":
        return ""
    return "rights" if "权利" in words else "duties"


def _breach(one: HeadedArticle) -> Iterator[Proposal]:
    """Each side's liability; what holds for all is asked about for each."""
    counts: dict[str, int] = {}
    for place, text in one.texts:
        said = unmarked(text).strip()
        begins = re.match(r"(?:如|若|因|如果|凡|由于)?([甲乙丙丁])方(?![、和与及或])", said)
        mine = (
            [one.sides[f"{begins[1]}方"]]
            if begins and f"{begins[1]}方" in one.sides
            else list(one.sides.values())
        )
        for side in mine:
            number = counts[side] = counts.get(side, -1) + 1
            doubt = no_liability(said) if begins else "说的是任何一方，写在每一方名下"
            path = ("breach", side, number)
            yield one.propose(path, as_markdown(said), text, doubt=doubt, uses=_with_head(one, place))


def _termination(one: HeadedArticle) -> Iterator[Proposal]:
    """Conditions, the days of notice, what happens afterwards."""
    number = 0
    for place, text in one.texts:
        said = unmarked(text)
        after = re.match(
            r"(?:本?(?:协议|合同|合作))?(?:提前)?(?:终止|解除|届满)(?:或(?:者)?(?:终止|解除))?(?:后|时)", said
        )
        days = [
            span for span in _spans(text) if span[1].days and span[1].unit in ("日", "天", "自然日", "日历日")
        ]
        if after:
            settled = ("termination", "settlement")
            yield one.propose(settled, as_markdown(said), text, uses=(place,), joins=True)
            continue
        path = ("termination", "conditions", number)
        yield one.propose(path, as_markdown(said), text, uses=_with_head(one, place))
        number += 1
        notice = [span for folded, span in days if _noticed(folded, span)]
        if len(notice) == 1:
            yield one.propose(("termination", "notice_days"), notice[0].days, text)


def _noticed(sentence: str, span: Span) -> bool:
    """Whether a sentence lets a side end the agreement so many days after it has told the other."""
    before, after = sentence[: span.start], sentence[span.end :]
    clause = re.split("[，,；;]", before)[-1]
    denied = re.search("不(?!可抗力)|[无毋免]|没有", clause) or re.search("不得|无需|不必|未|除非", before)
    denied = denied or re.search("不适用|除外|取消", after)
    return before.endswith("提前") and "通知" in sentence and not denied


def _spans(text: str) -> Iterator[tuple[str, Span]]:
    prose = Prose([text])
    for sentence in prose.sentences("通知"):
        yield from ((sentence.text, one) for one in sentence.facts if isinstance(one, Span))


def _dispute(one: HeadedArticle) -> Iterator[Proposal]:
    """A court or an arbitration, where the text names one of both."""
    said = "".join(text for _, text in one.texts)
    courts = bool(re.search("起诉|诉讼|人民法院", said))
    arbitration = bool(re.search("仲裁", said))
    bodies = {_BEFORE_BODY.sub("", found[0]) for found in _BODY.finditer(said)}
    if courts == arbitration:
        return
    refused = "看不出是约定了，还是排除了" if _REFUSED.search(said) else ""
    method = "court" if courts else "arbitration"
    yield one.propose(("dispute", "method"), method, said, doubt=refused)
    if bodies:
        body = min(bodies)
        doubt = "写了不止一个机构" if len(bodies) > 1 or re.search("或|、", body) else ""
        doubt = doubt or ("没有写明是哪一个机构" if body in _NO_BODY else "")
        yield one.propose(("dispute", "body"), body, said, doubt=refused or doubt)


_TITLES: tuple[tuple[str, DataPath, Reader], ...] = (
    (rf"违约(?:责任)?(?:{_AND}赔偿)?", ("breach",), _breach),
    (
        rf"(?:甲|乙|丙|丁|双|各|三|甲乙双|甲、乙双)方(?:的)?(?:[（(].{{1,8}}[）)])?{_RIGHTS}|{_RIGHTS}",
        ("obligations",),
        _obligations,
    ),
    (r"目的|宗旨|目的(?:和|与)意义|合作目标|Purpose", ("purpose",), _whole),
    (r"范围", ("scope",), _whole),
    (r"(?:具体)?内容(?:和要求)?|合作(?:项目|事项)|(?:具体)?合作内容", ("contents",), _contents),
    (r"方式|形式|模式|合作(?:方式|形式|模式)", ("form_details",), _whole),
    (rf"(?:变更{_AND})转让|变更|转让", ("changes",), _whole),
    (rf"(?:提前)?(?:终止|解除)(?:{_AND}(?:终止|解除))?", ("termination",), _termination),
    (r"争议(?:的)?(?:解决|处理)?(?:方式|办法)?|纠纷(?:的)?(?:解决|处理)", ("dispute",), _dispute),
    (r"不可抗力|Force Majeure", ("force_majeure",), _whole),
    (r"保密(?:责任|义务)?|商业秘密(?:保护)?|Confidentiality", ("confidentiality",), _whole),
    (r"知识产权(?:归属)?|成果(?:的)?归属", ("ip", "ownership"), _whole),
    (r"个人信息(?:的)?保护", ("personal_data",), _whole),
    (r"(?:学生)?安全(?:管理|责任|保障)?", ("safety",), _whole),
    (r"(?:实习(?:责任)?)?保险", ("insurance",), _whole),
    (r"(?:履行|合作|实施)地点", ("place_of_performance",), _plain),
    (rf"(?:通知{_AND}?)?送达|通知", ("notices", "delivery"), _whole),
    (r"续签|续约|期满续签", ("term", "renewal"), _whole),
)
"""Titles that people give their articles, as a whole; the first that fits decides."""
