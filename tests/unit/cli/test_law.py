"""The commands of the rulebook: what comes back in a pipe, in what shape, and with which exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from amparo.cli import law
from amparo.cli.library import amparo
from amparo.rules import load_rules
from amparo.rules.book import DATA

DAY = ("--today", "2025-03-09")
CASE = """
system = "us.bop"
matter = "conditions"
incident = 2025-03-03

[known-from]
incident = "letter of 5 March, page 1"
"""
HEADING = "CASENBR,ITERLVL,CDSTATUS,sitdtrcv,sdtdue\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return saved(tmp_path, "vidal.toml", CASE)


def saved(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(amparo, [str(argument) for argument in arguments])


def told(*arguments: str | Path, code: int = 0) -> Any:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def refused(*arguments: str | Path, code: int = 2) -> str:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert result.stdout == ""
    return " ".join(result.stderr.split())


# channels


def test_channels_in_a_pipe_are_json_with_the_day_and_the_rulebook_they_rest_on(case: Path) -> None:
    found = told("channels", "--facts", case, *DAY)
    assert found.keys() == {"today", "rulebook", "channels"}
    assert (found["today"], found["rulebook"]) == ("2025-03-09", load_rules().digest)
    request = next(channel for channel in found["channels"] if channel["step"] == "request")
    assert request["state"] == "open"
    assert request["deadline"]["last"] == "2025-03-23"
    assert request["deadline"]["safe"] == "2025-03-21"
    assert request["deadline"]["cites"][0]["mark"] == "verified"
    assert request["deadline"]["trace"][0]["kind"] == "trigger"
    assert {channel["state"] for channel in found["channels"]} <= {
        "open",
        "pending",
        "not-yet",
        "cannot-tell",
        "closed",
    }


def test_json_may_be_asked_for_by_name(case: Path) -> None:
    assert told("channels", "--facts", case, "--json", *DAY) == told("channels", "--facts", case, *DAY)


def test_a_misspelt_fact_is_misuse_and_says_what_may_be_meant(tmp_path: Path) -> None:
    said = refused("channels", "--facts", saved(tmp_path, "x.toml", "incidnet = 2025-03-03"))
    assert "did you mean incident?" in said
    assert "x.toml" in said


def test_a_file_of_facts_that_is_not_there_is_misuse() -> None:
    assert "does not exist" in refused("channels", "--facts", "nowhere.toml")


def test_a_day_that_is_none_is_misuse(case: Path) -> None:
    assert "Write it as 2026-11-21" in refused("channels", "--facts", case, "--today", "tomorrow")


def test_a_folder_of_rules_with_a_mistake_is_refused_with_file_and_line(case: Path, tmp_path: Path) -> None:
    said = refused("channels", "--facts", case, "--rules", broken_rules(tmp_path))
    assert "procedures/us/administrative-remedy.toml" in said
    assert "line: " in said


def broken_rules(tmp_path: Path) -> Path:
    folder = rules(tmp_path, "broken")
    path = folder / "procedures" / "us" / "administrative-remedy.toml"
    text = path.read_text(encoding="utf8")
    path.write_text(text.replace('within = "20 calendar days"', 'within = "20 days"', 1), encoding="utf8")
    return folder


def rules(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    shutil.copytree(DATA / "procedures", folder / "procedures")
    shutil.copytree(DATA / "calendars", folder / "calendars")
    return folder


# explain


def test_a_day_is_explained_in_words_in_both_languages(case: Path) -> None:
    english = run("explain", "--facts", case, "--step", "request", *DAY).stdout
    spanish = run("explain", "--facts", case, "--step", "request", "--lang", "es", *DAY).stdout
    assert "20 calendar days, counted from Tue 4 March 2025 to Sun 23 March 2025." in english
    assert "letter of 5 March, page 1" in english
    assert "Último día legal: dom 23 de marzo de 2025." in spanish


def test_without_a_step_every_open_day_is_explained(case: Path) -> None:
    found = told("explain", "--facts", case, "--json", *DAY)
    assert {"request", "informal-resolution"} <= {page["step"] for page in found}
    assert all(page["lines"] and page["cites"] and page["digest"] for page in found)


def test_a_page_is_written_and_said_so(case: Path, tmp_path: Path) -> None:
    page = tmp_path / "dates.html"
    result = run("explain", "--facts", case, "--step", "request", "--html", page, *DAY)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 date." in " ".join(result.stderr.split())
    html = page.read_text(encoding="utf8")
    assert html.startswith("<!doctype html>")
    assert "Sun 23 March 2025" in html


def test_an_awaited_answer_is_explained_from_the_authority_s_side(tmp_path: Path) -> None:
    case = saved(tmp_path, "x.toml", 'system = "us.bop"\n[request]\nlogged = 2025-03-20\nextended = false\n')
    (page,) = told("explain", "--facts", case, "--today", "2025-03-25", "--json")
    assert (page["step"], page["last"]) == ("request", "2025-04-09")


def test_a_step_that_has_no_day_says_why_and_what_to_ask(tmp_path: Path) -> None:
    case = saved(tmp_path, "x.toml", 'system = "us.bop"\nmatter = "conditions"\n')
    said = refused("explain", "--facts", case, "--step", "request", *DAY, code=1)
    assert "The day from which time runs is not known" in said
    assert "On what day did it happen?" in said


def test_a_step_that_is_not_there_is_said_not_to_be(case: Path) -> None:
    assert "no-such-step" in refused("explain", "--facts", case, "--step", "no-such-step", *DAY, code=1)


# recompute


def test_a_corrected_day_shows_what_moves_from_when_to_when(case: Path) -> None:
    found = told("recompute", "--facts", case, "--set", "incident=2025-03-05", *DAY)
    assert found["cases"] == 1
    moved = next(one for one in found["moved"] if one["step"] == "request")
    assert (moved["case"], moved["whose"]) == ("vidal", "person")
    assert (moved["before"], moved["after"]) == ("2025-03-23", "2025-03-25")
    assert "Se corrigió" in moved["why"]["es"]


def test_a_changed_rule_is_carried_through_a_folder_of_cases(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    for name in ("a", "b"):
        shutil.copy(case, folder / f"{name}.toml")
    after = rules(tmp_path, "after")
    path = after / "procedures" / "us" / "administrative-remedy.toml"
    text = path.read_text(encoding="utf8")
    path.write_text(
        text.replace('within = "20 calendar days", of = "incident"', 'within = "15 calendar days", of = "incident"'),
        encoding="utf8",
    )
    found = told("recompute", "--facts", folder, "--after", after, *DAY)
    days = {(one["case"], one["after"]) for one in found["moved"] if one["step"] == "request"}
    assert (found["cases"], days) == (2, {("a", "2025-03-18"), ("b", "2025-03-18")})


def test_an_unchanged_book_moves_nothing(case: Path, tmp_path: Path) -> None:
    assert told("recompute", "--facts", case, "--before", rules(tmp_path, "same"), *DAY)["moved"] == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "Say what changed"),
        (("--set", "incident"), "not FACT=VALUE"),
        (("--set", "incidnet=2025-03-05"), "did you mean incident?"),
        (("--set", "incident=2025-02-30"), "incident"),
    ],
)
def test_a_correction_that_cannot_be_read_is_misuse(case: Path, more: tuple[str, ...], said: str) -> None:
    assert said in refused("recompute", "--facts", case, *more, *DAY)


@pytest.mark.parametrize("value", ["true", "false"])
def test_a_flag_may_be_corrected(case: Path, value: str) -> None:
    found = told("recompute", "--facts", case, "--set", f"sexual-abuse={value}", *DAY)
    assert ("request" in {one["step"] for one in found["moved"]}) == (value == "true")


# check-filing


def test_a_paper_with_a_defect_has_its_code_and_exit_code_one(tmp_path: Path) -> None:
    case = saved(tmp_path, "x.toml", f"{CASE}\n[filing]\nsigned = false\n")
    found = told("check-filing", "--facts", case, "--step", "request", *DAY, code=1)
    assert found.keys() == {"step", "today", "rulebook", "defects"}
    defect = next(one for one in found["defects"] if one["code"] == "SIG")
    assert (defect["weight"], defect["fact"]) == ("bounces", "filing.signed")
    assert defect["mend"]["es"]
    assert defect["cites"]


def test_a_paper_of_which_something_must_be_asked_is_not_a_failure(case: Path) -> None:
    found = told("check-filing", "--facts", case, "--step", "request", *DAY, code=0)
    assert {one["weight"] for one in found["defects"]} == {"ask"}


def test_the_step_may_stand_in_the_facts(tmp_path: Path) -> None:
    case = saved(tmp_path, "x.toml", f'{CASE}\n[filing]\nstep = "request"\n')
    assert told("check-filing", "--facts", case, *DAY)["step"] == "request"


def test_without_a_step_or_with_an_unknown_one_the_check_is_misuse(case: Path) -> None:
    assert "--step request" in refused("check-filing", "--facts", case, *DAY)
    assert "amparo rules list" in refused("check-filing", "--facts", case, "--step", "nowhere", *DAY)


# calendar


def test_a_calendar_goes_to_standard_output_under_the_case_s_name(case: Path, tmp_path: Path) -> None:
    first = run("calendar", "--facts", case, *DAY)
    assert first.exit_code == 0
    titles = [str(event["summary"]) for event in Calendar.from_ical(first.stdout_bytes).walk("VEVENT")]
    assert titles
    assert all(title.endswith("· vidal") for title in titles)
    before = tmp_path / "before.ics"
    before.write_bytes(first.stdout_bytes)
    again = run("calendar", "--facts", case, "--previous", before, "--today", "2025-03-10")
    assert again.stdout_bytes == first.stdout_bytes


def test_the_name_of_the_case_may_be_given_or_stand_in_the_facts(case: Path, tmp_path: Path) -> None:
    named = saved(tmp_path, "named.toml", f'case = "Prado"\n{CASE}')
    assert b"Prado" in run("calendar", "--facts", named, *DAY).stdout_bytes
    assert b"Ibarra" in run("calendar", "--facts", named, "--case", "Ibarra", *DAY).stdout_bytes


def test_a_calendar_before_that_is_none_is_misuse(case: Path, tmp_path: Path) -> None:
    assert "no iCalendar" in refused("calendar", "--facts", case, "--previous", saved(tmp_path, "x.ics", "x"), *DAY)


# rules


def test_the_list_names_every_wording_with_its_steps_and_marks() -> None:
    found = told("rules", "list")
    assert len(found) == len(load_rules().procedures)
    ladder = next(row for row in found if row["id"] == "us.bop.administrative-remedy")
    assert ladder.keys() == {"id", "title", "from", "to", "status", "steps", "marks"}
    assert "request" in ladder["steps"]
    assert ladder["marks"]["verified"] > 10


@pytest.mark.parametrize(("on", "within"), [("2021-05-01", "6 months"), ("2024-05-01", "4 months")])
def test_a_wording_is_shown_as_it_was_in_force_on_a_day(on: str, within: str) -> None:
    shown = told("rules", "show", "coe.ecthr", "--on", on)
    assert shown["step"][0]["file"]["within"] == within
    assert shown["cite"]


def test_a_step_shows_the_procedure_it_belongs_to() -> None:
    assert told("rules", "show", "regional-appeal", *DAY)["id"] == "us.bop.administrative-remedy"


def test_a_day_before_any_wording_says_which_are_held() -> None:
    assert "2022-02-01" in refused("rules", "show", "coe.ecthr", "--on", "1950-01-01")


def test_a_procedure_that_is_not_there_and_a_day_that_is_none_are_misuse() -> None:
    assert "amparo rules list" in refused("rules", "show", "no.such.procedure")
    assert "Write it as" in refused("rules", "show", "coe.ecthr", "--on", "May")


def test_the_facts_are_listed_with_the_question_that_settles_each() -> None:
    found = {fact["name"]: fact for fact in told("rules", "facts")}
    assert found.keys() == load_rules().facts.keys()
    assert found["incident"]["kind"] == "event"
    assert found["system"]["options"][0] == "us.bop"
    assert all(fact["ask"]["en"] and fact["ask"]["es"] for fact in found.values())


def test_a_broken_folder_is_checked_with_each_mistake_on_a_line_and_exit_code_one(tmp_path: Path) -> None:
    result = run("rules", "check", broken_rules(tmp_path))
    assert result.exit_code == 1
    first, *_, last = result.stdout.splitlines()
    assert first.startswith("procedures/us/administrative-remedy.toml:")
    assert ": bad-limit: " in first
    assert "1 mistakes" in last


def test_a_sound_folder_is_checked_and_its_cases_run(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    (folder / "procedures" / "cases").mkdir(parents=True)
    shutil.copy(DATA / "procedures" / "us" / "tort-claim.toml", folder / "procedures")
    shutil.copy(DATA / "procedures" / "cases" / "us.ftca.toml", folder / "procedures" / "cases")
    result = run("rules", "check", folder)
    assert result.exit_code == 0, result.stdout
    assert "of 1 procedures" in result.stdout
    assert " 0 mistakes" in result.stdout


def test_a_rule_whose_review_is_due_is_pointed_out_and_is_no_failure(tmp_path: Path) -> None:
    result = run("rules", "check", "--today", "2040-01-01", rules(tmp_path, "old"))
    assert result.exit_code == 0, result.stdout[-500:]
    assert "review-due" in result.stdout


# import


def test_records_become_json_lines(tmp_path: Path) -> None:
    path = saved(tmp_path, "filings.csv", f"{HEADING}100001,F,CLD,2023-03-01,2023-03-21\n100002,R,REJ,2023-03-01,\n")
    result = run("import", "bop-filings", path)
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert (first["case"], first["due"], first["row"]) == ("100001", "2023-03-21", 2)
    assert (second["status"], second["due"]) == ("REJ", None)


def test_verified_records_say_how_many_were_reproduced(tmp_path: Path) -> None:
    path = saved(tmp_path, "filings.csv", f"{HEADING}100001,F,CLD,2023-03-01,2023-04-10\n")
    result = run("import", "bop-filings", path, "--verify")
    assert result.exit_code == 0
    assert "reproduced 1 of 1" in result.stdout.splitlines()
    assert "1 show the date after an extension" in result.stdout


def test_a_record_that_does_not_fit_is_named_and_exit_code_one(tmp_path: Path) -> None:
    path = saved(tmp_path, "filings.csv", f"{HEADING}100001,F,CLD,2023-03-01,2023-04-11\n")
    result = run("import", "bop-filings", path, "--verify")
    assert result.exit_code == 1
    assert "reproduced 0 of 1" in result.stdout
    assert "record 2, case 100001: due-not-lawful 2023-04-11; lawful would be 2023-03-21 or 2023-04-10" in result.stdout


def test_what_came_of_it_may_be_had_as_json(tmp_path: Path) -> None:
    path = saved(tmp_path, "filings.csv", f"{HEADING}100001,F,CLD,2023-03-01,2023-04-11\n")
    found = told("import", "bop-filings", path, "--verify", "--json", code=1)
    assert (found["rows"], found["dated"], found["reproduced"]) == (1, 1, 0)
    assert found["named"][0]["lawful"] == ["2023-03-21", "2023-04-10", "2023-03-04"]


@pytest.mark.parametrize("verify", [(), ("--verify",)])
def test_a_file_that_is_no_table_of_records_is_misuse(tmp_path: Path, verify: tuple[str, ...]) -> None:
    path = saved(tmp_path, "other.csv", "name,age\nx,1\n")
    assert "lacks the columns ITERLVL" in refused("import", "bop-filings", path, *verify)


@pytest.mark.parametrize("command", [law.channels, law.explain, law.recompute, law.check_filing, law.calendar])
def test_every_command_says_what_it_does(command: Any) -> None:
    result = run(command.name, "--help")
    assert result.exit_code == 0
    assert "--facts" in result.output
