"""Zip archives that nobody vouches for: bytes in, bounded members out, and back with some members replaced.

Everything the directory says is checked before a member is opened, and everything a member holds is bounded while it
is read, since declared sizes can lie. Rewriting copies the members that did not change as the raw bytes they are:
the same compression, dates, flags and order.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.read.base import Limits

MAX_MEMBERS = 4_000
"""Files in one archive; a release with a picture on every page has a few hundred."""

HARMLESS_BYTES = 100_000
"""A member this small does no harm whatever its ratio; blank pictures and empty style sheets pack very well."""

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_MAGIC = b"PK\x03\x04"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER_BYTES = 30
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"^[A-Za-z]:")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises over damaged archives."""
_EXPORT_AGAIN = "open it in the program it was written in, save it again and give the new file"


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose directory has been checked.

    Attributes:
        data: The whole file.
        members: The directory's entries, in its order.
        ends: For each member, where its record in `data` ends.
    """

    data: bytes
    members: tuple[zipfile.ZipInfo, ...]
    ends: tuple[int, ...]

    def names(self) -> tuple[str, ...]:
        """Return the members' names in the directory's order."""
        return tuple(member.filename for member in self.members)

    def read(self, name: str) -> bytes:
        """Return a member's content.

        Raises:
            InputError: It is not there, is damaged, or is not of the size that the directory declares.
        """
        member = next((member for member in self.members if member.filename == name), None)
        if member is None:
            raise InputError(f"the file is damaged: its part {name} is missing", _EXPORT_AGAIN)
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as opened, opened.open(member) as stream:
                content = stream.read(member.file_size)
                surplus = stream.read(1)
        except _DAMAGED as error:
            raise InputError(f"the file is damaged: its part {name} cannot be unpacked", _EXPORT_AGAIN) from error
        if surplus or len(content) != member.file_size:
            raise InputError(f"the file is damaged: its part {name} is not as long as it says", _EXPORT_AGAIN)
        return content


def open_archive(data: bytes, limits: Limits) -> Archive:
    """Check an archive's directory, before anything in it is opened.

    Raises:
        InputError: It is no zip archive, or is damaged, encrypted, hostile or above a limit.
    """
    if len(data) > limits.max_bytes:
        raise InputError(
            f"{len(data):,} bytes, more than the {limits.max_bytes:,} allowed", "raise max_bytes in [limits]"
        )
    if data.startswith(_OLE_MAGIC):
        raise _refuse_compound_file(data)
    if not data.startswith(_LOCAL_MAGIC):
        raise InputError("the file is damaged or is not what its name says: it is no zip archive", _EXPORT_AGAIN)
    # Counted before zipfile builds an object for each of them.
    if data.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise InputError(f"the file holds more than {MAX_MEMBERS:,} parts", _EXPORT_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            members = tuple(opened.infolist())
            directory_start = opened.start_dir
    except _DAMAGED as error:
        raise InputError("the file is damaged: its zip directory cannot be read", _EXPORT_AGAIN) from error
    _check_names(members)
    for member in members:
        _check_sizes(member, limits)
    if sum(member.file_size for member in members) > limits.max_unpacked_bytes:
        raise InputError(
            f"unpacked, the file has more than the {limits.max_unpacked_bytes:,} bytes allowed",
            "raise max_unpacked_bytes in [limits] if you trust it",
        )
    return Archive(data, members, _find_ends(data, members, directory_start))


def rewrite_archive(archive: Archive, changed: Mapping[str, bytes]) -> bytes:
    """Return the archive with some members' content replaced and all else copied raw, in the same order.

    What it does not have yet is added at its end, with the date that zip counts from.
    """
    if not changed:
        return archive.data
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as output:
        for member, end in zip(archive.members, archive.ends, strict=True):
            if member.filename in changed:
                output.writestr(_fresh_entry(member), changed[member.filename])
                continue
            copied = copy(member)
            copied.header_offset = output.start_dir
            buffer.seek(output.start_dir)
            buffer.write(archive.data[member.header_offset : end])
            # zipfile has no call for a raw copy; these three are what its own writing sets.
            output.filelist.append(copied)
            output.NameToInfo[copied.filename] = copied
            output.start_dir = buffer.tell()
        known = set(archive.names())
        for name in sorted(changed.keys() - known):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            output.writestr(entry, changed[name])
    return buffer.getvalue()


def _fresh_entry(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(member.filename, member.date_time)
    entry.compress_type = member.compress_type
    entry.create_system = member.create_system
    entry.external_attr = member.external_attr
    entry.comment = member.comment
    return entry


def _refuse_compound_file(data: bytes) -> InputError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return InputError(
            "the file is encrypted with a password",
            "open it in Word, remove the password (File → Info → Protect Document), save and run again",
        )
    return InputError(
        "the file is an old .doc document, whatever its name says",
        "open it in Word and save it as “Word Document (.docx)”",
    )


def _check_names(members: tuple[zipfile.ZipInfo, ...]) -> None:
    seen: set[str] = set()
    for member in members:
        # `orig_filename` still has what zipfile cuts off at a NUL character.
        name = member.orig_filename
        parts = name.split("/")
        if (
            not name
            or name.startswith("/")
            or "\\" in name
            or "\0" in name
            or ".." in parts
            or "." in parts
            or _DRIVE.match(name)
        ):
            raise InputError(f"the file is hostile: a part is called {name[:80]!r}", "do not open it; ask its sender")
        if name.lower() in seen:
            raise InputError(f"the file is damaged or hostile: it holds {name[:80]!r} twice", _EXPORT_AGAIN)
        seen.add(name.lower())


def _check_sizes(member: zipfile.ZipInfo, limits: Limits) -> None:
    name = member.filename[:80]
    if member.flag_bits & _ENCRYPTED:
        raise InputError(f"the file is encrypted: its part {name} needs a password", "save it without a password")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError(f"the file is damaged: its part {name} is packed in an unknown way", _EXPORT_AGAIN)
    if member.file_size > HARMLESS_BYTES and member.file_size > limits.max_ratio * member.compress_size:
        raise InputError(
            f"the file looks like a zip bomb: its part {name} unpacks to more than {limits.max_ratio} times its size",
            "do not open it; raise max_ratio in [limits] if you trust it",
        )


def _find_ends(data: bytes, members: tuple[zipfile.ZipInfo, ...], directory_start: int) -> tuple[int, ...]:
    """Return where each member's record ends: where the next one begins, or the directory.

    Raises:
        InputError: A record is not where the directory says, or two of them overlap.
    """
    following = dict(zip(*_neighbours(members, directory_start), strict=True))
    ends = []
    for member in members:
        start, end = member.header_offset, following[member.header_offset]
        header = data[start : start + _LOCAL_HEADER_BYTES]
        if len(header) < _LOCAL_HEADER_BYTES or not header.startswith(_LOCAL_MAGIC):
            raise InputError("the file is damaged: its zip directory points nowhere", _EXPORT_AGAIN)
        name_bytes, extra_bytes = struct.unpack("<HH", header[26:30])
        if start + _LOCAL_HEADER_BYTES + name_bytes + extra_bytes + member.compress_size > end:
            raise InputError("the file is damaged or hostile: its parts overlap", _EXPORT_AGAIN)
        ends.append(end)
    return tuple(ends)


def _neighbours(members: tuple[zipfile.ZipInfo, ...], directory_start: int) -> tuple[list[int], list[int]]:
    starts = sorted({member.header_offset for member in members})
    return starts, [*starts[1:], directory_start]
