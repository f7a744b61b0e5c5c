"""Filtering where the half-edges are: a function that Redis runs, on replicas too.

Of an entity with many half-edges it returns the rows of the segments that count, cut off where the latest end is before the first day
asked about. Where it finds less than was written (a slot moves, a replica is behind) it returns nil, as for a key that is missing.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from interlock.graph.backends.redis_layout import LAYOUT, SEGMENTS
from interlock.graph.filters import RelationshipFilter
from interlock.graph.induced import admitted_words
from interlock.graph.model import RelationshipKind, Status

FUNCTION: Final = f"interlock_{LAYOUT}_admitted"
LIBRARY: Final = f"""#!lua name=interlock_{LAYOUT}
local ROW, LATEST_END = 32, 28

local function later(key, low, high, day)
  while low < high do
    local middle = math.floor((low + high) / 2)
    local at = middle * ROW + LATEST_END
    local latest = struct.unpack('<i4', redis.call('GETRANGE', key, at, at + 3))
    if latest >= day then low = middle + 1 else high = middle end
  end
  return low
end

local function admitted(keys, args)
  local segments = redis.call('GET', keys[2])
  if not segments then return {{redis.call('GET', keys[1])}} end
  local count = #segments / 8 - 1
  local _, rows = struct.unpack('<I4I4', segments, count * 8 + 1)
  if redis.call('STRLEN', keys[1]) ~= rows * ROW then return {{false}} end
  local day, pieces, from, upto = tonumber(args[2]), {{}}, 0, 0
  for number = 0, count - 1 do
    local segment, first, _, last = struct.unpack('<I4I4I4I4', segments, number * 8 + 1)
    if string.byte(args[1], segment + 1) == 49 then
      if day then last = later(keys[1], first, last, day) end
      if first ~= upto then
        if upto > from then pieces[#pieces + 1] = redis.call('GETRANGE', keys[1], from * ROW, upto * ROW - 1) end
        from = first
      end
      upto = last
    end
  end
  if upto > from then pieces[#pieces + 1] = redis.call('GETRANGE', keys[1], from * ROW, upto * ROW - 1) end
  return {{table.concat(pieces)}}
end

redis.register_function{{function_name = '{FUNCTION}', callback = admitted, flags = {{'no-writes'}}}}
"""


def arguments(conditions: RelationshipFilter, forward: bool | None) -> tuple[bytes, bytes] | None:
    """What the function is asked for; None if that is so much that all may be read at once."""
    window = conditions.window
    usual = len(conditions.admitted_kinds) == len(RelationshipKind) and len(conditions.admitted_statuses) > len(Status) // 2
    if usual and window is None and forward is None:
        return None
    words = admitted_words(conditions) != 0
    table = np.concatenate([words & (forward is not False), words & (forward is not True)])
    assert len(table) == SEGMENTS
    return bytes(table.astype(np.uint8) + ord("0")), b"" if window is None else b"%d" % window.first
