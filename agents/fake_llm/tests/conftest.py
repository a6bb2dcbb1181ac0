"""One server for all tests of the fake model; each finds it faultless and with nothing counted."""

from collections.abc import Iterator

import pytest

from agents.fake_llm.running import FakeModel, fake_llm


@pytest.fixture(scope="session")
def _started() -> Iterator[FakeModel]:
    with fake_llm() as model:
        yield model


@pytest.fixture
def model(_started: FakeModel) -> FakeModel:
    """The server with the options that it has by itself."""
    _started.control(latency=0, spread=0.5, slow=10)
    _started.reset()
    return _started
