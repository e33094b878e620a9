"""Messages between the node and a query process: a length, then that many bytes.

Whoever receives says how many bytes it will take, before any room is made for them: a query process may be taken over by
what it runs, and a length is all it would need to take the node's memory."""

import socket
import struct

_LENGTH = struct.Struct("!Q")


class TooLong(Exception):
    def __init__(self, length: int, most: int) -> None:
        self.length, self.most = length, most
        super().__init__(f"A message of {length} bytes was announced; {most} are taken. It wasn't read.")


def send(connection: socket.socket, message: bytes | memoryview) -> None:
    connection.sendall(_LENGTH.pack(len(message)))
    connection.sendall(message)


def receive(connection: socket.socket, *, most: int) -> bytearray | None:
    """None when the other side is gone. Raises TooLong."""
    head = _exactly(connection, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > most:
        raise TooLong(length, most)
    return _exactly(connection, length)


def _exactly(connection: socket.socket, size: int) -> bytearray | None:
    buffer = bytearray(size)
    view, filled = memoryview(buffer), 0
    while filled < size:
        count = connection.recv_into(view[filled:])
        if count == 0:
            return None
        filled += count
    return buffer
