"""Versions of governance as text: the first one, the next one, and the minute that fixes a pin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.record.rounds.versions import GovernanceVersion

_FIRST = """\
# 审批规则第 1 版。改规则不改这个文件，用 coop governance new 另立新版本。
repository: "{repository}"   # 本库编号，以后不变
version: 1
since: {since}            # 这一天起签署的协议，凭送审轮次生效；以前的凭登记的审核、审批人
governors: [{governors}]      # 规则管理人：下一个版本要由他们签名
threshold: 1                 # 至少几位管理人签名
roles:                       # 按审批先后排列
  department: 实施系部
  legal: 法务审核
  assets: 国有资产管理
  finance: 财务审核
  vice-president: 分管副院长
  president: 院长
  party-committee: 党委会
  registrar: 登记人
people:                      # 编号与 college.yaml 里的一致
{people}matrix:                      # 什么情况要哪些角色批准；文书里没写的条件按满足处理
  - when: {{kinds: [agreement, amendment]}}
    roles: [department, legal, vice-president]
  - when: {{kinds: [agreement, amendment], money_from: 500000.00}}
    roles: [finance, president]
  - when: {{kinds: [agreement, amendment], state_assets: true}}
    roles: [assets]
  - when: {{kinds: [agreement, amendment], money_from: 5000000.00}}
    roles: [party-committee]
  - when: {{kinds: [agreement, amendment], leaders_flag: true}}
    roles: [president]
  - when: {{kinds: [scheme]}}
    roles: [vice-president]
  - when: {{kinds: [plan]}}
    roles: [vice-president]
own_department: [department] # 只能由实施这个项目的系部的人担任的角色
levels:                      # 至少证明到哪一级；keyed：登记了钥匙的人要用钥匙签
  - {{when: {{}}, least: keyed}}
"""


def first(repository: str, governors: Mapping[str, str], since: date) -> str:
    """The text of version 1, to be filled in; `governors` are names by id, the first of them the registrar."""
    people = "".join(
        f"  {key}:\n    name: {name}\n    roles: [{'registrar' if number == 0 else ''}]\n"
        "    keys: []                 # coop keys new 打印的公钥，一行一把，加引号\n"
        for number, (key, name) in enumerate(governors.items())
    )
    return _FIRST.format(repository=repository, governors=", ".join(governors), people=people, since=since)


def following(version: GovernanceVersion, accepted: Iterable[tuple[str, str]]) -> str:
    """The text of the next version: the present one with its digest; `accepted` are digests with a remark."""
    text = version.content.decode()
    text = re.sub(r"(?m)^version:[^#\n]*", f"version: {version.number + 1}", text, count=1)
    text = re.sub(r"(?m)^previous:.*\n", "", text)
    line = f'previous: "{version.digest}"\n'
    text = re.sub(r"(?m)^(version:.*\n)", lambda found: found[1] + line, text, count=1)
    text = re.sub(r"(?m)^# 审批规则第 \d+ 版。", f"# 审批规则第 {version.number + 1} 版。", text)
    # A record on paper is both its signer's and its registrar's: whoever keeps both names it twice.
    fresh = {one: remark for one, remark in accepted if one not in version.rules.accepted}
    return _accept(text, fresh, version.rules.accepted) if fresh else text


_ACCEPTED = re.compile(r"(?m)^accepted:[ \t]*(\[[^\]]*\])?[ \t]*(#.*)?(?:\n|\Z)")
"""Where a version names what it accepts: a list in brackets, or the head of one line each; a remark behind it."""


def _accept(text: str, fresh: Mapping[str, str], already: Iterable[str]) -> str:
    """The text with more that it accepts, by digest with a remark; `already` are those it names."""
    lines = "".join(f'  - "{one}"   # {remark}\n' for one, remark in fresh.items())
    head = "accepted:                    # 离任、换钥匙后仍然承认的批准；钥匙失窃的，只留本人确认过的\n"
    found = _ACCEPTED.search(text)
    if found is None:
        return f"{text.rstrip()}\n{head}{lines}"
    if found[1]:
        lines += "".join(f'  - "{one}"\n' for one in already)
    else:
        head = f"{found[0].rstrip()}\n"
    return f"{text[: found.start()]}{head}{lines}{text[found.end() :]}"


def enrolled(text: str, person: str, key: str) -> str | None:
    """The text of a version with a person's public key added; None where the person's entry is not found.

    Both spellings of an entry are known: on one line in braces, and over several lines.
    """
    flow = re.search(rf"(?m)^  {re.escape(person)}: *\{{(.*)\}}[^}}\n]*$", text)
    if flow:
        inner = flow[1]
        listed = re.search(r"keys: *\[(.*?)\]", inner)
        if listed:
            kept = f"{listed[1]}, " if listed[1].strip() else ""
            made = inner.replace(listed[0], f'keys: [{kept}"{key}"]')
        else:
            made = f'{inner}, keys: ["{key}"]'
        return text[: flow.start(1)] + made + text[flow.end(1) :]
    block = re.search(rf"(?m)^  {re.escape(person)}:[^\n{{]*\n(?:    .*\n)*", text)
    if block is None:
        return None
    lines = [row for row in block[0].splitlines() if not re.match(r"    keys: *\[\]", row)]
    at = next((number for number, row in enumerate(lines) if row.startswith("    keys:")), None)
    if at is None:
        lines.append("    keys:")
        at = len(lines) - 1
    lines.insert(at + 1, f'      - "{key}"')
    return text[: block.start()] + "\n".join(lines) + "\n" + text[block.end() :]
