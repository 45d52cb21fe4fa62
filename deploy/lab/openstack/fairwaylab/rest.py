# SPDX-License-Identifier: Apache-2.0
"""JSON over HTTP, and tokens."""

import json
import urllib.error
import urllib.request

from fairwaylab.place import PASSWORD
from fairwaylab.processes import Failed

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Session:
    """Somebody with a token."""

    def __init__(self, identity, user, project):
        self.identity = identity
        scope = {"project": {"name": project, "domain": {"id": "default"}}}
        password = {"user": {"name": user, "domain": {"id": "default"}, "password": PASSWORD}}
        body = {"auth": {"identity": {"methods": ["password"], "password": password}, "scope": scope}}
        answer, headers = call("POST", identity + "/auth/tokens", body)
        self.token = headers["X-Subject-Token"]
        self.user = answer["token"]["user"]["id"]
        self.project = answer["token"]["project"]["id"]

    def get(self, url):
        return call("GET", url, None, self.token)[0]

    def put(self, url, body=None):
        return call("PUT", url, body, self.token)[0]

    def post(self, url, kind, /, **attributes):
        """Makes one object and returns it."""
        return call("POST", url, {kind: attributes}, self.token)[0][kind]


def call(method, url, body=None, token=None):
    request = urllib.request.Request(url, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("X-Auth-Token", token)
    try:
        with DIRECT.open(request, timeout=60) as answer:
            text = answer.read()
            return (json.loads(text) if text else None), answer.headers
    except urllib.error.HTTPError as error:
        raise Failed(f"{method} {url}: {error.code} {error.read().decode(errors='replace')[:400]}") from error


def answers(url):
    """Whether somebody speaks HTTP there, whatever is said."""
    try:
        DIRECT.open(url, timeout=5).close()
        return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
