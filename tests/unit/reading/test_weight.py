"""What is heavy is loaded only when a document needs it."""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_readers_loads_no_heavy_library() -> None:
    heavy = "PIL numpy cv2 lxml trafilatura pypdfium2 docx rapidocr onnxruntime py3langid charset_normalizer"
    probe = f"import sys, amparo.reading; print([name for name in '{heavy}'.split() if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout == "[]\n"
