"""Serve the built book as a service of JupyterHub: python book.py FOLDER."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from tornado.web import Application, StaticFileHandler


async def serve(folder: Path) -> None:
    """Serve the files of a folder at the address that JupyterHub gives to this service."""
    prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
    address = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    files = {"path": str(folder), "default_filename": "index.html"}
    pages = Application([(f"{prefix}(.*)", StaticFileHandler, files)])
    pages.listen(address.port or 80, address.hostname or "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # how JupyterHub ends a service
        asyncio.run(serve(Path(sys.argv[1])))
