"""One page of a scan as a PNG of our own making: what a stranger sent is never shown as it is.

Run as a child process (``python -m plaidoyer.replies.page_picture PAGE``): the file on standard input, the picture on standard output,
with bounded processor time and memory. It imports nothing of Django.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from pathlib import Path

SECONDS = 10
MEMORY = 1024 * 1024 * 1024
WIDTH = 1400  # pixels: enough to read small print
MAX_PIXELS = 60_000_000
ROOT = str(Path(__file__).resolve().parents[2])


def picture(data: bytes, page: int) -> bytes | None:
    """The PNG of this page (from 1), or None when there is no such page, or when drawing it is not safe."""
    command = [sys.executable, "-P", "-s", "-m", "plaidoyer.replies.page_picture", str(page)]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS * 2, env={"PYTHONPATH": ROOT}, check=False)
    except subprocess.TimeoutExpired:
        return None
    return run.stdout if run.returncode == 0 and run.stdout.startswith(b"\x89PNG") else None


def draw(data: bytes, page: int) -> bytes:
    if data[:1024].lstrip().startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return draw_pdf(data, page)
    return draw_image(data, page)


def draw_pdf(data: bytes, page: int) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page - 1]
        scale = min(4.0, WIDTH / max(sheet.get_width(), 1))
        return png(sheet.render(scale=scale, may_draw_forms=False).to_pil())


def draw_image(data: bytes, page: int) -> bytes:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(io.BytesIO(data)) as image:
        image.seek(page - 1)
        upright = ImageOps.exif_transpose(image).convert("RGB")
        upright.thumbnail((WIDTH, WIDTH * 4))
        return png(upright)


def png(image: object) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").quantize(64).save(out, "PNG")
    return out.getvalue()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read(), int(sys.argv[1])))


if __name__ == "__main__":
    main()
