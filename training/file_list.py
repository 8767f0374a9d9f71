"""files.json: every file of a model folder with its size and SHA-256, for whoever fetches it.

    python3 training/file_list.py [FOLDER]      public/model unless given

A model folder is one that holds a config.json; one inside another gets a list of its own as well.
"""

import hashlib
import json
import sys
from pathlib import Path

NAME = "files.json"


def entry(folder: Path, file: Path) -> str:
    data = file.read_bytes()
    return json.dumps({"path": file.relative_to(folder).as_posix(), "bytes": len(data),
                       "sha256": hashlib.sha256(data).hexdigest()}, ensure_ascii=False)


def write_file_list(folder: Path) -> None:
    """A line a file, sorted by path, so that a change shows as one."""
    files = [file for file in folder.rglob("*") if file.is_file() and file != folder / NAME]
    lines = ",\n".join(entry(folder, file) for file in sorted(files, key=lambda file: file.as_posix()))
    (folder / NAME).write_text(f'{{"files": [\n{lines}\n]}}\n', encoding="utf-8")


def write_file_lists(folder: Path) -> None:
    """The inner folders first: their lists are files of the outer one."""
    for config in sorted(folder.rglob("config.json"), key=lambda path: -len(path.parts)):
        write_file_list(config.parent)


if __name__ == "__main__":
    write_file_lists(Path(sys.argv[1] if len(sys.argv) > 1 else "public/model"))
