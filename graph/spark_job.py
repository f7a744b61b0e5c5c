"""Batch questions over everything, on Spark: interlocks of every year, the one-mode projections, connected components.

    spark-submit graph/spark_job.py --data DIR --out DIR interlocks projection components --min-status REPORTED

One file that needs nothing but pyspark, so that a cluster needs nothing else; it is all SQL, so that executors need no Python either.
``--data`` is what ``interlock export parquet`` writes, unzipped; it and ``--out`` are paths (or URLs) that every node of the cluster reads.
What counts, and when, is what ``interlock.graph`` says: see ``filters``, ``interlock_network`` and ``together`` there.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

QUESTIONS: Final = ("interlocks", "projection", "components")
KINDS: Final = (
    *("BOARD_SEAT", "POSITION", "FOUNDING", "OWNERSHIP", "ACQUISITION", "INVESTMENT", "PARTY", "OPERATION"),
    *("INVOLVEMENT", "PERSONAL", "ASSOCIATION"),
)
STATUSES: Final = ("CONFIRMED", "REPORTED", "ALLEGED", "DISPUTED", "DISMISSED", "RETRACTED")
PROJECTED: Final = {
    "boards": ("COMPANY", "ORGANIZATION"), "companies": ("COMPANY",), "organizations": ("ORGANIZATION",), "directors": ("PERSON",),
}  # fmt: skip
BOUNDS: Final = ("start_min", "start_max", "end_min", "end_max")
ALWAYS: Final = (-(2**31), 2**31 - 1)
"""The first and last day number: no limits. Days are counted from 1970-01-01."""
MAX_YEARS: Final = 200
_EPOCH: Final = date(1970, 1, 1).toordinal()
_RUN_BY_SPREADSHEETS: Final = r"^'*[=+@\-\t\r\n\uff1d\uff0b\uff0d\uff20]"
_LARGE_STAR: Final = """
    WITH both AS (SELECT high AS one, low AS other FROM {edges} UNION ALL SELECT low, high FROM {edges}),
        nearest AS (SELECT one, least(one, min(other)) AS low FROM both GROUP BY one)
    SELECT DISTINCT other AS high, low FROM both JOIN nearest USING (one) WHERE other > one"""
_SMALL_STAR: Final = """
    WITH nearest AS (SELECT high, min(low) AS least FROM {edges} GROUP BY high)
    SELECT DISTINCT low AS high, least AS low FROM {edges} JOIN nearest USING (high) WHERE low <> least
    UNION SELECT high, least FROM nearest"""


@dataclass(frozen=True)
class Job:
    """What is asked (see ``_asked``), and a session of Spark that answers it."""

    spark: SparkSession
    asked: argparse.Namespace

    def interlocks(self) -> None:
        """In each year the pairs of boards that shared directors at some time in it; and how many pairs surely, and possibly, did."""
        links, (first, last) = self._links(), self.asked.years
        begin, end = _span(f"{first:04}")[0], _span(f"{last:04}")[1]
        limited = f"greatest({begin - 1}, least({end + 1}, {{0}}))"  # so that those beyond are of the year before, or after
        years = ", ".join(f"year({_date(limited.format(day))}) AS {day}_year" for day in ("met", "parted", "sure_from", "sure_to"))
        yearly = f"""SELECT *, overlapped AND sure_from_year <= year AND sure_to_year >= year AS sure FROM (
            SELECT *, explode(sequence(greatest({first}, met_year), least({last}, parted_year))) AS year FROM (
            SELECT *, {years} FROM {{links}} WHERE met <= {end} AND parted >= {begin}))"""
        self._write(ties := self._ties(self.spark.sql(yearly, links=links), "year").persist(), "interlocks", "year")
        counts = "SELECT year, count_if(certain > 0) AS certain, count_if(certain = 0) AS possible FROM {ties} GROUP BY year ORDER BY year"
        self._write(self.spark.sql(counts, ties=ties).coalesce(1), "interlock_years")

    def projection(self) -> None:
        """The pairs of boards (or directors) that shared any at one time, with weights; and all that have a seat, isolates too."""
        (first, last), links = self.asked.during, self._links()
        then, sure = f"met <= {last} AND parted >= {first}", f"overlapped AND sure_from <= {last} AND sure_to >= {first}"
        self._write(self._ties(self.spark.sql(f"SELECT *, {sure} AS sure FROM {{l}} WHERE {then}", l=links)), "projection")
        nodes = "SELECT node AS id, max(name) AS name, count(*) AS seats FROM {seats} GROUP BY node"
        self._write(self.spark.sql(nodes, seats=self._seats()), "projection_nodes")

    def components(self) -> None:
        """The parts that hang together, each called by the least id in it. Boards are left aside: seats on them lead to their companies.

        Large stars and small stars in turn, until everybody points to the least of his part (Kiveris et al., Connected Components in
        MapReduce and Beyond, 2014): rounds grow with the logarithm of a part's size, and no executor has to hold a part.
        """
        listed = self.spark.sql("SELECT id, name, kind FROM {entities} WHERE kind <> 'BOARD'", entities=self.read("entities"))
        in_order = listed.repartitionByRange("id").sortWithinPartitions("id")
        entities = self._save(in_order.selectExpr("monotonically_increasing_id() AS number", "*"), "entities")
        joined = """SELECT DISTINCT greatest(s.number, t.number) AS high, least(s.number, t.number) AS low
            FROM {ties} r JOIN {entities} s ON s.id = r.source JOIN {entities} t ON t.id = r.target WHERE s.number <> t.number"""
        edges = self._save(self.spark.sql(joined, ties=self._admitted(), entities=entities), "edges")
        rounds = 0
        while not self._are_stars(edges):
            rounds += 1
            large = self._save(self.spark.sql(_LARGE_STAR, edges=edges), f"large{rounds}")
            edges = self._save(self.spark.sql(_SMALL_STAR, edges=large), f"small{rounds}")
        named = """SELECT e.id, e.name, e.kind, coalesce(first.id, e.id) AS component
            FROM {entities} e LEFT JOIN {edges} ON high = e.number LEFT JOIN {entities} first ON first.number = low"""
        self._write(parts := self.spark.sql(named, entities=entities, edges=edges).persist(), "components")
        self._write(self.spark.sql("SELECT component, count(*) AS entities FROM {p} GROUP BY component", p=parts), "component_sizes")

    def _are_stars(self, edges: DataFrame) -> bool:
        """Does everybody point to one, who points to nobody?"""
        onward = self.spark.sql("SELECT a.high FROM {edges} a LEFT SEMI JOIN {edges} b ON a.low = b.high", edges=edges)
        return onward.isEmpty() and bool(self.spark.sql("SELECT count(*) = count(DISTINCT high) FROM {e}", e=edges).collect()[0][0])

    def _links(self) -> DataFrame:
        """Pairs of seats that can have been held at one time: whom they join, by whom, and when (see ``together.at_one_time``)."""
        links = """SELECT a.node AS low, a.name AS low_name, b.node AS high, b.name AS high_name, a.shared, a.shared_name,
                a.id AS one, b.id AS other, greatest(a.rank, b.rank) AS weaker,
                greatest(a.start_min, b.start_min) AS met, least(a.end_max, b.end_max) AS parted,
                greatest(a.start_max, b.start_max) AS sure_from, least(a.end_min, b.end_min) AS sure_to,
                a.start_max <= b.end_min AND b.start_max <= a.end_min AS overlapped
            FROM {seats} a JOIN {seats} b ON a.shared = b.shared AND a.node < b.node
            WHERE greatest(a.start_min, b.start_min) <= least(a.end_max, b.end_max)"""
        return self.spark.sql(links, seats=self._seats())

    def _seats(self) -> DataFrame:
        """The seats that count: who is joined (``node``), and by whom or what (``shared``)."""
        node, shared = ("source", "target") if self.asked.of == "directors" else ("target", "source")
        seats = f"""SELECT r.id, {node} AS node, {node}_name AS name, {shared} AS shared, {shared}_name AS shared_name, rank,
            start_min, start_max, end_min, end_max
            FROM {{ties}} r LEFT SEMI JOIN {{entities}} e ON e.id = {node} AND e.kind IN ({_texts(*PROJECTED[self.asked.of])})
            WHERE r.kind = 'BOARD_SEAT'"""
        return self.spark.sql(seats, ties=self._admitted(), entities=self.read("entities"))

    def _admitted(self) -> DataFrame:
        """The relationships that count (see ``filters.RelationshipFilter``), with the rank of their status, counted from 1."""
        asked, (first, last) = self.asked, self.asked.during
        held = f"start_min <= {last} AND end_max >= {first}"
        if asked.certainty == "CERTAIN" and asked.during != ALWAYS:
            held += f" AND start_max <= {last} AND end_min >= {first}"
        counts = f"""SELECT *, array_position(array({_texts(*STATUSES)}), status) AS rank FROM {{ties}}
            WHERE kind IN ({_texts(*asked.kinds)}) AND status IN ({_texts(*asked.statuses)})
            AND independent_sources >= {asked.min_independent_sources} AND {held}"""
        return self.spark.sql(counts, ties=self.read("relationships"))

    def _ties(self, links: DataFrame, *keys: str) -> DataFrame:
        """Links gathered by whom the two share, so that nobody counts twice, then by the two: the table ``exports.tables.INTERLOCKS``."""
        by, others = ", ".join([*keys, "low", "high"]), "".join(f"{key}, " for key in keys)
        what = "'sat together on ', weight, ' board'" if self.asked.of == "directors" else "'shared ', weight, ' director'"
        gathered = f"""WITH one_by_one AS (
                SELECT {by}, shared, max(low_name) AS low_name, max(high_name) AS high_name, max(shared_name) AS name,
                    bool_or(sure) AS sure, min(weaker) AS rank, min(weaker) FILTER (WHERE sure) AS sure_rank,
                    min(met) AS met, max(parted) AS parted, array_union(collect_set(one), collect_set(other)) AS seats
                FROM {{links}} {"WHERE sure" if self.asked.certainty == "CERTAIN" else ""} GROUP BY {by}, shared),
            ties AS (
                SELECT {by}, max(low_name) AS source_name, max(high_name) AS target_name, count(*) AS weight, count_if(sure) AS certain,
                    coalesce(min(sure_rank), min(rank)) AS rank, array_sort(collect_list(struct(shared, name))) AS whom,
                    min(met) AS met, max(parted) AS parted, array_sort(array_distinct(flatten(collect_list(seats)))) AS seats
                FROM one_by_one GROUP BY {by})
            SELECT {others}concat(low, ' ', high) AS id, low AS source, high AS target, source_name, target_name,
                concat({what}, if(weight > 1, 's', '')) AS label, weight, certain, if(certain > 0, 'CERTAIN', 'POSSIBLE') AS certainty,
                element_at(array({_texts(*STATUSES)}), int(rank)) AS status, whom.shared AS shared, whom.name AS shared_names,
                {_day("met")} AS start_earliest, {_day("parted")} AS end_latest, seats
            FROM ties"""
        return self.spark.sql(gathered, links=links)

    def read(self, table: str) -> DataFrame:
        """A table of the export."""
        found = self.spark.read.parquet(f"{self.asked.data}/{table}.parquet")
        if table == "relationships" and (missing := [name for name in BOUNDS if name not in found.columns]):
            sys.exit(f"{self.asked.data}/{table}.parquet has no {', '.join(missing)}: export it anew by interlock export parquet.")
        return found

    def _save(self, frame: DataFrame, name: str) -> DataFrame:
        """Compute it now, and go on from what is written: plans stay short, and an executor that is lost costs one step."""
        frame.write.parquet(path := f"{self.asked.out}/_between/{name}")
        return self.spark.read.parquet(path)

    def _write(self, frame: DataFrame, name: str, by: str | None = None) -> None:
        """Write a result. Text of CSV is as in Interlock's own: lists as JSON, an apostrophe before what a spreadsheet would run."""
        if self.asked.format == "csv":
            frame = frame.selectExpr(*(_cell(*column) for column in frame.dtypes))
        writer = (frame.hint("rebalance", by) if by else frame).write.partitionBy(*([by] if by else []))
        if self.asked.format == "csv":
            writer = writer.options(header=True, escape='"', emptyValue="", ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False)
            writer.csv(f"{self.asked.out}/{name}")
        else:
            writer.option("compression", "zstd").parquet(f"{self.asked.out}/{name}")


def _cell(name: str, type: str) -> str:
    """A column as the CSV of Interlock has it."""
    if type == "string":
        return f"if({name} RLIKE {_texts(_RUN_BY_SPREADSHEETS)}, concat('\\'', {name}), {name}) AS {name}"
    return f"to_json({name}) AS {name}" if type.startswith("array") else name


def _texts(*texts: str) -> str:
    """Literals of SQL, with commas between."""
    return str([*texts])[1:-1]


def _day(name: str) -> str:
    """A day number as a date; none if it is no limit, or no date of the years 1 to 9999."""
    return f"CASE WHEN {name} BETWEEN {1 - _EPOCH} AND {date.max.toordinal() - _EPOCH} THEN {_date(name)} END"


def _date(number: str) -> str:
    return f"date_add(DATE'1970-01-01', {number})"


def _span(text: str) -> tuple[int, int]:
    """First and last day of a year, a month or a day."""
    try:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
            raise ValueError("it is no year, month or day")
        first = date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}. Write 2011, 2011-06 or 2011-06-22.") from None
    month = 12 if len(text) == 4 else first.month
    last = first if len(text) == 10 else date(first.year, month, monthrange(first.year, month)[1])
    return first.toordinal() - _EPOCH, last.toordinal() - _EPOCH


def _window(text: str) -> tuple[int, int]:
    """First and last day of an interval: 2011/2014, 2011/.., ../2014."""
    begin, slash, end = text.partition("/")
    if not slash:
        return _span(text)
    return ALWAYS[0] if begin in ("", "..") else _span(begin)[0], ALWAYS[1] if end in ("", "..") else _span(end)[1]


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("/")
    if not (re.fullmatch(r"\d{4}/\d{4}", text, re.ASCII) and 1 <= int(first) <= int(last) < int(first) + MAX_YEARS):
        raise argparse.ArgumentTypeError(f"{text!r} is not 1 to {MAX_YEARS} years in their order. Write 2000/2020.")
    return int(first), int(last)


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments, with all kinds and statuses that count; or an end with what contradicts what."""
    parser = argparse.ArgumentParser(prog="spark_job", description="Answer questions about all of an export of Interlock.")
    add = parser.add_argument
    add("questions", nargs="+", choices=QUESTIONS, metavar="QUESTION", help=", ".join(QUESTIONS))
    add("--data", required=True, metavar="DIR", help="what interlock export parquet writes, unzipped")
    add("--out", required=True, metavar="DIR", help="a new folder, for the results")
    add("--format", choices=("parquet", "csv"), default="parquet")
    add("--of", choices=PROJECTED, default="boards", help="who is joined by whom they share")
    add("--kinds", action="append", type=str.upper, choices=KINDS, help="only this kind of relationship; several allowed")
    add("--exclude-kinds", action="append", type=str.upper, choices=KINDS, default=[], help="not this one")
    add("--statuses", action="append", type=str.upper, choices=STATUSES, help="only this status; several allowed")
    add("--min-status", type=str.upper, choices=STATUSES, help="this one or a stronger one; without both, all up to DISPUTED")
    add("--min-independent-sources", type=int, default=0, metavar="N")
    add("--during", "--as-of", type=_window, default=ALWAYS, metavar="INTERVAL", help="what held at some time in it: 2015, 2011-06/..")
    add("--certainty", type=str.upper, choices=("POSSIBLE", "CERTAIN"), default="POSSIBLE", help="CERTAIN: only what surely held then")
    add("--years", type=_years, metavar="FIRST/LAST", help="in which interlocks are looked for: 2000/2020")
    given = parser.parse_args(arguments)
    weakest = given.min_status or (STATUSES[-1] if given.statuses else "DISPUTED")
    given.statuses = [status for status in STATUSES[: STATUSES.index(weakest) + 1] if status in (given.statuses or STATUSES)]
    given.kinds = [kind for kind in given.kinds or KINDS if kind not in given.exclude_kinds]
    seats, timed, yearly = set(given.questions) != {"components"}, given.during != ALWAYS, "interlocks" in given.questions
    for wrong, why in (
        (not (given.kinds and given.statuses), "These kinds and statuses leave nothing that counts."),
        (seats and "BOARD_SEAT" not in given.kinds, "The kinds leave no BOARD_SEAT, of which interlocks and projections are made."),
        (yearly and timed, "interlocks are those of each year: ask for them alone, with --years instead of --during."),
        (yearly is (given.years is None), "--years are those of interlocks: give both, as in interlocks --years 2000/2020."),
        (given.certainty == "CERTAIN" and not timed and set(given.questions) != {"interlocks"}, "CERTAIN when? Give --during."),
    ):
        if wrong:
            parser.error(why)
    return given


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer what is asked for on the command line in a new folder, beside what the export says about itself."""
    asked = _asked(arguments)
    from pyspark.sql import SparkSession

    job = Job(SparkSession.builder.appName("interlock").getOrCreate(), asked)
    jvm: Any = job.spark._jvm
    settings, path = jvm.org.apache.spark.deploy.SparkHadoopUtil.get().conf(), jvm.org.apache.hadoop.fs.Path
    files = path(asked.out).getFileSystem(settings)
    if files.exists(path(asked.out)):
        sys.exit(f"{asked.out} is there already: give --out a new folder.")
    export = path(jvm.java.net.URI(job.read("relationships").inputFiles()[0]))
    said = jvm.org.apache.parquet.hadoop.ParquetFileReader.readFooter(settings, export).getFileMetaData().getKeyValueMetaData()
    about = {"asked": vars(asked), **{name: said.get(name) for name in said.keySet() if ":" not in name}}
    file = files.create(path(f"{asked.out}/about.json"))
    file.write(bytearray(json.dumps(about, ensure_ascii=False, indent=2).encode()))
    file.close()
    for question in dict.fromkeys(asked.questions):
        began = time.monotonic()
        getattr(job, question)()
        print(f"{question}: {time.monotonic() - began:.1f} s", flush=True)
    files.delete(path(f"{asked.out}/_between"), True)
    job.spark.stop()


if __name__ == "__main__":
    main()
