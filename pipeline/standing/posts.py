"""Who holds which post of the contract approval, as the rules and the college's own list of people tell (8.4, 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from pipeline.kernel.structs import Struct
from pipeline.record.model import Records
from pipeline.record.model.college import College, EarlierPost

_HEADS = ("主任", "处长", "书记", "院长", "校长", "部长", "科长", "负责人")
"""A post with one of these words speaks for its department; 干事, 教师 and 门卫 do not."""


class _Post(Struct, frozen=True, kw_only=True):
    """A step of the approval: words that name it, words in its department's name, leaders who hold it."""

    words: tuple[str, ...]
    departments: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    heads: bool = True


_POSTS: Mapping[str, _Post] = {
    "legal": _Post(words=("法务", "法律", "法规"), departments=("法务", "法律", "法规"), heads=False),
    "finance": _Post(words=("财务", "计财", "计划财务"), departments=("财务", "计财")),
    "assets": _Post(words=("国资", "资产"), departments=("国资", "资产")),
    "office": _Post(words=("归口", "校企合作"), departments=("校企合作",)),
    "audit": _Post(words=("审计",), departments=("审计",)),
    "department": _Post(words=("系部", "承办", "申请", "实施")),
    "vice-president": _Post(
        words=("分管", "副院长", "副校长"), leaders=("cooperation", "teaching", "other", "president")
    ),
    "party-committee": _Post(words=("党委", "书记", "党总支"), leaders=("secretary",)),
    "president": _Post(words=("院长", "校长", "院务", "校务"), leaders=("president",)),
}
"""The steps that colleges know, the narrower before the wider: 副院长 is no 院长."""


@lru_cache(maxsize=1024)
def post_of(role: str) -> str:
    """The step that a role's name or id means; empty where it means none."""
    if role in _POSTS:
        return role
    return next((key for key, post in _POSTS.items() if any(word in role for word in post.words)), "")


def known(records: Records, role: str) -> bool:
    """Whether there is such a step: one of the rules', or one that colleges know."""
    rules = records.governance
    listed = rules is not None and (role in rules.roles or role in rules.roles.values())
    return listed or bool(post_of(role))


def holds(records: Records, person: str, role: str, day: date | None = None) -> bool:
    """Whether a person held on a day the post that a role names; by the rules, else by the college's list.

    Who has another post by now is judged by the one of that day. A role of the college's own stands in no list of
    posts: of that the rules alone tell.
    """
    then = earlier_post(records.college, person, day) if day else None
    if then is not None and post_of(role):
        return _by_post(records, then, post_of(role))
    if then is None and day is not None and not _in_office(records.college, person, day):
        return False
    return _by_rules(records, person, role) or _by_list(records, person, role)


def holders(records: Records, role: str) -> tuple[str, ...]:
    """The people who hold a post, by name, for messages."""
    people = dict.fromkeys((*(records.college.people if records.college else ()), *_ruled(records)))
    return tuple(_name(records, one) for one in people if holds(records, one, role))


def leads(records: Records, person: str, day: date | None = None) -> bool:
    """Whether a person was one of the college's leaders on a day: they approve plans (6.2) and call for appraisals."""
    return any(
        holds(records, person, role, day) for role in ("vice-president", "president", "party-committee")
    )


def _ruled(records: Records) -> tuple[str, ...]:
    return tuple(records.governance.people) if records.governance else ()


def _name(records: Records, person: str) -> str:
    name = records.person_name(person)
    return records.governance.name(person) if name == person and records.governance else name


def _by_rules(records: Records, person: str, role: str) -> bool:
    rules = records.governance
    member = rules.people.get(person) if rules else None
    if rules is None or member is None:
        return False
    post = post_of(role)
    return any(
        role in (one, rules.role(one)) or (post and post_of(rules.role(one)) == post) for one in member.roles
    )


def _by_list(records: Records, person: str, role: str) -> bool:
    college, key = records.college, post_of(role)
    listed = college.people.get(person) if college else None
    if college is None or listed is None or not key:
        return False
    post = _POSTS[key]
    if person in (college.leaders.get(one) for one in post.leaders):
        return True
    if post.leaders:
        # 系部书记 and 办公室主任 are no leaders of the college: only who belongs to no department is.
        return not listed.department and post_of(listed.post) == key
    if key == "office" and college.office and college.office.head == person:
        return True
    if key == "department":
        return any(
            person in (one.secretary, one.director)
            for one in college.departments.values()
            if one.kind == "teaching"
        )
    mine = _department(college, person)
    inside = any(word in mine for word in post.departments) or any(word in listed.post for word in post.words)
    return inside and (not post.heads or any(word in listed.post for word in _HEADS))


def earlier_post(college: College | None, person: str, day: date) -> EarlierPost | None:
    """The post that somebody held on a day and holds no more; None where it is today's, or nobody knows."""
    listed = college.people.get(person) if college else None
    for one in listed.earlier if listed else ():
        if not (one.since and day < one.since) and one.until and day <= one.until:
            return one
    return None


def _by_post(records: Records, then: EarlierPost, key: str) -> bool:
    """Whether a post of earlier days is the one that a step names."""
    college = records.college
    if college is None or not key:
        return False
    post = _POSTS[key]
    if post.leaders:
        return not then.department and post_of(then.post) == key
    department = college.departments.get(then.department or "")
    heads = any(word in then.post for word in _HEADS)
    if key == "department":
        return heads and department is not None and department.kind == "teaching"
    mine = department.name if department else ""
    inside = any(word in mine for word in post.departments) or any(word in then.post for word in post.words)
    return inside and (not post.heads or heads)


def _department(college: College, person: str) -> str:
    """The name of the department that a person belongs to or heads."""
    key = college.people[person].department or next(
        (key for key, one in college.departments.items() if person in (one.secretary, one.director)), ""
    )
    return college.department_name(key) if key else ""


def _in_office(college: College | None, person: str, day: date) -> bool:
    listed = college.people.get(person) if college else None
    if listed is None:
        return True
    return not (listed.since and day < listed.since) and not (listed.until and day > listed.until)
