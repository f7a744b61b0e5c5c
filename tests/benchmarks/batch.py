"""How long batch questions over everything take: on Spark with two workers on this machine, and in memory.

    PYTHONPATH=tests python -m benchmarks.batch --size small [--keep FOLDER]

Needs pyspark and Java (``make test-spark`` installs the former). The graph is generated, compiled, and exported as Parquet; with
``--columns``, what the job reads of an export is written from the generated columns instead: an export of four million takes long. In
memory the arrays are asked (``interlock_network``, one year after another), and for parts NetworkX; that they don't write what they find
counts for them. Spark's time for a question is that which the job tells: it reads Parquet and writes it, but was started before.
"""

from __future__ import annotations

import argparse
import math
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from benchmarks.generate import SIZES, Dataset, generate
from benchmarks.quads import write_quads
from interlock.graph import Engine, KnowledgeGraph, Limits, RelationshipFilter, load, spark_job
from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUSES
from interlock.graph.dates import parse_date
from interlock.graph.filters import PathFilter
from interlock.graph.induced import relationships_among
from interlock.graph.interlock_network import interlock_network
from interlock.graph.model import EntityKind
from interlock.graph.selection import of_admitted_kinds
from spark_cluster import started

YEARS = (2000, 2024)
ROWS = 65_536
BOARDS_ASIDE = PathFilter(exclude_entity_kinds=frozenset({EntityKind.BOARD}))


def interlocks(engine: Engine) -> int:
    """Pairs of boards, those of all years counted together."""
    asked = (RelationshipFilter(as_of=parse_date(str(year))) for year in range(YEARS[0], YEARS[1] + 1))
    return sum(len(interlock_network(engine, conditions).ties) for conditions in asked)


def projection(engine: Engine) -> int:
    """Pairs of boards."""
    return len(interlock_network(engine).ties)


def components(engine: Engine) -> int:
    """Parts."""
    graph = engine.graph
    inside = of_admitted_kinds(graph, BOARDS_ASIDE)
    ties = relationships_among(graph, inside, RelationshipFilter())
    source, target = (graph.columns.store.numbers(end)[ties].tolist() for end in ("source_end", "target_end"))
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(inside.tolist())
    plain.add_edges_from(zip(source, target, strict=True))
    return nx.number_connected_components(plain)


QUESTIONS: dict[str, Callable[[Engine], int]] = {"interlocks": interlocks, "projection": projection, "components": components}


def in_memory(graph: KnowledgeGraph) -> dict[str, tuple[float, int]]:
    """Seconds, and how many were found, of each question."""
    engine, found = Engine(graph, replace(Limits(), steps=2**62, seconds=math.inf)), {}
    _ = graph.arrays
    for name, ask in QUESTIONS.items():
        began = time.perf_counter()
        count = ask(engine)
        found[name] = (time.perf_counter() - began, count)
    return found


def on_spark(data: Path, folder: Path, memory: str) -> dict[str, float]:
    """Seconds that the job tells of each question."""
    with started(folder, memory=memory) as cluster:
        arguments = ("--data", str(data), "--out", str(folder / "out"), *QUESTIONS, "--years", "{}/{}".format(*YEARS))
        settings = {"spark.executor.memory": memory, "spark.sql.shuffle.partitions": "16"}
        done = cluster.submit(Path(spark_job.__file__), *arguments, seconds=7200, **settings)
    if done.returncode:
        sys.exit(done.stderr + done.stdout)
    return {name: float(seconds) for name, seconds in re.findall(r"^(\w+): ([\d.]+) s$", done.stdout, re.MULTILINE)}


def rows(folder: Path, name: str) -> int:
    """How many rows a result of the job has."""
    return int(ds.dataset(folder / "out" / name, format="parquet", partitioning="hive").count_rows())


def write_columns(data: Dataset, folder: Path) -> None:
    """What the job reads of an export."""
    folder.mkdir()
    kinds, count = [ENTITY_KINDS[kind] for kind in data.kinds.tolist()], len(data.ties.source)
    ids, names = ([text.format(number) for number in range(len(kinds))] for text in ("entity/e{:07}", "Entity {}"))
    pq.write_table(pa.table({"id": ids, "name": names, "kind": kinds}), folder / "entities.parquet", row_group_size=ROWS)
    entity_ids, entity_names = pa.array(ids), pa.array(names)
    ends = {"source": data.ties.source, "target": data.ties.target}
    table = {
        "id": [f"relationship/r{number:08}" for number in range(count)],
        **{end: entity_ids.take(pa.array(numbers)) for end, numbers in ends.items()},
        **{f"{end}_name": entity_names.take(pa.array(numbers)) for end, numbers in ends.items()},
        "kind": pa.array(RELATIONSHIP_KINDS).take(pa.array(data.ties.kind)),
        "status": pa.array(STATUSES).take(pa.array(data.ties.status)),
        "independent_sources": data.ties.sources.astype(np.int64),
        **dict(zip(spark_job.BOUNDS, data.ties.bounds.reshape(-1, 4).T, strict=True)),
    }
    pq.write_table(pa.table(table), folder / "relationships.parquet", row_group_size=ROWS, compression="zstd")


def exported(size: str, folder: Path, columns: bool) -> tuple[Path, Path]:
    """The snapshot, and the folder of the Parquet export, of a generated graph; made, if there are none."""
    snapshot, data = folder / f"{size}.interlock", folder / (f"{size}-columns" if columns else f"{size}-parquet")
    interlock = [sys.executable, "-m", "interlock.server.cli"]
    if not snapshot.exists():
        quads = folder / f"{size}.nq"
        write_quads(generate(*SIZES[size]), quads)
        subprocess.run([*interlock, "build", str(quads), "-o", str(snapshot)], check=True)
        quads.unlink()
    if columns and not data.exists():
        write_columns(generate(*SIZES[size]), data)
    if not data.exists():
        began = time.monotonic()
        subprocess.run([*interlock, "export", "parquet", "--data", str(snapshot), "-o", str(folder / f"{size}.zip")], check=True)
        print(f"exported as Parquet in {time.monotonic() - began:.0f} s")
        with zipfile.ZipFile(folder / f"{size}.zip") as archive:
            archive.extractall(data)
        (folder / f"{size}.zip").unlink()
    return snapshot, data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", choices=tuple(SIZES), default="small")
    parser.add_argument("--columns", action="store_true", help="write the columns that the job reads, instead of exporting")
    parser.add_argument("--keep", type=Path, help="folder in which snapshot and export are kept, and found the next time")
    parser.add_argument("--memory", default="2g", help="of each of the two workers")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        snapshot, data = exported(given.size, given.keep or Path(scratch), given.columns)
        sizes = {file.stem: file.stat().st_size for file in data.iterdir()}
        print(f"snapshot {snapshot.stat().st_size:,} bytes; Parquet " + ", ".join(f"{name} {size:,}" for name, size in sizes.items()))
        spark = on_spark(data, Path(scratch), given.memory)
        written = {
            "interlocks": rows(Path(scratch), "interlocks"),
            "projection": rows(Path(scratch), "projection"),
            "components": rows(Path(scratch), "component_sizes"),
        }
        for name, (seconds, count) in in_memory(load(snapshot)).items():
            same = "the same" if count == written[name] else "OTHERS"
            print(f"{name}: Spark {spark[name]:.1f} s, memory {seconds:.2f} s; {count:,} found, by Spark {same}")


if __name__ == "__main__":
    main()
