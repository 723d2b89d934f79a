"""The parties as wording sees them: 甲方, 乙方, 丙方 with their particulars drawn from three records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.compose.values import Printed, PrintedRecord, Value, gap
from pipeline.kernel.structs import Struct
from pipeline.record.model import Agreement, Enterprise, Records
from pipeline.record.model.names import COLLEGE
from pipeline.record.schema import Schema

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MISSING = "合作企业"


def roles(agreement: Agreement) -> Mapping[str, str]:
    """甲方, 乙方, 丙方 … in the order of designation: the school first, unless agreed otherwise; the eleventh by number."""
    return {party: _role(index) for index, party in enumerate(agreement.in_order)}


def _role(index: int) -> str:
    return f"{_STEMS[index]}方" if index < len(_STEMS) else f"第{index + 1}方"


class PartyView(Struct, frozen=True, kw_only=True):
    """One party: particulars from its own record, terms from the agreement."""

    role: str
    college: bool
    name: Value | Printed
    credit_code: Value | Printed
    registration: Value | Printed
    legal_representative: Value | Printed
    branch: bool
    address: Value | Printed
    signatory: Value | Printed
    rights: Value
    duties: Value
    breach: Value
    contact: Value
    copies: Value
    account: Value


def party_views(
    agreement: Agreement, a: Value, records: Records, schemas: Mapping[str, Schema]
) -> Iterator[PartyView]:
    """All parties in order; a missing second party appears as a gap, so that nobody overlooks it."""
    for party, role in roles(agreement).items():
        yield _view(party, role, a, _company(party, records, schemas))
    if len(agreement.party_ids) == 1:
        yield _view("", _role(1), a, None)


def _company(party: str, records: Records, schemas: Mapping[str, Schema]) -> Value | None:
    """The party's own record, wrapped; None where there is none."""
    kind = COLLEGE if party == COLLEGE else "enterprise"
    record = records.college if party == COLLEGE else records.enterprises.get(party)
    if record is None:
        return None
    # Where somebody has taken a party over, the record under the party's id is that of the successor.
    file = (
        "agreements/college.yaml"
        if party == COLLEGE
        else f"agreements/enterprises/{_id(record) or party}.yaml"
    )
    printed = PrintedRecord(file=file, records=records, roles={}, declined={})
    return Value(record, (), schemas[kind].root, printed)


def _id(record: object) -> str:
    return record.id if isinstance(record, Enterprise) else ""


def _view(party: str, role: str, a: Value, company: Value | None) -> PartyView:
    of_college = party == COLLEGE
    return PartyView(
        role=role,
        college=of_college,
        name=company.name if company else gap(party or _MISSING),
        credit_code=company.credit_code if company else gap("统一社会信用代码"),
        registration=company.registration if company and not of_college else Printed(text=""),
        legal_representative=company.legal_representative if company else gap("法定代表人"),
        branch=bool(company and not of_college and company.affiliation.kind == "branch"),
        address=company.address if company else gap("住所"),
        signatory=a.parties.college.signatory if of_college else _signatory(company),
        rights=a.obligations.at(party).rights,
        duties=a.obligations.at(party).duties,
        breach=a.breach.at(party),
        contact=a.notices.contacts.at(party),
        copies=a.copies.each.at(party),
        account=a.accounts.at(party),
    )


def _signatory(company: Value | None) -> Value | Printed:
    return company.legal_representative if company else gap("法定代表人")
