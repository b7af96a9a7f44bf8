"""Many WebSocket subscribers of one process, and how long it takes until the last has an event.

No library stands between: frames are read with `epoll` and looked at, so that what is measured is the server and not the client.
"""
import base64
import json
import os
import select
import socket
import statistics
import struct
import time

from hub import HOST, Trouble


def frame(message):
    """A client's text frame; clients must mask, and a mask of zeros is a mask."""
    data = json.dumps(message).encode()
    length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack("!H", len(data))
    return b"\x81" + length + b"\0\0\0\0" + data


def messages(buffer):
    """The whole messages in a buffer, and what is left of it. Answers of the server are short and in one frame each."""
    found = []
    while len(buffer) >= 2:
        length, head = buffer[1] & 0x7F, 2
        if length == 126:
            if len(buffer) < 4:
                break
            length, head = struct.unpack("!H", buffer[2:4])[0], 4
        if len(buffer) < head + length:
            break
        if buffer[0] & 0x0F == 1:
            found.append(json.loads(buffer[head : head + length]))
        elif buffer[0] & 0x0F == 8:
            raise Trouble(f"a subscriber was closed: {buffer[head : head + length]!r}")
        buffer = buffer[head + length :]
    return found, buffer


class Subscriber:
    """One socket that has subscribed."""

    def __init__(self, port, query, variables=None, token=None):
        self.socket = socket.create_connection((HOST, port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /graphql HTTP/1.1\r\nHost: {HOST}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n").encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.receive()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise Trouble(f"a subscriber was refused: {head.splitlines()[0]!r}")
        self.socket.sendall(frame({"type": "connection_init", **({"payload": {"Authorization": f"Bearer {token}"}} if token else {})}))
        while not any(message["type"] == "connection_ack" for message in self.arrived()):
            pass
        self.socket.sendall(frame({"id": "1", "type": "subscribe", "payload": {"query": query, "variables": variables or {}}}))

    def receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise Trouble("the server hung up on a subscriber")
        return data

    def arrived(self):
        """The messages that have come since; waits for bytes where there are none."""
        found, self.buffer = messages(self.buffer + self.receive())
        return found


class Audience:
    """All subscribers."""

    def __init__(self, hub, query, size):
        before = hub.memory()["now"]
        self.of = {}
        self.poll = select.epoll()
        for _ in range(size):
            subscriber = Subscriber(hub.port, query)
            self.of[subscriber.socket.fileno()] = subscriber
            self.poll.register(subscriber.socket, select.EPOLLIN)
        # A ping is answered only after the subscription before it was taken.
        for subscriber in self.of.values():
            subscriber.socket.sendall(frame({"type": "ping"}))
        self.wait(lambda message: message["type"] == "pong", 30)
        time.sleep(1)
        self.bytes_each = (hub.memory()["now"] - before) * 1e6 / size

    def wait(self, is_it, limit):
        """The moments at which each subscriber had what was waited for; as many as there were within the limit."""
        waiting, moments, end = set(self.of), [], time.monotonic() + limit
        while waiting and (left := end - time.monotonic()) > 0:
            for number, _ in self.poll.poll(left):
                arrived = self.of[number].arrived()
                for message in arrived:
                    if message["type"] == "ping":
                        self.of[number].socket.sendall(frame({"type": "pong"}))
                    if message["type"] in ("error", "complete"):
                        raise Trouble(f"a subscription ended: {message}")
                if number in waiting and any(is_it(message) for message in arrived):
                    moments.append(time.monotonic())
                    waiting.discard(number)
        return moments

    def close(self):
        for subscriber in self.of.values():
            subscriber.socket.close()
        self.poll.close()


def measure(hub, query, size, causes):
    """Runs each of `causes` and sees who hears of it: a cause prepares, answers how to begin, what to look for, and how to end."""
    audience = Audience(hub, query, size)
    lost, firsts, lasts = 0, [], []
    try:
        for cause in causes:
            begin, word, end = cause()
            begun = time.monotonic()
            begin()
            moments = audience.wait(lambda message, word=word: message["type"] == "next" and word in json.dumps(message["payload"]), 10)
            end()
            lost += size - len(moments)
            if moments:
                firsts.append((moments[0] - begun) * 1000)
                lasts.append((moments[-1] - begun) * 1000)
            time.sleep(0.2)
    finally:
        audience.close()
    if not lasts:
        raise Trouble("no subscriber heard of anything")
    return {"subscribers": size, "events": len(lasts), "lost": lost, "first": statistics.median(firsts), "last": statistics.median(lasts),
            "worst": max(lasts), "kilobytes": audience.bytes_each / 1000}
