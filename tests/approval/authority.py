"""A time-stamping authority of one's own, made with openssl."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_SETTINGS = """\
[tsa]
default_tsa=t
[t]
serial=serial
crypto_device=builtin
default_policy=1.2.3.4
digests=sha1,sha256,sha384
signer_digest=sha256
accuracy=secs:1
ess_cert_id_chain=no
tsa_name=yes
[ext]
extendedKeyUsage=critical,timeStamping
keyUsage=critical,digitalSignature
basicConstraints=CA:FALSE
[root]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
[req]
distinguished_name=dn
[dn]
[ca]
default_ca=d
[d]
dir=.
database=index.txt
serial=numbers
new_certs_dir=.
default_md=sha256
policy=p
unique_subject=no
[p]
commonName=supplied
"""
_NEW = ("req", "-newkey", "rsa:3072", "-nodes", "-config", "tsa.cnf")


@dataclass(frozen=True, slots=True)
class Authority:
    """A folder with a root (`root.pem`) and whoever stamps under it."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> Authority:
        """One whose certificate to stamp is good for a month."""
        folder.mkdir()
        (folder / "tsa.cnf").write_text(_SETTINGS)
        for name, content in (("serial", "01\n"), ("numbers", "1000\n"), ("index.txt", "")):
            (folder / name).write_text(content)
        made = cls(folder)
        made.root("root")
        made.stamper("tsa")
        return made

    def openssl(self, *arguments: str) -> None:
        """Run openssl in the folder."""
        line = ["openssl", *arguments]
        done = subprocess.run(line, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def root(self, name: str) -> Path:
        """A certificate that vouches for itself."""
        out = ("-keyout", f"{name}.key", "-out", f"{name}.pem")
        self.openssl(*_NEW, "-x509", "-days", "30", "-subj", f"/CN={name}", "-extensions", "root", *out)
        return self.folder / f"{name}.pem"

    def stamper(self, name: str, days: tuple[float, float] = (-1, 30)) -> None:
        """A certificate to stamp with, good from and until so many days from now."""
        self.openssl(*_NEW, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        begin, end = (f"{datetime.now(UTC) + timedelta(days=one):%Y%m%d%H%M%SZ}" for one in days)
        signer = ("-cert", "root.pem", "-keyfile", "root.key", "-startdate", begin, "-enddate", end)
        how = ("-extfile", "tsa.cnf", "-extensions", "ext", "-notext")
        asked = ("-in", f"{name}.csr", "-out", f"{name}.pem")
        self.openssl("ca", "-batch", "-config", "tsa.cnf", *signer, *how, *asked)

    def stamped(self, data: Path, *how: str, by: str = "tsa") -> Path:
        """What openssl does for a college: a query over a saved list, answered by the authority."""
        asked = how or ("-sha256", "-cert")
        self.openssl("ts", "-query", "-data", str(data), *asked, "-out", "q.tsq")
        signer = ("-signer", f"{by}.pem", "-inkey", f"{by}.key", "-config", "tsa.cnf", "-section", "t")
        self.openssl("ts", "-reply", "-queryfile", "q.tsq", *signer, "-out", "a.tsr")
        return self.folder / "a.tsr"
