"""The enterprise (or other organisation) a college works with: `enterprises/<id>.yaml` (clauses 5.1, 6.1)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who to reach: a business contact, never a private one."""

    name: str = ""
    post: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """A partner; `id` is its file's name and never changes. `staff` counts people."""

    id: str = ""
    name: str = ""
    kind: str = ""
    credit_code: str = ""
    legal_representative: str = ""
    address: str = ""
    contact: Contact | None = None
    industry: str = ""
    scale: str = ""
    staff: int | None = None
    tier: str = ""
    certified: bool = False
    labour_dispatch: bool = False
    profile: str = ""
