"""One script of this folder after another, each on one thread."""

import os
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
              # the large arrays of each step are kept, not given back to the system and cleared anew
              "MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "2000000000"}


def step(script: str, *arguments) -> None:
    """Runs a script to its end. SIGTERM and Ctrl-C reach it: what it then saves is where the same command goes on."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    print("$", " ".join(command[1:]), flush=True)
    with subprocess.Popen(command, env={**os.environ, **ONE_THREAD}) as process:
        before = {signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: process.terminate()),
                  signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None)}  # the terminal tells both
        status = process.wait()
    for number, handler in before.items():
        signal.signal(number, handler)
    if status:
        sys.exit(f"{script} ended with {status}; what was made so far is kept")
