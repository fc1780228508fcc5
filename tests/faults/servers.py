"""Servers that can be frozen, stopped and emptied: a Redis of our own, and a door in front of PostgreSQL."""

from __future__ import annotations

import os
import selectors
import shutil
import signal
import socket
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

import redis

from tests.product import free_port


class Redis:
    """A Redis on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while True:
            with suppress(redis.ConnectionError):
                self.client().ping()
                return
            time.sleep(0.05)

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port)

    def freeze(self) -> None:
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    @staticmethod
    def is_here() -> bool:
        return shutil.which("redis-server") is not None


class Door:
    """Passes bytes to a server; shut, it drops every connection and takes none."""

    def __init__(self, host: str, port: int) -> None:
        self.server, self.port = (host, port), free_port()
        self.links: set[socket.socket] = set()
        self.open()

    def open(self) -> None:
        """Take connections."""
        self.listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._welcome, args=(self.listening,), daemon=True).start()

    def shut(self) -> None:
        """Drop all, and take no more."""
        with suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for link in list(self.links):
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)

    def _welcome(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        server = socket.create_connection(self.server)
        self.links.add(client)
        with suppress(OSError), client, server, selectors.DefaultSelector() as ways:
            ways.register(client, selectors.EVENT_READ, server)
            ways.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _ in ways.select():
                    content = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    if not content:
                        return
                    key.data.sendall(content)
