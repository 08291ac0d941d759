"""Redis may die at any moment; nobody may notice."""

import os
import uuid

import pytest

from panoh.ground.common.cache import ForgivingRedisCache

DEAD = "redis://127.0.0.1:1/0"


def test_a_dead_redis_reads_as_an_empty_cache() -> None:
    cache = ForgivingRedisCache(DEAD, {})
    cache.set("a", 1)
    assert cache.get("a") is None
    assert cache.get("a", default=7) == 7
    assert cache.add("a", 1) is True
    assert cache.delete("a") is False
    assert cache.get_many(["a"]) == {}


@pytest.mark.redis
def test_a_living_redis_keeps_what_it_is_given() -> None:
    cache = ForgivingRedisCache(os.environ.get("PANOH_TEST_REDIS", "redis://127.0.0.1:6379/9"), {})
    key = uuid.uuid4().hex
    cache.set(key, {"a": 1}, 5)
    assert cache.get(key) == {"a": 1}
