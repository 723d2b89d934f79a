"""`make quality`: what is found in the phrases, by kind; with `-v` also which were judged wrongly, but for those kept back."""

from __future__ import annotations

import sys

from tests.quality.phrases import HALVES, phrases
from tests.quality.score import ALL, Score, scores, total

_CALLED = {
    "tuned": "写规则时看过的",
    "held": "写规则时没有看的",
    "fresh": "后来另写的",
    "second": "第二次另写的",
    "third": "第三次另写的",
    "fourth": "第四次另写的",
    "fifth": "第五次另写的",
    "sixth": "第六次另写的",
    "seventh": "第七次另写的",
    "eighth": "第八次另写的",
    "ninth": "第九次另写的",
    "tenth": "第十次另写的",
    "eleventh": "第十一次另写的",
    "twelfth": "第十二次另写的",
    "thirteenth": "第十三次另写的",
    "fourteenth": "第十四次另写的",
    "fifteenth": "第十五次另写的",
    "sixteenth": "第十六次另写的",
    "seventeenth": "第十七次另写的",
}


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _row(name: str, score: Score) -> str:
    return f"{score.hit:>4}/{score.bad:<4}{score.false:>4}/{score.good:<4}{score.precision:>7.2f}{score.recall:>7.2f}  {name}"


def main() -> None:
    """Print the scores."""
    kinds, wrong = scores(ALL)
    _say(f"{'查出':>4}{'误报':>8}{'准确率':>7}{'查全率':>5}  种类")
    for name, score in kinds.items():
        _say(_row(name, score))
    for name in HALVES:
        _say(
            _row(
                _CALLED[name],
                total(scores(phrases(name))[0].values()),
            )
        )
    _say(_row("合计", total(kinds.values())))
    if "-v" in sys.argv:
        for phrase, codes in wrong:
            if phrase.half != "held" or "--held" in sys.argv:
                _say(f"{'漏' if phrase.bad else '误'} {phrase.code} {sorted(codes)} {phrase.text}")


main()
