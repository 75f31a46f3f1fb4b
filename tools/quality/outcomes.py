"""What a check says when it is done."""

from __future__ import annotations

from dataclasses import dataclass


class NotRun(Exception):
    """A program that a check needs cannot be had on this machine; the message says which and why."""


@dataclass(frozen=True)
class Outcome:
    """One check: its figures in one line, with the worst page named, and all that it found."""

    figures: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """A check that was asked for: what came out, or why it could not be run, and the seconds that it took."""

    name: str
    outcome: Outcome | None
    not_run: str
    seconds: float

    @property
    def state(self) -> str:
        if self.outcome is None:
            return "not run"
        return "failed" if self.outcome.findings else "passed"

    def lines(self) -> list[str]:
        """For people: one line of figures, and one for each finding."""
        if self.outcome is None:
            return [f"{self.name}: not run: {self.not_run}"]
        end = f"({self.state}, {self.seconds:.0f} s)"
        return [f"{self.name}: {self.outcome.figures} {end}", *(f"  {one}" for one in self.outcome.findings)]

    def as_json(self) -> dict[str, object]:
        """For machines."""
        found = self.outcome or Outcome("")
        return {
            "check": self.name,
            "state": self.state,
            "figures": found.figures,
            "findings": list(found.findings),
            "not_run": self.not_run,
            "seconds": round(self.seconds, 1),
        }


def counted(number: int, thing: str) -> str:
    """A number of things in words: 1 page, 2 pages."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def exit_code(done: list[Done], strict: bool) -> int:
    """1 if a check failed, or, when `strict`, if one could not be run."""
    bad = {"failed", "not run"} if strict else {"failed"}
    return int(any(one.state in bad for one in done))
