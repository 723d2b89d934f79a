"""Saved lists of the trail with their signatures: by whom governance names, over the very bytes of the list."""

from __future__ import annotations

from pipeline.approval import signature
from pipeline.approval.chain import Chain, key_of
from pipeline.approval.trail.levels import Checkpoint, SavedList
from pipeline.kernel.codes import approving, demands
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.structs import replace
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.statement import REGISTRAR

NAMESPACE = "coop-checkpoint-v1"
"""What a signature under a saved list is made for."""


def keepers(rules: Governance) -> tuple[str, ...]:
    """Who may sign lists: those whom governance names, else its governors and the registrars."""
    usual = (*rules.governors, *(one for one in rules.people if rules.holds(one, REGISTRAR)))
    return rules.keepers or tuple(dict.fromkeys(usual))


def attested(checkpoint: Checkpoint, chain: Chain) -> Checkpoint:
    """The checkpoint with who signed its lists, or why a list is as good as none."""
    if chain.current is None:
        return checkpoint
    names: list[str] = []
    doubt: list[Finding] = []
    for one in checkpoint.lists:
        try:
            name, why = _signer(one, chain, chain.current.rules)
        except signature.SignatureToolError as error:
            doubt.append(approving.NOT_VERIFIED.at(Place(file=one.label), str(error)))
            continue
        names += [name] if name else []
        doubt += [demands.CHECKPOINT_SIGNED.at(Place(file=one.label), why)] if why else []
    return replace(checkpoint, signers=tuple(dict.fromkeys(names)), doubt=tuple(doubt))


def _signer(one: SavedList, chain: Chain, rules: Governance) -> tuple[str, str]:
    """The name of who signed a list, and what is wrong with the signature; both empty where none is asked for."""
    allowed = keepers(rules)
    called = "、".join(map(rules.name, allowed))
    if one.signature is None:
        return "", f"核对清单 {one.label} 没有签名，审批规则要求由 {called} 签" if rules.keepers else ""
    for person in allowed:
        for version in reversed(chain.versions):
            key = key_of(version.rules, person, one.signature)
            check = signature.Check(
                key=key, namespace=NAMESPACE, message=one.content, signature=one.signature
            )
            if key and signature.verify([check])[0]:
                return rules.name(person), ""
            if key:
                return "", f"核对清单 {one.label} 的签名与清单的内容不符：清单被改过，或者签名是从别处拿来的"
    return "", f"核对清单 {one.label} 不是审批规则指定的人签的（应由 {called} 签）"
