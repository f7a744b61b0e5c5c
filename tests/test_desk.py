from __future__ import annotations

import json

import numpy as np
import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph import Engine
from interlock.schema.price import CostLimits
from interlock.server.desk import Desk, Question, encode

GRAPH = graph(tie("ann", "acme", kind="BOARD_SEAT"), entities=[entity("Ann", "PERSON"), entity("Acme")])


def question(text: str) -> Question:
    return Question(text, None, {}, "application/json", "7")


def test_reply_tells_its_price_and_whether_it_lasts() -> None:
    desk = Desk(Engine(GRAPH, PATIENT), CostLimits())
    reply = desk.answer(question("{ dataset { version } }"), 60, np.zeros(1, np.uint8))
    assert reply is not None
    assert json.loads(reply.body)["data"] == {"dataset": {"version": "test"}}
    assert (reply.price, reply.lasting, reply.cut) == (2, True, False)


def test_reply_that_had_no_time_says_so() -> None:
    desk = Desk(Engine(GRAPH, PATIENT), CostLimits())
    reply = desk.answer(question('{ paths(from: "ann", to: "acme") { stoppedBy } }'), 0, np.zeros(1, np.uint8))
    assert reply is not None
    assert b"DEADLINE" in reply.body
    assert (reply.lasting, reply.cut) == (False, True)


@pytest.mark.parametrize("text", ['{ paths(from: "ann", to: "acme") { nodes { length } } }', "{ entities { nodes { name } } }"])
def test_cancelled_question_has_no_reply(text: str) -> None:
    desk = Desk(Engine(GRAPH, PATIENT), CostLimits())
    assert desk.answer(question(text), 60, np.ones(1, np.uint8)) is None


def test_numbers_of_any_size_are_written() -> None:
    assert json.loads(encode({"a": 2**70, "b": "é"})) == {"a": 2**70, "b": "é"}
    assert encode({"a": "é"}) == '{"a":"é"}'.encode()
