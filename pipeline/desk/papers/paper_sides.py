"""The parties of a foreign agreement: who 甲方 and 乙方 are, and what the paper says of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.desk.ledger_names import person_and_phone
from pipeline.desk.papers.outline import PaperOutline, compact
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace

LETTERS = ("甲方", "乙方", "丙方", "丁方")
_LABELS: dict[DataPath, str] = {
    ("name",): "单位名称|企业名称|公司名称|学校名称|单位全称|名称|单位",
    ("credit_code",): "统一社会信用代码(?:证号?)?|社会信用代码|信用代码",
    ("legal_representative",): "法定代表人(?:[（(]负责人[）)])?|法人代表|法人",
    ("address",): "注册地址|通讯地址|单位地址|联系地址|住所地|住所|地址",
    ("contact", "name"): "项目联系人|联系人",
    ("contact", "phone"): "联系电话|电话|联系方式|手机",
    ("contact", "email"): "电子邮箱|电子邮件|邮箱|E-?mail",
    ("account", "name"): "户名|账户名称|开户名称",
    ("account", "bank"): "开户银行|开户行",
    ("account", "number"): "银行账号|账号|帐号|银行账户",
    (): "传真|邮编|邮政编码|职务|签订地点|签订日期|签署日期|签约日期|日期|协议编号|合同编号|签字|盖章|授权代表|委托代理人|身份证号?码?",
}
_SIDE = r"(?:[\u4e00-\u9fff]{2,8}\s*[（(]\s*(?P<inner>[甲乙丙丁])\s*方\s*[）)]|(?P<letter>[甲乙丙丁])\s*方|Party\s*(?P<latin>[A-D]))\s*(?:[（(【\[][^）)】\]]{1,30}[）)】\]])?\s*[：:]"
_WORDS = "|".join(
    r"\s{0,6}".join(word) if re.fullmatch("[\u4e00-\u9fff]+", word) else word
    for words in _LABELS.values()
    for word in sorted(words.split("|"), key=len, reverse=True)
)
_ANY = re.compile(
    rf"{_SIDE}|(?P<label>{_WORDS})\s*(?:[（(][A-Za-z .&/\-]{{2,40}}[）)])?\s*[：:]", re.IGNORECASE
)
_CALLED = re.compile(
    r"([^，。；：:\s（()）]{4,40})\s*[（(]\s*(?:以下)?(?:简称|称)(?:为)?\s*[“\"'‘]?\s*([甲乙丙丁])\s*方"
)
_NAME = re.compile(
    r"[\u4e00-\u9fff（）()·A-Za-z0-9]{2,50}(?:公司|厂|集团|学院|学校|大学|中心|协会|商会|学会|研究院|研究所|事务所|银行|医院|酒店|宾馆|店|合作社"
    r"|局|委员会|政府|工作室)(?:[（(][^）)]{2,20}[）)])?"
)
_BLANK = re.compile(r"[_＿]{2,}|[×ＸX]{2,}|…{1,}|□|待定|\A[\s/／\-—]*\Z")
_PERSON: DataPath = ("contact", "name")
_LATIN = dict(zip("ABCD", LETTERS, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class SideFact:
    """One thing a paper says of a party, where (in words, and which item of the paper), and why it is not sure."""

    value: str
    where: str
    place: int
    doubt: str = ""


@dataclass(slots=True, kw_only=True)
class PaperSide:
    """A party: its letter, and what is said of it by field."""

    letter: str
    facts: dict[DataPath, SideFact] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called; empty where the paper does not say."""
        found = self.facts.get(("name",))
        return found.value if found else ""

    def say(self, path: DataPath, value: str, where: str, place: int) -> bool:
        """Take in a fact; two that differ leave the first in doubt. Whether nothing else has to be kept of it."""
        if path == _PERSON and (both := person_and_phone(value)):
            name, phone = both
            told = self.say(("contact", "phone"), phone, where, place)
            return self.say(path, name, where, place) and told
        value = _tidy(path, value)
        if not value or _BLANK.search(value):
            return True
        known = self.facts.get(path)
        if known is None:
            doubt = "" if path != ("name",) or _NAME.fullmatch(value) else "不像单位的全称"
            doubt = "姓名里有数字" if path == _PERSON and re.search("[0-9]", value) else doubt
            self.facts[path] = SideFact(value=value, where=where, place=place, doubt=doubt)
        elif compact(known.value) != compact(value):
            self.facts[path] = replace(known, doubt=known.doubt or f"{where}又写作“{value}”")
            return False
        return True


class SidesReader:
    """Reads the parties from the head of a paper and from its signatures."""

    def __init__(self) -> None:
        self.sides: dict[str, PaperSide] = {}
        self.used: set[int] = set()
        self._speaking: tuple[str, ...] = ()
        self._place = 0
        self._unnamed = ""

    def read(self, paper: PaperOutline) -> tuple[PaperSide, ...]:
        """The parties by their letters."""
        for place in (*paper.front, *paper.signatures):
            self._place = place
            grid, line = paper.grid(place), paper.line(place)
            if line is not None:
                known = place != paper.title and self._line(line.text, line.where)
            else:
                known = grid is not None and self._grid(grid.rows, grid.where)
            if known:
                self.used.add(place)
        return tuple(self.sides[letter] for letter in LETTERS if letter in self.sides)

    def _side(self, letter: str) -> PaperSide:
        return self.sides.setdefault(letter, PaperSide(letter=letter))

    def _line(self, text: str, where: str) -> bool:
        """Whether a line says something of parties, and nothing else."""
        called = list(_CALLED.finditer(text))
        for one in called:
            name = re.sub(r"\A(?:本?(?:协议|合同)书?)?[由和与及同、系是]?(?:由)?", "", one[1])
            self._say(f"{one[2]}方", ("name",), name, where)
        marks = list(_ANY.finditer(text))
        unnamed, self._unnamed = self._unnamed, _alone(marks, text)
        if unnamed and not marks and _NAME.fullmatch(compact(text)):
            return self._say(unnamed, ("name",), text, where)
        if not marks:
            return False
        letters = [_letter(one) for one in marks if _letter(one)]
        if letters:
            self._speaking = tuple(letters)
        seen: dict[DataPath, int] = {}
        known = not text[: marks[0].start()].strip()
        for one, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)], strict=True):
            known &= self._said(one, text[one.end() : end].strip(), where, seen, marks)
        return known

    def _say(self, letter: str, path: DataPath, value: str, where: str) -> bool:
        return self._side(letter).say(path, value, where, self._place)

    def _said(
        self,
        mark: re.Match[str],
        value: str,
        where: str,
        seen: dict[DataPath, int],
        marks: Sequence[re.Match[str]],
    ) -> bool:
        letter = _letter(mark)
        if letter:
            return self._say(letter, ("name",), value, where)
        path = _path(mark["label"])
        if not path:
            return not value or bool(_BLANK.search(value))
        count = seen.get(path, 0)
        seen[path] = count + 1
        same = sum(1 for one in marks if one["label"] and _path(one["label"]) == path)
        inline = [_letter(one) for one in marks if _letter(one) and one.start() < mark.start()]
        speaking = tuple(inline[-1:]) if inline else self._speaking
        # One address behind two parties says not whose it is.
        if len(self._speaking) > 1 and not inline and same != len(self._speaking):
            return False
        return count < len(speaking) and self._say(speaking[count], path, value, where)

    def _grid(self, rows: Sequence[Sequence[str]], where: str) -> bool:
        """Whether a table says something of parties and nothing else, in one of the ways in which people set it."""
        if not _of_parties(rows):
            return False
        heads = {at: _bare_letter(cell) for at, cell in enumerate(rows[0])} if rows else {}
        columns = {at: letter for at, letter in heads.items() if letter and at}
        if len(columns) > 1:
            return self._columns(rows[1:], columns, where)
        whole = True
        for number, row in enumerate(rows, start=1):
            whole &= self._row(row, f"{where}第 {number} 行")
        return whole

    def _columns(self, rows: Sequence[Sequence[str]], columns: dict[int, str], where: str) -> bool:
        whole = True
        for number, row in enumerate(rows, start=2):
            path = _path(row[0].strip("：: ")) if row else None
            for at, cell in enumerate(row):
                if at in columns and path:
                    whole &= self._say(columns[at], path, cell, f"{where}第 {number} 行")
                elif cell.strip() and (at or path is None):
                    whole = False
        return whole

    def _row(self, row: Sequence[str], where: str) -> bool:
        whole = True
        waiting: DataPath | None = None
        for cell in filter(str.strip, row):
            letter, path = _bare_letter(cell), _path(cell.strip("：: "))
            if letter:
                self._speaking, waiting = (letter,), ("name",)
            elif path is not None:
                waiting = path
            elif waiting and len(self._speaking) == 1 and "\n" not in cell and not _ANY.match(cell):
                whole &= self._say(self._speaking[0], waiting, cell, where)
                waiting = None
            else:
                for line in cell.split("\n"):
                    whole &= self._line(line, where)
        return whole


def _of_parties(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is about the parties: 名称 and 单位 alone stand over lists of things, too."""
    cells = [cell for row in rows for cell in row]
    paths = {_path(cell.strip("：: ")) for cell in cells} - {None, ("name",), ()}
    return bool(paths) or any(_bare_letter(cell) or re.search(_SIDE, cell, re.IGNORECASE) for cell in cells)


def _letter(mark: re.Match[str]) -> str:
    if letter := mark["letter"] or mark["inner"]:
        return f"{letter}方"
    return _LATIN[mark["latin"].upper()] if mark["latin"] else ""


def _alone(marks: Sequence[re.Match[str]], text: str) -> str:
    """The party that a line names by its letter and nothing else: its name stands in the next line."""
    return _letter(marks[0]) if len(marks) == 1 and not text[marks[0].end() :].strip() else ""


def _bare_letter(cell: str) -> str:
    found = re.fullmatch(r"([甲乙丙丁])方(?:[（(][^）)]{1,20}[）)])?[：:]?", compact(cell))
    return f"{found[1]}方" if found else ""


def _path(label: str) -> DataPath | None:
    """The field that a label means; () for one that is known and not kept, None for none."""
    word = compact(label)
    return next((path for path, words in _LABELS.items() if re.fullmatch(words, word, re.IGNORECASE)), None)


def _tidy(path: DataPath, value: str) -> str:
    value = re.sub(
        r"\s*[（(](?:盖\s*章|签\s*章|公\s*章|签\s*字|签\s*名|以下.{0,12}|章|印章)[^）)]*[）)].*\Z",
        "",
        value.strip(),
    )
    value = value.strip(" \t　，,；;。")
    if path == ("name",):
        chinese = re.match(r"[^A-Za-z]*[\u4e00-\u9fff）)]", value)
        value = (
            compact(chinese[0] if chinese and re.search("[\u4e00-\u9fff]", value) else value)
            if chinese
            else value
        )
        return re.sub(r"[（(]以下.*\Z", "", value)
    return (
        compact(value)
        if path in (("credit_code",), ("legal_representative",), ("contact", "name"))
        else value
    )
