"""Reads mails with Python's own email package: a second opinion that shares nothing with ours.

Standard input: a JSON list of mails in base64. Standard output: a JSON list of what they say, in the same order. A field
that cannot be read is {"error": name of the exception}.
"""

import base64
import json
import sys
import time
from datetime import timezone
from email import message_from_bytes, policy


def field(read):
    try:
        return read()
    except Exception as error:
        return {"error": type(error).__name__}


def addresses(message, name):
    header = message[name]
    return [] if header is None else [each.addr_spec for each in header.addresses if each.addr_spec]


def date(message):
    header = message["date"]
    if header is None or header.datetime is None:
        return None
    moment = header.datetime
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return round(moment.timestamp() * 1000)


def body(message):
    part = message.get_body(("plain", "html"))
    return "" if part is None else part.get_content()


def reading(source):
    started = time.monotonic()
    message = message_from_bytes(source, policy=policy.default)
    return {
        "from": field(lambda: next(iter(addresses(message, "from")), None)),
        "to": field(lambda: addresses(message, "to")),
        "date": field(lambda: date(message)),
        "subject": field(lambda: str(message["subject"] or "")),
        "body": field(lambda: body(message)),
        "ms": (time.monotonic() - started) * 1000,
    }


mails = [base64.b64decode(each) for each in json.load(sys.stdin)]
json.dump([reading(mail) for mail in mails], sys.stdout)
