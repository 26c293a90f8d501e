import pytest

from foods.v2.store import FoodStore
from tests.food_stores import StoreCases
from tests.unit.foods.v2.memory_store import MemoryFoodStore


class TestMemoryFoodStore(StoreCases):
    @pytest.fixture
    def store(self) -> FoodStore:
        return MemoryFoodStore()
