"""RFC 3161 time-stamps that somebody else obtained: whether a token proves that bytes existed, and since when.

Asking an authority for a token is left to openssl; the authority's certificate comes from the caller.
"""

from __future__ import annotations


class TimestampError(Exception):
    """A token proves nothing; the message says why (Chinese)."""


def verify(token: bytes, authority: bytes, content: bytes) -> str:
    """The time (UTC, ISO 8601) before which `content` existed, as the authority's token says.

    `token` is a DER time-stamp response, `authority` PEM certificates of which the self-signed ones are trusted.
    Raises TimestampError.
    """
    try:
        from cryptography.x509 import load_pem_x509_certificates
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
    except ImportError as error:
        raise TimestampError(
            "没有安装 rfc3161-client，时间戳没有核验（在协议库的文件夹里运行 .venv/bin/pip install -e '.[timestamp]'）"
        ) from error
    try:
        response = decode_timestamp_response(token)
        certificates = load_pem_x509_certificates(authority)
    except ValueError as error:
        raise TimestampError(f"时间戳或证书文件读不出来：{error}") from error
    builder = VerifierBuilder(
        roots=[one for one in certificates if one.subject == one.issuer],
        intermediates=[one for one in certificates if one.subject != one.issuer],
    )
    try:
        builder.build().verify_message(response, content)
    except (VerificationError, ValueError) as error:
        raise TimestampError(f"时间戳不成立：{error}") from error
    return response.tst_info.gen_time.isoformat(timespec="seconds")
