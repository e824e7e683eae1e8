#!/usr/bin/env python3
"""A client of Trunkline's upstream protocol, written from docs/upstream-protocol.md with the standard library alone.

    trunkline.py --port 7400 --tenant acme --token env:TOKEN submit --from +4915112345 --to +306912345678 --text 'Hello'
    trunkline.py --port 7400 --tenant acme --token env:TOKEN submit --csv messages.csv --wait 30
    trunkline.py --port 7400 --tenant acme --token env:TOKEN --name billing events --cursor billing.cursor
    trunkline.py self-check docs/upstream-protocol.md

The CSV has a header line with the columns from, to, text, and optionally reference (32 hexadecimal digits), class
(otp, transactional, bulk) and sender (number, alphanumeric, pool). Every answer and event is printed as one JSON line.
"""

import argparse
import collections
import csv
import json
import os
import random
import re
import select
import socket
import ssl
import struct
import sys
import time
import uuid

SCHEMA_ID = 741
VERSION = 3
HEADER = struct.Struct("<iHHHH")  # length, blockLength, templateId, schemaId, version
HANDSHAKE_LIMIT = 4096

NULL_INT64 = -(2**63)
NULL_UINT32 = 2**32 - 1
NULL_UINT8 = 255

MESSAGE_CLASS = {"otp": 1, "transactional": 2, "bulk": 3}
SENDER_TYPE = {"number": 1, "alphanumeric": 2, "pool": 3}
RECEIPT_WISH = {"none": 1, "final": 2, "all": 3}
ENCODING = {1: "GSM7", 2: "LATIN1", 3: "UCS2", 4: "BINARY"}
DURABILITY = {1: "PROCESS", 2: "DISK"}
CANCEL_OUTCOME = {1: "CANCELLED", 2: "TOO_LATE", 3: "NOT_FOUND"}
STATE = {1: "ACCEPTED", 2: "SENT", 3: "IN_DOUBT", 10: "DELIVERED", 11: "UNDELIVERED", 12: "FAILED", 13: "EXPIRED",
         14: "CANCELLED", 15: "UNKNOWN"}
FIRST_TERMINAL_STATE = 10
REPLAY_FLAG = 4

# Section 5 of the page: template, name, fields of the block in their order, variable fields in theirs.
# struct codes: B uint8, H uint16, I uint32, Q uint64, q int64. There is no padding, hence "<".
LAYOUT = {
    1: ("Hello", "H:protocolVersion B:flags I:eventWindow q:resumeAfter", "tenant token clientName"),
    2: ("Welcome", "H:protocolVersion B:durability I:credit I:maxFrameLength I:idleTimeoutMs q:resumedAfter "
        "q:lastEventSequence q:serverTimeMs I:eventWindow", "server"),
    3: ("Reject", "H:code I:retryAfterMs B:flags", "text"),
    4: ("SubmitMessage", "Q:referenceHi Q:referenceLo q:scheduledAtMs q:priceCapMicros I:validityMs B:messageClass "
        "B:senderType B:receiptWish B:dataCoding B:flags", "from to body campaign tags"),
    5: ("SubmitAccepted", "Q:referenceHi Q:referenceLo Q:unitId B:encoding B:segments B:state B:duplicate B:durability",
        ""),
    6: ("SubmitRefused", "Q:referenceHi Q:referenceLo I:retryAfterMs H:code B:flags", "text"),
    7: ("CancelMessage", "Q:unitId", ""),
    8: ("CancelResult", "Q:unitId B:outcome", ""),
    9: ("MessageStatus", "q:sequence Q:unitId Q:referenceHi Q:referenceLo q:timeMs I:rawCode H:code B:state B:flags "
        "B:segments B:segmentsDelivered", ""),
    10: ("InboundMessage", "q:sequence Q:unitId q:timeMs B:encoding B:dataCoding B:segments B:segmentsMissing B:flags",
         "from to body"),
    11: ("EventAck", "q:sequence", ""),
    12: ("Credit", "I:credit", ""),
    13: ("Ping", "Q:nonce", ""),
    14: ("Pong", "Q:nonce", ""),
    15: ("Goodbye", "H:code I:retryAfterMs B:flags", "text"),
    16: ("PlaceCall", "Q:referenceHi Q:referenceLo I:ringTimeoutMs I:maxDurationMs", "from to media"),
    17: ("CallEvent", "q:sequence Q:unitId Q:referenceHi Q:referenceLo q:timeMs H:code B:state B:direction B:flags H:status "
         "H:cause I:pddMs I:setupMs I:talkMs", "media from to"),
    18: ("EndCall", "Q:unitId", ""),
    19: ("Conversion", "Q:unitId q:convertedAtMs", ""),
    20: ("CallAccepted", "Q:referenceHi Q:referenceLo Q:unitId B:state B:duplicate B:durability", ""),
    60: ("ReplayEvents", "Q:requestId q:fromMs q:toMs q:fromIndex q:toIndex Q:unitId I:eventsPerSecond", ""),
    61: ("ReplayProgress", "Q:requestId q:nextIndex Q:events", ""),
    62: ("ReplayEnded", "Q:requestId q:nextIndex Q:events q:oldestIndex q:oldestMs I:retryAfterMs H:code B:flags", "text"),
    63: ("StopReplay", "Q:requestId", ""),
}


class Message:
    """How one message lies in its frame."""

    def __init__(self, template, name, fields, data):
        self.template = template
        self.name = name
        pairs = [field.split(":") for field in fields.split()]
        self.fields = [field for _, field in pairs]
        self.block = struct.Struct("<" + "".join(code for code, _ in pairs))
        self.data = data.split()


BY_TEMPLATE = {template: Message(template, *layout) for template, layout in LAYOUT.items()}
BY_NAME = {message.name: message for message in BY_TEMPLATE.values()}


class ProtocolError(Exception):
    """The peer sent what cannot be read."""


class Refused(Exception):
    """The gateway said no to the connection: code, retryable, retry_after (seconds), text."""

    def __init__(self, values):
        super().__init__("%d %s" % (values["code"], values["text"].decode()))
        self.code = values["code"]
        self.retryable = bool(values["flags"] & 1) or self.code == 0
        self.retry_after = values["retryAfterMs"] / 1000


def encode(name, **values):
    """One frame."""
    message = BY_NAME[name]
    block = message.block.pack(*(values[field] for field in message.fields))
    data = b""
    for field in message.data:
        value = values[field]
        value = value.encode() if isinstance(value, str) else value
        data += struct.pack("<H", len(value)) + value
    length = HEADER.size - 4 + len(block) + len(data)
    return HEADER.pack(length, len(block), message.template, SCHEMA_ID, VERSION) + block + data


def frame_length(buffer, limit):
    """The length of the frame at the head of the buffer, or None while it is not all there."""
    if len(buffer) < 4:
        return None
    length = struct.unpack_from("<i", buffer)[0]
    if length < HEADER.size - 4 or length > limit:
        raise ProtocolError("frame length %d" % length)
    return 4 + length if len(buffer) >= 4 + length else None


def decode(frame):
    """Name and values of a whole frame; name None for a message that is not known here."""
    _, block_length, template, schema, version = HEADER.unpack_from(frame)
    end = len(frame)
    if schema != SCHEMA_ID or version == 0 or HEADER.size + block_length > end:
        raise ProtocolError("header %s" % frame[:12].hex())
    message = BY_TEMPLATE.get(template)
    if message is None:
        return None, {}
    if block_length < message.block.size:
        raise ProtocolError("block of %d bytes in %s" % (block_length, message.name))
    values = dict(zip(message.fields, message.block.unpack_from(frame, HEADER.size)))
    position = HEADER.size + block_length  # not block.size: a newer version's block is longer
    for field in message.data:
        if position + 2 > end:
            raise ProtocolError("no length of %s in %s" % (field, message.name))
        length = struct.unpack_from("<H", frame, position)[0]
        position += 2
        if position + length > end:
            raise ProtocolError("%s ends after the frame in %s" % (field, message.name))
        values[field] = bytes(frame[position:position + length])
        position += length
    if position != end and version <= VERSION:
        raise ProtocolError("bytes left after %s" % message.name)
    return message.name, values


class Client:
    """One tenant's client: submits within the credit, reconnects, sends the unanswered again, resumes its events.

    Single-threaded: call poll() often. Callbacks: on_answer(reference, values, accepted), on_event(name, values).
    An event is acknowledged when on_event has returned.
    """

    def __init__(self, address, tenant, token, name="", events=False, resume_after=None, tls=None,
                 server_name=None, on_answer=None, on_event=None, log=lambda text: None):
        self.address = address
        self.tenant = tenant
        self.token = token
        self.name = name
        self.events = events
        self.tls = tls
        self.server_name = server_name or address[0]
        self.on_answer = on_answer or (lambda reference, values, accepted: None)
        self.on_event = on_event or (lambda event, values: None)
        self.log = log
        self.safe = resume_after
        self.acknowledged = None
        self.welcome = None
        self.credit = 0
        self.unanswered = collections.OrderedDict()  # reference -> [frame, sent on this connection]
        self.in_flight = 0
        self.failures = 0
        self.retry_after = 0
        self.socket = None

    # --- connection ---

    def connect(self):
        """Connects and authenticates; raises Refused or OSError."""
        raw = socket.create_connection(self.address, timeout=10)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = self.tls.wrap_socket(raw, server_hostname=self.server_name) if self.tls else raw
        self.received = bytearray()
        self.last_heard = self.last_sent = time.monotonic()
        self.limit = HANDSHAKE_LIMIT
        self.welcome = None
        self._send(encode("Hello", protocolVersion=1, flags=1 if self.events else 0, eventWindow=0,
                          resumeAfter=NULL_INT64 if self.safe is None else self.safe,
                          tenant=self.tenant, token=self.token, clientName=self.name))
        deadline = time.monotonic() + 10
        while self.welcome is None:
            if time.monotonic() > deadline:
                raise OSError("no answer to Hello")
            self._receive(0.1)
        self.failures = 0
        for entry in self.unanswered.values():
            entry[1] = False
        self.in_flight = 0
        self._send_unsent()

    def _reconnect(self):
        while True:
            delay = min(10, 0.1 * 2**min(self.failures, 10))
            self.failures += 1
            wait = delay / 2 + random.random() * delay / 2
            try:
                time.sleep(max(wait, self.retry_after))
                self.retry_after = 0
                self.connect()
                return
            except Refused as refused:
                if not refused.retryable:
                    raise
                self.retry_after = refused.retry_after
                self.log("refused: %s" % refused)
            except (OSError, ProtocolError) as error:
                self.log("cannot connect: %s" % error)

    def close(self):
        if self.socket is not None:
            try:
                self._acknowledge()
                self._send(encode("Goodbye", code=0, retryAfterMs=0, flags=0, text=""))
            except OSError:
                pass
            self.socket.close()
            self.socket = None

    def poll(self, seconds=0.0):
        """Handles what has come, waiting at most so long; reconnects where needed."""
        try:
            self._receive(seconds)
            if time.monotonic() - self.last_sent > self._idle() / 3:
                self._send(encode("Ping", nonce=1))
            if time.monotonic() - self.last_heard > self._idle():
                raise OSError("the gateway is silent")
        except (OSError, ProtocolError) as error:
            self.log("connection lost: %s" % error)
            self._lost()
        except Refused as refused:
            self.log("closed by the gateway: %s" % refused)
            if not refused.retryable:
                raise
            self.retry_after = refused.retry_after
            self._lost()

    def _lost(self):
        self.socket.close()
        self._reconnect()

    def _idle(self):
        return (self.welcome["idleTimeoutMs"] or 30000) / 1000

    def _send(self, frame):
        self.socket.settimeout(10)
        self.socket.sendall(frame)
        self.last_sent = time.monotonic()

    def _receive(self, seconds):
        pending = self.tls and self.socket.pending()
        if not pending and not select.select([self.socket], [], [], seconds)[0]:
            return
        self.socket.settimeout(0)
        try:
            chunk = self.socket.recv(65536)
        except (BlockingIOError, ssl.SSLWantReadError):
            return  # TLS had something to say to itself
        if not chunk:
            raise OSError("the gateway closed the connection")
        self.last_heard = time.monotonic()
        self.received += chunk
        while True:
            length = frame_length(self.received, self.limit)
            if length is None:
                break
            frame = bytes(self.received[:length])
            del self.received[:length]
            self._on_frame(*decode(frame))
        self._acknowledge()
        self._send_unsent()

    def _on_frame(self, name, values):
        if name == "Welcome":
            self.welcome = values
            self.limit = values["maxFrameLength"]
            self.credit = values["credit"]
            self.safe = self.acknowledged = values["resumedAfter"]
        elif name in ("Reject", "Goodbye"):
            raise Refused(values)
        elif name in ("SubmitAccepted", "SubmitRefused"):
            reference = values["referenceHi"] << 64 | values["referenceLo"]
            if self.unanswered.pop(reference, None) is not None:
                self.in_flight -= 1
                self.on_answer("%032x" % reference, values, name == "SubmitAccepted")
        elif name in ("ReplayProgress", "ReplayEnded"):
            self.on_event(name, values)
        elif name in ("MessageStatus", "InboundMessage", "CallEvent"):
            if values["flags"] & REPLAY_FLAG:  # asked for once more: beside the subscription
                self.on_event(name, values)
            elif values["sequence"] > self.safe:
                self.on_event(name, values)
                self.safe = values["sequence"]
                if self.safe - self.acknowledged >= max(1, self.welcome["eventWindow"] // 2):
                    self._acknowledge()
        elif name == "Credit":
            self.credit = values["credit"]
        elif name == "Ping":
            self._send(encode("Pong", nonce=values["nonce"]))
        elif name == "CancelResult":
            self.on_event(name, values)
        # Pong says nothing more; a message that is not known here is passed over.

    def _acknowledge(self):
        if self.events and self.welcome and self.safe > self.acknowledged:
            self._send(encode("EventAck", sequence=self.safe))
            self.acknowledged = self.safe

    def replay(self, from_ms=None, to_ms=None, from_index=None, to_index=None, unit=0, rate=0):
        """Asks for events once more; told to on_event, ReplayEnded last. A lost connection ends it without a word."""
        bounds = [NULL_INT64 if bound is None else bound for bound in (from_ms, to_ms, from_index, to_index)]
        self._send(encode("ReplayEvents", requestId=1, fromMs=bounds[0], toMs=bounds[1], fromIndex=bounds[2],
                          toIndex=bounds[3], unitId=unit, eventsPerSecond=rate))

    # --- submitting ---

    def submit(self, to, text, sender="", sender_type="number", reference=None, message_class="transactional",
               receipts="final", validity_ms=None):
        """Takes a text message and returns its reference; sent within the credit, answered through on_answer.

        Look at backlog() before: what is over the credit waits here, in memory.
        """
        reference = uuid.uuid4().int if reference is None else reference
        if reference == 0 or reference in self.unanswered:
            raise ValueError("reference %032x is zero or on its way" % reference)
        frame = encode("SubmitMessage", referenceHi=reference >> 64, referenceLo=reference & (2**64 - 1),
                       scheduledAtMs=NULL_INT64, priceCapMicros=NULL_INT64,
                       validityMs=NULL_UINT32 if validity_ms is None else validity_ms,
                       messageClass=MESSAGE_CLASS[message_class], senderType=SENDER_TYPE[sender_type],
                       receiptWish=RECEIPT_WISH[receipts], dataCoding=NULL_UINT8, flags=0,
                       **{"from": sender}, to=to, body=text, campaign="", tags="")
        if len(frame) - 4 > self.limit:
            raise ValueError("message of %d bytes, the gateway takes %d" % (len(frame), self.limit))
        self.unanswered[reference] = [frame, False]
        self._send_unsent()
        return "%032x" % reference

    def backlog(self):
        """Submits that wait for credit."""
        return len(self.unanswered) - self.in_flight

    def _send_unsent(self):
        if self.welcome is None or self.in_flight >= self.credit or not self.backlog():
            return
        batch = bytearray()
        for entry in self.unanswered.values():
            if self.in_flight >= self.credit:
                break
            if not entry[1]:
                batch += entry[0]
                entry[1] = True
                self.in_flight += 1
        try:
            self._send(batch)
        except OSError as error:
            # The next poll() meets the same error and reconnects; what was sent is sent again then.
            self.log("send failed: %s" % error)


# --- command line ---

def printable(name, values):
    shown = {"message": name}
    for key, value in values.items():
        if key == "referenceHi":
            shown["reference"] = "%016x%016x" % (value, values["referenceLo"])
        elif key == "referenceLo":
            continue
        elif key == "body" and values.get("encoding") == 4:
            shown[key] = value.hex()
        elif isinstance(value, bytes):
            shown[key] = value.decode(errors="replace")
        elif key == "state":
            shown[key] = STATE.get(value, value)
        elif key == "encoding":
            shown[key] = ENCODING.get(value, value)
        elif key == "durability":
            shown[key] = DURABILITY.get(value, value)
        elif key == "outcome":
            shown[key] = CANCEL_OUTCOME.get(value, value)
        elif key == "flags" and name in ("SubmitRefused",):
            shown["retryable"] = bool(value & 1)
        elif key == "flags":
            shown["possibleDuplicate"], shown["replayed"] = bool(value & 1), bool(value & 2)
        else:
            shown[key] = value
    return json.dumps(shown, ensure_ascii=False)


def show(name, values):
    print(printable(name, values), flush=True)


def secret(text):
    """env:NAME, file:PATH, or the secret itself."""
    if text.startswith("env:"):
        return os.environ[text[4:]]
    if text.startswith("file:"):
        with open(text[5:], encoding="utf-8") as file:
            return file.read().strip()
    return text


def tls_context(arguments):
    if not arguments.tls:
        return None
    context = ssl.create_default_context(cafile=arguments.ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def make_client(arguments, events, resume_after=None, **callbacks):
    return Client((arguments.host, arguments.port), arguments.tenant, secret(arguments.token), name=arguments.name,
                  events=events, resume_after=resume_after, tls=tls_context(arguments),
                  server_name=arguments.server_name, log=lambda text: print(text, file=sys.stderr), **callbacks)


def rows_of(arguments):
    if arguments.csv:
        with open(arguments.csv, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield row
    else:
        for _ in range(arguments.count):
            yield {"from": arguments.sender, "to": arguments.to, "text": arguments.text,
                   "class": arguments.message_class, "sender": arguments.sender_type}


def run_submit(arguments):
    """Exit code 0: all accepted and, with --wait, all in a terminal state; 4: some refused; 1: some without an end."""
    counts = collections.Counter()
    own = set()
    open_units = set()
    ended = {}  # By unit, of others' as well: an end may come before the answer that says whose it is.

    def on_answer(reference, values, accepted):
        show("SubmitAccepted" if accepted else "SubmitRefused", values)
        counts["accepted" if accepted else "refused"] += 1
        if accepted:
            own.add(values["unitId"])
        if accepted and values["unitId"] not in ended and values["state"] < FIRST_TERMINAL_STATE:
            open_units.add(values["unitId"])

    def on_event(name, values):
        show(name, values)
        if name == "MessageStatus" and values["state"] >= FIRST_TERMINAL_STATE:
            ended[values["unitId"]] = STATE.get(values["state"], "?").lower()
            open_units.discard(values["unitId"])

    client = make_client(arguments, arguments.wait > 0, on_answer=on_answer, on_event=on_event)
    client.connect()
    for row in rows_of(arguments):
        while client.backlog() > 0:
            client.poll(1)
        reference = int(row["reference"], 16) if row.get("reference") else None
        client.submit(row["to"], row["text"], sender=row.get("from") or "", reference=reference,
                      sender_type=row.get("sender") or "number", message_class=row.get("class") or "transactional")
    while client.unanswered:
        client.poll(1)
    deadline = time.monotonic() + arguments.wait
    while open_units and time.monotonic() < deadline:
        client.poll(min(1, max(0.01, deadline - time.monotonic())))
    client.close()
    counts.update(ended[unit] for unit in own if unit in ended)
    waited = " open=%d" % len(open_units) if arguments.wait else ""
    print("submitted=%d %s%s" % (counts["accepted"] + counts["refused"],
                                 " ".join("%s=%d" % item for item in sorted(counts.items())), waited))
    return 4 if counts["refused"] else 1 if arguments.wait and open_units else 0


def run_events(arguments):
    """Prints events for ever, or until --count of them; keeps its place in --cursor over restarts."""
    resume_after = None
    if arguments.cursor and os.path.exists(arguments.cursor):
        with open(arguments.cursor, encoding="ascii") as file:
            resume_after = int(file.read())
    seen = 0

    def on_event(name, values):
        nonlocal seen
        show(name, values)
        seen += 1
        if arguments.cursor:
            # Renamed into place: the place is never half written, and safe before it is acknowledged.
            with open(arguments.cursor + ".new", "w", encoding="ascii") as file:
                file.write(str(values["sequence"]))
                file.flush()
                os.fsync(file.fileno())
            os.replace(arguments.cursor + ".new", arguments.cursor)

    client = make_client(arguments, True, resume_after=resume_after, on_event=on_event)
    client.connect()
    deadline = time.monotonic() + arguments.wait if arguments.wait else None
    while (not arguments.count or seen < arguments.count) and (deadline is None or time.monotonic() < deadline):
        client.poll(0.2)
    client.close()
    return 1 if arguments.count and seen < arguments.count else 0


def run_replay(arguments):
    """Prints events that happened before. Exit code 0: that was all; 1: the gateway did not go on, and said why."""
    ended = []
    next_index = arguments.from_index

    def on_event(name, values):
        nonlocal next_index
        show(name, values)
        if name == "ReplayProgress":
            next_index = values["nextIndex"]
        if name == "ReplayEnded":
            ended.append(values)

    client = make_client(arguments, False, on_event=on_event)
    client.connect()
    asked_of = None
    while not ended:
        if client.welcome is not asked_of:  # a new connection: on from the last progress
            asked_of = client.welcome
            client.replay(from_ms=arguments.from_ms, to_ms=arguments.to_ms, from_index=next_index,
                          unit=arguments.unit, rate=arguments.rate)
        client.poll(0.2)
    client.close()
    return 0 if ended[0]["code"] == 0 else 1


def run_self_check(arguments):
    """Reads the golden vectors of the page, decodes each and encodes it again: it must be the same bytes."""
    with open(arguments.page, encoding="utf-8") as file:
        vectors = re.findall(r"```golden (\w+)\n([0-9a-f \n]+)```", file.read())
    wrong = 0
    for expected, text in vectors:
        frame = bytes.fromhex(text)
        name, values = decode(frame)
        whole = frame_length(frame, HANDSHAKE_LIMIT) == len(frame)
        if name != expected or not whole or encode(name, **values) != frame:
            print("%s: wrong" % expected)
            wrong += 1
    missing = set(BY_NAME) - {name for name, _ in vectors}
    print("self-check: vectors=%d wrong=%d missing=%d" % (len(vectors), wrong, len(missing)))
    return 0 if vectors and not wrong and not missing else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7400)
    parser.add_argument("--tenant", default="")
    parser.add_argument("--token", default="", help="env:NAME, file:PATH, or the token itself")
    parser.add_argument("--name", default="trunkline.py", help="names the event subscription")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--ca", help="PEM file of the authorities to trust")
    parser.add_argument("--server-name", help="name in the certificate, where it is not --host")
    commands = parser.add_subparsers(dest="command", required=True)
    submit = commands.add_parser("submit")
    submit.add_argument("--from", dest="sender", default="")
    submit.add_argument("--to", default="")
    submit.add_argument("--text", default="")
    submit.add_argument("--class", dest="message_class", default="transactional", choices=sorted(MESSAGE_CLASS))
    submit.add_argument("--sender-type", default="number", choices=sorted(SENDER_TYPE))
    submit.add_argument("--count", type=int, default=1, help="submit it so many times")
    submit.add_argument("--csv", help="submit the rows of this file instead")
    submit.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="wait for terminal states")
    events = commands.add_parser("events")
    events.add_argument("--cursor", help="file that keeps the last safe sequence")
    events.add_argument("--count", type=int, default=0, help="stop after so many events")
    events.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="stop after so long")
    replay = commands.add_parser("replay")
    replay.add_argument("--from-ms", type=int, help="what happened at this time or later, ms since 1970")
    replay.add_argument("--to-ms", type=int, help="and before this time")
    replay.add_argument("--from-index", type=int, help="of this index of the gateway's journal on")
    replay.add_argument("--unit", type=int, default=0, help="of this message or call alone")
    replay.add_argument("--rate", type=int, default=0, help="events a second, at most")
    check = commands.add_parser("self-check")
    check.add_argument("page")
    arguments = parser.parse_args()
    run = {"submit": run_submit, "events": run_events, "replay": run_replay,
           "self-check": run_self_check}[arguments.command]
    try:
        return run(arguments)
    except Refused as refused:
        print("refused: %s" % refused, file=sys.stderr)
        return 4
    except OSError as error:
        print("cannot reach the gateway: %s" % error, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
