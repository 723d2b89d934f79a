"""RFC 3161 time-stamps that somebody else obtained: whether a token proves that bytes existed, and since when.

Asking an authority for a token is left to openssl; the authority's certificate comes from the caller.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

_GRANTED = 0
_DIGESTS = {
    "2.16.840.1.101.3.4.2.1": hashlib.sha256,
    "2.16.840.1.101.3.4.2.2": hashlib.sha384,
    "2.16.840.1.101.3.4.2.3": hashlib.sha512,
}
"""Digests that are trusted, by their OID."""


class TimestampError(Exception):
    """A token proves nothing; the message says why (Chinese)."""


def verify(token: bytes, authority: bytes, content: bytes) -> str:
    """The time (UTC, ISO 8601) before which `content` existed, as the authority's token says.

    `token` is a DER time-stamp response, `authority` PEM certificates of which the self-signed ones are trusted.
    Raises TimestampError.
    """
    try:
        from rfc3161_client import VerificationError, VerifierBuilder
    except ImportError as error:
        raise TimestampError(
            "没有安装 rfc3161-client，时间戳没有核验（运行 pip install 'coop-college[timestamp]'）"
        ) from error
    response, certificates = _response(token), _certificates(authority)
    roots = [one for one in certificates if one.subject == one.issuer]
    if not roots:
        raise TimestampError("机构证书文件里没有根证书（自己给自己签发的那一张），请向机构要")
    _of(response, content)
    builder = VerifierBuilder(
        roots=roots, intermediates=[one for one in certificates if one.subject != one.issuer]
    )
    try:
        builder.build().verify_message(response, content)
    except (VerificationError, ValueError) as error:
        raise TimestampError(f"时间戳不成立：{_why(response, certificates)}") from error
    return str(response.tst_info.gen_time.isoformat(timespec="seconds"))


def _response(token: bytes) -> Any:
    """The authority's answer, if it gives a time-stamp."""
    from rfc3161_client import decode_timestamp_response

    try:
        response = decode_timestamp_response(token)
    except ValueError as error:
        raise TimestampError(
            "时间戳文件读不出来：要机构发回的应答（.tsr），一个字节也不能改；发给机构的查询（.tsq）不是时间戳"
        ) from error
    if response.status != _GRANTED:
        raise TimestampError(f"机构没有给时间戳（应答的状态是 {response.status}），请重新申请")
    return response


def _certificates(authority: bytes) -> Sequence[Any]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(authority)
    except ValueError as error:
        raise TimestampError(
            "机构证书文件读不出来：要 PEM 格式（有 -----BEGIN CERTIFICATE----- 一行）；"
            "DER 格式的先转一次：openssl x509 -inform DER -in 机构证书.cer -out 机构证书.pem"
        ) from error


def _of(response: Any, content: bytes) -> None:
    """Raises TimestampError where an answer is not about these bytes."""
    try:
        imprint = response.tst_info.message_imprint
    except ValueError as error:
        raise TimestampError("时间戳文件读不出来：应答里没有时间戳") from error
    used = imprint.hash_algorithm.dotted_string
    if used not in _DIGESTS:
        raise TimestampError(f"时间戳不成立：用的摘要算法（{used}）不可靠；申请时写 -sha256，向机构重新申请")
    if _DIGESTS[used](content).digest() != imprint.message:
        raise TimestampError(
            "时间戳不成立：它不是给这份清单的。清单后来改过，或者另存时换了编码、换行，都对不上；请用申请时的那一份"
        )


def _why(response: Any, certificates: Sequence[Any]) -> str:
    """What is wrong with an answer whose signature does not hold, by what it contains itself."""
    from cryptography.x509 import load_der_x509_certificate

    try:
        sent = [load_der_x509_certificate(one) for one in response.signed_data.certificates]
        signers = {(one.issuer, one.serial_number) for one in response.signed_data.signer_infos}
        made = response.tst_info.gen_time
        signer = next((one for one in sent if (one.issuer, one.serial_number) in signers), None)
        if signer is None:
            return "应答里没有机构的签名证书；申请时加 -cert，向机构重新申请"
        if not signer.not_valid_before_utc <= made <= signer.not_valid_after_utc:
            return f"机构出具它的时候（{made:%Y-%m-%d}），机构的签名证书还没有生效或者已经过期"
        if signer.issuer not in {one.subject for one in (*certificates, *sent)}:
            return "出具它的不是这份机构证书的机构；请用出具时间戳的机构自己的根证书"
    except ValueError:
        return "应答坏了或者改过，读不全"
    return "机构的签名核对不上：应答改过，或者机构证书不是出具它的机构的"
