"""Mails: what they say in text and HTML, their headers, and the way to the mail server.

Importing this loads neither templates nor the network.
"""
