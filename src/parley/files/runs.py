"""Results on disk, chunk by chunk, so that a run that was broken off can go on. `RunStore` is the main name.

One engine's run is a folder named by the digest of all that determines its numbers::

    <folder>/<digest>/manifest.json          what the run is
    <folder>/<digest>/<engine>-<chunk>.npz   the forecasts of one chunk of draws

A chunk is taken from disk only when it is whole and says that it belongs to this run; anything else is computed anew.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import FileError
from parley.files.atomic import write_bytes

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["RunKey", "RunStore"]

FORMAT = "parley/run-chunk/1"
LAYOUT = "__layout__"
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError, NotImplementedError)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunKey:
    """All that determines the numbers of one engine's run.

    Attributes
    ----------
    engine : name of the engine
    code : module and class that computed it, and a digest of the program text
    parameters : the engine's parameters
    scenario_digest : SHA-256 of the scenario's content
    numbers : SHA-256 of the sampled numbers
    seed : seed of the draws
    draws : number of draws
    chunk_size : number of draws in a chunk
    version : version of Parley
    """

    engine: str
    code: str
    parameters: Mapping[str, Any]
    scenario_digest: str
    numbers: str
    seed: int
    draws: int
    chunk_size: int
    version: str

    @property
    def manifest(self) -> str:
        """The key as JSON, the same characters for the same key."""
        return json.dumps({"format": FORMAT, **dataclasses.asdict(self)}, sort_keys=True, indent=2, default=repr) + "\n"

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, in hexadecimal."""
        return hashlib.sha256(self.manifest.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RunStore:
    """A folder of runs.

    Attributes
    ----------
    folder : where the runs lie; made when the first chunk is saved
    """

    folder: Path

    def path(self, key: RunKey, chunk: int) -> Path:
        """Where a chunk lies."""
        return self.folder / key.digest / f"{key.engine}-{chunk:05d}.npz"

    def save(self, key: RunKey, chunk: int, data: xr.Dataset) -> None:
        """Write a chunk: whole, or not at all.

        Raises
        ------
        FileError
            If the folder cannot be written.
        """
        path = self.path(key, chunk)
        manifest = path.with_name("manifest.json")
        if not manifest.exists():
            write_bytes(manifest, key.manifest.encode())
        write_bytes(path, _packed(data, key.digest, chunk))

    def load(self, key: RunKey, chunk: int) -> xr.Dataset | None:
        """Read a chunk; None where there is none that is whole and of this run.

        Raises
        ------
        FileError
            If a chunk is there but may not be read.
        """
        path = self.path(key, chunk)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise FileError(f"{path}: cannot be read: {error.strerror or error}") from error
        try:
            return _unpacked(content, key.digest, chunk)
        except UNREADABLE:
            return None


def _packed(data: xr.Dataset, digest: str, chunk: int) -> bytes:
    arrays: dict[str, Any] = {}
    layout: dict[str, Any] = {"format": FORMAT, "run": digest, "chunk": chunk, "variables": {}, "coords": {}}
    for part, variables in (("variables", data.data_vars), ("coords", data.coords)):
        for name, variable in variables.items():
            values = np.asarray(variable.values)
            arrays[f"{part}/{name}"] = values.astype(np.str_) if values.dtype == object else values
            layout[part][str(name)] = [str(dim) for dim in variable.dims]
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **{LAYOUT: np.array(json.dumps(layout))}, **arrays)
    return buffer.getvalue()


def _unpacked(content: bytes, digest: str, chunk: int) -> xr.Dataset:
    import xarray as xr

    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        layout = json.loads(str(arrays[LAYOUT]))
        if (layout["format"], layout["run"], layout["chunk"]) != (FORMAT, digest, chunk):
            raise ValueError("the chunk belongs to another run")
        parts = {
            part: {name: (tuple(dims), arrays[f"{part}/{name}"]) for name, dims in layout[part].items()}
            for part in ("variables", "coords")
        }
    return xr.Dataset(parts["variables"], coords=parts["coords"])
