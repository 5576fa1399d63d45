"""What lay in memory before tells in no byte of a film."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ENCODED = """
import hashlib, json, pathlib, sys
from fractions import Fraction
import numpy as np
from renderer.media.planes import Planes
from renderer.media.video import encode

def moving(wide, high):
    ground = np.random.default_rng(1).integers(16, 235, (high // 8 + 4, wide // 8 + 8), np.uint8)
    large = ground.repeat(8, 0).repeat(8, 1)
    chroma = np.full((high // 2, wide // 2), 128, np.uint8)
    for at in range(13):
        yield Planes(large[at : at + high, 2 * at : 2 * at + wide].copy(), chroma, chroma)

found = {}
for wide in json.loads(sys.argv[1]):
    path = pathlib.Path(sys.argv[2]) / f"{wide}.mp4"
    encode(moving(wide, 90), (wide, 90), Fraction(30), path)
    found[wide] = hashlib.sha256(path.read_bytes()).hexdigest()
print(json.dumps(found))
"""
WIDTHS = [64, 128, 160, 320, 426, 640, 720, 1080, 1280, 1920]


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc fills memory as it is asked to")
def test_what_lay_in_memory_tells_in_no_byte(tmp_path: Path) -> None:
    def encoded(filled: int) -> dict[str, str]:
        command = [sys.executable, "-c", ENCODED, json.dumps(WIDTHS), str(tmp_path)]
        environment = os.environ | {"MALLOC_PERTURB_": str(filled)}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        found: dict[str, str] = json.loads(done.stdout)
        return found

    assert encoded(0) == encoded(85) == encoded(170)
