"""Archives that are the same byte for byte wherever and whenever they are made."""

import io
import zipfile
from collections.abc import Container, Mapping

#: Where the dates of archives begin: no file in one has a time of its own.
EPOCH = (1980, 1, 1, 0, 0, 0)

#: Whatever system packs, the archive says the same: files to read, and to write by their owner.
UNIX, PERMISSIONS = 3, 0o644 << 16


def packed(members: Mapping[str, bytes], plain: Container[str] = ()) -> bytes:
    """Return a zip of these files by their paths, in their order; plain ones as they are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            info = zipfile.ZipInfo(path, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            if path in plain:
                info.compress_type = zipfile.ZIP_STORED
            info.create_system, info.external_attr = UNIX, PERMISSIONS
            archive.writestr(info, content)
    return made.getvalue()
