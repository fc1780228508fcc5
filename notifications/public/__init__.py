"""What anybody may do: subscribe, say yes, change, leave. No account, no session, no cookie."""
