"""L36–L39: money that the parties give each other, and what they give away: payments, accounts, shares of funds, gifts."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.figures import shares
from pipeline.check.rules.forbidden.sayings import said, saying
from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.party_names import called, party_words
from pipeline.check.rules.rule import READING_SINCE, Fault, Way, fault, later, rule
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.record.model import Agreement, Records
from pipeline.record.model.names import COLLEGE

_STATE = late("财政|国库|零余额|专户|非税")
"""Accounts through which a public college is paid under the treasury's name."""


@rule(
    "L36",
    title="每一笔款项写明谁付给谁、何时付",
    clause="民法典 470、510、511",
    why="没有日期也没有条件的款项，对方随时可以要；付给自己的款项没有意义，多半是写反了。",
    hint="payments 每项写 payer、payee、amount，并写 due（最晚日期）或 condition（付款条件），两样都写最好。",
    ways={
        "undated": later("{name}没有写付款日期（due），也没有写付款条件（condition）"),
        "itself": "{name}的付款方和收款方是同一方",
        "nothing": Way(message="{name}的金额是 0", severity=Severity.WARNING),
        "beyond": Way(
            message="{name}的付款日期 {day} 在合同结束日期 {end} 以后，确是期满后结算的可以不改",
            severity=Severity.INFO,
        ),
    },
    skips=is_framework,
    since=READING_SINCE,
)
def says_who_pays_whom_and_when(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A payment is a debt only with a debtor, a creditor and a day."""
    end = agreement.term.end if agreement.term else None
    for index, one in enumerate(agreement.payments):
        name = called(one.item, index)
        if one.due is None and one.condition is None:
            yield fault("undated", "payments", index, name=name)
        if one.payer and one.payer == one.payee:
            yield fault("itself", "payments", index, "payee", name=name)
        if one.amount == 0:
            yield fault("nothing", "payments", index, "amount", name=name)
        if one.due and end and one.due > end:
            yield fault("beyond", "payments", index, "due", name=name, day=one.due, end=end)


@rule(
    "L37",
    title="账户是各方自己的对公账户",
    clause="民法典 509；会计法 16",
    why="钱进了个人或者别家的账户，就是账外资金，出了事追不回来，经办人也说不清。",
    hint="户名写单位全称；经财政专户、国库收付的照实写账户名称。",
    waivable=False,
    ways={
        "name": "{party}的户名是“{name}”，登记的全称是“{full}”，只能用本单位的对公账户",
        "shared": "{party}和{other}用了同一个账号",
    },
    skips=is_framework,
    since=READING_SINCE,
)
def uses_accounts_of_its_own(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Money between the parties goes to the parties."""
    seen: dict[str, str] = {}
    for party, account in agreement.accounts.items():
        number = (account.number or "").replace(" ", "").replace("-", "")
        if number and number in seen:
            names = {"party": party_words(party, records), "other": party_words(seen[number], records)}
            yield fault("shared", "accounts", party, "number", **names)
        seen.setdefault(number, party)
        known = records.college if party == COLLEGE else records.enterprises.get(party)
        name, full = (account.name or "").strip(), (known.name or "").strip() if known else ""
        if name and full and name != full and not (party == COLLEGE and _STATE.search(name)):
            values = {"party": party_words(party, records), "name": name, "full": full}
            yield fault("name", "accounts", party, "name", **values)


@rule(
    "L38",
    title="出资比例加起来是 100%，共同投资写明风险",
    clause="民法典 470；事业单位国有资产管理暂行办法 21",
    why="比例加不满，差的一截没有人出；共同投资不写盈亏怎样分担，就可能被当成合伙，一起承担无限责任。",
    hint="shares 合计 100；kind 写 equity 的，risk 写盈亏怎样分担、怎样退出，并先办国有资产对外投资的审批。",
    ways={
        "shares": "{name}各方比例合计 {total}%，应为 100%",
        "alone": later("出资的只有{party}一方；一方的投入写在 inputs 里"),
        "risky": later("共同投资（equity）没有写盈亏和风险怎样分担（risk）"),
    },
    skips=is_framework,
    since=READING_SINCE,
)
def funds_are_shared_out(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A common purse is filled to the last per cent, and its losses are somebody's."""
    funding = agreement.funding
    if funding is None:
        return
    yield from shares(funding.shares, "出资", "funding", "shares")
    givers = [party for party, share in funding.shares.items() if share > 0]
    if len(givers) == 1:
        yield fault("alone", "funding", "shares", party=party_words(givers[0], records))
    if funding.kind == "equity" and funding.risk is None:
        yield fault("risky", "funding", "risk")


_TAKEN_BACK = (
    saying(
        "returned",
        "捐赠 捐献",
        "(?:捐赠|捐献) ... !(?:收回|取回|撤回|撤走|退还|返还|归还)",
        "(?:捐赠|捐献) ... (?:所有权|产权|权属) .. !(?:归|属于?) .. FIRM",
        "(?:FIRM)[^，。；]{0,4} !(?:有权|可以?|可随时) .. 撤销(?:捐赠|捐献)",
        unless="甲方收回|使用权|发票|违反捐赠用途|挪用",
    ),
    saying(
        "repaid",
        "捐赠 捐献",
        "(?:采购|购买|订购|选用) .. (?:产品|设备|服务|软件) ... 作为(?:捐赠|捐献)?的? .. !回报",
        "(?:捐赠|捐献) ... !(?:优先采购|优先购买|采购|购买|选用|回报) .. (?:FIRM|产品|设备|服务)",
        "(?:捐赠|捐献) ... !(?:发布|刊登|投放|播放|进行) .. 广告",
        "(?:购买|订购) .. (?:产品|设备|服务) ... !据此(?:捐赠|捐献)",
    ),
)


@rule(
    "L39",
    title="捐赠写明捐赠人和用途，捐的东西归学校",
    clause="公益事业捐赠法 4、12、18；民法典 657、658",
    why="捐赠是无偿给学校的，权属留在企业就不是捐赠；用途不写，改作他用时说不清。",
    hint="forms 写 donation，donation 写 donor 和 use，捐的东西在 inputs 里权属写 college。",
    ways={
        "unformed": later("写了捐赠（donation），合作方式里却没有 donation"),
        "unsaid": later("合作方式有捐赠（donation），却没有写捐赠人和用途（donation）"),
        "donor": "捐赠人写的是学校；学校是受赠人",
        "kept": later("写了捐赠，投入清单里却没有一行归学校所有"),
        "returned": "“{words}”：捐赠出去的归学校，不能约定收回，公益捐赠也不能撤销",
        "repaid": Way(
            message="“{words}”：捐赠是无偿的，带着采购、广告作回报就不是捐赠，还可能是商业贿赂",
            severity=Severity.WARNING,
        ),
    },
    skips=is_framework,
    since=READING_SINCE,
)
def gifts_are_given(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """What stays with the giver is no gift."""
    yield from said(agreement, _TAKEN_BACK)
    donation, formed = agreement.donation, "donation" in agreement.forms
    if donation is None:
        if formed:
            yield fault("unsaid", "donation")
        return
    if not formed:
        yield fault("unformed", "forms")
    if donation.donor == COLLEGE:
        yield fault("donor", "donation", "donor")
    lines = agreement.inputs.lines if agreement.inputs else ()
    if not any(item.ownership == COLLEGE for _, _, item in lines):
        yield fault("kept", "donation")
