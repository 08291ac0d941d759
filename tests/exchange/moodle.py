"""A learning system for the tests: it signs messages with a key of its own and answers over real HTTP."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from django.test import Client
from django.urls import reverse

from panoh.ground.accounts.public import User
from panoh.learn.exchange import services, tokens
from panoh.learn.exchange.models import Platform

CLIENT_ID = "panoh-at-moodle"
LINE = "/lineitems/7/lineitem?type_id=1"
PAIR, OTHER_PAIR = tokens.new_pair(), tokens.new_pair()  # slow to make, so made once


class Moodle:
    """``scores`` holds what it keeps: one a person, and none that is not newer than the one before."""

    def __init__(self) -> None:
        self.kid, self.public, self.pem = PAIR
        self.scores: dict[str, dict[str, Any]] = {}
        self.posts: list[tuple[str, dict[str, Any]]] = []
        self.keys_asked = 0
        self.fails = 0
        self.tool_keys: list[dict[str, Any]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"

    def _handler(moodle: Any) -> type[BaseHTTPRequestHandler]:  # noqa: N805  # "self" is the request's here
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/keys"):
                    moodle.keys_asked += 1
                    self.answer(200, {"keys": [moodle.public]})
                else:
                    self.page(moodle.page_of(self.path))

            def page(self, text: str) -> None:
                sent = text.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.answer(*moodle.took(self.path, body, dict(self.headers)))

            def answer(self, status: int, said: dict[str, Any]) -> None:
                sent = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *args: object) -> None:
                pass

        return Handler

    def page_of(self, path: str) -> str:
        """``/course``: a page of a course with our tool in a frame. ``/auth``: the message, sent on by the browser."""
        parts = urlsplit(path)
        said = {name: held[0] for name, held in parse_qs(parts.query).items()}
        if parts.path == "/auth":
            make = self.choosing if said["redirect_uri"].endswith("/choose/") else self.claims
            fields = {"id_token": self.signed(make(said["nonce"])), "state": said["state"]}
            return _form(said["redirect_uri"], fields)
        target = f"{said['tool']}/lti/{said['what']}/"
        fields = {"iss": self.issuer, "client_id": CLIENT_ID, "login_hint": "42", "target_link_uri": target}
        return '<iframe name="tool" width="900" height="700"></iframe>' + _form(
            f"{said['tool']}/lti/login/", fields, "tool"
        )

    def took(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/token":
            asked = {name: held[0] for name, held in parse_qs(body.decode()).items()}
            key = jwt.PyJWK(self.tool_keys[0]).key
            said = jwt.decode(asked["client_assertion"], key, ["RS256"], audience=f"{self.issuer}/token")
            good = said["iss"] == said["sub"] == CLIENT_ID and asked["scope"] == tokens.SCORE_SCOPE
            return (200, {"access_token": "leave", "token_type": "Bearer"}) if good else (400, {})
        if self.fails:
            self.fails -= 1
            return 503, {}
        if headers["Authorization"] != "Bearer leave" or path != "/lineitems/7/lineitem/scores?type_id=1":
            return 401, {}
        score = json.loads(body)
        self.posts.append((headers["Content-Type"], score))
        held = self.scores.get(score["userId"])
        if held and held["timestamp"] >= score["timestamp"]:
            return 409, {}
        self.scores[score["userId"]] = score
        return 200, {}

    def facts(self, **other: Any) -> services.PlatformFacts:
        said = {
            "name": "Moodle",
            "issuer": self.issuer,
            "client_id": CLIENT_ID,
            "auth_url": f"{self.issuer}/auth",
            "token_url": f"{self.issuer}/token",
            "keyset_url": f"{self.issuer}/keys",
            "deployments": ["1"],
        }
        return services.PlatformFacts(**said | other)

    def registered(self, by: User) -> Platform:
        return services.keep_platform(self.facts(), by=by)

    # --- messages ---------------------------------------------------------------------------------------------------

    def claims(self, own_nonce: str, /, **other: Any) -> dict[str, Any]:
        now = int(time.time())
        said: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "42",
            "iat": now,
            "exp": now + 300,
            "nonce": own_nonce,
            "name": "Malika Karimova",
            "email": "malika@moodle.test",
            f"{tokens.CLAIM}version": "1.3.0",
            f"{tokens.CLAIM}message_type": tokens.LAUNCH,
            f"{tokens.CLAIM}deployment_id": "1",
            f"{tokens.CLAIM}resource_link": {"id": "place-9"},
            f"{tokens.CLAIM}custom": {"panoh": "short-course/test"},
            f"{tokens.CLAIM}launch_presentation": {"locale": "ru"},
            tokens.GRADES: {"scope": [tokens.SCORE_SCOPE], "lineitem": self.issuer + LINE},
        }
        return {name: value for name, value in (said | other).items() if value is not None}

    def choosing(self, nonce: str) -> dict[str, Any]:
        wanted = {"deep_link_return_url": f"{self.issuer}/back", "data": "opaque", "accept_types": ["ltiResourceLink"]}
        other = {f"{tokens.CLAIM}message_type": tokens.CHOOSE, f"{tokens.DEEP}deep_linking_settings": wanted}
        return self.claims(nonce, **other)

    def signed(self, claims: dict[str, Any], **head: Any) -> str:
        return jwt.encode(claims, self.pem, "RS256", {"kid": self.kid} | head)


def _form(action: str, fields: dict[str, str], target: str = "_self") -> str:
    inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
    form = f'<form method="post" action="{action}" target="{target}">{inputs}</form>'
    return form + "<script>document.forms[0].submit()</script>"


@contextmanager
def a_moodle() -> Iterator[Moodle]:
    moodle = Moodle()
    thread = threading.Thread(target=moodle.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield moodle
    finally:
        moodle.server.shutdown()
        moodle.server.server_close()


def asked(client: Client, moodle: Moodle, target: str = "lti:launch", **headers: Any) -> dict[str, str]:
    """The first half of a way in: what we asked the platform."""
    said = {"iss": moodle.issuer, "login_hint": "42", "target_link_uri": f"http://testserver{reverse(target)}"}
    answer = client.post(reverse("lti:login"), said | {"client_id": CLIENT_ID, "lti_message_hint": "m"}, **headers)
    assert answer.status_code == 302, answer.content.decode()
    return {name: held[0] for name, held in parse_qs(urlsplit(answer["Location"]).query).items()}


def launched(client: Client, moodle: Moodle, **other: Any) -> Any:
    """A whole way in with a good message, or with one that says ``other``."""
    way = asked(client, moodle)
    token = moodle.signed(moodle.claims(way["nonce"], **other))
    return client.post(reverse("lti:launch"), {"id_token": token, "state": way["state"]})
