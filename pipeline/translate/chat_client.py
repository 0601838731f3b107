"""One question, one answer, from a chat server that may be busy, slow, broken or hostile.

Takes a request body for an OpenAI-compatible endpoint and gives the answer's text. What may pass (too many requests,
a server's own error, a cut connection, silence) is tried again, later and later, or when the server says; what will
not is an error at once. Every answer is bounded in size and time. A release is confidential until it is published:
nothing leaves the machine unless the configuration says so, not through a redirect and not through a proxy either.
"""

import json
import os
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from random import SystemRandom
from typing import Any

import httpx2

from pipeline.errors import ConfigError, TranslatorError

MAX_ANSWER_BYTES = 4_000_000
MAX_WAIT_SECONDS = 300.0
"""Longest wait that a server may ask for; beyond it, it is taken at its word and not asked again."""
_PASSES = frozenset({408, 409, 425, 429})
_NOT_OURS_TO_USE = {
    401: "it wants a key, or another one",
    403: "it does not let this key use the model",
    404: "it has no such model or no such address",
}
_JITTER = SystemRandom()


class EndpointError(TranslatorError):
    """The server does not answer, whatever it is asked: other texts would fare no better."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model said.

    Attributes:
        text: Its words; empty if it refused to say anything.
        complete: Whether it came to an end by itself, and was not cut off or held back.
    """

    text: str
    complete: bool


@dataclass(slots=True)
class Pace:
    """How often requests may start, for all threads together.

    Attributes:
        requests_per_minute: None for as often as one likes.
    """

    requests_per_minute: float | None = None
    _next: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self) -> None:
        """Return when the next request may start."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next)
            if self.requests_per_minute:
                self._next = start + 60 / self.requests_per_minute
        if start > now:
            time.sleep(start - now)

    def hold(self, seconds: float) -> None:
        """Let no request start for a while: the server has said that it has too many."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)


class ChatClient:
    """Asks one endpoint.

    Args:
        url: The endpoint's base, up to and including its version: `http://localhost:8000/v1`.
        allow_remote: Whether it may be on another machine.
        api_key_env: The environment variable that holds the key; empty where none is wanted.
        timeout_seconds: How long one answer may take from the question to its last byte.
        attempts: How often one question is asked at most.
        backoff_seconds: Longest wait before the second attempt; it doubles with each.
        requests_per_minute: None for as many as one likes.

    Raises:
        ConfigError: The address cannot be used, or is another machine's and that is not allowed.
    """

    def __init__(
        self,
        url: str,
        *,
        allow_remote: bool = False,
        api_key_env: str = "",
        timeout_seconds: float = 120.0,
        attempts: int = 6,
        backoff_seconds: float = 1.0,
        requests_per_minute: float | None = None,
    ) -> None:
        self._url = _require_url(url, allow_remote)
        self._api_key_env = api_key_env
        self._timeout_seconds = timeout_seconds
        self._attempts = attempts
        self._backoff_seconds = backoff_seconds
        self._pace = Pace(requests_per_minute)
        self._http: httpx2.Client | None = None
        self._lock = threading.Lock()

    @property
    def host(self) -> str:
        """The endpoint's address as it stands in the signature, without anything secret."""
        return str(self._url)

    def ask(self, body: dict[str, Any]) -> Answer:
        """Send a request and return the answer; may be called from several threads at once.

        Raises:
            EndpointError: The server cannot be reached, keeps failing, or does not let us in.
            TranslatorError: It will not answer this request, or its answer is none.
        """
        # ASCII alone: a lone surrogate has no UTF-8, but it has an escape.
        content = json.dumps(body, ensure_ascii=True, allow_nan=False).encode("ascii")
        key = self._key()
        reason = ""
        for attempt in range(self._attempts):
            self._pace.wait()
            wait: float | None = None
            try:
                status, headers, answer = self._send(content, key)
            except (httpx2.TransportError, TimeoutError) as error:
                reason = f"{type(error).__name__}: {error}".removesuffix(": ")
            else:
                if status == 200:
                    return _read_answer(answer)
                reason = f"it answered {status}: {_excerpt(answer, key)}"
                if status in _NOT_OURS_TO_USE:
                    raise EndpointError(f"{self.host}: {reason}", f"{_NOT_OURS_TO_USE[status]}; mend the configuration")
                if status < 500 and status not in _PASSES:
                    raise TranslatorError(f"{self.host} refuses a request: {reason}", "see the server's own log")
                wait = _retry_after(headers.get("retry-after", ""))
            if wait is not None and wait > MAX_WAIT_SECONDS:
                raise EndpointError(f"{self.host} wants to be left alone for {wait:.0f} s", "run again later")
            if attempt + 1 < self._attempts:
                self._back_off(attempt, wait)
        raise EndpointError(
            f"{self.host} does not answer after {self._attempts} attempts ({reason})",
            "see that the server runs and that its address is right, then run again: what was finished is kept",
        )

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            if self._http is not None:
                self._http.close()
            self._http = None

    def _key(self) -> str:
        if not self._api_key_env:
            return ""
        key = os.environ.get(self._api_key_env, "").strip()
        if not key or not (key.isascii() and key.isprintable()):
            raise EndpointError(
                f"the environment variable {self._api_key_env} holds no key for {self.host}",
                f"export {self._api_key_env}=…",
            )
        return key

    def _send(self, content: bytes, key: str) -> tuple[int, httpx2.Headers, bytes]:
        """Send one request and read no more of the answer, nor longer, than is allowed."""
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        deadline = time.monotonic() + self._timeout_seconds
        received = bytearray()
        with self._connections().stream("POST", self._url, content=content, headers=headers) as response:
            for chunk in response.iter_raw():
                received += chunk
                if len(received) > MAX_ANSWER_BYTES:
                    raise TranslatorError(f"{self.host} gave an answer of more than {MAX_ANSWER_BYTES:,} bytes")
                if time.monotonic() > deadline:
                    raise TimeoutError(f"no whole answer within {self._timeout_seconds:g} s")
            return response.status_code, response.headers, bytes(received)

    def _connections(self) -> httpx2.Client:
        with self._lock:
            if self._http is None:
                local = is_loopback(self._url.host)
                # A proxy is another machine: what is meant for this one must not go there.
                self._http = httpx2.Client(
                    timeout=self._timeout_seconds,
                    limits=httpx2.Limits(),  # as many connections as there are threads
                    follow_redirects=False,
                    trust_env=not local,
                )
            return self._http

    def _back_off(self, attempt: int, wait: float | None) -> None:
        if wait is not None:
            self._pace.hold(wait)
            return
        longest = min(self._backoff_seconds * 2**attempt, MAX_WAIT_SECONDS)
        time.sleep(_JITTER.uniform(longest / 2, longest))


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its very name; no name is looked up."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _require_url(url: str, allow_remote: bool) -> httpx2.URL:
    where = "a chat system"
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise ConfigError([f"url: {error}; give one such as http://localhost:8000/v1"], where) from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise ConfigError([f"url: “{url}” is not the address of a server, such as http://localhost:8000/v1"], where)
    if parsed.userinfo or parsed.query or parsed.fragment:
        raise ConfigError(
            ["url: it holds more than an address; put the key into an environment variable and name it in api_key_env"],
            where,
        )
    if not allow_remote and not is_loopback(parsed.host):
        raise ConfigError(
            [
                f"url: {parsed.host} is another machine, and releases would leave this one; "
                "set allow_remote = true if they may"
            ],
            where,
        )
    return parsed.copy_with(path=f"{parsed.path.rstrip('/')}/chat/completions")


def _retry_after(value: str) -> float | None:
    """Read a Retry-After header, seconds or a date (RFC 9110, section 10.2.3)."""
    if not value:
        return None
    if value.strip().isdecimal() and len(value) < 10:
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _read_answer(data: bytes) -> Answer:
    try:
        choice = json.loads(data)["choices"][0]
        text, finish = choice["message"].get("content"), choice.get("finish_reason")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise TranslatorError(
            "the server's answer is not that of a chat endpoint", "see that its address ends in /v1"
        ) from error
    return Answer(text if isinstance(text, str) else "", finish in {"stop", None})


def _excerpt(data: bytes, key: str) -> str:
    """Return the start of an error's text, without the key, which some servers repeat."""
    text = data.decode("utf-8", "replace")
    if key:
        text = text.replace(key, "[key]")
    return " ".join(text[:1000].split())[:200]
