"""Signing in by an OpenID Connect provider: the code flow with PKCE. Nothing of it is loaded where none is set up."""
