"""The whole stack with 200 residents: memory (PSS) and how fast the REST doors answer.

`python -m benchmarks.bench_stack`. The door /api/health/live, which does nothing, is the peer.
"""

import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np

from tests.running import Running

ASKED = 200
DOORS = ("/api/health/live", "/api/world/status", "/api/agents?limit=100")


def answer_ms(url: str) -> float:
    began = time.perf_counter()
    with urllib.request.urlopen(url, timeout=30) as answer:
        answer.read()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    import psutil

    with tempfile.TemporaryDirectory() as folder:
        town = Running(Path(folder) / "data", "--agents", "200")
        try:
            town.await_answer(180)
            town.await_seq(town.get("/api/world/status")["seq"], seconds=60)
            for door in DOORS:
                url = f"http://127.0.0.1:{town.port}{door}"
                took = [answer_ms(url) for _ in range(ASKED)]
                p50, p95 = np.percentile(took, [50, 95])
                print(f"{door:>24}: p50 {p50:.1f} ms  p95 {p95:.1f} ms", flush=True)
            total = 0
            for pid, command in town.alive().items():
                pss = psutil.Process(pid).memory_full_info().pss
                total += pss
                print(f"{pss / 2**20:>10.0f} MB  {command[:70]}")
            print(f"{total / 2**20:>10.0f} MB  in all")
        finally:
            town.stop()


if __name__ == "__main__":
    main()
