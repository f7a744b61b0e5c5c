"""The job for Spark, on a master and two workers on loopback: its answers are those of the graph in memory.

They need Java, and pyspark, which is 400 MB: ``make test-spark`` installs it and runs them. What needs no cluster is tested without: that
the job needs nothing but pyspark, knows what the model knows, and refuses what contradicts itself.
"""

from __future__ import annotations

import ast
import csv
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pyarrow.parquet as pq
import pytest

from export_records import exported, unzipped
from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine, EntityKind, KnowledgeGraph, RelationshipFilter, RelationshipKind, Source, Status, load, spark_job
from interlock.graph.arrays import ENTITY_KINDS
from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST, parse_date
from interlock.graph.exports.content import Content
from interlock.graph.exports.csv_tables import lines
from interlock.graph.exports.tables import INTERLOCKS
from interlock.graph.filters import PathFilter
from interlock.graph.induced import relationships_among
from interlock.graph.interlock_question import HAVE_BOARDS, MAX_YEARS, InterlockQuestion
from interlock.graph.interlocks import interlocks
from interlock.graph.intervals import Bounds, Certainty, parse_window
from interlock.graph.selection import Parameters, select
from spark_cluster import Cluster, missing, started

JOB = Path(spark_job.__file__)
YEARS = range(1999, 2008)
HASTY = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # what runs for seconds is not worth compiling well
SMALL = {
    "spark.sql.shuffle.partitions": "3",
    "spark.executor.memory": "512m",
    "spark.driver.memory": "512m",
    "spark.driver.extraJavaOptions": HASTY,
    "spark.executor.extraJavaOptions": HASTY,
}


def test_job_needs_nothing_but_pyspark() -> None:
    nodes = [*ast.walk(ast.parse(JOB.read_text()))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} - sys.stdlib_module_names == {"pyspark"}


def test_job_knows_what_the_model_knows() -> None:
    assert set(spark_job.KINDS) == set(RelationshipKind)
    assert list(spark_job.STATUSES) == [*Status]
    assert spark_job._asked(["--data", "d", "--out", "o", "components"]).statuses == [
        status for status in Status if status in RelationshipFilter().admitted_statuses
    ]
    assert set(spark_job.PROJECTED["boards"]) == HAVE_BOARDS
    assert spark_job.ALWAYS == (DISTANT_PAST, DISTANT_FUTURE)
    assert list(spark_job.BOUNDS) == [*Bounds._fields]
    assert spark_job.MAX_YEARS == MAX_YEARS


@pytest.mark.parametrize("text", ["2011", "2011-02", "2012-02-29", "2011/2014-06", "../2014", "2011-06-22/..", "0001/9999"])
def test_job_reads_times_as_the_graph_does(text: str) -> None:
    given = spark_job._asked(["--data", "d", "--out", "o", "components", "--during", text])
    assert given.during == parse_window(text)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("brokers", "choose from"),
        ("interlocks", "give both, as in interlocks --years 2000/2020"),
        ("components --years 2000/2020", "give both"),
        ("interlocks --years 2000/2200", "'2000/2200' is not 1 to 200 years in their order"),
        ("interlocks --years 2010/2000", "'2010/2000' is not 1 to 200 years"),
        ("interlocks projection --years 2000/2020 --as-of 2010", "with --years instead of --during"),
        ("projection --during 2011-13", "'2011-13': month must be in 1..12"),
        ("projection --during 2011~", "'2011~': it is no year, month or day. Write 2011"),
        ("projection --kinds POSITION", "leave no BOARD_SEAT"),
        ("components --kinds PARTY --exclude-kinds PARTY", "leave nothing that counts"),
        ("components --statuses RETRACTED --min-status CONFIRMED", "leave nothing that counts"),
        ("components --certainty CERTAIN", "CERTAIN when"),
    ],
)
def test_job_refuses_what_contradicts_itself(arguments: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        spark_job._asked(["--data", "d", "--out", "o", *arguments.split()])
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if (what := missing()) is not None:
        pytest.skip(what)
    with started(tmp_path_factory.mktemp("spark"), options=HASTY) as running:
        yield running


def submitted(cluster: Cluster, data: Path, out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return cluster.submit(JOB, "--data", str(data), "--out", str(out), *arguments, **SMALL)


def answered(cluster: Cluster, data: Path, *arguments: str) -> Path:
    """Where the answers are, in which all workers had a part."""
    number = len(list(cluster.folder.glob("out*")))
    done = submitted(cluster, data, out := cluster.folder / f"out{number}", *arguments)
    assert done.returncode == 0, done.stderr[-4000:] + done.stdout[-4000:]
    assert all(len(list(worker.glob("app-*"))) > number for worker in cluster.workers)
    return out


def written(folder: Path, known: KnowledgeGraph) -> Path:
    """The Parquet export of a graph, unzipped."""
    folder.mkdir()
    for name, content in unzipped(exported(known, "parquet")).items():
        (folder / name).write_bytes(content)
    return folder


def in_parts(data: Path) -> Path:
    """The same with a folder of two parts in place of the relationships."""
    whole = pq.read_table(file := data / "relationships.parquet")
    file.unlink()
    file.mkdir()
    for number in range(2):
        pq.write_table(whole.slice(number * 100, [100, None][number]), file / f"part {number}.parquet")
    return data


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return load()


@pytest.fixture(scope="module")
def drawn() -> KnowledgeGraph:
    """A random graph with what is vague, parallel, disputed and hostile; with a long chain, and parts of all sizes."""
    dice = random.Random(11)
    people = [entity(f"p{number:02}", "PERSON") for number in range(40)]
    firms = [entity(f"f{number:02}", "ORGANIZATION" if number % 5 == 0 else "COMPANY") for number in range(30)]
    chain = [replace(entity(f"c{number:02}"), name=f'=1+"{number}"\n, ') for number in range(60)]
    dice.shuffle(chain)
    papers = [Source(f"source/{name}", f"https://example.org/{name}", name, publisher=name) for name in "xyz"]
    years = [
        "",
        "2000/2003",
        "2002/",
        "/2001",
        "2003/..",
        "../2002",
        "2001~/2002",
        "2002",
        "2002-06-30/2004-01",
        "199X/2001",
        "-0044/Y12345",
    ]
    statuses = [*Status, Status.CONFIRMED, Status.CONFIRMED]

    def one(number: int, source: str, target: str, kind: str) -> Any:
        seen = dice.choice([[], [], ["2002"]])
        when = dice.choice([year for year in years if not seen or year in ("", "2000/2003", "2002", "2003/..")[: 3 if seen else 4]])
        said_by = dice.sample(papers, dice.randint(1, 3))
        return tie(source, target, when, kind=kind, key=f"r{number:03}", status=dice.choice(statuses), observed=seen, sources=said_by)

    seats = [(dice.choice(people).id, dice.choice(firms[:22]).id, "BOARD_SEAT") for _ in range(260)]
    seats += [(dice.choice(people[:4]).id, chain[number].id, "BOARD_SEAT") for number in range(12)]
    links = [(one.id, other.id, "ASSOCIATION") for one, other in pairwise(chain)]
    others = [(dice.choice(people).id, dice.choice(firms).id, "POSITION") for _ in range(20)]
    ties = [one(number, *each) for number, each in enumerate([*seats, *links, *others])]
    board = entity("f00-board", "BOARD", unit_of="f00")
    return graph(*ties, entities=[*people, *firms, *chain, board, entity("alone", "EVENT")], sources=papers)


def table(folder: Path) -> list[dict[str, Any]]:
    return list(pq.read_table(folder).to_pylist())


def network(known: KnowledgeGraph, conditions: RelationshipFilter, *kinds: EntityKind) -> Content:
    chosen = PathFilter(conditions, entity_kinds=frozenset(kinds) or None)
    return Content(known, select(Engine(known, PATIENT), Parameters(filter=chosen, interlock_network=True)))


def rows_of(content: Content) -> list[dict[str, Any]]:
    """The rows of a network of interlocks, as Parquet has them."""
    names = [column.name for column in INTERLOCKS.columns]
    found = (dict(zip(names, row, strict=True)) for row in INTERLOCKS.rows(content))
    return [{name: list(value) if isinstance(value, tuple) else value for name, value in row.items()} for row in found]


def assert_projected(out: Path, known: KnowledgeGraph, conditions: RelationshipFilter, *kinds: EntityKind) -> None:
    content = network(known, conditions, *kinds)
    assert sorted(table(out / "projection"), key=lambda row: row["id"].split()) == rows_of(content)
    nodes = {row["id"]: row["name"] for row in table(out / "projection_nodes")}
    assert nodes == {entity.id: entity.name for entity in content.entities()}


def assert_yearly(out: Path, known: KnowledgeGraph, conditions: RelationshipFilter, years: range, *kinds: EntityKind) -> None:
    found = defaultdict(list)
    for row in table(out / "interlocks"):
        found[row.pop("year")].append(row)
    counted = []
    for year in years:
        expected = rows_of(network(known, replace(conditions, as_of=parse_date(str(year))), *kinds))
        assert sorted(found.pop(year, []), key=lambda row: row["id"].split()) == expected
        sure = Counter(row["certainty"] for row in expected)
        counted += [{"year": year, "certain": sure["CERTAIN"], "possible": sure["POSSIBLE"]}] if expected else []
    assert not found
    assert table(out / "interlock_years") == counted


def assert_parted(out: Path, known: KnowledgeGraph, conditions: RelationshipFilter) -> None:
    inside = np.flatnonzero(known.arrays.kind != ENTITY_KINDS.index(EntityKind.BOARD)).astype(np.int32)
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(known.id_of(number) for number in inside.tolist())
    chosen = relationships_among(known, inside, conditions)
    plain.add_edges_from((each.source, each.target) for each in known.columns.relationships(map(int, chosen)))
    parts = {id: min(part) for part in nx.connected_components(plain) for id in part}
    found = table(out / "components")
    assert {row["id"]: row["component"] for row in found} == parts
    assert {row["id"]: (row["name"], row["kind"]) for row in found} == {
        id: (known.entities[id].name, known.entities[id].kind.value) for id in parts
    }
    assert {row["component"]: row["entities"] for row in table(out / "component_sizes")} == Counter(parts.values())


def test_answers_on_the_shipped_graph_are_those_of_memory(cluster: Cluster, shipped: KnowledgeGraph) -> None:
    data = written(cluster.folder / "shipped", shipped)
    out = answered(cluster, data, "interlocks", "projection", "components", "--years", "2000/2026")
    assert_yearly(out, shipped, RelationshipFilter(), range(2000, 2027))
    assert_projected(out, shipped, RelationshipFilter())
    assert_parted(out, shipped, RelationshipFilter())
    counts: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for row in table(out / "interlocks"):
        for end in ("source", "target"):
            counts[row[end]][row["year"], row["certainty"]] += 1
    for company in ("entity/apple", "entity/microsoft", "entity/netflix", "entity/walt-disney", "entity/meta"):
        told = interlocks(Engine(shipped, PATIENT), InterlockQuestion(shipped.entities[company])).per_year(2000, 2026)
        seen = counts[company]
        assert [(each.certain, each.possible) for each in told] == [
            (seen[each.year, "CERTAIN"], seen[each.year, "POSSIBLE"]) for each in told
        ]
    about = json.loads((out / "about.json").read_text())
    assert (about["datasetVersion"], about["licence"], about["asked"]["years"]) == (shipped.version, "CC0-1.0", [2000, 2026])
    assert "not confirmed" in about["status"]
    assert sorted(each.name for each in out.iterdir() if each.is_dir()) == [
        "component_sizes", "components", "interlock_years", "interlocks", "projection", "projection_nodes",
    ]  # fmt: skip


def test_answers_on_a_random_graph_are_those_of_memory(cluster: Cluster, drawn: KnowledgeGraph) -> None:
    data = in_parts(written(cluster.folder / "drawn", drawn))
    out = answered(cluster, data, "interlocks", "projection", "components", "--years", f"{YEARS[0]}/{YEARS[-1]}")
    assert_yearly(out, drawn, RelationshipFilter(), YEARS)
    assert_projected(out, drawn, RelationshipFilter())
    assert_parted(out, drawn, RelationshipFilter())

    directors = ("projection", "components", "--of", "directors")
    sure = RelationshipFilter(as_of=parse_date("2002"), certainty=Certainty.CERTAIN, min_status=Status.REPORTED)
    out = answered(cluster, data, *directors, "--as-of", "2002", "--certainty", "certain", "--min-status", "REPORTED")
    assert_projected(out, drawn, sure, EntityKind.PERSON)
    assert_parted(out, drawn, sure)

    weak = RelationshipFilter(
        during="2001-03/..",
        statuses=frozenset({Status.ALLEGED, Status.RETRACTED}),
        exclude_kinds=frozenset({RelationshipKind.ASSOCIATION}),
        min_independent_sources=2,
    )
    chosen = "--during 2001-03/.. --statuses ALLEGED --statuses RETRACTED --exclude-kinds association --min-independent-sources 2"
    out = answered(cluster, data, "projection", "components", "--of", "companies", *chosen.split())
    assert_projected(out, drawn, weak, EntityKind.COMPANY)
    assert_parted(out, drawn, weak)

    out = answered(cluster, data, "interlocks", "--of", "directors", "--certainty", "CERTAIN", "--years", f"{YEARS[0]}/{YEARS[-1]}")
    assert_yearly(out, drawn, RelationshipFilter(certainty=Certainty.CERTAIN, as_of=parse_date("2000")), YEARS, EntityKind.PERSON)


def test_csv_is_as_that_of_an_export(cluster: Cluster, drawn: KnowledgeGraph) -> None:
    data = written(cluster.folder / "as_csv", drawn)
    out = answered(cluster, data, "projection", "--format", "csv")
    header, *expected = csv.reader(b"".join(lines(INTERLOCKS, network(drawn, RelationshipFilter()))).decode().splitlines(keepends=True))
    found = []
    for part in (out / "projection").glob("*.csv"):
        with part.open(newline="") as file:
            first, *rest = csv.reader(file)
        assert first == header
        found += rest
    assert any(name.startswith("'=1+") for row in found for name in row)
    assert sorted(found) == sorted(expected)


def test_job_tells_what_is_missing_or_in_the_way(cluster: Cluster, drawn: KnowledgeGraph) -> None:
    data = written(cluster.folder / "old", drawn)
    old = pq.read_table(data / "relationships.parquet")
    pq.write_table(old.drop_columns(["start_min", "end_max"]), data / "relationships.parquet")
    told = submitted(cluster, data, cluster.folder / "none", "components")
    assert told.returncode != 0
    assert "relationships.parquet has no start_min, end_max: export it anew by interlock export parquet" in told.stdout
    told = submitted(cluster, data, cluster.folder, "components")
    assert told.returncode != 0
    assert f"{cluster.folder} is there already: give --out a new folder" in told.stdout
