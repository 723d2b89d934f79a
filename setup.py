"""What the build adds to pyproject.toml: Click's texts compiled, and the data of the top level in the package."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
SHIPPED = ("schemas", "templates", "agreements", "docs")
"""Folders that stay where they are in the repository and are carried inside the package."""


class BuildWithData(build_py):
    """Compile the catalogues, then copy the data; an editable install reads the data where it is."""

    def run(self):
        """Build into an empty folder: what was deleted in the sources must not travel on."""
        import polib

        for source in sorted((ROOT / "pipeline").rglob("*.po")):
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
        if self.editable_mode:
            super().run()
            return
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()
        for name in SHIPPED:
            shutil.copytree(ROOT / name, Path(self.build_lib) / "pipeline" / "shipped" / name)


setup(
    cmdclass={"build_py": BuildWithData},
    # `build/` is where the college's documents go.
    options={"build": {"build_base": ".package"}},
)
