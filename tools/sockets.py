"""Where servers of our own listen: in folders of their own, which nobody else on the machine may enter."""

import hashlib
import os
import tempfile
from pathlib import Path

# Socket paths have a limit of about a hundred characters, which a project folder may already exceed.
_SHORT = 12


def socket_folder(home: Path) -> Path:
    """Where the server whose data are in `home` listens: always the same, so that everybody can find it."""
    mark = hashlib.sha256(str(home.absolute()).encode()).hexdigest()[:_SHORT]
    return Path(tempfile.gettempdir()) / f"voldaan-{os.geteuid()}-{mark}"


def make_socket_folder(home: Path, owner: int) -> Path:
    """Make it, for the user of the machine with the id `owner`. Raises RuntimeError when it is somebody else's."""
    folder = socket_folder(home)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), owner}:
        raise RuntimeError(f"{folder} belongs to somebody else; remove it and run this again.")
    if os.geteuid() == 0:
        os.chown(folder, owner, -1)
    return folder
