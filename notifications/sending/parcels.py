"""From rows to what a transport is handed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from accounts.sealed import open_
from notifications.kinds import ONLY_TO, Purpose, Way
from notifications.links import Reader
from notifications.models import Channel, Subscriber
from notifications.paging.links import made_for
from notifications.paging.look import Called
from notifications.sending.claiming import Claim
from notifications.sending.look import State
from notifications.transports.kinds import KINDS
from notifications.transports.outcome import Parcel, Words
from notifications.wording.pages import together


def parcel(claim: Claim, state: State, others: Sequence[Claim] = ()) -> Parcel:
    """Return what is sent, with what goes in it besides: each has its own links.

    Raises ``Unopened`` where its secrets cannot be read, ``KeyError`` for an unknown kind.
    """
    return replace(_addressed(claim, state, others), name=state.name)


def _addressed(claim: Claim, state: State, others: Sequence[Claim]) -> Parcel:
    words, links = _said(claim, state)
    if others:
        words = together([words, *(_said(other, state)[0] for other in others)])
    if claim.channel_id is not None:
        return _to_channel(claim, words, state.channels[claim.channel_id], links.get(ONLY_TO, ""))
    if claim.person_id is not None:
        return _to_person(claim, words, state.called)
    if claim.subscriber_id is None:
        raise KeyError(claim.recipient)
    return _to_subscriber(claim, words, state.subscribers[claim.subscriber_id])


def _said(claim: Claim, state: State) -> tuple[Words, Mapping[str, str]]:
    announcement = state.announcements[claim.announcement_id]
    links = {**open_(claim.links), **made_for(claim, announcement)}
    return filled(announcement.words(), links), links


def _to_channel(claim: Claim, words: Words, channel: Channel, only_to: str) -> Parcel:
    transport, secrets = KINDS[claim.transport], open_(channel.sealed)
    options = transport.filled(channel.options)
    return Parcel(
        delivery=claim.id,
        words=words,
        address=only_to or str(secrets.get(transport.where) or options.get(transport.where, "")),
        options=options,
        secrets=secrets,
        test=claim.purpose == Purpose.TEST,
        inside=True,
    )


def _to_subscriber(claim: Claim, words: Words, subscriber: Subscriber) -> Parcel:
    manage_url, leave_url = Reader(Way(subscriber.way), subscriber.address).urls
    return Parcel(
        delivery=claim.id,
        words=words,
        address=subscriber.address,
        options=KINDS[claim.transport].filled({}),
        secrets=open_(subscriber.sealed),
        manage_url=manage_url,
        leave_url=leave_url,
    )


def _to_person(claim: Claim, words: Words, called: Called) -> Parcel:
    way = called.way(claim)
    if way is None:
        raise KeyError(claim.recipient)
    return Parcel(
        delivery=claim.id,
        words=words,
        address=way.address,
        options=KINDS[claim.transport].filled({}),
        secrets=way.secrets,
        test=claim.purpose == Purpose.TEST,
        inside=True,
    )


def filled(words: Words, links: Mapping[str, str]) -> Words:
    """Return the words with this recipient's own links in their places, also in what receivers of JSON read."""
    for name, url in links.items():
        place = f"{{{{{name}}}}}"
        facts = {key: url if value == place else value for key, value in words.facts.items()}
        words = replace(
            words, text=words.text.replace(place, url), html=words.html.replace(place, escape(url)),
            short=words.short.replace(place, url), facts=facts,
        )  # fmt: skip
    return words
