"""Pure: colour profiles as they may be published, rebuilt from the tags that the standard knows.

A profile is a table of tags, and a tag of somebody's own, the room between two tags or what follows the declared end
can hold anything, a picture too. So only the public tags of ICC.1 are kept, texts of modest length only; a profile
without anything else comes back byte for byte. One of another colour space than the pixels' would be ignored by
every viewer, or misread, and is left out.
"""

import struct

_HEADER_BYTES = 128
_MAX_BYTES = 8 * 2**20
_MAX_TAGS = 100
_MAX_TEXT_BYTES = 16 * 2**10
# ICC.1:2022 clause 9 and, for older profiles, ICC.1:2001-04 clause 6.4, without "targ" (measurements as free text).
_CURVES = (
    "A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC "
    "wtpt bkpt chad chrm cicp gamt lumi meas pre0 pre1 pre2 rig0 rig2 tech view calt ciis"
)
_TEXTS = "cprt desc dmnd dmdd vued"
_KNOWN = frozenset(tag.encode() for tag in (*_CURVES.split(), *_TEXTS.split()))
_WORDS = frozenset(tag.encode() for tag in _TEXTS.split())
_SPACES = {"L": b"GRAY", "LA": b"GRAY", "RGB": b"RGB ", "RGBA": b"RGB "}

_Tag = tuple[bytes, int, int]


def public_profile(profile: bytes | None, mode: str) -> bytes | None:
    """Returns the profile without private parts; None if it is damaged, too large or not for such pixels.

    Args:
        profile: As stored in an image file.
        mode: "L", "LA", "RGB" or "RGBA".
    """
    if profile is None or not _HEADER_BYTES + 4 < len(profile) <= _MAX_BYTES:
        return None
    if profile[36:40] != b"acsp" or profile[16:20] != _SPACES[mode]:
        return None
    declared = int.from_bytes(profile[:4], "big")
    tags = _tags(profile[:declared])
    if tags is None:
        return None
    kept = [tag for tag in tags if tag[0] in _KNOWN and not (tag[0] in _WORDS and tag[2] > _MAX_TEXT_BYTES)]
    if kept == tags and declared == len(profile) and _without_gaps(tags, len(profile)):
        return profile
    return _rebuilt(profile, kept) if kept else None


def _tags(profile: bytes) -> list[_Tag] | None:
    """Returns signature, offset and length of every tag, None if one lies outside the profile."""
    if len(profile) < _HEADER_BYTES + 4:
        return None
    count = int.from_bytes(profile[_HEADER_BYTES : _HEADER_BYTES + 4], "big")
    first = _HEADER_BYTES + 4 + 12 * count
    if not 0 < count <= _MAX_TAGS or first > len(profile):
        return None
    tags: list[_Tag] = [struct.unpack_from(">4sII", profile, _HEADER_BYTES + 4 + 12 * i) for i in range(count)]
    if any(offset < first or offset + length > len(profile) for _, offset, length in tags):
        return None
    return tags


def _without_gaps(tags: list[_Tag], size: int) -> bool:
    """Returns whether tags and the padding to multiples of four fill the profile."""
    reached = _HEADER_BYTES + 4 + 12 * len(tags)
    for _, offset, length in sorted(tags, key=lambda tag: tag[1]):
        if offset > reached + 3:
            return False
        reached = max(reached, offset + length)
    return size <= reached + 3


def _rebuilt(profile: bytes, tags: list[_Tag]) -> bytes:
    first = _HEADER_BYTES + 4 + 12 * len(tags)
    places: dict[tuple[int, int], int] = {}
    body = bytearray()
    table = bytearray(struct.pack(">I", len(tags)))
    for name, offset, length in tags:
        if (offset, length) not in places:
            places[offset, length] = first + len(body)
            body += profile[offset : offset + length] + bytes(-length % 4)
        table += struct.pack(">4sII", name, places[offset, length], length)
    # The profile's own digest, which is optional, was over the whole; what follows it is reserved and zero.
    header = struct.pack(">I", first + len(body)) + profile[4:84] + bytes(44)
    return bytes(header + table + body)
