"""`coop schema` tells the editor what records hold, and leaves its other settings alone."""

from __future__ import annotations

import json

from tests.cli.running import CommandLine

SETTINGS = ".vscode/settings.json"


def test_the_editor_is_told_which_schema_is_whose(cli: CommandLine) -> None:
    cli.home.write('{"editor.tabSize": 4}', SETTINGS)
    assert cli.coop("schema").code == 0
    settings = json.loads(cli.home.text(SETTINGS))
    assert settings["editor.tabSize"] == 4
    globs = settings["yaml.schemas"]
    assert globs["./.vscode/coop/agreement.json"] == "agreements/projects/*/agreement.yaml"
    for schema in globs:
        json.loads(cli.home.text(schema.removeprefix("./")))


def test_settings_with_comments_stay_as_they_are(cli: CommandLine) -> None:
    cli.home.write('{\n  // 四格\n  "editor.tabSize": 4\n}\n', SETTINGS)
    said = cli.coop("schema")
    assert "请自己加上" in said.out
    assert "// 四格" in cli.home.text(SETTINGS)


def test_the_colleges_own_choices_are_offered(cli: CommandLine) -> None:
    own = "forms:\n  schema:\n    meta:\n      values: {reading-room: 共建书店}\n"
    cli.home.write(own, "schemas/agreement.yaml")
    assert cli.coop("schema").code == 0
    made = json.loads(cli.home.text(".vscode/coop/agreement.json"))
    assert "reading-room" in json.dumps(made["properties"]["forms"])
