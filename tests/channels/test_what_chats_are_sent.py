"""Each chat gets the shape that its own documentation asks for, and its own way of refusing is understood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from notifications.transports.outcome import Nature
from tests.channels.sink import URL, WORDS, Sink, parcel, send

LONG = replace(WORDS, subject="s" * 390, text="long & <wide> words " * 2000)


def test_slack_gets_a_header_and_a_section(sink: Sink) -> None:
    assert send("slack", parcel(sink.url)).ok
    message = sink.last.json
    header, section = message["blocks"]
    assert header["type"] == "header"
    assert header["text"] == {"type": "plain_text", "text": "Monitoring: Checkout <fails>", "emoji": False}
    assert section["text"]["type"] == "mrkdwn"
    assert section["text"]["text"].startswith("It works again.")
    # Slack's control characters are entities, so nothing calls everybody.
    assert message["text"].startswith("Monitoring: Checkout &lt;fails&gt;.")


def test_slack_takes_no_more_than_fits(sink: Sink) -> None:
    assert send("slack", parcel(sink.url, words=LONG)).ok
    header, section = sink.last.json["blocks"]
    assert len(header["text"]["text"]) <= 150
    assert len(section["text"]["text"]) <= 3000
    assert "<" not in section["text"]["text"]


def test_discord_gets_an_embed_that_pings_nobody(sink: Sink) -> None:
    assert send("discord", parcel(f"{sink.url}/api/webhooks/1/x")).ok
    message = sink.last.json
    assert sink.last.path == "/api/webhooks/1/x?wait=true"
    assert message["allowed_mentions"] == {"parse": []}
    [embed] = message["embeds"]
    assert embed["title"] == "Monitoring: Checkout <fails>"
    assert (embed["url"], embed["timestamp"]) == (URL, "2026-03-02T12:00:00+00:00")


def test_discord_says_in_its_body_how_long_to_wait(sink: Sink) -> None:
    sink.status, sink.body, sink.headers = 429, '{"retry_after": 1.337, "global": false}', {"Retry-After": "2"}
    assert send("discord", parcel(sink.url)).retry_after == 1.337


def test_a_discord_webhook_that_was_deleted_is_gone(sink: Sink) -> None:
    sink.status, sink.body = 404, '{"message": "Unknown Webhook", "code": 10015}'
    assert send("discord", parcel(sink.url)).nature is Nature.RECIPIENT


def _telegram(sink: Sink, **options: Any) -> Any:
    token = {"token": "123:AbC-_x"}
    return parcel("-100123", options={"url": sink.url, "chat_id": "-100123", **options}, secrets=token)


def test_telegram_gets_plain_text(sink: Sink) -> None:
    assert send("telegram", _telegram(sink, topic=7)).ok
    assert sink.last.path == "/bot123:AbC-_x/sendMessage"
    message = sink.last.json
    assert "parse_mode" not in message
    assert (message["chat_id"], message["message_thread_id"]) == ("-100123", 7)
    assert message["text"].startswith("Monitoring: Checkout <fails>\n\nIt works again.")
    assert len(message["text"]) <= 4096


@pytest.mark.parametrize(
    ("status", "body", "nature"),
    [
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', Nature.RECIPIENT),
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}', Nature.MESSAGE),
        (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', Nature.CHANNEL),
        (403, '{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked"}', Nature.RECIPIENT),
        (500, "<html>", Nature.LATER),
        (400, "[" * 10_000, Nature.MESSAGE),
    ],
)
def test_how_telegram_refuses(sink: Sink, status: int, body: str, nature: Nature) -> None:
    sink.status, sink.body = status, body
    outcome = send("telegram", _telegram(sink))
    assert (outcome.ok, outcome.nature) == (False, nature)


def test_telegram_says_in_its_body_how_long_to_wait(sink: Sink) -> None:
    sink.status, sink.body = 429, '{"ok":false,"error_code":429,"parameters":{"retry_after":35}}'
    assert send("telegram", _telegram(sink)).retry_after == 35


def test_teams_gets_an_adaptive_card(sink: Sink) -> None:
    sink.status = 202
    assert send("teams", parcel(sink.url, words=LONG)).ok
    message = sink.last.json
    [attachment] = message["attachments"]
    assert message["type"] == "message"
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert [block["type"] for block in card["body"]] == ["TextBlock", "TextBlock"]
    assert card["actions"] == [{"type": "Action.OpenUrl", "title": "Read on", "url": URL}]
    assert len(sink.last.body) <= 28_000
