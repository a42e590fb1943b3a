"""An Outlook .msg made by hand: a compound file of 512-byte sectors, every stream in the mini stream, directory as a chain."""

from __future__ import annotations

import struct

FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """A compound file of this tree of storages and streams."""
    entries: list[bytearray] = []
    mini, mini_fat = bytearray(), []
    add_entry(entries, "Root Entry", 5)
    add_children(entries, 0, tree, mini, mini_fat)
    directory = b"".join(bytes(entry) for entry in entries)
    directory += b"\0" * (-len(directory) % 512)
    mini_table = b"".join(struct.pack("<I", link) for link in mini_fat)
    mini_table += struct.pack("<I", FREE) * ((-len(mini_table) % 512) // 4)
    mini += b"\0" * (-len(mini) % 512)
    counts = [len(directory) // 512, len(mini_table) // 512, len(mini) // 512]
    starts, at = [], 1
    for count in counts:
        starts.append(at)
        at += count
    fat = [FAT_SECTOR]
    for start, count in zip(starts, counts, strict=True):
        fat += [*range(start + 1, start + count), END] if count else []
    fat += [FREE] * (128 - len(fat))
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 40, 0, 1, starts[0], 0, 4096, starts[1], counts[1], END, 0)
    struct.pack_into("<I", head, 76, 0)
    head[80:512] = struct.pack("<I", FREE) * 108
    root = bytearray(directory[:128])
    struct.pack_into("<IQ", root, 116, starts[2], len(mini))
    directory = bytes(root) + directory[128:]
    return bytes(head) + struct.pack("<128I", *fat) + directory + mini_table + bytes(mini)


def add_entry(entries: list[bytearray], name: str, kind: int) -> bytearray:
    entry = bytearray(128)
    encoded = (name + "\0").encode("utf-16-le")
    entry[: len(encoded)] = encoded
    struct.pack_into("<HBBIII", entry, 64, len(encoded), kind, 1, FREE, FREE, FREE)
    entries.append(entry)
    return entry


def add_children(entries: list[bytearray], parent: int, tree: Tree, mini: bytearray, mini_fat: list[int]) -> None:
    before: bytearray | None = None
    for name, inside in tree.items():
        index = len(entries)
        entry = add_entry(entries, name, 1 if isinstance(inside, dict) else 2)
        if before is None:
            struct.pack_into("<I", entries[parent], 76, index)
        else:
            struct.pack_into("<I", before, 72, index)
        before = entry
        if isinstance(inside, dict):
            add_children(entries, index, inside, mini, mini_fat)
        elif inside:
            start, count = len(mini_fat), -(-len(inside) // 64)
            mini_fat += [*range(start + 1, start + count), END]
            mini += inside + b"\0" * (-len(inside) % 64)
            struct.pack_into("<IQ", entry, 116, start, len(inside))


def properties(values: dict[str, bytes], header: int) -> bytes:
    """The table of fixed properties: for a variable one, its tag and its size."""
    rows = b""
    for tag, data in values.items():
        size = len(data) + (2 if tag.endswith("001F") else 0)
        rows += struct.pack("<IIII", int(tag, 16), 6, size, 0)
    return b"\0" * header + rows


def storage(texts: dict[str, str], binaries: dict[str, bytes] | None = None, header: int = 8) -> Tree:
    values = {f"{tag}001F": text.encode("utf-16-le") for tag, text in texts.items()} | {f"{tag}0102": data for tag, data in (binaries or {}).items()}
    streams: Tree = {f"__substg1.0_{tag}": data for tag, data in values.items()}
    return {"__properties_version1.0": properties(values, header), **streams}


def message(subject: str, body: str, *, html: str = "", attachments: dict[str, bytes] | None = None) -> bytes:
    """A mail from Odile, as Outlook saves one."""
    texts = {"0037": subject, "0C1A": "Odile Kerbrat", "5D01": "odile@cap.example", "1000": body, "001A": "IPM.Note"}
    tree = storage({tag: text for tag, text in texts.items() if text}, {"1013": html.encode()} if html else None, header=32)
    table = tree["__properties_version1.0"]
    counts = struct.pack("<IIII", 1, len(attachments or {}), 1, len(attachments or {}))
    tree["__properties_version1.0"] = b"\0" * 8 + counts + bytes(table)[24:] if isinstance(table, bytes) else b""
    tree["__recip_version1.0_#00000000"] = storage({"3001": "Le collectif", "39FE": "collectif@port.example"})
    for number, (name, data) in enumerate((attachments or {}).items()):
        tree[f"__attach_version1.0_#{number:08X}"] = storage({"3707": name, "370E": "application/pdf"}, {"3701": data})
    return compound(tree)
