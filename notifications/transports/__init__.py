"""The ways to a recipient: a module each, what it can be told, how it sends, what it makes of the answer.

``docs/adding-a-channel.md`` says how to add one. Importing this loads neither the HTTP client nor anything of
cryptography: web processes need the kinds for their forms alone.
"""
