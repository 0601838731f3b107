"""A chat server on this machine that translates by shifting letters, and misbehaves when told to.

It speaks the part of the OpenAI protocol that inference servers share. What it is asked is kept, so that a test can
look at it; what it is told to do wrong it does to the next requests, one each.
"""

import json
import re
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pipeline.translate.fake import rotate

Question = dict[str, Any]
Deed = Callable[[BaseHTTPRequestHandler, Question], None]

_TAG = re.compile(r'(<x\d* id="\d+"/>)')


def shift(text: str) -> str:
    """Translate: letters are shifted, placeholders stay."""
    return "".join(part if _TAG.fullmatch(part) else rotate(part) for part in _TAG.split(text))


def asked(question: Question) -> dict[str, Any]:
    """Return the JSON object that the question's last message is."""
    content: dict[str, Any] = json.loads(question["messages"][-1]["content"])
    return content


def translate_all(question: Question) -> dict[str, str]:
    return {key: shift(text) for key, text in asked(question)["translate"].items()}


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def say(content: str | None, finish: str = "stop") -> Deed:
    """Answer in the right envelope, whatever the words."""

    def deed(handler: BaseHTTPRequestHandler, question: Question) -> None:
        choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
        reply(handler, 200, json.dumps({"object": "chat.completion", "choices": [choice]}).encode())

    return deed


def answer(change: Callable[[dict[str, str]], dict[str, str] | str]) -> Deed:
    """Answer as asked, with a change to the translations."""

    def deed(handler: BaseHTTPRequestHandler, question: Question) -> None:
        changed = change(translate_all(question))
        say(changed if isinstance(changed, str) else json.dumps(changed))(handler, question)

    return deed


def status(code: int, body: str = "", **headers: str) -> Deed:
    return lambda handler, question: reply(
        handler, code, body.encode(), {name.replace("_", "-"): value for name, value in headers.items()}
    )


def raw(body: bytes) -> Deed:
    return lambda handler, question: reply(handler, 200, body)


def cut(handler: BaseHTTPRequestHandler, question: Question) -> None:
    """Promise more than is sent, and hang up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def slow(seconds: float) -> Deed:
    """Say nothing for a while."""

    def deed(handler: BaseHTTPRequestHandler, question: Question) -> None:
        time.sleep(seconds)
        answer(dict)(handler, question)

    return deed


def drip(seconds: float) -> Deed:
    """Send a byte now and then, so that no single wait is long."""

    def deed(handler: BaseHTTPRequestHandler, question: Question) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.02)
        handler.close_connection = True

    return deed


class ChatServer:
    """The server; use it as a context manager.

    Attributes:
        questions: The bodies of all requests, in the order in which they came.
        headers: Their headers.
        times: When they came, in seconds.
        deeds: What to do to the next requests instead of answering them.
        always: What to do to all requests; answer them by default.
        most_at_once: The most requests that were ever under way together.
    """

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []
        self.deeds: deque[Deed] = deque()
        self.always: Deed = answer(dict)
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            timeout = 5

            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                deed = outer.note(question, dict(self.headers))
                try:
                    deed(self, question)
                except OSError:
                    self.close_connection = True
                finally:
                    outer.done()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def note(self, question: Question, headers: dict[str, str]) -> Deed:
        with self._lock:
            self.questions.append(question)
            self.headers.append(headers)
            self.times.append(time.monotonic())
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            return self.deeds.popleft() if self.deeds else self.always

    def done(self) -> None:
        with self._lock:
            self._at_once -= 1

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def __enter__(self) -> "ChatServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
