"""LibreOffice as the other side's program: it accepts or rejects all tracked changes, as a person would by its menu.

Its own start-up folder gets a short macro of ours, which calls the menu's command; no other door leads there.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.office import need

ACCEPT, REJECT = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges"

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle" script:language="StarBasic">
Sub Main(source, target, command)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, kind())
  document.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""
_LISTED = ' <library:element library:name="Settle"/>\n</library:library>'


def settled(docx: bytes, command: str) -> bytes:
    """The Word file after LibreOffice has accepted or rejected (`command`) every change and saved it."""
    need("soffice")
    with TemporaryDirectory() as folder:
        source, target, profile = Path(folder, "in.docx"), Path(folder, "out.docx"), Path(folder, "profile")
        source.write_bytes(docx)
        start = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        subprocess.run([*start, "--terminate_after_init"], capture_output=True, timeout=180, check=False)
        library = profile / "user" / "basic" / "Standard"
        (library / "Settle.xba").write_text(_MODULE, encoding="utf-8")
        listed = (library / "script.xlb").read_text(encoding="utf-8")
        listed = listed.replace("</library:library>", _LISTED)
        (library / "script.xlb").write_text(listed, encoding="utf-8")
        call = f'macro:///Standard.Settle.Main("{source.as_uri()}","{target.as_uri()}","{command}")'
        said = subprocess.run([*start, call], capture_output=True, text=True, timeout=180, check=False)
        assert target.is_file(), said.stdout + said.stderr
        return target.read_bytes()
