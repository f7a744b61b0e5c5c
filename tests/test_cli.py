from __future__ import annotations

import csv
import io
import json
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from test_loading import GOOD
from typer.testing import CliRunner, Result

import interlock.schema
from interlock.server.cli import cli

QUESTION = "How is Netflix connected to Meta's board?"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.trig"
    path.write_text(GOOD.replace("org:organization entity:acme", "org:organization entity:acne"), encoding="utf-8")
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.trig"
    path.write_text(GOOD.replace('dcterms:issued "2012"', 'dcterms:issued "2012" ; il:tier "P"'), encoding="utf-8")
    return path


def test_ask_prints_the_path_its_dates_its_status_and_its_sources() -> None:
    result = run("ask", QUESTION)
    assert result.exit_code == 0
    first = result.stdout.split("\n2. ")[0]
    for part in (
        "Netflix – Reed Hastings – Meta's board  (2 hops, CONFIRMED)",
        "co-founded",
        "2011-06 – 2019-05-30",
        "The Hollywood Reporter",
    ):
        assert part in first


def test_ask_prints_the_data_of_the_graphql_answer_as_json() -> None:
    answer = json.loads(run("ask", QUESTION, "--format", "json").stdout)["ask"]
    assert answer["understood"] is True
    assert [hop["to"]["name"] for hop in answer["paths"]["nodes"][0]["hops"]] == ["Reed Hastings", "Board of Meta"]


def test_ask_that_is_not_understood_says_what_is_and_fails() -> None:
    result = run("ask", "Why?")
    assert result.exit_code == 1
    assert "How is X connected to Y?" in result.stdout


def test_paths_prints_a_row_a_hop_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(run("paths", "Dropbox", "Meta's board", "--format", "csv", "-k", "1").stdout)))
    assert [(row["from"], row["to"], row["kind"], row["status"]) for row in rows] == [
        ("Dropbox", "Drew Houston", "FOUNDING", "CONFIRMED"),
        ("Drew Houston", "Board of Meta", "BOARD_SEAT", "CONFIRMED"),
    ]


def paths(*options: str) -> list[dict[str, object]]:
    result = run("paths", "Netflix", "Meta", "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, object]] = json.loads(result.stdout)["paths"]["nodes"]
    return found


def test_paths_heeds_every_option() -> None:
    plain = paths()
    assert len(plain) == 10
    assert len(paths("-k", "3")) == 3
    assert {path["length"] for path in paths("--max-hops", "1")} == {1}
    assert {path["status"] for path in paths("--min-status", "confirmed")} == {"CONFIRMED"}
    assert all("Hastings" not in str(path["sentence"]) for path in paths("--avoid", "Reed Hastings"))
    assert all("agreement" not in str(path["sentence"]) for path in paths("--via", "board_seat", "--via", "founding"))
    assert paths("--as-of", "1990") != plain
    assert paths("--during", "2011/2014") != plain
    assert paths("--rank", "informativeness") != plain
    assert all(path["heldTogether"]["certainty"] != "IMPOSSIBLE" for path in paths("--held-together"))  # type: ignore[index]


def test_interlocks_are_told_of_a_company_a_board_a_person_and_between_two() -> None:
    apple = run("interlocks", "Apple", "--with", "Google").stdout
    assert "Apple and Google shared 2 directors: Arthur Levinson (" in apple
    assert "at one time: CERTAIN (2004-04/2009-10-12), CONFIRMED" in apple
    assert run("interlocks", "Meta's board").stdout == run("interlocks", "Meta").stdout
    met = run("interlocks", "Meta", "--as-of", "2012", "--min-status", "confirmed").stdout
    assert "as of 2012: 7 certain" in met
    assert "Palantir" not in met
    assert "In each year, certain + possible: 2012: 7+6" in met
    assert "through" in run("interlocks", "Meta", "--indirect", "--during", "2012/2013").stdout
    rows = list(csv.DictReader(io.StringIO(run("interlocks", "Reed Hastings", "--format", "csv").stdout)))
    assert {row["director"] for row in rows} == {"Reed Hastings"}
    assert ("Anthropic", "Meta", "IMPOSSIBLE") in {(row["company"], row["other"], row["overlap"]) for row in rows}
    data = json.loads(run("interlocks", "Reed Hastings", "--format", "json").stdout)
    assert data["entity"]["interlocks"]["totalCount"] == len([row for row in rows if row["overlap"] != "IMPOSSIBLE"])


def test_interlocks_of_what_has_no_board_are_refused() -> None:
    result = run("interlocks", "Klein v. Meta")
    assert (result.exit_code, "is a lawsuit. Give a company, a board or a person." in result.stderr) == (1, True)


def test_search_and_show_tell_what_is_known() -> None:
    assert "Meta (company) as 'Facebook'" in run("search", "facebook").stdout
    shown = run("show", "Klein v. Meta").stdout
    assert "docket number: 3:20-cv-08570-JD" in shown
    assert "Brian J. Dunne" in shown
    assert "amount: EUR 265,000,000 (fine)" in run("show", "dpc-2022-scraping").stdout
    assert json.loads(run("show", "Meta's board", "--format", "json").stdout)["entity"]["company"]["name"] == "Meta"
    assert "Reed Hastings held a seat on Meta's board" in run("show", "Meta's board").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "Netflx"), "UNKNOWN_ENTITY"),
        (("show", "John"), "AMBIGUOUS_ENTITY"),
        (("paths", "Netflix", "netflix"), "SAME_ENTITY"),
        (("paths", "Netflix", "Meta", "--as-of", "2011-13"), "BAD_USER_INPUT"),
        (("paths", "Netflix", "Meta", "--max-hops", "13"), "BAD_USER_INPUT"),
        (("ask", "How is Netflix connected to Nobody?"), "UNKNOWN_ENTITY"),
    ],
)
def test_error_goes_to_stderr_with_its_code_and_an_exit_code(arguments: tuple[str, ...], code: str) -> None:
    told = run(*arguments)
    assert told.exit_code == 1
    assert code in told.stderr
    assert not told.stdout
    formal = run(*arguments, "--format", "json")
    assert formal.exit_code == 1
    assert json.loads(formal.stderr)["errors"][0]["extensions"]["code"] == code


def test_data_may_be_others(good: Path) -> None:
    assert "Ann – Acme" in run("paths", "Ann", "Acme", "--data", good).stdout


@pytest.mark.parametrize("command", [("paths", "Ann", "Acme", "--data"), ("serve", "--port", "1", "--data")])
def test_data_that_is_bad_is_refused_and_never_served(command: tuple[str, ...], bad: Path) -> None:
    result = run(*command, bad)
    assert result.exit_code == 1
    assert "rel:ann-acme: refers to entity/acne" in result.stderr


def test_serve_refuses_what_only_the_shapes_refuse(good: Path) -> None:
    good.write_text(good.read_text(encoding="utf-8").replace("cik:42", "cik 42"), encoding="utf-8")
    result = run("serve", "--port", "1", "--data", good)
    assert result.exit_code == 1
    assert "of no known scheme" in result.stderr


def test_serve_says_where_it_can_not_listen() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert result.exit_code == 1
    assert f"Can't listen on 127.0.0.1 port {port}" in result.stderr
    assert run("serve", "--port", "99999").exit_code == 2


def test_serve_refuses_a_manifest_that_is_not_in_order(good: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "persisted-documents.json"
    manifest.write_text('{"abc": "{ __typename }"}')
    told = run("serve", "--port", "0", "--data", good, "--documents", manifest)
    assert told.exit_code == 1
    assert "'abc' is not the SHA-256 of its document" in told.stderr
    assert "no manifest" in run("serve", "--port", "0", "--data", good, "--trusted-only").stderr


def test_serve_answers_and_says_what_to_open() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "interlock.server.cli", "serve", "--port", "0"], stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        try:
            told = [server.stderr.readline() for _ in range(5)]
            url = told[1].split()[1]
            query = told[4].split("--json '")[1].rstrip().removesuffix("'").replace("'\\''", "'").encode()
            request = urllib.request.Request(f"{url}graphql", query, {"content-type": "application/json"})
            with urllib.request.urlopen(request, timeout=20) as answer:
                assert "Reed Hastings" in json.load(answer)["data"]["ask"]["sentence"]
            with urllib.request.urlopen(url, timeout=20) as page:
                assert "Reed Hastings" in page.read().decode()
        finally:
            server.terminate()


def test_check_names_each_fault_with_its_place_and_fails(bad: Path, good: Path) -> None:
    result = run("check", bad)
    assert result.exit_code == 1
    assert f"{bad}:15: rel:ann-acme: refers to entity/acne" in result.stdout
    fine = run("check", good)
    assert fine.exit_code == 0
    assert "No fault found in 3 entities, 1 relationship and 1 claim by 1 source" in fine.stdout


def test_check_passes_the_shipped_graph_and_its_vocabulary() -> None:
    assert run("check").exit_code == 0
    assert run("check", Path(interlock.schema.__file__).parents[1] / "seeds").exit_code == 0


def test_build_makes_a_snapshot_that_every_command_reads(good: Path, tmp_path: Path) -> None:
    file = tmp_path / "good.interlock"
    built = run("build", good, "-o", file)
    assert built.exit_code == 0
    assert not built.stdout
    assert "Wrote 3 entities, 1 relationship and 1 claim by 1 source" in built.stderr
    assert run("paths", "Ann", "Acme", "--data", file).stdout == run("paths", "Ann", "Acme", "--data", good).stdout
    assert run("check", file).stdout == run("check", good).stdout
    file.write_bytes(file.read_bytes()[:-1])
    for command in (("check",), ("serve", "--port", "1", "--data"), ("show", "Ann", "--data")):
        refused = run(*command, file)
        assert refused.exit_code == 1
        assert "damaged or cut off" in refused.output


def test_build_refuses_what_is_bad(bad: Path, tmp_path: Path) -> None:
    result = run("build", bad, "-o", tmp_path / "bad.interlock")
    assert result.exit_code == 1
    assert "rel:ann-acme: refers to entity/acne" in result.stderr
    assert not (tmp_path / "bad.interlock").exists()


def test_sdl_is_the_schema() -> None:
    assert run("sdl").stdout == Path(interlock.schema.__file__).with_name("schema.graphql").read_text(encoding="utf-8")


OTHERS = """@prefix org: <http://www.w3.org/ns/org#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix e: <http://e.example/> .
e:ann a foaf:Person ; foaf:name "Ann" ; foaf:knows e:bob, e:eve ; org:memberOf e:acme .
e:acme a org:Organization ; foaf:name "Acme" ; e:p1 1 ; e:p2 1 ; e:p3 1 ; e:p4 1 .
"""


@pytest.fixture
def others(tmp_path: Path) -> Path:
    path = tmp_path / "others.ttl"
    path.write_text(OTHERS, encoding="utf-8")
    return path


def test_what_was_not_understood_is_noted_on_loading_and_listed_by_check(others: Path, tmp_path: Path) -> None:
    shown = run("show", "Ann", "--data", others)
    assert "note: 6 statements not understood and left out, by property and class:" in shown.stderr
    assert "note:   - 2 × foaf:knows, for example of <http://e.example/ann> (Ann)" in shown.stderr
    assert "note:   … and 2 more: see `interlock check --report`" in shown.stderr
    assert "note" not in shown.stdout
    assert "  - 1 × <http://e.example/p4>, for example of <http://e.example/acme> (Acme)\n" in run("check", "--report", others).stdout
    snapshot = tmp_path / "data.interlock"
    assert "note: 6 statements not understood" in run("build", others, "-o", snapshot).stderr
    assert run("show", "Ann", "--data", snapshot).stderr == ""
    assert "2 × foaf:knows" in run("check", snapshot).stdout
    said = json.loads(run("check", snapshot, "--format", "json").stdout)
    assert (said["notes"], said["warnings"], said["moreWarnings"]) == ([], [], 0)
    assert [(each["iri"].rpartition("/")[2], each["count"]) for each in said["unread"]][:2] == [("knows", 2), ("p1", 1)]


def test_paths_take_only_what_some_sources_support(others: Path, good: Path) -> None:
    def found(*conditions: str) -> list[str]:
        ends = "http://e.example/ann", "http://e.example/acme"
        result = run("paths", *ends, "--data", good, "--data", others, "--format", "csv", *conditions)
        return [row["sources"] for row in csv.DictReader(io.StringIO(result.stdout))]

    assert found() == ["source/file-others.ttl"]
    assert found("--sources", "source/file-others.ttl") == ["source/file-others.ttl"]
    assert found("--sources", "source/filing") == []
    assert found("--exclude-sources", "source/file-others.ttl") == []
    assert "'source/no' is not a source" in run("paths", "Ann", "Acme", "--data", others, "--sources", "source/no").stderr
