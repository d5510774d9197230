"""The two engines that read images: RapidOCR, bundled with its models, and Tesseract, a program of the system."""

from __future__ import annotations

import csv
import io
import logging
import os
import shutil
import subprocess
import threading
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from amparo.domain.text import Language
from amparo.errors import MissingExtra, MissingProgram

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Dots = NDArray[np.uint8]

APT = "apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-spa"
_LANGUAGES = {"en": "eng+spa", "es": "spa+eng", "und": "eng+spa"}
_ONE_AT_A_TIME = threading.Lock()


class Fragment(NamedTuple):
    """A word as an engine found it, in dots of the image it was given.

    Args:
        text: the word.
        left, top, right, bottom: where it stands.
        sure: the engine's own confidence, 0 to 1.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float

    @property
    def middle(self) -> float:
        """Halfway between top and bottom."""
        return (self.top + self.bottom) / 2


class Strip(NamedTuple):
    """A run of words that an engine found beside one another; a line, or part of one.

    Args:
        words: left to right.
        slope: how much it falls for each dot to the right.
    """

    words: tuple[Fragment, ...]
    slope: float = 0.0

    @property
    def sure(self) -> float:
        """The engine's confidence, word by word weighed by length."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.sure * len(word.text) for word in self.words) / letters if letters else 0.0


class Look(NamedTuple):
    """What RapidOCR found on an image.

    Args:
        strips: the runs of words.
        sideways: most runs are taller than wide, so the page lies on its side.
        upside_down: most runs stand on their heads.
    """

    strips: tuple[Strip, ...]
    sideways: bool
    upside_down: bool


def look_with_rapidocr(dots: Dots, *, threads: int, believe_feet: bool = False) -> Look:
    """Find and read the words of an image; how the page lies is judged before anything is read.

    Args:
        dots: the image.
        threads: processor threads.
        believe_feet: take it as given that the lines stand on their feet.

    Raises:
        MissingExtra: the scans extra is not installed.
    """
    import numpy as np

    engine = _rapidocr(threads)
    with _ONE_AT_A_TIME:
        colour = np.repeat(dots[:, :, None], 3, axis=2)
        image, steps = engine.preprocess_img(colour)
        try:
            crops, found = engine.detect_and_crop(image, steps)
        except Exception as problem:  # RapidOCR raises its own error, of a class it does not export, for a blank page
            if type(problem).__name__ == "RapidOCRError":
                return Look((), sideways=False, upside_down=False)
            raise
        wide = [_size(box) for box in found.boxes]
        tall = [height > 1.5 * width for width, height in wide]
        long = [max(size) for size in wide]
        if sum(size for size, yes in zip(long, tall, strict=True) if yes) > 0.6 * sum(long):
            return Look((), sideways=True, upside_down=False)
        if not believe_feet and _on_its_head(engine, crops):
            return Look((), sideways=False, upside_down=True)
        read = engine.recognize_txt(crops)
        result = engine.build_final_output(colour, found, type(found)(), read, crops, steps)
    if result.boxes is None or not len(result.boxes):
        return Look((), sideways=False, upside_down=False)
    rows = zip(result.boxes, result.txts, result.scores, result.word_results, strict=False)
    strips = tuple(strip for row in rows if (strip := _strip(*row)).words)
    return Look(strips, sideways=False, upside_down=False)


def _on_its_head(engine: Any, crops: list[Any]) -> bool:
    """Whether most lines stand on their heads.

    The classifier sees a strip four times as wide as high, so a whole line would be squeezed out of shape: it is shown
    a piece from the middle of each of the longest lines.
    """
    pieces = []
    for crop in sorted(crops, key=lambda one: -int(one.shape[1]))[:16]:
        height, width = crop.shape[:2]
        begin = max(0, (width - 4 * height) // 2)
        pieces.append(crop[:, begin : begin + 4 * height])
    votes = engine.cls_and_rotate(pieces)[1].cls_res
    return sum(float(sure) if label == "180" else -float(sure) for label, sure in votes) > 0


@cache
def _rapidocr(threads: int) -> Any:
    # Its logger prints at import and keeps lines of text at debug: hushed before it can.
    logger = logging.getLogger("RapidOCR")
    logger.addHandler(logging.NullHandler())
    logger.setLevel(logging.CRITICAL + 1)
    try:
        from rapidocr import RapidOCR
    except ImportError:
        raise MissingExtra("Reading scans needs more: pip install 'amparo[scans]'") from None
    engine: Any = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,  # a line hard to read is shown as such, not dropped
            "Global.return_word_box": True,
            # Lines are found on a page of at most this size and read from the full one; a batch of one keeps long
            # lines from being padded to the longest. Half the time and memory of the defaults, no more errors.
            "Det.limit_type": "max",
            "Det.limit_side_len": 1280,
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    logger.setLevel(logging.CRITICAL + 1)
    engine._load_det_model()
    engine._load_cls_model()
    engine._load_rec_model()
    return engine


def _size(box: Any) -> tuple[float, float]:
    return float(box[:, 0].max() - box[:, 0].min()), float(box[:, 1].max() - box[:, 1].min())


def _strip(box: Any, words: str, score: float, pieces: Any) -> Strip:
    """A run of words with a place for each: the engine's own where they fit its words, else by length."""
    left, right = float(box[:, 0].min()), float(box[:, 0].max())
    run = float(box[1][0] - box[0][0]) or 1.0
    slope = float(box[1][1] - box[0][1]) / run
    height = float(((box[3] - box[0]) ** 2).sum() ** 0.5)
    tokens = words.split()
    places = [(str(text), float(sure), where) for text, sure, where in pieces or ()]
    if [text for text, _, _ in places] != tokens:
        places = _by_length(tokens, float(score), left, right)
    found = []
    for text, sure, where in places:
        begin, end = min(point[0] for point in where), max(point[0] for point in where)
        centre = float(box[0][1] + box[3][1]) / 2 + slope * ((begin + end) / 2 - left)
        found.append(
            Fragment(text, float(begin), centre - height / 2, float(end), centre + height / 2, min(sure, float(score)))
        )
    return Strip(tuple(found), slope)


def _by_length(tokens: list[str], score: float, left: float, right: float) -> list[tuple[str, float, Any]]:
    total = sum(map(len, tokens)) + max(len(tokens) - 1, 0)
    places: list[tuple[str, float, Any]] = []
    at = 0
    for token in tokens:
        begin = left + (right - left) * at / max(total, 1)
        end = left + (right - left) * (at + len(token)) / max(total, 1)
        places.append((token, score, ((begin, 0), (end, 0))))
        at += len(token) + 1
    return places


def read_with_tesseract(dots: Dots, *, language: Language, columns: bool, seconds: float) -> tuple[Strip, ...]:
    """Read an image with the tesseract program, one thread, within a time.

    Args:
        dots: the image.
        language: which word lists it uses first.
        columns: whether it should look for columns; for a letter it reads better when told there are none.
        seconds: after this it is ended and has read nothing.

    Raises:
        MissingProgram: tesseract, or its English and Spanish data, is not installed.
    """
    import cv2

    program = _tesseract()
    head, image = cv2.imencode(".png", dots)
    if not head:
        return ()
    command = [program, "stdin", "stdout", "-l", _LANGUAGES[language], "--dpi", "200"]
    command += ["--psm", "3" if columns else "6", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments; the image goes in by stdin
            command,
            input=image.tobytes(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return ()
    if done.returncode != 0:
        if b"load" in done.stderr and b"languag" in done.stderr:
            raise MissingProgram(f"Tesseract lacks its English or Spanish data: {APT}")
        return ()
    return _of_tsv(done.stdout.decode("utf-8", "replace"))


@cache
def _tesseract() -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise MissingProgram(f"The second reader of scans is not installed: {APT}")
    return program


def _of_tsv(table: str) -> tuple[Strip, ...]:
    lines: dict[tuple[str, ...], list[Fragment]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        left, top, width, height = (float(row[side]) for side in ("left", "top", "width", "height"))
        sure = max(0.0, min(1.0, float(row["conf"]) / 100))
        key = (row["block_num"], row["par_num"], row["line_num"])
        lines.setdefault(key, []).append(Fragment(text, left, top, left + width, top + height, sure))
    return tuple(Strip(tuple(words)) for words in lines.values())
