"""What tests of the author share: the documents, and the command as a program."""

import subprocess
import sys
from pathlib import Path

DOCUMENTS = Path(__file__).parent / "documents"
TOPICS = {
    "en": "how solar cells work",
    "ar": "كيف تعمل الخلايا الشمسية",
    "es": "cómo funcionan las células solares",
    "zh": "太阳能电池如何工作",
}


def author(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `author` in a folder and return what it did and said."""
    command = [sys.executable, "-c", "from reelspec.author.cli import main; main()", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
