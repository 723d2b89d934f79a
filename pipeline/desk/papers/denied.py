"""Words of a foreign agreement that fix nothing, or deny what they stand under."""

from __future__ import annotations

import re

_NOTHING = re.compile(
    r".{0,8}?(?:不适用|不涉及|不设[置立]?.{0,8}|[不未](?:作|做|另行?|再)*(?:约定|规定|要求)|[暂]?无(?:此项|相关)?(?:约定|规定|内容|条款)?"
    r"|没有(?:约定|规定)?|(?:由?双方)?(?:待定|另行?(?:商定|约定|协商|签订))|暂缺|略|[Nn]/?[Aa])"
    r"|[/／\-—_＿×ＸX…□]*"
)
_LIST_DENIED = re.compile(
    r"不(?!锈|间断|动产|低于|少于|超过|得|可抗|含税)|[收撤]回|除外|退还|报废|原协议|原合同|上期|(?<!比)例如|示例|样表|参考|备选|拟|已?取消|停止|终止"
)
_NOT_DONE = re.compile(
    r"(?:如|若|因|凡)?(?:[甲乙丙丁]方)?(?:均|也|可以?|则|暂)*(?:不(?:再|予|另)?(?:承担|负|需|必|用|参与|提供|享有|支付|具有|投入)"
    r"|无[需须权]|没有|无义务|免[于除予])"
)
_NO_LIABILITY = re.compile(
    r"不(?:再|予|另|需|用|必)?(?:承担|负|支付|赔偿|构成|视为|追究)|[无毋免][需须于除予责]"
)


def says_nothing(text: str) -> bool:
    """Whether an article says no more than that there is nothing to say: 不适用, 无, /."""
    return bool(_NOTHING.fullmatch(re.sub(r"[\s。，；：:“”\"（）()]", "", text)))


def list_denied(above: str) -> str:
    """What makes the list below these words doubtful; empty where nothing does."""
    found = _LIST_DENIED.search(above)
    return f"表的上方写着“{found[0]}”，看不出这些算不算数" if found else ""


def not_done(sentence: str) -> str:
    """Why a sentence of rights and duties is neither for sure: it says what a side need not do."""
    return "说的是不做什么，看不出归权利还是义务" if _NOT_DONE.match(sentence) else ""


def no_liability(sentence: str) -> str:
    """Why a sentence on breach fixes no liability for sure."""
    return "看不出是有责任，还是免了责任" if _NO_LIABILITY.search(sentence) else ""
